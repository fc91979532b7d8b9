"""The worklist shows what the store has, a page at a time, found as one types."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from rls_workup.errors import StoreTrouble
from rls_workup.store import Page, Row, Store, Summary, open_store
from rls_workup.store.wanted import Only, Order, Wanted
from rls_workup.ui.worklist import Worklist
from rls_workup.ui.worklist_model import COLUMNS, WorklistModel, next_step, patient_name, saved_at, state_of

TODAY = date(2026, 11, 22)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = open_store(tmp_path / "s" / "w.db")
    yield store
    store.close()


def put(store: Store, count: int, **more: object) -> None:
    for number in range(count):
        summary = Summary("in-progress", f"Brown{number:03}", "Ann", "1961-07-14", **more)  # type: ignore[arg-type]
        store.save(f"id-{number}-{more.get('awaited', 0)}", 0, "{}", summary, "a", "s")


def row(**more: object) -> Row:
    usual: dict[str, object] = {
        "id": "x",
        "version": 1,
        "status": "in-progress",
        "family_name": "",
        "given_name": "",
        "date_of_birth": "",
        "sex": "",
        "identifier": "",
        "next_step": "",
        "awaited": 0,
        "pending_since": "",
        "sample": False,
        "note": "",
        "recheck_due": "",
        "saved_by": "",
        "updated_at": "",
    }
    return Row(**{**usual, **more})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (row(next_step="B12 pending", awaited=1, pending_since="2026-11-13"), "B12 pending 9 days"),
        (row(next_step="B12 pending", awaited=1, pending_since="2026-11-21"), "B12 pending 1 day"),
        (
            row(next_step="B12 ordered", awaited=1, pending_since="2026-11-22"),
            "B12 ordered since today",
        ),
        (row(next_step="B12 ordered", awaited=1, pending_since="2027-01-01"), "B12 ordered"),
        (row(next_step="B12 ordered", awaited=1, pending_since="soon"), "B12 ordered"),
        (row(next_step="Ready to print", pending_since="2026-11-13"), "Ready to print"),
        (
            row(status="completed", next_step="Complete, signed 14-Nov-2026", recheck_due="2026-11-20"),
            "Recheck overdue 2 days · Complete, signed 14-Nov-2026",
        ),
    ],
)
def test_the_next_step_says_how_long(given: Row, expected: str) -> None:
    assert next_step(given, TODAY) == expected


@pytest.mark.parametrize(
    ("given", "word"),
    [
        (row(), "In progress"),
        (row(awaited=2), "2 awaited"),
        (row(status="completed", awaited=2), "Completed"),
        (row(status="amended"), "Amended"),
    ],
)
def test_a_state_is_a_word(given: Row, word: str) -> None:
    assert state_of(given)[2] == word


@pytest.mark.parametrize(
    ("family", "given", "expected"),
    [
        ("Brown", "Margaret", "BROWN, Margaret"),
        ("Brown", "", "BROWN"),
        ("", "Ann", "Ann"),
        (" ", "", "No name"),
        ("<b>x", "a\u202eb", "<B>X, a[U+202E]b"),
    ],
)
def test_a_name_for_the_list(family: str, given: str, expected: str) -> None:
    assert patient_name(family, given) == expected


def test_a_damaged_time_is_shown_as_it_is() -> None:
    assert saved_at("some day", TODAY) == "some day"


def test_rows_are_fetched_as_they_are_scrolled_to(qtbot: QtBot, store: Store) -> None:
    put(store, 230)
    model = WorklistModel(store, TODAY)
    model.look_for(Wanted(), TODAY)
    assert model.rowCount() == 100
    while model.canFetchMore(QModelIndex()):
        model.fetchMore(QModelIndex())
    assert model.rowCount() == 230
    shown = {model.index(line, 1).data() for line in range(230)}
    assert shown == {f"BROWN{number:03}, Ann" for number in range(230)}
    assert [model.headerData(at, Qt.Orientation.Horizontal) for at in range(len(COLUMNS))] == list(COLUMNS)


def test_it_finds_as_one_types_and_opens_with_enter(qtbot: QtBot, store: Store, dressed: None) -> None:
    put(store, 12)
    worklist = Worklist(store, lambda: TODAY)
    qtbot.addWidget(worklist)
    worklist.reload()
    worklist.show()
    worklist.search.setText("bröwn00")
    qtbot.keyClicks(worklist.search, "7 ann")
    assert worklist.model.rowCount() == 1
    with qtbot.waitSignal(worklist.opened) as opened:
        qtbot.keyClick(worklist.search, Qt.Key.Key_Return)
    assert opened.args == ["id-7-0"]
    worklist.search.clear()
    assert worklist.model.rowCount() == 12
    assert worklist.chosen().id == "id-7-0"  # type: ignore[union-attr]


def test_only_those_with_results_awaited(qtbot: QtBot, store: Store, dressed: None) -> None:
    put(store, 3)
    put(store, 2, awaited=1)
    worklist = Worklist(store, lambda: TODAY)
    qtbot.addWidget(worklist)
    worklist.reload()
    assert worklist.model.rowCount() == 5
    worklist.chips.buttons[Only.AWAITING].click()
    assert worklist.model.rowCount() == 2


def test_an_empty_list_says_what_to_do(qtbot: QtBot, store: Store, dressed: None) -> None:
    worklist = Worklist(store, lambda: TODAY)
    qtbot.addWidget(worklist)
    worklist.reload()
    worklist.show()
    assert "no work-ups yet" in worklist._nothing.text()
    assert worklist._begin.isVisibleTo(worklist)
    worklist.search.setText("nobody")
    assert "matches" in worklist._nothing.text()
    assert not worklist._begin.isVisibleTo(worklist)


class Unplugged:
    """A store whose disk went away."""

    def listed(self, *_asked: object) -> Page:
        raise StoreTrouble("The disk reported an error.")


def test_enter_presses_the_button_to_begin(qtbot: QtBot, store: Store, dressed: None) -> None:
    worklist = Worklist(store, lambda: TODAY)
    qtbot.addWidget(worklist)
    worklist.reload()
    for words, signal in (("new work-up", worklist.new_asked), ("practice", worklist.practice_asked)):
        button = next(b for b in worklist.findChildren(QPushButton) if words in b.text().replace("&", ""))
        with qtbot.waitSignal(signal, timeout=1000):
            qtbot.keyClick(button, Qt.Key.Key_Return)


def test_a_store_that_fails_is_told_and_the_rows_stay(qtbot: QtBot, store: Store, dressed: None) -> None:
    put(store, 2)
    worklist = Worklist(store, lambda: TODAY)
    qtbot.addWidget(worklist)
    worklist.reload()
    worklist.model._store = Unplugged()  # type: ignore[assignment]
    with qtbot.waitSignal(worklist.failed) as failed:
        worklist.search.setText("brown")
    assert failed.args == ["The disk reported an error."]
    assert worklist.model.rowCount() == 2


def test_rows_that_cannot_be_fetched_are_told_once(qtbot: QtBot, store: Store) -> None:
    put(store, 230)
    model = WorklistModel(store, TODAY)
    model.look_for(Wanted(), TODAY)
    model._store = Unplugged()  # type: ignore[assignment]
    with qtbot.waitSignal(model.failed) as failed:
        model.fetchMore(QModelIndex())
    assert failed.args == ["The disk reported an error."]
    assert (model.rowCount(), model.canFetchMore(QModelIndex())) == (100, False)


@pytest.fixture
def worklist(qtbot: QtBot, store: Store, dressed: None) -> Worklist:
    for name, awaited, since, recheck, status, author in (
        ("Zorn", 1, "2026-11-13", "", "in-progress", "Ann"),
        ("Äpfel", 0, "", "2027-02-14", "completed", "Bob"),
        ("brown", 2, "2026-11-01", "", "in-progress", "Bob"),
        ("Cole", 0, "", "2026-12-01", "completed", "Ann"),
    ):
        summary = Summary(
            status, name, awaited=awaited, pending_since=since, next_step="x", recheck_due=recheck
        )
        store.save(name, 0, "{}", summary, author, "Room 1")
    worklist = Worklist(store, lambda: TODAY)
    worklist.by = "Ann"
    qtbot.addWidget(worklist)
    worklist.reload()
    worklist.show()
    return worklist


def names(worklist: Worklist) -> list[str]:
    return [worklist.model.row_at(line).family_name for line in range(worklist.model.rowCount())]


@pytest.mark.parametrize(
    ("only", "expected"),
    [
        (Only.ALL, ["Cole", "brown", "Äpfel", "Zorn"]),
        (Only.AWAITING, ["brown", "Zorn"]),
        (Only.RECHECK, ["Cole"]),
        (Only.IN_PROGRESS, ["brown", "Zorn"]),
        (Only.COMPLETED, ["Cole", "Äpfel"]),
        (Only.MINE, ["Cole", "Zorn"]),
    ],
)
def test_a_chip_chooses_which_are_listed(worklist: Worklist, only: Only, expected: list[str]) -> None:
    worklist.chips.buttons[Only.MINE].click()
    worklist.chips.buttons[only].click()
    assert names(worklist) == expected
    worklist.search.setText("nobody")
    assert "matches" in worklist._nothing.text()


def test_a_click_on_a_heading_sorts_and_another_turns_it_round(worklist: Worklist) -> None:
    header = worklist.table.horizontalHeader()
    patient = COLUMNS.index("Patient")
    header.sectionClicked.emit(patient)
    assert names(worklist) == ["Äpfel", "brown", "Cole", "Zorn"]
    assert (header.sortIndicatorSection(), header.sortIndicatorOrder()) == (
        patient,
        Qt.SortOrder.AscendingOrder,
    )
    header.sectionClicked.emit(patient)
    assert names(worklist) == ["Zorn", "Cole", "brown", "Äpfel"]
    header.sectionClicked.emit(COLUMNS.index("Last saved"))
    assert names(worklist) == ["Cole", "brown", "Äpfel", "Zorn"]


def test_the_rows_menu_sorts_too(worklist: Worklist) -> None:
    menu = worklist.menu_for_row()
    sorts = menu.actions()[-1].menu()
    assert [action.text() for action in sorts.actions()] == list(COLUMNS)  # type: ignore[attr-defined]
    assert [action.isChecked() for action in sorts.actions()].index(True) == 5  # type: ignore[attr-defined]
    sorts.actions()[1].trigger()  # type: ignore[attr-defined]
    assert names(worklist)[0] == "Äpfel"


@pytest.mark.parametrize("only", [only for only in Only if only is not Only.ALL])
def test_each_empty_list_says_why_in_its_own_words(
    qtbot: QtBot, store: Store, dressed: None, only: Only
) -> None:
    worklist = Worklist(store, lambda: TODAY)
    qtbot.addWidget(worklist)
    worklist.chips.choose(only)
    words = worklist._nothing.text()
    assert words.startswith("No ")
    assert words not in {"", "No work-up matches what you look for."}
    assert not worklist._begin.isVisibleTo(worklist)


def test_several_rows_are_marked_from_top_to_bottom(worklist: Worklist) -> None:
    worklist.sort_by(Order.NAME)
    worklist.table.selectAll()
    assert [row.family_name for row in worklist.chosen_rows()] == names(worklist)


@pytest.fixture
def large(qtbot: QtBot, store: Store) -> Worklist:
    """A worklist on a store that it takes for a large one."""
    put(store, 30)
    worklist = Worklist(store, lambda: TODAY)
    qtbot.addWidget(worklist)
    worklist.large_bytes = 0
    worklist.reload()
    return worklist


def test_a_large_store_is_searched_beside_the_window(qtbot: QtBot, large: Worklist) -> None:
    large.search.setText("brown02")
    assert large.model.rowCount() == 30, "the window waited for the store"
    qtbot.waitUntil(lambda: large.model.rowCount() == 10)
    large.search.clear()
    assert large.model.rowCount() == 30


def test_only_what_was_typed_last_is_shown(qtbot: QtBot, large: Worklist) -> None:
    shown: list[str] = []
    large.model.modelReset.connect(lambda: shown.append(large.model.wanted.search))
    for letters in range(1, 8):
        large.search.setText("brown021"[:letters])
    large.search.setText("brown021")
    qtbot.waitUntil(lambda: large.model.rowCount() == 1)
    assert shown[-1] == "brown021"
    assert len(set(shown)) == len(shown)


def test_what_is_found_too_late_is_not_shown(qtbot: QtBot, large: Worklist) -> None:
    large.search.setText("brown021")
    large.search.clear()
    large.looking.rest()
    qtbot.wait(1)
    assert large.model.rowCount() == 30


def test_a_large_store_that_is_gone_is_told(qtbot: QtBot, large: Worklist, store: Store) -> None:
    told: list[str] = []
    large.failed.connect(told.append)
    large.search.setText("brown0")
    qtbot.waitUntil(lambda: large.model.rowCount() == 30 and large.model.wanted.search == "brown0")
    store.lock()
    large.search.setText("brown")
    qtbot.waitUntil(lambda: bool(told))
    assert "locked" in told[0]


def test_no_connection_is_left_open_once_it_rests(qtbot: QtBot, large: Worklist, store: Store) -> None:
    for letters in range(1, 9):
        large.search.setText("brown021"[:letters])
    large.looking.rest()
    store.lock()
    left = [name.name for name in Path(str(store.path)).parent.iterdir()]
    assert left == ["w.db"], "a connection of the search was still open"
