"""A store of any earlier schema opens, and a migration is done whole or not at all."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from rls_workup.store import Store, open_store
from rls_workup.store.accesses import accesses_to
from rls_workup.store.anchors import anchored
from rls_workup.store.backups import backups_in, folder_for
from rls_workup.store.engine import Connection
from rls_workup.store.purging import was_purged
from rls_workup.store.schema import STEPS, migrate
from tests.store.sample import AT, LISTED, SAMPLES, VERSIONS

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
    assert row.saved_by == "Dr Sample"
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


def test_what_schema_2_brought_is_kept(tmp_path: Path) -> None:
    store = open_store(shutil.copy(SAMPLES / "store-schema-2.db", tmp_path))
    (seen,) = accesses_to(store.engine, "sample-1")
    assert (seen.what, seen.at, seen.detail) == ("print", AT, "sheet")
    assert anchored(store.engine, AT) == "ab" * 32
    assert was_purged(store.engine, "sample-3")
    assert store._connection.execute("SELECT station FROM lease").fetchall() == [("Room 1",)]
    store.close()


def test_before_a_migration_a_backup_is_made(tmp_path: Path) -> None:
    sample = Path(shutil.copy(SAMPLES / "store-schema-1.db", tmp_path / "workups.db"))
    open_store(sample).close()
    ((backup, manifest),) = backups_in(folder_for(sample))
    assert (manifest.schema, manifest.why, manifest.workups) == (1, "migration", 2)
    open_store(sample).close()
    assert len(backups_in(backup.parent)) == 1


def test_a_new_store_needs_none(store: Store, tmp_path: Path) -> None:
    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == []


def add_a_table(connection: Connection) -> None:
    connection.create("CREATE TABLE one_more(workup_id TEXT) STRICT")


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
    assert (store._connection.schema(), tables(store)) == (len(STEPS), before)


def test_a_migration_is_done_once(store: Store) -> None:
    second = store.another()
    for connected in (store, second, store):
        migrate(connected._connection, (*STEPS, add_a_table))
    assert second._connection.schema() == len(STEPS) + 1
    assert "one_more" in tables(second)
    second.close()


def test_no_statement_is_put_together_from_what_is_typed() -> None:
    package = Path(__file__).parents[2] / "rls_workup" / "store"
    sources = {path.name: path.read_text() for path in package.glob("*.py")}
    assert [
        name for name, text in sources.items() if re.search(r"execute(many|script)?\(\s*f[\"']", text)
    ] == []
