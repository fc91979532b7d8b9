"""The way into the window: the guards come first, so this module loads without Qt."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from rls_workup.errors import WorkupError
from rls_workup.ui.guards import check_qt, refuse_no_screen


def run(files: list[Path], store_where: str | Path, protocol_dir: Path | None, practice_dir: Path) -> int:
    """Open the window on a store and some files, and stay until it is closed. Raises WorkupError.

    `practice_dir` is where the practice's own choices are kept.
    """
    refuse_no_screen(os.environ, sys.platform)
    check_qt()
    from rls_workup.ui.entrance import Turned
    from rls_workup.ui.program import Program

    try:
        program = Program(store_where, protocol_dir, practice_dir=practice_dir)
    except Turned:
        return 0
    except WorkupError as trouble:
        from rls_workup.ui.refused import tell_refused

        tell_refused(trouble)
        raise
    return program.run(files)
