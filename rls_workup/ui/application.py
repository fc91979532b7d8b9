"""The way into the window: the guards come first, so this module loads without Qt."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from rls_workup.ui.guards import check_qt, no_core_dumps, refuse_no_screen


def run(files: list[Path], store_where: str | None, protocol_dir: Path | None) -> int:
    """Open the window on a store and some files, and stay until it is closed. Raises WorkupError."""
    os.umask(0o077)
    no_core_dumps()
    refuse_no_screen(os.environ, sys.platform)
    check_qt()
    from rls_workup.ui.program import Program

    return Program(store_where or default_store(), protocol_dir).run(files)


def default_store() -> Path:
    """Where the work-ups of this user lie unless another place is named."""
    from platformdirs import user_data_path

    folder = user_data_path("rls-workup", appauthor=False)
    folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder / "workups.db"
