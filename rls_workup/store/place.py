"""Where the file of a store lies: named, fit for a store, and noticed when it is moved or replaced."""

from __future__ import annotations

import os
import stat
import time
from pathlib import Path

from rls_workup.errors import StoreDamaged, StoreTrouble
from rls_workup.store.trouble import told

LOOK_EVERY_SECONDS = 60.0
SMALLEST_DATABASE = 512  # bytes; SQLite would take anything shorter for a new file and fill it


class Place:
    """Which file on the disk is open, to notice when it is moved or deleted under the program."""

    def __init__(self, path: Path, look_every: float = LOOK_EVERY_SECONDS) -> None:
        self.path = path
        self.look_every = look_every
        self.identity = self._found()
        self._looked_at = time.monotonic()

    def _found(self) -> tuple[int, int] | None:
        # stat only: opening and closing the file here would drop SQLite's locks.
        try:
            found = os.stat(self.path)
        except FileNotFoundError:
            return None
        return found.st_dev, found.st_ino

    def look(self) -> None:
        """Raise StoreTrouble when the path no longer is the open file; looks every `look_every` seconds."""
        now = time.monotonic()
        if now - self._looked_at < self.look_every:
            return
        if self._found() != self.identity:
            raise StoreTrouble(
                "The store {path} was moved, replaced or deleted while it was open, so nothing was "
                "saved. Put the file back where it was, or restart the program to open what is there "
                "now.",
                path=self.path,
            )
        self._looked_at = now


def path_of(where: str | Path) -> Path:
    """The file meant by `where`; raises StoreTrouble for what can never be one."""
    text = str(where)
    if "://" in text or "\0" in text or not text:
        raise StoreTrouble(
            "The name given for the store is no name of a file. Name one, such as workups.db, or a server as "
            "postgresql://user@server.example/database?sslmode=verify-full"
        )
    return Path(os.path.abspath(where))


def make_folder(folder: Path) -> None:
    """Make the folder of a store (0700) where it belongs to this user. Raises StoreTrouble elsewhere."""
    # Elsewhere a missing folder more likely is a drive that is not there, and nothing belongs in its place.
    at_home = folder.is_relative_to(os.path.expanduser("~"))
    if not at_home and not os.path.isdir(folder.parent):
        raise StoreTrouble(
            "The folder {folder} does not exist. Make it, or choose another place for the store.",
            folder=folder,
        )
    with told(str(folder)):
        folder.mkdir(mode=0o700, parents=at_home, exist_ok=True)


def sync_folder(folder: Path) -> None:
    """Bring the names in a folder to the disk."""
    if os.name == "nt":  # a folder cannot be opened there
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def refuse_what_is_no_file(path: Path) -> None:
    """Raise StoreTrouble or StoreDamaged unless an ordinary file is there that can be a store."""
    found = os.stat(path)
    if stat.S_ISDIR(found.st_mode):
        raise StoreTrouble(
            "{path} is a folder. Name the file of the store, such as workups.db inside it.", path=path
        )
    if not stat.S_ISREG(found.st_mode):
        raise StoreTrouble("{path} is not an ordinary file. Choose another place for the store.", path=path)
    if found.st_size < SMALLEST_DATABASE:
        raise StoreDamaged(
            "The file {path} is empty or cut short. Open a backup, or choose another file.", path=path
        )
