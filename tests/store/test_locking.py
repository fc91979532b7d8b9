"""A store that is locked: nothing can be read, nothing that was submitted is lost, and it opens again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rls_workup.errors import Locked, StoreTrouble
from rls_workup.store import Outcome, Store, Summary, Writer
from rls_workup.store.unlocking import key_for, open_unlocked

LISTED = Summary("in-progress")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_unlocked(tmp_path / "w.db")
    opened.save("w1", 0, "{}", LISTED, "Ann", "Room 1")
    yield opened
    opened.close()


def unlocked(store: Store) -> None:
    assert store.path is not None
    store.unlock(key_for(store.path))


def test_a_locked_store_gives_nothing_away_and_opens_again(store: Store) -> None:
    store.lock()
    for use in (
        store.page,
        store.count,
        store.another,
        lambda: store.read("w1"),
        lambda: store.save("w1", 1, "{}", LISTED, "Ann", "Room 1"),
    ):
        with pytest.raises(Locked, match="are locked"):
            use()
    store.lock()
    unlocked(store)
    unlocked(store)
    assert store.read("w1").version == 1
    assert store.save("w1", 1, "{}", LISTED, "Bob", "Room 1").version == 2


def test_with_a_wrong_key_it_stays_locked(store: Store) -> None:
    store.lock()
    with pytest.raises(StoreTrouble):
        store.unlock(bytes(32))
    with pytest.raises(Locked):
        store.count()
    unlocked(store)
    assert store.count() == 1


def test_what_is_submitted_while_locked_waits_and_is_saved_afterwards(store: Store) -> None:
    heard: list[Outcome] = []
    writer = Writer(store.another, heard.append)
    writer.submit("w2", 0, "{}", LISTED, "Ann", "Room 1")
    assert writer.rest()
    assert writer._store is None
    store.lock()
    writer.submit("w2", 0, '{"later": 1}', LISTED, "Ann", "Room 1")
    assert not writer.flush()
    assert not writer.rest()
    assert isinstance(heard[-1].trouble, Locked)
    unlocked(store)
    assert writer.flush()
    assert store.read("w2").document == '{"later": 1}'
    assert writer.close()
    assert writer.rest()
