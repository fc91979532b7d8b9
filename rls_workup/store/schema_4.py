"""Schema 4: the practice patients are found without looking at all the others."""

from __future__ import annotations

from rls_workup.store.engine import Connection

TABLES_4 = ("CREATE INDEX practising ON workup(updated_at DESC, id DESC) WHERE voided = 0 AND sample > 0",)


def to_schema_4(connection: Connection) -> None:
    """Add the index."""
    for statement in TABLES_4:
        connection.create(statement)
