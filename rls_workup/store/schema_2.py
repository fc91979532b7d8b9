"""Schema 2: who looked, who has a work-up open, the sum of all heads day by day, and erasing on purpose."""

from __future__ import annotations

from rls_workup.store.engine import Connection, Either
from rls_workup.store.triggers import append_only

TABLES_2: tuple[str | Either, ...] = (
    """CREATE TABLE access(
        at TEXT NOT NULL, author TEXT NOT NULL, station TEXT NOT NULL, what TEXT NOT NULL,
        workup_id TEXT NOT NULL, detail TEXT NOT NULL) STRICT""",
    "CREATE INDEX seen ON access(workup_id, at)",
    *append_only("access"),
    # A courtesy to others, no safety: that is the version. Times as everywhere, UTC to the microsecond.
    """CREATE TABLE lease(
        workup_id TEXT NOT NULL PRIMARY KEY, holder TEXT NOT NULL, author TEXT NOT NULL,
        station TEXT NOT NULL, since TEXT NOT NULL, until TEXT NOT NULL) STRICT""",
    """CREATE TABLE anchor(
        at TEXT NOT NULL PRIMARY KEY, workups INTEGER NOT NULL, heads BLOB NOT NULL) STRICT""",
    *append_only("anchor"),
    """CREATE TABLE tombstone(
        workup_id TEXT NOT NULL PRIMARY KEY, version INTEGER NOT NULL, head BLOB NOT NULL, at TEXT NOT NULL,
        author TEXT NOT NULL, station TEXT NOT NULL, reason TEXT NOT NULL) STRICT""",
    *append_only("tombstone"),
    # A history goes only where a tombstone with its head stays.
    Either(
        file="DROP TRIGGER revision_is_not_deleted",
        server="DROP TRIGGER revision_is_not_deleted ON revision",
    ),
    Either(
        file="",
        server="""CREATE FUNCTION refuse_unless_purged() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF EXISTS (SELECT 1 FROM tombstone WHERE workup_id = OLD.workup_id) THEN RETURN OLD; END IF;
        RAISE EXCEPTION 'revision is append-only' USING ERRCODE = 'integrity_constraint_violation';
        END $$""",
    ),
    Either(
        file="""CREATE TRIGGER revision_is_not_deleted BEFORE DELETE ON revision
        WHEN NOT EXISTS (SELECT 1 FROM tombstone WHERE workup_id = OLD.workup_id)
        BEGIN SELECT RAISE(ABORT, 'revision is append-only'); END""",
        server="""CREATE TRIGGER revision_is_not_deleted BEFORE DELETE ON revision
        FOR EACH ROW EXECUTE FUNCTION refuse_unless_purged()""",
    ),
)


def to_schema_2(connection: Connection) -> None:
    """Add what schema 2 has; nothing of schema 1 is touched."""
    for statement in TABLES_2:
        connection.create(statement)
