"""The tables of the store, as numbered steps from one schema to the next, each in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Protocol

from rls_workup.errors import NewerFormat, StoreTrouble

APPLICATION_ID = 0x524C5357  # "RLSW"


class Cursor(Protocol):
    """The part of a DB-API cursor that the store uses."""

    rowcount: int

    def fetchone(self) -> Any: ...
    def fetchall(self) -> list[Any]: ...


class Connection(Protocol):
    """The part of a DB-API connection that the store uses."""

    @property
    def in_transaction(self) -> bool: ...
    def execute(self, sql: str, parameters: tuple[object, ...] = ..., /) -> Cursor: ...
    def close(self) -> None: ...


@contextmanager
def writing(connection: Connection) -> Iterator[None]:
    """One write transaction, all or nothing. IMMEDIATE, because a deferred one cannot wait for its turn."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # SQLite has already rolled back by itself after some disk errors
            connection.execute("ROLLBACK")
        raise


TABLES_1 = (
    """CREATE TABLE workup(
        id TEXT NOT NULL PRIMARY KEY, version INTEGER NOT NULL, status TEXT NOT NULL,
        family_name TEXT NOT NULL, given_name TEXT NOT NULL, date_of_birth TEXT NOT NULL, sex TEXT NOT NULL,
        identifier TEXT NOT NULL, next_step TEXT NOT NULL, awaited INTEGER NOT NULL,
        pending_since TEXT NOT NULL, sample INTEGER NOT NULL, note TEXT NOT NULL, search_key TEXT NOT NULL,
        updated_at TEXT NOT NULL, voided INTEGER NOT NULL DEFAULT 0, head BLOB NOT NULL,
        document TEXT NOT NULL) STRICT""",
    # Covers what the worklist shows and searches, so that no document is touched while scrolling.
    """CREATE INDEX worklist ON workup(updated_at DESC, id DESC, version, status, family_name, given_name,
        date_of_birth, sex, identifier, next_step, awaited, pending_since, sample, note, search_key)
        WHERE voided = 0""",
    "CREATE INDEX awaiting ON workup(updated_at DESC, id DESC) WHERE voided = 0 AND awaited > 0",
    """CREATE TABLE revision(
        workup_id TEXT NOT NULL REFERENCES workup(id), version INTEGER NOT NULL, at TEXT NOT NULL,
        author TEXT NOT NULL, station TEXT NOT NULL, kind TEXT NOT NULL, note TEXT NOT NULL,
        patch TEXT, document_sha BLOB NOT NULL, head BLOB NOT NULL, snapshot TEXT,
        PRIMARY KEY(workup_id, version)) STRICT, WITHOUT ROWID""",
    """CREATE TRIGGER revision_is_not_changed BEFORE UPDATE ON revision
        BEGIN SELECT RAISE(ABORT, 'revision is append-only'); END""",
    """CREATE TRIGGER revision_is_not_deleted BEFORE DELETE ON revision
        BEGIN SELECT RAISE(ABORT, 'revision is append-only'); END""",
    """CREATE TABLE protocol_text(
        protocol_id TEXT NOT NULL, version TEXT NOT NULL, kept_at TEXT NOT NULL, text TEXT NOT NULL,
        PRIMARY KEY(protocol_id, version)) STRICT""",
    "CREATE TABLE meta(name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT",
    "PRAGMA application_id = 0x524C5357",
    "PRAGMA user_version = 1",
)


def to_schema_1(connection: Connection) -> None:
    """The first schema."""
    for statement in TABLES_1:
        connection.execute(statement)


STEPS: tuple[Callable[[Connection], None], ...] = (to_schema_1,)
"""STEPS[n] leads from schema n to n + 1 and sets `user_version` itself; a released step is never changed."""


def schema_of(connection: Connection) -> int:
    """The schema number of an open file; 0 when nothing was ever written into it."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def refuse_strangers(connection: Connection, where: str, known: int = len(STEPS)) -> None:
    """Raise unless the file is a store of ours that this program knows. Changes nothing.

    Raises StoreTrouble for another program's file, NewerFormat for a newer schema.
    """
    if int(connection.execute("PRAGMA application_id").fetchone()[0]) != APPLICATION_ID:
        raise StoreTrouble(
            f"The file {where} belongs to another program. It was left as it is; choose another file."
        )
    if (found := schema_of(connection)) > known:
        raise NewerFormat(
            f"The store {where} was written by a newer version of this program (schema {found}, this one "
            f"knows {known}). Nothing was changed. Please update the program."
        )


def migrate(connection: Connection, steps: tuple[Callable[[Connection], None], ...] = STEPS) -> None:
    """Bring the file to the newest schema, one transaction for each step."""
    while schema_of(connection) < len(steps):
        with writing(connection):
            # Asked again under the lock: another program may have been quicker.
            if (schema := schema_of(connection)) < len(steps):
                steps[schema](connection)
