"""The way into the window: the guards come first, so this module loads without Qt."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from rls_workup.errors import WorkupError
from rls_workup.ui.guards import check_qt, refuse_no_screen

if TYPE_CHECKING:
    from rls_workup.ui.one_instance import OneInstance


def run(files: list[Path], store_where: str | Path, protocol_dir: Path | None, practice_dir: Path) -> int:
    """Open the window on a store and some files, and stay until it is closed. Raises WorkupError.

    `practice_dir` is where the practice's own choices are kept.
    """
    refuse_no_screen(os.environ, sys.platform)
    check_qt()
    from rls_workup.ui.one_instance import first_of
    from rls_workup.ui.program import qt_application

    qt_application()
    instance = first_of(store_where, files)
    if instance is None:
        return 0
    try:
        return _run_first(instance, files, store_where, protocol_dir, practice_dir)
    finally:
        instance.close()


def _run_first(
    instance: OneInstance,
    files: list[Path],
    store_where: str | Path,
    protocol_dir: Path | None,
    practice_dir: Path,
) -> int:
    from rls_workup.ui.entrance import Turned
    from rls_workup.ui.program import Program

    early: list[Path] = []
    instance.asked.connect(early.extend)  # while the passphrase is asked for
    try:
        program = Program(store_where, protocol_dir, practice_dir=practice_dir)
    except Turned:
        return 0
    except WorkupError as trouble:
        from rls_workup.ui.refused import tell_refused

        tell_refused(trouble)
        raise
    instance.asked.disconnect(early.extend)
    instance.asked.connect(program.hand_over)
    return program.run([*files, *early])
