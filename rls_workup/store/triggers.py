"""Triggers that let rows be added and nothing else, as a file and as a server says it."""

from __future__ import annotations

from rls_workup.store.engine import Either

# What a trigger runs on a server; it must be there before the tables.
REFUSE_CHANGE = Either(
    file="",
    server="""CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
        END $$""",
)


def append_only(table: str) -> tuple[Either, ...]:
    """The triggers that let rows of a table be added and nothing else."""
    said = f"RAISE(ABORT, '{table} is append-only')"
    return (
        Either(
            file=f"CREATE TRIGGER {table}_is_not_changed BEFORE UPDATE ON {table} BEGIN SELECT {said}; END",
            server=f"CREATE TRIGGER {table}_is_not_changed BEFORE UPDATE OR TRUNCATE ON {table}"
            " EXECUTE FUNCTION refuse_change()",
        ),
        Either(
            file=f"CREATE TRIGGER {table}_is_not_deleted BEFORE DELETE ON {table} BEGIN SELECT {said}; END",
            server=f"CREATE TRIGGER {table}_is_not_deleted BEFORE DELETE ON {table}"
            " EXECUTE FUNCTION refuse_change()",
        ),
    )
