"""The writer saves the newest, says what is on disk, and keeps what it could not save."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from rls_workup.errors import Conflict, StoreTrouble
from rls_workup.store import Outcome, Saved, Store, Summary, Writer

LISTED = Summary("in-progress")


class Gate:
    """Opens the writer's store, but holds the writer up, or fails, for as long as the test says."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.may_pass = threading.Event()
        self.may_pass.set()
        self.arrived = threading.Event()
        self.trouble: Exception | None = None

    def __call__(self) -> Store:
        self.arrived.set()
        assert self.may_pass.wait(10)
        if self.trouble is not None:
            raise self.trouble
        return self.store.another()


@pytest.fixture
def gate(store: Store) -> Gate:
    return Gate(store)


@pytest.fixture
def outcomes() -> list[Outcome]:
    return []


@pytest.fixture
def writer(gate: Gate, outcomes: list[Outcome]) -> Iterator[Writer]:
    started = Writer(gate, outcomes.append)
    yield started
    gate.may_pass.set()
    started.close()


Submit = Callable[..., int]


@pytest.fixture
def submit(writer: Writer) -> Submit:
    def go(document: str, workup_id: str = "w1", base: int = 0) -> int:
        return writer.submit(workup_id, base, document, LISTED, "Dr Who", "Room 1")

    return go


def test_what_is_submitted_is_on_disk_after_a_flush(
    store: Store, writer: Writer, submit: Submit, outcomes: list[Outcome]
) -> None:
    ticket = submit('"first"')
    assert writer.flush(10) is True
    assert store.read("w1").document == '"first"'
    (outcome,) = outcomes
    assert (outcome.workup_id, outcome.ticket, outcome.trouble) == ("w1", ticket, None)
    assert outcome.saved is not None
    assert outcome.saved.version == 1
    assert writer.unsaved() == ()


def test_flushing_nothing_is_done_at_once(writer: Writer) -> None:
    assert writer.flush(0) is True


def test_the_version_is_carried_on_from_save_to_save(store: Store, writer: Writer, submit: Submit) -> None:
    for number in range(5):
        submit(f'"{number}"')
        assert writer.flush(10)
    assert store.read("w1").version == 5


def test_the_version_goes_on_from_the_one_the_work_up_was_opened_at(
    store: Store, writer: Writer, submit: Submit
) -> None:
    submit('"mine"')
    writer.flush(10)
    store.save("w1", 1, '"theirs"', LISTED, "", "")
    submit('"mine again"', base=2)
    assert writer.flush(10)
    assert store.read("w1").version == 3


def test_of_several_that_wait_only_the_newest_is_saved(
    store: Store, gate: Gate, writer: Writer, submit: Submit, outcomes: list[Outcome]
) -> None:
    gate.may_pass.clear()
    submit('"0"')
    assert gate.arrived.wait(10)
    for number in range(1, 50):
        last = submit(f'"{number}"')
    submit('"other"', "w2")
    assert set(writer.unsaved()) == {"w1", "w2"}
    gate.may_pass.set()
    assert writer.flush(10)
    assert [revision.version for revision in store.revisions("w1")] == [1, 2]
    assert store.read("w1").document == '"49"'
    assert store.read("w2").document == '"other"'
    assert [outcome.ticket for outcome in outcomes if outcome.workup_id == "w1"] == [1, last]


def test_a_flush_that_takes_too_long_says_so(gate: Gate, writer: Writer, submit: Submit) -> None:
    gate.may_pass.clear()
    submit('"0"')
    assert writer.flush(0.05) is False
    gate.may_pass.set()
    assert writer.flush(10) is True


def test_what_could_not_be_saved_is_kept_and_tried_again(
    store: Store, gate: Gate, writer: Writer, submit: Submit, outcomes: list[Outcome]
) -> None:
    gate.trouble = StoreTrouble("The disk is full.")
    submit('"kept"')
    assert writer.flush(10) is False
    assert writer.unsaved() == ("w1",)
    assert {str(outcome.trouble) for outcome in outcomes} == {"The disk is full."}
    gate.trouble = None
    submit('"other"', "w2")
    assert writer.flush(10) is True
    assert store.read("w1").document == '"kept"'


def test_a_newer_document_takes_the_place_of_one_that_could_not_be_saved(
    store: Store, gate: Gate, writer: Writer, submit: Submit
) -> None:
    gate.trouble = StoreTrouble("The disk is full.")
    submit('"old"')
    assert writer.flush(10) is False
    gate.trouble = None
    submit('"new"')
    assert writer.flush(10) is True
    assert (store.read("w1").version, store.read("w1").document) == (1, '"new"')


def test_a_fault_of_ours_does_not_end_the_writer(
    store: Store, gate: Gate, writer: Writer, submit: Submit, outcomes: list[Outcome]
) -> None:
    gate.trouble = ZeroDivisionError("a fault")
    submit('"kept"')
    assert writer.flush(10) is False
    assert isinstance(outcomes[0].trouble, StoreTrouble)
    assert "fault in this program" in str(outcomes[0].trouble)
    assert outcomes[0].trouble.__cause__ is gate.trouble
    gate.trouble = None
    assert writer.flush(10) is True
    assert store.read("w1").document == '"kept"'


def test_a_listener_that_fails_does_not_end_the_writer(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[type] = []
    monkeypatch.setattr("sys.excepthook", lambda kind, *_: told.append(kind))

    def deaf(outcome: Outcome) -> None:
        raise KeyError(outcome.ticket)

    writer = Writer(store.another, deaf)
    for number in range(2):
        writer.submit("w1", 0, f'"{number}"', LISTED, "", "")
        assert writer.flush(10)
    assert writer.close()
    assert store.read("w1").version == 2
    assert told == [KeyError, KeyError]


def test_a_conflict_keeps_both_until_the_person_has_chosen(
    store: Store, writer: Writer, submit: Submit, outcomes: list[Outcome]
) -> None:
    store.save("w1", 0, '"first"', LISTED, "", "")
    store.save("w1", 1, '"theirs"', LISTED, "Dr No", "Room 2")
    submit('"mine"', base=1)
    assert writer.flush(10) is False
    assert isinstance(outcomes[0].trouble, Conflict)
    assert store.read("w1").document == '"theirs"'
    submit('"mine after all"', base=2)
    assert writer.flush(10) is True
    assert store.read("w1").document == '"mine after all"'


class Forgetful:
    """Opens stores whose first save is on disk, though the disk says that it failed, as after a lost sync."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.saves = 0

    def __call__(self) -> Store:
        opened = self.store.another()
        save = opened.save

        def save_and_fail(*words: Any, **named: Any) -> Saved:
            self.saves += 1
            saved = save(*words, **named)
            if self.saves == 1:
                raise StoreTrouble("The disk reported an error.")
            return saved

        opened.save = save_and_fail  # type: ignore[method-assign]
        return opened


@pytest.mark.parametrize("typed_on", ['"first"', '"first and more"'])
def test_a_save_that_arrived_though_the_disk_said_no_is_no_conflict(store: Store, typed_on: str) -> None:
    outcomes: list[Outcome] = []
    writer = Writer(Forgetful(store), outcomes.append)
    writer.submit("w1", 0, '"first"', LISTED, "Dr Who", "Room 1")
    assert writer.flush(10) is False
    if typed_on != '"first"':
        writer.submit("w1", 0, typed_on, LISTED, "Dr Who", "Room 1")
    assert writer.flush(10) is True
    assert [str(outcome.trouble) for outcome in outcomes if outcome.trouble] == [
        "The disk reported an error."
    ]
    assert writer.close()
    assert store.read("w1").document == typed_on
    assert store.read("w1").version == (1 if typed_on == '"first"' else 2)


def test_what_the_person_gives_up_is_forgotten(store: Store, writer: Writer, submit: Submit) -> None:
    store.save("w1", 0, '"theirs"', LISTED, "", "")
    submit('"mine"')
    assert writer.flush(10) is False
    writer.forget("w1")
    assert writer.flush(10) is True
    assert store.read("w1").document == '"theirs"'


@pytest.mark.file_only
def test_a_store_that_was_away_is_saved_into_when_it_is_back(
    store: Store, writer: Writer, submit: Submit
) -> None:
    away = store.path.with_suffix(".away")
    os.rename(store.path, away)
    submit('"kept"')
    assert writer.flush(10) is False
    assert not store.path.exists(), "an empty store was made in its place"
    os.rename(away, store.path)
    assert writer.flush(10) is True
    assert store.read("w1").document == '"kept"'


def test_closing_saves_what_waits_and_takes_nothing_more(
    store: Store, writer: Writer, submit: Submit
) -> None:
    submit('"last"')
    assert writer.close(10) is True
    assert store.read("w1").document == '"last"'
    with pytest.raises(RuntimeError, match="closed"):
        submit('"later"')
    assert writer.close() is True


def test_closing_with_a_save_that_fails_says_so(gate: Gate, writer: Writer, submit: Submit) -> None:
    gate.trouble = StoreTrouble("The disk is full.")
    submit('"kept"')
    assert writer.close(10) is False
    assert writer.unsaved() == ("w1",)
    assert writer.flush(0) is False


def test_many_threads_may_submit(store: Store, writer: Writer, submit: Submit) -> None:
    def type_on(workup_id: str) -> None:
        for number in range(40):
            submit(f'"{number}"', workup_id)

    threads = [threading.Thread(target=type_on, args=(f"w{number}",)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert writer.flush(10) is True
    assert [store.read(f"w{number}").document for number in range(4)] == ['"39"'] * 4
