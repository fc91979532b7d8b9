"""Opening the file of a store: made private, never half made, refused untouched when it is not ours."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from sqlcipher3 import dbapi2 as sqlite

from rls_workup.errors import StoreDamaged, StoreTrouble
from rls_workup.store.engine import Either
from rls_workup.store.schema import STEPS, migrate, refuse_newer
from rls_workup.store.trouble import told
from rls_workup.store.whereabouts import refuse_shared_place

if TYPE_CHECKING:
    from rls_workup.store.keyslots import Key

APPLICATION_ID = 0x524C5357  # "RLSW"
PATIENCE_SECONDS = 5.0
LOOK_EVERY_SECONDS = 60.0
SMALLEST_DATABASE = 512  # bytes; SQLite would take anything shorter for a new file and fill it

AFTER_KEY = (
    "PRAGMA synchronous = FULL",  # NORMAL loses acknowledged saves at a power cut
    "PRAGMA fullfsync = ON",  # macOS: an fsync alone does not reach the platter
    "PRAGMA foreign_keys = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA secure_delete = ON",
    "PRAGMA cell_size_check = ON",
    "PRAGMA mmap_size = 0",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA recursive_triggers = ON",  # without it INSERT OR REPLACE would get round the append-only triggers
    "PRAGMA cache_size = -16000",
    "PRAGMA wal_autocheckpoint = 1000",
    "PRAGMA journal_size_limit = 16777216",
)


class FileConnection(sqlite.Connection):  # type: ignore[misc]
    """A connection to a file, with what SQLite says differently from a server."""

    def begin(self, *, alone: bool = False) -> None:
        # IMMEDIATE, because a deferred transaction cannot wait for its turn; a file has one writer anyway.
        self.execute("BEGIN IMMEDIATE")

    def create(self, statement: str | Either) -> None:
        said = statement.file if isinstance(statement, Either) else statement
        if said:
            self.execute(said)

    def walking(self, index: str) -> str:
        return f" INDEXED BY {index}"

    def clock(self, seconds: int) -> str:
        return f"{datetime.now(UTC) + timedelta(seconds=seconds):%Y-%m-%dT%H:%M:%S.%fZ}"

    def schema(self) -> int:
        return int(self.execute("PRAGMA user_version").fetchone()[0])

    def put_schema(self, number: int) -> None:
        self.execute("PRAGMA user_version = " + str(number))  # a PRAGMA takes no parameters


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
                f"The store {self.path} was moved, replaced or deleted while it was open, so nothing was "
                "saved. Put the file back where it was, or restart the program to open what is there now."
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


def connect(path: Path, key: Key | None) -> FileConnection:
    """A connection to an existing store, checked and set up; a file that is refused stays untouched."""
    connection = opened(path)
    try:
        unlock(connection, key)
        # Before WAL is set, since that alone would change another program's file.
        refuse_strangers(connection, path)
        set_up(connection, path)
        _back_up_what_migrates(connection, path, key)
        migrate(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _back_up_what_migrates(connection: FileConnection, path: Path, key: Key | None) -> None:
    if 0 < connection.schema() < len(STEPS):
        from rls_workup.store.backups import back_up_by_itself
        from rls_workup.store.rotation import MIGRATION

        back_up_by_itself(path, key, MIGRATION)


def opened(path: Path, patience: float = PATIENCE_SECONDS, mode: str = "rw") -> FileConnection:
    """A connection that is not set up yet; `mode` is SQLite's."""
    connection: FileConnection = sqlite.connect(
        f"{path.as_uri()}?mode={mode}",
        uri=True,
        isolation_level=None,
        timeout=patience,
        check_same_thread=False,
        factory=FileConnection,
    )
    return connection


def refuse_strangers(connection: FileConnection, path: Path) -> None:
    """Raise unless the file is a store of ours that this program knows. Changes nothing."""
    if int(connection.execute("PRAGMA application_id").fetchone()[0]) != APPLICATION_ID:
        raise StoreTrouble(
            f"The file {path} belongs to another program. It was left as it is; choose another file."
        )
    refuse_newer(connection, str(path))


def unlock(connection: FileConnection, key: Key | None) -> None:
    """Give the connection its key and read with it once; the database's own error where it does not fit."""
    connection.execute("PRAGMA cipher_log_level = NONE")
    if key is not None:
        if len(key) != 32:
            raise ValueError("the key of a store is 32 bytes")
        # A PRAGMA takes no parameters; 64 hexadecimal digits cannot carry anything else.
        connection.execute("PRAGMA key = \"x'" + key.hex() + "'\"")
    connection.execute("PRAGMA cipher_memory_security = ON")
    connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()  # a wrong key or damage shows here


def set_up(connection: FileConnection, path: Path) -> None:
    """Set a connection up to lose nothing. Raises StoreTrouble where the drive does not suit."""
    if connection.execute("PRAGMA journal_mode = WAL").fetchone()[0] != "wal":
        raise StoreTrouble(
            f"The drive of {path} does not suit a store. Choose a folder on this computer's own disk."
        )
    for pragma in AFTER_KEY:
        connection.execute(pragma)
    # Taken and given back: a store that cannot be written should say so now, not after an hour's typing.
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("ROLLBACK")


def create(path: Path, key: Key | None) -> None:
    """Make a new store at `path`, whole or not at all; somebody else's, made meanwhile, is left."""
    with _draft_beside(path) as draft:
        os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        connection = opened(draft)
        try:
            unlock(connection, key)
            set_up(connection, path)
            connection.execute("PRAGMA application_id = " + str(APPLICATION_ID))
            migrate(connection)
        finally:
            connection.close()
        with suppress(FileExistsError):
            _publish(draft, path)
    _sync_folder(path.parent)


@contextmanager
def _draft_beside(path: Path) -> Iterator[Path]:
    draft = path.with_name(f".{path.name}.{os.getpid()}-{time.monotonic_ns():x}.new")
    try:
        yield draft
    finally:
        for ending in ("", "-wal", "-shm"):
            with suppress(FileNotFoundError):
                os.unlink(f"{draft}{ending}")


def _publish(draft: Path, path: Path) -> None:
    try:
        os.link(draft, path)  # unlike a rename, never replaces a store that another program has just made
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        if path.exists():
            raise FileExistsError(path) from None
        os.rename(draft, path)


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # a folder cannot be opened there
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def open_file(where: str | Path, key: Key | None, *, new: bool = True) -> tuple[FileConnection, Place]:
    """Open the store at `where`, making it when there is none and `new` is true.

    Raises StoreTrouble or NewerFormat.
    """
    path = path_of(where)
    with told(str(path)):
        refuse_shared_place(path)
        if not os.path.lexists(path):
            if not new:
                raise StoreTrouble(f"The store {path} is no longer there. Put the file back where it was.")
            make_folder(path.parent)
            create(path, key)
        _refuse_what_is_no_file(path)
        connection = connect(path, key)
        return connection, Place(path)


def make_folder(folder: Path) -> None:
    """Make the folder of a store (0700) where it belongs to this user. Raises StoreTrouble elsewhere."""
    # Elsewhere a missing folder more likely is a drive that is not there, and nothing belongs in its place.
    at_home = folder.is_relative_to(os.path.expanduser("~"))
    if not at_home and not os.path.isdir(folder.parent):
        raise StoreTrouble(
            f"The folder {folder} does not exist. Make it, or choose another place for the store."
        )
    with told(str(folder)):
        folder.mkdir(mode=0o700, parents=at_home, exist_ok=True)


def _refuse_what_is_no_file(path: Path) -> None:
    found = os.stat(path)
    if stat.S_ISDIR(found.st_mode):
        raise StoreTrouble(f"{path} is a folder. Name the file of the store, such as workups.db inside it.")
    if not stat.S_ISREG(found.st_mode):
        raise StoreTrouble(f"{path} is not an ordinary file. Choose another place for the store.")
    if found.st_size < SMALLEST_DATABASE:
        raise StoreDamaged(f"The file {path} is empty or cut short. Open a backup, or choose another file.")


class FileEngine:
    """A store in one file of this computer."""

    def __init__(self, connection: FileConnection, place: Place, key: Key | None = None) -> None:
        self.connection = connection
        self.place = place
        self.key = key

    @classmethod
    def opened(cls, where: str | Path, key: Key | None, *, new: bool = True) -> FileEngine:
        """Open the file, making it when there is none and `new` is true. See `open_file`."""
        return cls(*open_file(where, key, new=new), key)

    @property
    def where(self) -> str:
        return str(self.place.path)

    @property
    def path(self) -> Path:
        return self.place.path

    def told(self) -> AbstractContextManager[None]:
        return told(self.where)

    def look(self) -> None:
        self.place.look()

    def renew(self) -> None:
        """A file is never out of reach."""

    def another(self) -> FileEngine:
        other = FileEngine.opened(self.path, self.key, new=False)
        if other.place.identity != self.place.identity:
            other.close()
            raise StoreTrouble(f"The store {self.path} was replaced while it was open. Restart the program.")
        return other

    def with_key(self, key: Key | None) -> FileEngine:
        """The same file with the key given again, since the one before is overwritten when it is locked."""
        return FileEngine(self.connection, self.place, key)

    def interrupt(self) -> None:
        self.connection.interrupt()

    def faults(self) -> Iterator[str]:
        # Not quick_check: it does not see an index that lags behind its table, and the worklist is an index.
        yield from self._bad_lines("PRAGMA integrity_check")
        if self.key is not None:
            # The check reads the main file only, so what is still in the WAL goes there first.
            self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            yield from self._bad_lines("PRAGMA cipher_integrity_check")

    def _bad_lines(self, pragma: str) -> Iterator[str]:
        for (line,) in self.connection.execute(pragma).fetchall():
            if line != "ok":
                yield f"The store {self.where} is damaged ({line})."

    def close(self) -> None:
        self.connection.close()
