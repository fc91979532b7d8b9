"""Files for other programs to take: in a folder that only this account sees, gone when the program ends."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from rls_workup.errors import CannotWrite
from rls_workup.ui.file_questions import free_path
from rls_workup.ui.words import say

_BEGINNING: Final = "rls-workup-files-"


class PrivateFiles:
    """The folder is made with the first file; those of programs that were killed go then too."""

    def __init__(self, base: Path | None = None) -> None:
        self._base = base
        self._folder: Path | None = None

    def put(self, name: str, content: bytes) -> Path:
        """Write the file under this name, or the next free one. Raises CannotWrite."""
        from rls_workup.report import put_file

        path = free_path(self.folder(), name, ())
        put_file(path, content)
        return path

    def put_all(self, files: Sequence[tuple[str, bytes]]) -> list[Path]:
        """As `put`, all of them or none."""
        paths: list[Path] = []
        try:
            for name, content in files:
                paths.append(self.put(name, content))
        except CannotWrite:
            self.remove(paths)
            raise
        return paths

    def folder(self) -> Path:
        """The folder of this program. Raises CannotWrite."""
        if self._folder is None or not self._folder.is_dir():
            base = self._base or private_base()
            try:
                _remove_left(base)
                self._folder = Path(tempfile.mkdtemp(prefix=f"{_BEGINNING}{os.getpid()}-", dir=base))
            except OSError:
                raise CannotWrite(
                    say("No file can be made in {folder}. Make room there, then try again.", folder=base)
                ) from None
        return self._folder

    def remove(self, paths: list[Path]) -> None:
        """Take these away: nobody took them."""
        for path in paths:
            path.unlink(missing_ok=True)

    def clear(self) -> None:
        """Take everything away."""
        folder, self._folder = self._folder, None
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)


def private_base() -> Path:
    """This account's own folder in memory, where the system has one; else the one for temporary files."""
    own = Path(os.environ.get("XDG_RUNTIME_DIR") or "")
    if own.is_absolute() and own.is_dir() and os.access(own, os.W_OK):
        return own
    return Path(tempfile.gettempdir())


def _remove_left(base: Path) -> None:
    """Take away what programs left that were killed, where the system tells which still run."""
    if os.name != "posix":
        return
    for folder in base.glob(f"{_BEGINNING}*"):
        pid = folder.name.removeprefix(_BEGINNING).partition("-")[0]
        if pid.isdigit() and folder.stat().st_uid == os.getuid() and not _runs(int(pid)):
            shutil.rmtree(folder, ignore_errors=True)


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
