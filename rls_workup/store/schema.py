"""The tables of the store, as numbered steps from one schema to the next, each in one transaction."""

from __future__ import annotations

from collections.abc import Callable

from rls_workup.errors import NewerFormat
from rls_workup.store.engine import Connection, Either, writing
from rls_workup.store.schema_2 import to_schema_2
from rls_workup.store.schema_3 import to_schema_3
from rls_workup.store.schema_4 import to_schema_4
from rls_workup.store.schema_5 import to_schema_5
from rls_workup.store.triggers import REFUSE_CHANGE, append_only

TABLES_1: tuple[str | Either, ...] = (
    REFUSE_CHANGE,
    """CREATE TABLE workup(
        id TEXT NOT NULL PRIMARY KEY, version INTEGER NOT NULL, status TEXT NOT NULL,
        family_name TEXT NOT NULL, given_name TEXT NOT NULL, date_of_birth TEXT NOT NULL, sex TEXT NOT NULL,
        identifier TEXT NOT NULL, next_step TEXT NOT NULL, awaited INTEGER NOT NULL,
        pending_since TEXT NOT NULL, sample INTEGER NOT NULL, note TEXT NOT NULL, search_key TEXT NOT NULL,
        updated_at TEXT NOT NULL, voided INTEGER NOT NULL DEFAULT 0, head BLOB NOT NULL,
        document TEXT NOT NULL) STRICT""",
    # Covers what the worklist shows and searches, so that no document is touched while scrolling.
    # A server's index may hold no more than 2,700 bytes a row, so there it only gives the order.
    Either(
        file="""CREATE INDEX worklist ON workup(updated_at DESC, id DESC, version, status, family_name,
        given_name, date_of_birth, sex, identifier, next_step, awaited, pending_since, sample, note,
        search_key) WHERE voided = 0""",
        server="CREATE INDEX worklist ON workup(updated_at DESC, id DESC) WHERE voided = 0",
    ),
    # Words are looked for inside the key; without the right to add the extension, the whole table is read.
    Either(
        file="",
        server="""DO $$ BEGIN CREATE EXTENSION IF NOT EXISTS pg_trgm;
        CREATE INDEX found_by ON workup USING gin (search_key gin_trgm_ops);
        EXCEPTION WHEN insufficient_privilege OR feature_not_supported OR undefined_object THEN NULL;
        END $$""",
    ),
    "CREATE INDEX awaiting ON workup(updated_at DESC, id DESC) WHERE voided = 0 AND awaited > 0",
    """CREATE TABLE revision(
        workup_id TEXT NOT NULL REFERENCES workup(id), version INTEGER NOT NULL, at TEXT NOT NULL,
        author TEXT NOT NULL, station TEXT NOT NULL, kind TEXT NOT NULL, note TEXT NOT NULL,
        patch TEXT, document_sha BLOB NOT NULL, head BLOB NOT NULL, snapshot TEXT,
        PRIMARY KEY(workup_id, version)) STRICT, WITHOUT ROWID""",
    *append_only("revision"),
    """CREATE TABLE protocol_text(
        protocol_id TEXT NOT NULL, version TEXT NOT NULL, kept_at TEXT NOT NULL, text TEXT NOT NULL,
        PRIMARY KEY(protocol_id, version)) STRICT""",
    "CREATE TABLE meta(name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT",
    # A file is known by its place on the disk.
    Either(file="", server="INSERT INTO meta VALUES ('identity', gen_random_uuid()::text)"),
)


def to_schema_1(connection: Connection) -> None:
    """The first schema."""
    for statement in TABLES_1:
        connection.create(statement)


STEPS: tuple[Callable[[Connection], None], ...] = (
    to_schema_1,
    to_schema_2,
    to_schema_3,
    to_schema_4,
    to_schema_5,
)
"""STEPS[n] leads from schema n to n + 1, on a file and on a server; a released step is never changed."""


def refuse_newer(connection: Connection, where: str, known: int = len(STEPS)) -> None:
    """Raise NewerFormat unless this program knows the schema of the store. Changes nothing."""
    if (found := connection.schema()) > known:
        raise NewerFormat(
            "The store {where} was written by a newer version of this program (schema {found}, "
            "this one knows {known}). Nothing was changed. Please update the program.",
            where=where,
            found=found,
            known=known,
        )


def migrate(connection: Connection, steps: tuple[Callable[[Connection], None], ...] = STEPS) -> None:
    """Bring the store to the newest schema, one transaction for each step."""
    while connection.schema() < len(steps):
        with writing(connection, alone=True):
            # Asked again under the lock: another program may have been quicker.
            if (schema := connection.schema()) < len(steps):
                steps[schema](connection)
                connection.put_schema(schema + 1)
