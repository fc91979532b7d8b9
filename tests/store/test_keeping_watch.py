"""Who looked is noted, erasing is on purpose and leaves a stone, and a rewritten history shows."""

from __future__ import annotations

from pathlib import Path

import pytest

from rls_workup.errors import Conflict, StoreTrouble
from rls_workup.store import Store
from rls_workup.store.accesses import Access, accesses_to, newest_accesses, note_access
from rls_workup.store.anchors import anchored, drop_anchor, rewritten_since
from rls_workup.store.backup_file import manifest_of, unpack
from rls_workup.store.backups import back_up_by_itself
from rls_workup.store.inspecting import inspected
from rls_workup.store.purging import purge, was_purged
from tests.store.conftest import Put

AT = "2026-11-22T10:42:07.000000Z"


def test_who_looked_is_told_in_order(store: Store) -> None:
    first = Access(AT, "Dr Who", "Room 1", "open", "w1")
    second = Access(AT.replace("10:42", "10:43"), "Dr Who", "Room 1", "print", "w1", "sheet, A4")
    note_access(store.engine, first, second, Access(AT, "", "Room 2", "unlock failed"))
    assert accesses_to(store.engine, "w1") == [first, second]

    assert newest_accesses(store.engine, 1) == [second]


@pytest.mark.parametrize("table", ["access", "anchor", "tombstone"])
def test_what_was_noted_is_neither_changed_nor_removed(store: Store, put: Put, table: str) -> None:
    note_access(store.engine, Access(AT, "Dr Who", "Room 1", "open", "w1"))
    put()
    store.void("w1", 1, "", "", "twice")
    purge(store.engine, "w1", 2, AT, "Dr Who", "Room 1", "law")
    drop_anchor(store.engine, AT, 0, "00" * 32)
    for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET at = ''"):
        with pytest.raises(Exception, match="append-only"):
            store._connection.execute(statement)


def test_erased_for_good_only_the_stone_and_the_line_in_the_log_stay(store: Store, put: Put) -> None:
    put(document='{"note": "ZZQXSECRET"}')
    put("w2")
    head = store.void("w1", 1, "Dr Who", "Room 1", "begun twice").head
    purge(store.engine, "w1", 2, AT, "Dr Who", "Room 1", "asked for by law")
    assert was_purged(store.engine, "w1")
    assert not was_purged(store.engine, "w2")
    assert store.revisions("w1") == []
    with pytest.raises(StoreTrouble, match="There is no work-up w1"):
        store.read("w1")
    (stone,) = store._connection.execute("SELECT version, head, reason FROM tombstone").fetchall()
    assert (stone[0], bytes(stone[1]).hex(), stone[2]) == (2, head, "asked for by law")
    assert [entry.what for entry in accesses_to(store.engine, "w1")] == ["purge"]
    assert store.check() == []
    assert store.read("w2").version == 1


@pytest.mark.parametrize(
    ("voided", "base", "reason", "said"),
    [
        (False, 1, "law", "Only a work-up that was taken off"),
        (True, 1, "law", "was changed meanwhile"),
        (True, 2, "  ", "needs a reason"),
    ],
)
def test_nothing_is_erased_by_mistake(
    store: Store, put: Put, voided: bool, base: int, reason: str, said: str
) -> None:
    put()
    if voided:
        store.void("w1", 1, "", "", "twice")
    with pytest.raises(StoreTrouble, match=said):
        purge(store.engine, "w1", base, AT, "", "", reason)
    assert len(store.revisions("w1")) == 1 + voided
    assert not was_purged(store.engine, "w1")
    assert issubclass(Conflict, StoreTrouble)


def test_a_history_cannot_be_removed_without_a_stone(store: Store, put: Put) -> None:
    put()
    with pytest.raises(Exception, match="append-only"):
        store._connection.execute("DELETE FROM revision")


@pytest.mark.file_only
def test_a_history_that_was_rewritten_whole_shows_beside_a_backup(
    store: Store, put: Put, tmp_path: Path
) -> None:
    """Whoever has the key can make a new chain that fits; it does not fit the backup's."""
    for workup_id in ("w1", "w2", "w3"):
        put(workup_id)
    made = back_up_by_itself(store.path, None, "day")
    manifest = manifest_of(made)
    assert anchored(store.engine, manifest.made_at) == manifest.heads
    put("w2", 1)
    store.void("w3", 1, "", "", "twice")
    purge(store.engine, "w3", 2, AT, "", "", "law")
    unpack(made, tmp_path / "then.db")
    with inspected(tmp_path / "then.db", None) as then:
        assert list(rewritten_since(store.engine, then)) == []
        connection = store._connection
        connection.execute("DROP TRIGGER revision_is_not_deleted")
        connection.execute("DELETE FROM revision WHERE workup_id = 'w1'")
        connection.execute("DELETE FROM workup WHERE id = 'w1'")
        assert [line for line in rewritten_since(store.engine, then) if "is missing" in line]
        put("w1", document='{"forged": 1}')
        assert store.check() == []
        (said,) = rewritten_since(store.engine, then)
        assert said == "Work-up w1: its history was rewritten since the backup was made."
