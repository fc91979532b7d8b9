"""What is on its way to the server, kept meanwhile in an encrypted file of this computer."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from rls_workup.store.connection import FileConnection, opened, set_up, unlock
from rls_workup.store.engine import writing
from rls_workup.store.keyslots import Key
from rls_workup.store.place import make_folder
from rls_workup.store.records import Submission, Summary
from rls_workup.store.store import Store
from rls_workup.store.trouble import told

APPLICATION_ID = 0x524C534F  # "RLSO"

TABLE = """CREATE TABLE entry(
    holder TEXT NOT NULL, ticket INTEGER NOT NULL, workup_id TEXT NOT NULL,
    base_version INTEGER NOT NULL, document TEXT NOT NULL,
    summary TEXT NOT NULL, author TEXT NOT NULL, station TEXT NOT NULL, kind TEXT NOT NULL, at TEXT NOT NULL,
    earlier TEXT NOT NULL, PRIMARY KEY(holder, workup_id)) STRICT"""
KEEP = "INSERT OR REPLACE INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
DROP = "DELETE FROM entry WHERE holder = ? AND workup_id = ? AND ticket <= ?"
ENTRIES = "SELECT * FROM entry WHERE holder <> ? ORDER BY at"


class Outbox:
    """One open outbox; the newest entry of each work-up and window. Used by one thread at a time."""

    def __init__(self, path: Path, key: Key | None) -> None:
        """Open the file, making it when it is not there. Raises StoreTrouble."""
        self.path = path
        with told(str(path)):
            self._connection = _opened(path, key)

    def keep(self, entries: Iterable[Submission]) -> None:
        """Put these in place of older ones; on disk when this returns. Raises StoreTrouble."""
        with told(str(self.path)), writing(self._connection):
            for entry in entries:
                self._connection.execute(KEEP, _columns(entry))

    def drop(self, slot: tuple[str, str], ticket: int) -> None:
        """Take out what a window kept for a work-up, up to this ticket. Raises StoreTrouble."""
        with told(str(self.path)), writing(self._connection):
            self._connection.execute(DROP, (*slot, ticket))

    def of_others(self, holder: str) -> list[Submission]:
        """What any other window has kept, oldest first. Raises StoreTrouble."""
        with told(str(self.path)):
            return [_entry(columns) for columns in self._connection.execute(ENTRIES, (holder,)).fetchall()]

    def close(self) -> None:
        """Close the file; closing twice does no harm."""
        self._connection.close()


def _opened(path: Path, key: Key | None) -> FileConnection:
    make_folder(path.parent)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    connection = opened(path)
    try:
        unlock(connection, key)
        set_up(connection, path)
        with writing(connection):
            if not connection.schema():
                connection.execute("PRAGMA application_id = " + str(APPLICATION_ID))
                connection.create(TABLE)
                connection.put_schema(1)
    except BaseException:
        connection.close()
        raise
    return connection


def _columns(entry: Submission) -> tuple[object, ...]:
    return (
        entry.holder,
        entry.ticket,
        entry.workup_id,
        entry.base_version,
        entry.document,
        json.dumps(entry.summary._asdict()),
        entry.author,
        entry.station,
        entry.kind,
        entry.at,
        json.dumps(entry.earlier),
    )


def _entry(columns: tuple[Any, ...]) -> Submission:
    *before, summary, author, station, kind, at, earlier = columns
    listed = Summary(**json.loads(summary))
    return Submission(*(*before, listed, author, station, kind, at, tuple(json.loads(earlier))))


def outbox_of(store: Store, folder: Path | None = None) -> Callable[[], Outbox] | None:
    """What opens the outbox of a store on a server, None for a store in a file, which needs none.

    `folder` is the person's own data folder unless another is named.
    """
    if store.path is not None:
        return None
    named = hashlib.sha256(store.where.encode()).hexdigest()[:16]

    def open_() -> Outbox:
        from rls_workup.store.unlocking import key_for

        path = (folder or _data_folder()) / f"outbox-{named}.db"
        make_folder(path.parent)
        return Outbox(path, key_for(path))

    return open_


def _data_folder() -> Path:
    from platformdirs import user_data_path

    return user_data_path("rls-workup", appauthor=False)
