"""Schema 3: when a patient is seen again, who saved last, and an index for each order of the list."""

from __future__ import annotations

from rls_workup.store.engine import Connection, Either

TABLES_3: tuple[str | Either, ...] = (
    "ALTER TABLE workup ADD COLUMN recheck_due TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE workup ADD COLUMN saved_by TEXT NOT NULL DEFAULT ''",
    Either(file="DROP INDEX worklist", server=""),
    Either(
        file="""CREATE INDEX worklist ON workup(updated_at DESC, id DESC, version, status, family_name,
        given_name, date_of_birth, sex, identifier, next_step, awaited, pending_since, sample, note,
        recheck_due, saved_by, search_key) WHERE voided = 0""",
        server="",
    ),
    "CREATE INDEX rechecks ON workup(recheck_due, id) WHERE voided = 0 AND recheck_due > ''",
    "CREATE INDEX saved_last ON workup(saved_by, updated_at DESC, id DESC) WHERE voided = 0",
    # A server sorts the lists of a practice fast enough, and its indexes cannot hold a name of any length.
    Either(file="CREATE INDEX by_name ON workup(search_key, id) WHERE voided = 0", server=""),
    Either(file="CREATE INDEX by_number ON workup(identifier, id) WHERE voided = 0", server=""),
    Either(file="CREATE INDEX by_birth ON workup(date_of_birth, id) WHERE voided = 0", server=""),
    Either(file="CREATE INDEX by_step ON workup(next_step, id) WHERE voided = 0", server=""),
    Either(file="CREATE INDEX by_state ON workup(status, id) WHERE voided = 0", server=""),
    Either(
        file="CREATE INDEX by_wait ON workup(pending_since, id) WHERE voided = 0 AND awaited > 0", server=""
    ),
)
WHO_SAVED = (
    "UPDATE workup SET saved_by = (SELECT author FROM revision"
    " WHERE revision.workup_id = workup.id AND revision.version = workup.version)"
)


def to_schema_3(connection: Connection) -> None:
    """Add the columns and indexes; who saved last is taken from the history."""
    for statement in TABLES_3:
        connection.create(statement)
    connection.execute(WHO_SAVED)
