"""A rare word is looked up and a frequent one walked to, and both ways find the same."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rls_workup.store import Store, Summary, open_store, words
from rls_workup.store.purging import purge
from rls_workup.store.search import LONGEST_WORD, folded, search_key
from rls_workup.store.wanted import Only, Order, Wanted, statement
from rls_workup.store.words import alike, rare_beginning, words_of
from tests.store.conftest import UNHURRIED, Put
from tests.store.sample import SAMPLES
from tests.store.test_search import FOUND

LETTERS = st.text(st.sampled_from("abäAB'-. 1%_\\\ud7ff\ue000\U0010ffff😀é"), max_size=8)


def kept(store: Store) -> list[tuple[str, str]]:
    """Every word that is kept, with the work-up that it leads to."""
    asked = "SELECT word, workup_id FROM word LEFT JOIN numbered USING (number) ORDER BY 1, 2"
    return list(store._connection.execute(asked).fetchall())


def walked(store: Store, wanted: Wanted) -> list[str]:
    """What is found by reading everybody's key."""
    asked = statement(wanted, None, 1000, store._connection.walking)
    return [str(row[0]) for row in store._connection.execute(asked.sql, asked.parameters).fetchall()]


@pytest.mark.parametrize(("family", "given_name", "identifier", "looked_for", "found"), FOUND)
@pytest.mark.file_only
def test_every_name_is_found_both_ways(
    store: Store, put: Put, family: str, given_name: str, identifier: str, looked_for: str, found: bool
) -> None:
    put(family_name=family, given_name=given_name, identifier=identifier)
    assert bool(walked(store, Wanted(looked_for))) is found
    assert bool(rare_beginning(store._connection, looked_for)) is bool(folded(looked_for).split())
    assert bool(store.page(search=looked_for).rows) is found


@UNHURRIED
@given(
    people=st.lists(st.tuples(LETTERS, LETTERS, st.integers(0, 2)), max_size=6),
    search=LETTERS,
    few=st.integers(0, 4),
    only=st.sampled_from([Only.ALL, Only.AWAITING, Only.IN_PROGRESS]),
    order=st.sampled_from(Order),
    backward=st.booleans(),
)
def test_both_ways_find_the_same_in_the_same_order(
    tmp_path_factory: pytest.TempPathFactory,
    people: list[tuple[str, str, int]],
    search: str,
    few: int,
    only: Only,
    order: Order,
    backward: bool,
) -> None:
    store = open_store(tmp_path_factory.mktemp("words") / "w.db")
    for number, (family, identifier, awaited) in enumerate(people):
        listed = Summary("in-progress", family, identifier=identifier, awaited=awaited)
        store.save(f"w{number}", 0, "{}", listed, "", "")
    wanted = Wanted(search, only, order, backward)
    before, words.FEW = words.FEW, few  # type: ignore[misc]
    try:
        found = [row.id for row in store.listed(wanted, limit=1000).rows]
    finally:
        words.FEW = before  # type: ignore[misc]
    assert found == walked(store, wanted)
    store.close()


@UNHURRIED
@given(st.text(min_size=1), st.text())
def test_what_begins_alike_lies_between(beginning: str, rest: str) -> None:
    beginning, whole = folded(beginning)[:LONGEST_WORD], folded(beginning + rest)[:LONGEST_WORD]
    if beginning and whole.startswith(beginning):
        low, high = alike(beginning)
        assert low.encode() <= whole.encode() < high.encode()


@pytest.mark.parametrize("beginning", ["bro", "\ud7ff", "a\U0010ffff", "\U0010ffff" * 3])
def test_what_begins_otherwise_lies_elsewhere(beginning: str) -> None:
    low, high = alike(beginning)
    high.encode()
    assert not low.encode() <= b"a" < high.encode()
    assert low.encode() <= (beginning + "\U0010ffff").encode() < high.encode()


@pytest.mark.file_only
def test_the_words_follow_what_is_saved_and_go_when_it_is_erased(store: Store, put: Put) -> None:
    put("w1", family_name="Brown", next_step="B12 pending")
    put("w1", 1, family_name="Braun", next_step="B12 pending")
    put("w2", family_name="Brown")
    key = search_key("Braun", "in-progress", "B12 pending")
    assert {word for word, workup_id in kept(store) if workup_id == "w1"} == words_of(key)
    assert [row.id for row in store.page(search="brown").rows] == ["w2"]
    assert [row.id for row in store.page(search="pend").rows] == ["w1"]
    store.void("w1", 2, "Dr Who", "Room 1", "begun twice")
    assert {workup_id for _word, workup_id in kept(store)} == {"w2"}
    purge(store.engine, "w1", 3, "2026-11-22T10:00:00.000000Z", "Dr Who", "Room 1", "asked for")
    assert store._connection.execute("SELECT workup_id FROM numbered").fetchall() == [("w2",)]
    assert store.check() == []


@pytest.mark.file_only
def test_a_save_that_fails_leaves_the_words_as_they_were(store: Store, put: Put) -> None:
    put("w1", family_name="Brown")
    before = kept(store)
    store._connection.execute(
        "CREATE TRIGGER refuse BEFORE INSERT ON revision BEGIN SELECT RAISE(ABORT, 'no'); END"
    )
    with pytest.raises(Exception, match="no"):
        put("w1", 1, family_name="Green")
    assert kept(store) == before


@pytest.mark.parametrize("at_once", [1, 20_000])
def test_an_older_store_gets_its_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_once: int) -> None:
    monkeypatch.setattr(words, "AT_ONCE", at_once)
    store = open_store(shutil.copy(SAMPLES / "store-schema-4.db", tmp_path))
    assert {word for word, _workup in kept(store)} >= {"muller", "ana", "9990000018", "b12"}
    assert {workup_id for _word, workup_id in kept(store)} == {"sample-1"}
    assert [row.id for row in store.page(search="mull").rows] == ["sample-1"]
    store.close()


@pytest.mark.file_only
def test_words_that_are_missing_are_told(store: Store, put: Put) -> None:
    put("w1", family_name="Brown")
    store._connection.execute("DELETE FROM numbered")
    assert any("not found by their words" in fault for fault in store.check())
