"""Schema 5: the words by which work-ups are found, so that a rare one is found at once in a large file."""

from __future__ import annotations

from rls_workup.store.engine import Connection, Either

TABLES_5 = (
    # A number of its own: copying a file may give its rows others than they had.
    Either(
        file="CREATE TABLE numbered(number INTEGER PRIMARY KEY, workup_id TEXT NOT NULL UNIQUE) STRICT",
        server="",
    ),
    Either(
        file="""CREATE TABLE word(word TEXT NOT NULL, number INTEGER NOT NULL, PRIMARY KEY(word, number))
        STRICT, WITHOUT ROWID""",
        server="",
    ),
)


def to_schema_5(connection: Connection) -> None:
    """Add the tables to a file, and fill them; a server has an index that does it."""
    for statement in TABLES_5:
        connection.create(statement)
    if connection.keeps_words:
        from rls_workup.store.words import keep_all_words

        keep_all_words(connection)
