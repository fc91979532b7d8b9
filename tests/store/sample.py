"""Makes the sample database of the newest schema, once: `python -m tests.store.sample`; then it is frozen.

A test opens every sample ever frozen, so that a store of any earlier version still opens.
"""

from __future__ import annotations

from pathlib import Path

from rls_workup.store import Store, Summary, open_store
from rls_workup.store.accesses import Access, note_access
from rls_workup.store.anchors import drop_anchor
from rls_workup.store.purging import purge
from rls_workup.store.schema import STEPS

SAMPLES = Path(__file__).parents[1] / "samples"
AT = "2026-11-22T10:42:07.000000Z"

VERSIONS = (
    '{"format":"rls-workup/1","id":"sample-1","answers":{"urge_to_move":{"value":"yes"}}}',
    '{"format":"rls-workup/1","id":"sample-1","answers":{"urge_to_move":{"value":"yes"},'
    '"note":{"value":"café ≤ 7.50"}}}',
    '{"format":"rls-workup/1","id":"sample-1","answers":{"urge_to_move":{"value":"no"},'
    '"note":{"value":"café ≤ 7.50"}}}',
)
LISTED = Summary(
    status="in-progress",
    family_name="Müller",
    given_name="Ana",
    date_of_birth="1961-07-14",
    sex="female",
    identifier="999 000 0018",
    next_step="B12",
    awaited=2,
    pending_since="2026-11-12",
    sample=True,
    note="seen",
    recheck_due="2027-02-14",
)


def fill(store: Store) -> None:
    """Put in what `tests/store/test_schema.py` expects to find."""
    for base, document in enumerate(VERSIONS):
        store.save("sample-1", base, document, LISTED, "Dr Sample", "Room 1")
    store.save(
        "sample-2", 0, '{"id":"sample-2"}', Summary("completed", "Brown"), "Dr Sample", "Room 2", "import"
    )
    store.void("sample-2", 1, "Dr Sample", "Room 2", "entered twice")
    store.keep_protocol("rls-adult", "2026.11", "the text of the protocol")


def fill_2(store: Store) -> None:
    """What schema 2 brought."""
    note_access(store.engine, Access(AT, "Dr Sample", "Room 1", "print", "sample-1", "sheet"))
    drop_anchor(store.engine, AT, 2, "ab" * 32)
    store.save("sample-3", 0, "{}", Summary("in-progress"), "Dr Sample", "Room 1")
    store.void("sample-3", 1, "Dr Sample", "Room 1", "entered twice")
    purge(store.engine, "sample-3", 2, AT, "Dr Sample", "Room 1", "asked for by law")
    store._connection.execute(
        "INSERT INTO lease VALUES ('sample-1', 'h', 'Dr Sample', 'Room 1', ?, ?)", (AT, AT)
    )


def make() -> Path:
    """Write the sample of the newest schema; refuses to replace one."""
    path = SAMPLES / f"store-schema-{len(STEPS)}.db"
    if path.exists():
        raise SystemExit(f"{path.name} is frozen already")
    store = open_store(path)
    fill(store)
    fill_2(store)
    store.close()
    return path


if __name__ == "__main__":
    print(make())
