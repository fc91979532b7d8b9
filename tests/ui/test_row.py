"""The row of an item: what it says, what it keeps while someone types, its menu, its note, its room."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from rls_workup.domain.assessment import assess
from rls_workup.domain.workup import Answer, State
from rls_workup.protocols import load_protocol
from rls_workup.ui import theme
from rls_workup.ui.editors import unit_habit
from rls_workup.ui.editors.quantity import QuantityEditor
from rls_workup.ui.editors.text import TextEditor
from rls_workup.ui.row import ItemRow
from rls_workup.ui.stylesheet import style_sheet
from tests.smallprotocol import TODAY, small, workup
from tests.ui.row_bench import ENTER, ESCAPE, Bench

pytestmark = pytest.mark.usefixtures("dressed", "no_habits")
PERSON = {"date_of_birth": "1961-07-14", "sex": "female"}


@pytest.fixture
def no_habits() -> None:
    unit_habit.chosen.clear()


def number_of(bench: Bench) -> QLineEdit:
    assert isinstance(bench.row.editor, QuantityEditor)
    return bench.row.editor.number


def words_of(bench: Bench) -> str:
    """All that the row says in labels that are not hidden."""
    labels = bench.row.findChildren(QLabel)
    return "\n".join(label.text() for label in labels if not label.isHidden())


@pytest.mark.parametrize(
    ("item", "given", "chip", "tone"),
    [
        ("ferritin", None, "Not entered", "not_entered"),
        ("ferritin", {"value": 38, "unit": "ng/mL"}, "Low", "warn"),
        ("ferritin", {"value": 120, "unit": "ng/mL"}, "Entered", "note"),
        ("ferritin", {"value": 2000, "unit": "ng/mL"}, "Unusual", "warn"),
        ("ferritin", {"value": 38}, "Not accepted", "critical"),
        ("ferritin", {"state": "ordered", "since": "2026-11-20"}, "Ordered 20-Nov-2026", "awaited"),
        ("ferritin", {"state": "collected", "since": "2026-11-20"}, "Sampled 20-Nov-2026", "awaited"),
        ("ferritin", {"state": "pending", "since": "2026-11-12"}, "Pending since 12-Nov-2026", "awaited"),
        ("ferritin", {"state": "pending"}, "Pending", "awaited"),
        ("ferritin", {"state": "declined"}, "Not done: declined", "not_entered"),
        ("ferritin", {"state": "not_applicable"}, "Not applicable", "not_entered"),
        ("ferritin", {"state": "unknown"}, "Unknown", "not_entered"),
        ("vibration", "reduced", "Abnormal", "warn"),
        ("urge", {"state": "declined"}, "Not done: declined", "not_entered"),
        ("referral", {"state": "ordered", "since": "2026-11-20"}, "Requested 20-Nov-2026", "awaited"),
    ],
)
def test_a_chip_says_where_the_item_stands(
    qtbot: QtBot, item: str, given: object, chip: str, tone: str
) -> None:
    answers = {} if given is None else {item: given}
    bench = Bench(qtbot, item, filled=workup(PERSON, **answers))
    mark = bench.row.chip.mark
    assert mark is not None
    assert (mark.words, mark.tone) == (chip, tone)
    assert mark.sign
    assert chip in bench.row.editor.focus_target().accessibleDescription()


@pytest.mark.parametrize(
    ("item", "given"),
    [("urge", None), ("urge", "yes"), ("urge", {"state": "unknown"}), ("part_1", 2), ("note", "x")],
)
def test_no_chip_where_the_field_says_it_all(qtbot: QtBot, item: str, given: object) -> None:
    bench = Bench(qtbot, item, **({} if given is None else {item: given}))
    assert bench.row.chip.isHidden()
    assert bench.row.editor.focus_target().accessibleDescription()


def test_a_computed_value_says_how_and_is_no_entry(qtbot: QtBot) -> None:
    amounts = {"iron": {"value": 50, "unit": "ug/dL"}, "tibc": {"value": 300, "unit": "ug/dL"}}
    bench = Bench(qtbot, "tsat", filled=workup(PERSON, pregnant="no", **amounts))
    assert bench.row.chip.mark is not None
    assert bench.row.chip.mark.words == "Worked out"
    assert "100 × iron / TIBC" in words_of(bench)
    assert number_of(bench).text() == ""
    assert bench.press("30", ENTER).answer == Answer(Decimal(30), unit="%")


@pytest.mark.parametrize(
    ("unit", "words"),
    [("ng/mL", "≤\xa075\xa0ng/mL low"), ("ug/L", "≤\xa075\xa0µg/L low"), ("", "≤\xa075\xa0ng/mL low")],
)
def test_the_cut_off_stands_under_the_label_in_the_typed_unit(qtbot: QtBot, unit: str, words: str) -> None:
    given = {"ferritin": {"value": 38, "unit": unit}} if unit else {}
    assert words in words_of(Bench(qtbot, "ferritin", filled=workup(PERSON, **given)))


def test_a_value_in_another_size_of_unit_says_its_conversion(qtbot: QtBot) -> None:
    bench = Bench(qtbot, "ferritin", ferritin={"value": "224.7", "unit": "pmol/L"})
    assert "= 100 ng/mL, converted from 224.7 pmol/L." in words_of(bench)


def test_the_field_says_its_unit_to_a_screen_reader(qtbot: QtBot) -> None:
    bench = Bench(qtbot, "ferritin", ferritin={"value": 38, "unit": "ug/L"})
    assert number_of(bench).accessibleName() == "Ferritin in micrograms per litre"
    assert number_of(bench).accessibleIdentifier() == "ferritin"
    assert bench.row.objectName() == "ferritin"


@pytest.mark.parametrize(
    ("given", "unanswered"),
    [
        (None, True),
        ({"value": 38, "unit": "ng/mL"}, False),
        ({"value": 38}, True),
        ({"state": "ordered"}, False),
        ({"state": "declined"}, False),
    ],
)
def test_what_counts_as_unanswered(qtbot: QtBot, given: object, unanswered: bool) -> None:
    bench = Bench(qtbot, "ferritin", **({} if given is None else {"ferritin": given}))
    assert bench.row.unanswered is unanswered


# Typing


def test_typing_is_kept_while_the_field_is_not_left(qtbot: QtBot) -> None:
    bench = Bench(qtbot, "ferritin").press("3")
    qtbot.waitUntil(lambda: bench.typed == ["3"], timeout=900)
    assert bench.given == []
    kept = bench.session.workup.answers["ferritin"]
    assert (kept.typed, kept.value) == ("3", None)


def test_a_value_that_rested_counts_and_the_next_one_joins_its_step(qtbot: QtBot) -> None:
    bench = Bench(qtbot, "crp").press("1")
    qtbot.waitUntil(lambda: len(bench.given) == 1, timeout=3000)
    assert bench.session.undo_stack.count() == 1
    bench.press("2").leave()
    assert bench.answer == Answer(Decimal(12), unit="mg/L")
    assert bench.session.undo_stack.count() == 1


def test_half_a_number_does_not_count_after_a_rest(qtbot: QtBot) -> None:
    bench = Bench(qtbot, "score").press("1e")
    qtbot.wait(1300)
    assert bench.given == []
    assert bench.session.assessment.standings["score"].state is not State.REJECTED or bench.answer is None


def test_another_answer_does_not_disturb_what_is_being_typed(qtbot: QtBot) -> None:
    bench = Bench(qtbot, "ferritin").press("12")
    bench.session.keep_typing("ferritin", "12")
    bench.session.answer("urge", Answer("yes"))
    assert number_of(bench).text() == "12"
    bench.press("0 ng/mL").leave()
    assert bench.answer == Answer(Decimal(120), unit="ng/mL")


def test_undo_of_the_item_itself_comes_through(qtbot: QtBot) -> None:
    bench = Bench(qtbot, "crp").press("3", ENTER)
    bench.session.undo_stack.undo()
    assert number_of(bench).text() == ""
    bench.session.undo_stack.redo()
    assert number_of(bench).text() == "3"
    assert len(bench.given) == 1


@pytest.mark.parametrize("item", ["crp", "note"])
def test_undo_reaches_the_window_from_an_untouched_field_only(qtbot: QtBot, item: str) -> None:
    bench = Bench(qtbot, item)
    heard: list[str] = []
    shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), bench.window)
    shortcut.activated.connect(lambda: heard.append("undo"))
    undo = (Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    bench.press(undo)
    assert heard == ["undo"]
    bench.press("7", undo)
    assert heard == ["undo"]
    editor = bench.row.editor
    text = editor.passage.toPlainText() if isinstance(editor, TextEditor) else number_of(bench).text()
    assert text == ""


def test_a_draft_that_outlived_the_program_is_shown_and_entered_by_enter(qtbot: QtBot) -> None:
    draft = Answer(None, State.REJECTED, typed="38 ng/mL 18 nov", reason="Ferritin: the program ended.")
    bench = Bench(qtbot, "ferritin", filled=workup().answered("ferritin", draft))
    assert number_of(bench).text() == "38 ng/mL 18 nov"
    assert bench.given == []
    assert bench.press(ENTER).answer == Answer(Decimal(38), unit="ng/mL", collected="2026-11-18")


def test_a_draft_beside_a_value_says_which_one_counts(qtbot: QtBot) -> None:
    answer = Answer(Decimal(38), unit="ng/mL", typed="83 ng/mL")
    filled = workup().answered("ferritin", answer)
    protocol = small()
    row = ItemRow(protocol.items["ferritin"], protocol, lambda: TODAY)
    qtbot.addWidget(row)
    assessment = assess(protocol, filled, TODAY)
    row.show_standing(assessment.standings["ferritin"], answer, [])
    words = " ".join(label.text() for label in row.findChildren(QLabel))
    assert "Until then 38 ng/mL counts." in words


def test_commit_gives_what_is_in_the_field_once(qtbot: QtBot) -> None:
    bench = Bench(qtbot, "crp").press("3")
    bench.row.commit()
    bench.row.commit()
    assert bench.given == [Answer(Decimal(3), unit="mg/L")]


# State and note


def entry(menu: QMenu, begins: str) -> QAction:
    return next(action for action in menu.actions() if action.text().replace("&", "").startswith(begins))


def choose(qtbot: QtBot, bench: Bench, words: str) -> None:
    bench.press((Qt.Key.Key_Period, Qt.KeyboardModifier.ControlModifier))
    menu = bench.row.findChild(QMenu)
    assert menu is not None
    entry(menu, words).trigger()
    focused = bench.window.focusWidget()
    menu.close()
    QApplication.processEvents()
    bench.window.activateWindow()
    qtbot.waitUntil(bench.window.isActiveWindow)
    assert bench.window.focusWidget() is focused


@pytest.mark.parametrize(
    ("item", "words", "expected"),
    [
        ("ferritin", "Ordered", Answer(state=State.ORDERED, since="2026-11-22")),
        ("ferritin", "Sampled", Answer(state=State.COLLECTED, since="2026-11-22", collected="2026-11-22")),
        ("ferritin", "Result pending", Answer(state=State.PENDING, since="2026-11-22")),
        ("urge", "Unknown", Answer(state=State.UNKNOWN)),
        ("urge", "Declined", Answer(state=State.DECLINED)),
        ("score", "Not applicable", Answer(state=State.NOT_APPLICABLE)),
        ("note", "Declined", Answer(state=State.DECLINED)),
        ("medications", "Declined", Answer(state=State.DECLINED)),
    ],
)
def test_the_menu_gives_a_state_by_keyboard(qtbot: QtBot, item: str, words: str, expected: Answer) -> None:
    bench = Bench(qtbot, item)
    choose(qtbot, bench, words)
    assert bench.answer == expected


def test_only_what_can_be_ordered_offers_it(qtbot: QtBot) -> None:
    bench = Bench(qtbot, "urge")
    bench.row.open_menu()
    menu = bench.row.findChild(QMenu)
    assert menu is not None
    texts = [action.text().replace("&", "") for action in menu.actions()]
    menu.close()
    assert not [text for text in texts if text.startswith(("Ordered", "Sampled", "Result"))]


def test_a_state_takes_the_place_of_the_value_and_undo_brings_it_back(qtbot: QtBot) -> None:
    bench = Bench(qtbot, "ferritin", ferritin={"value": 38, "unit": "ng/mL"})
    choose(qtbot, bench, "Ordered")
    assert number_of(bench).text() == ""
    bench.session.undo_stack.undo()
    assert number_of(bench).text() == "38"


def test_taking_back_is_one_step(qtbot: QtBot) -> None:
    bench = Bench(qtbot, "urge", urge={"value": "yes", "note": "since May"})
    choose(qtbot, bench, "Take back")
    assert bench.answer is None
    assert bench.session.undo_stack.count() == 1


def test_a_declined_item_asks_for_its_reason(qtbot: QtBot) -> None:
    bench = Bench(qtbot, "ferritin")
    choose(qtbot, bench, "Declined")
    bench.press("needle <b>phobia</b>", ENTER)
    assert bench.answer == Answer(state=State.DECLINED, note="needle <b>phobia</b>")
    assert "Note: needle <b>phobia</b>" in words_of(bench)


def test_escape_leaves_the_note_as_it_was(qtbot: QtBot) -> None:
    bench = Bench(qtbot, "urge", urge={"value": "yes", "note": "since May"})
    choose(qtbot, bench, "Note")
    bench.press("changed", ESCAPE).leave()
    assert bench.answer == Answer("yes", note="since May")


def test_a_note_is_given_while_it_is_being_written_as_one_step(qtbot: QtBot) -> None:
    bench = Bench(qtbot, "urge", urge="yes")
    choose(qtbot, bench, "Note")
    bench.press("since")
    qtbot.waitUntil(lambda: bench.answer == Answer("yes", note="since"), timeout=900)
    bench.press(" May", ENTER)
    assert bench.answer == Answer("yes", note="since May")
    assert bench.session.undo_stack.count() == 1
    assert bench.row.editor.focus_target().hasFocus()


def test_a_note_stays_with_a_new_value(qtbot: QtBot) -> None:
    bench = Bench(qtbot, "urge", urge={"value": "yes", "note": "since May"}).press("n")
    assert bench.answer == Answer("no", note="since May")


# Room


def shown_parts(row: ItemRow) -> list[QWidget]:
    kinds = (QLabel, QPushButton, QLineEdit)
    return [part for kind in kinds for part in row.findChildren(kind) if part.isVisible()]


def clipped(row: ItemRow) -> list[str]:
    """The parts that reach out of the row, or that are too small for their words."""
    found = []
    for part in shown_parts(row):
        corner = part.mapTo(row, part.rect().topLeft())
        inside = row.rect().contains(part.rect().translated(corner))
        if isinstance(part, QLabel) and part.wordWrap():
            big_enough = part.height() >= part.heightForWidth(part.width())
        else:
            wanted = part.minimumSizeHint()
            big_enough = part.width() >= wanted.width() and part.height() >= wanted.height()
        if not (inside and big_enough):
            found.append(f"{row.item_id}: {part.accessibleName() or getattr(part, 'text', str)()}")
    return found


@pytest.mark.parametrize(("percent", "width"), [(100, 430), (100, 640), (150, 640), (200, 700), (200, 1000)])
def test_nothing_is_clipped_at_any_size(qtbot: QtBot, percent: int, width: int) -> None:
    protocol = load_protocol()
    filled = workup(PERSON)
    answers: dict[str, Any] = {
        "ferritin": {"value": 38, "unit": "ng/mL", "note": "a long note " * 8},
        "b12_total": {"value": 120},
        "tsh": {"state": "pending", "since": "2026-11-12"},
        "medications": [{"name": "amitriptyline", "months": 3}, {"name": "nobody knows this one"}],
        "vibration": "reduced",
    }
    filled = replace(filled, answers=workup(**answers).answers)
    assessment = assess(protocol, filled, TODAY)
    theme.current.set_text_percent(percent)
    window = QWidget()
    qtbot.addWidget(window)
    window.setStyleSheet(style_sheet(theme.current))
    window.resize(width, 900)
    window.show()
    found: list[str] = []
    for item in protocol.items.values():
        row = ItemRow(item, protocol, lambda: TODAY, window)
        row.show_standing(assessment.standings[item.id], filled.answers.get(item.id), [])
        row.show()
        row.resize(width, row.heightForWidth(width))
        found += clipped(row)
        row.hide()
        row.deleteLater()
    assert found == []


# Whatever is in a file


GIVEN = st.one_of(
    st.none(),
    st.booleans(),
    st.text(max_size=20),
    st.decimals(allow_nan=True, allow_infinity=True, places=2),
    st.lists(
        st.one_of(
            st.text(max_size=8), st.dictionaries(st.sampled_from(["name", "months"]), st.text(max_size=5))
        )
    ),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    item=st.sampled_from(sorted(small().items)),
    value=GIVEN,
    state=st.sampled_from(State),
    unit=st.sampled_from(["", "ng/mL", "%", "furlongs"]),
    typed=st.sampled_from(["", "12 n"]),
    collected=st.sampled_from(["", "2026-11-18", "03/04/26", "<b>"]),
)
def test_showing_any_answer_gives_none(
    qtbot: QtBot, item: str, value: object, state: State, unit: str, typed: str, collected: str
) -> None:
    answer = Answer(value, state, unit=unit, typed=typed, collected=collected)
    protocol = small()
    row = ItemRow(protocol.items[item], protocol, lambda: TODAY)
    given_back: list[object] = []
    row.edited.connect(given_back.append)
    assessment = assess(protocol, workup().answered(item, answer), TODAY)
    row.show_standing(assessment.standings[item], answer, assessment.findings_about(item))
    row.commit()
    assert given_back == []
    row.deleteLater()
