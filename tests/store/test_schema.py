"""A store of any earlier schema opens, and a migration is done whole or not at all."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from rls_workup.store import Store, open_store
from rls_workup.store.engine import Connection
from rls_workup.store.schema import STEPS, migrate
from tests.store.sample import LISTED, SAMPLES, VERSIONS

FROZEN = sorted(SAMPLES.glob("store-schema-*.db"))


def test_every_schema_has_its_sample() -> None:
    assert [path.name for path in FROZEN] == [f"store-schema-{number + 1}.db" for number in range(len(STEPS))]


@pytest.mark.parametrize("sample", FROZEN, ids=lambda path: path.stem)
def test_a_store_of_an_earlier_version_opens_whole(tmp_path: Path, sample: Path) -> None:
    store = open_store(shutil.copy(sample, tmp_path))
    assert store._connection.schema() == len(STEPS)
    assert [store.document_at("sample-1", version) for version in (1, 2, 3)] == list(VERSIONS)
    assert store.read("sample-1").document == VERSIONS[-1]
    (row,) = store.page(search="mull 9990").rows
    assert (row.id, row.version, row.family_name, row.awaited, row.sample) == (
        "sample-1",
        3,
        "Müller",
        2,
        True,
    )
    voided = store.revisions("sample-2")[-1]
    assert (voided.kind, voided.note, voided.author, voided.station) == (
        "void",
        "entered twice",
        "Dr Sample",
        "Room 2",
    )
    assert store.protocol_text("rls-adult", "2026.11") == "the text of the protocol"
    assert store.check() == []
    assert store.save("sample-1", 3, "{}", LISTED, "", "").version == 4
    store.close()


def add_a_table(connection: Connection) -> None:
    connection.create("CREATE TABLE lease(workup_id TEXT) STRICT")


def break_half_way(connection: Connection) -> None:
    add_a_table(connection)
    raise RuntimeError("half way")


def tables(store: Store) -> str:
    there = "SELECT sql FROM sqlite_schema" if store.path else "SELECT tablename FROM pg_tables"
    return str(store._connection.execute(there + " ORDER BY 1").fetchall())


def test_a_migration_that_breaks_leaves_the_schema_before_it(store: Store) -> None:
    before = tables(store)
    with pytest.raises(RuntimeError, match="half way"):
        migrate(store._connection, (*STEPS, break_half_way))
    assert (store._connection.schema(), tables(store)) == (1, before)


def test_a_migration_is_done_once(store: Store) -> None:
    second = store.another()
    for connected in (store, second, store):
        migrate(connected._connection, (*STEPS, add_a_table))
    assert second._connection.schema() == 2
    assert "lease" in tables(second)
    second.close()


def test_no_statement_is_put_together_from_what_is_typed() -> None:
    package = Path(__file__).parents[2] / "rls_workup" / "store"
    sources = {path.name: path.read_text() for path in package.glob("*.py")}
    assert [
        name for name, text in sources.items() if re.search(r"execute(many|script)?\(\s*f[\"']", text)
    ] == []
