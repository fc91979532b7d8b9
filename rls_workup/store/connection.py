"""A connection to the file of a store: unlocked, refused untouched when not ours, set up to lose nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from sqlcipher3 import dbapi2 as sqlite

from rls_workup.errors import StoreTrouble
from rls_workup.store.engine import Either
from rls_workup.store.schema import refuse_newer

if TYPE_CHECKING:
    from rls_workup.store.keyslots import Key

APPLICATION_ID = 0x524C5357  # "RLSW"
PATIENCE_SECONDS = 5.0

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

    keeps_words = True

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
            "The file {path} belongs to another program. It was left as it is; choose another file.",
            path=path,
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
            "The drive of {path} does not suit a store. Choose a folder on this computer's own disk.",
            path=path,
        )
    for pragma in AFTER_KEY:
        connection.execute(pragma)
    # Taken and given back: a store that cannot be written should say so now, not after an hour's typing.
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("ROLLBACK")


def connect(path: Path, key: Key | None) -> FileConnection:
    """A connection to an existing store, checked and set up; a file that is refused stays untouched."""
    connection = opened(path)
    try:
        unlock(connection, key)
        # Before WAL is set, since that alone would change another program's file.
        refuse_strangers(connection, path)
        set_up(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def is_plain(path: Path) -> bool:
    """Whether the file is a database that anybody can read; also true where SQLite cannot tell."""
    return key_fits(path, None)


def key_fits(path: Path, key: Key | None) -> bool:
    """Whether the key opens the file; also true where it cannot be tried. Nothing is changed."""
    try:
        # Through SQLite: opening the file by other means would drop the locks of whoever has it open.
        connection = sqlite.connect(f"{path.as_uri()}?mode=rw", uri=True)
        try:
            unlock(connection, key)
        finally:
            connection.close()
    except sqlite.Error as trouble:
        return getattr(trouble, "sqlite_errorname", "") != "SQLITE_NOTADB"
    return True
