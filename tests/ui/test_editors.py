"""Keys in, answers out: a table for each kind of item."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from rls_workup.domain.workup import Answer, State
from rls_workup.ui.editors import unit_habit
from rls_workup.ui.editors.choice import ChoiceList
from rls_workup.ui.editors.number import NumberEditor
from rls_workup.ui.editors.quantity import QuantityEditor
from rls_workup.ui.editors.text import TextEditor
from rls_workup.ui.editors.yes_no import ButtonsEditor
from tests.ui.row_bench import ENTER, TAB, Bench, Keys

pytestmark = pytest.mark.usefixtures("dressed", "no_habits")


@pytest.fixture
def no_habits() -> None:
    unit_habit.chosen.clear()


UNKNOWN = Answer(state=State.UNKNOWN)


@pytest.mark.parametrize(
    ("item", "keys", "expected", "moves_on"),
    [
        ("urge", ["y"], Answer("yes"), True),
        ("urge", ["N"], Answer("no"), True),
        ("urge", ["u"], UNKNOWN, True),
        ("urge", ["y", "y"], Answer("yes"), True),
        ("urge", ["y", "n"], Answer("no"), True),
        ("urge", ["y", Qt.Key.Key_Delete], None, True),
        ("urge", [" "], Answer("yes"), False),
        ("urge", [Qt.Key.Key_Right, " "], Answer("no"), False),
        ("urge", [Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, " "], UNKNOWN, False),
        ("urge", [ENTER], None, True),
        ("urge", ["x"], None, False),
        ("vibration", ["r"], Answer("reduced"), True),
        ("vibration", ["a"], Answer("absent"), True),
        ("vibration", [Qt.Key.Key_Right, " "], Answer("reduced"), False),
        ("part_1", ["0"], Answer(Decimal(0)), True),
        ("part_1", ["3"], Answer(Decimal(3)), True),
        ("part_1", ["4"], None, False),
    ],
)
def test_buttons_answer_by_key(
    qtbot: QtBot, item: str, keys: list[Keys], expected: Answer | None, moves_on: bool
) -> None:
    bench = Bench(qtbot, item).press(*keys)
    assert bench.answer == expected
    assert (bench.moved > 0) is moves_on


@pytest.mark.parametrize(
    ("given", "pressed"),
    [
        ({}, ""),
        ({"urge": "yes"}, "yes"),
        ({"urge": False}, "no"),
        ({"urge": {"state": "unknown"}}, "unknown"),
    ],
)
def test_no_button_is_pressed_until_there_is_an_answer(
    qtbot: QtBot, given: dict[str, object], pressed: str
) -> None:
    bench = Bench(qtbot, "urge", **given)
    assert isinstance(bench.row.editor, ButtonsEditor)
    assert bench.row.editor.bar.value() == pressed
    assert bench.given == []


def test_tab_stops_once_at_a_row_of_buttons(qtbot: QtBot) -> None:
    bench = Bench(qtbot, "urge", urge="no").press(TAB)
    assert QApplication.focusWidget() is bench.elsewhere


@pytest.mark.parametrize(
    ("item", "keys", "expected", "moves_on"),
    [
        ("score", ["24", ENTER], Answer(Decimal(24)), True),
        ("score", ["024", ENTER], Answer(Decimal(24)), True),
        ("score", [ENTER], None, True),
        ("index", ["7.5", ENTER], Answer(Decimal("7.5")), True),
        ("index", ["7,5", ENTER], Answer(Decimal("7.5")), True),
        ("index", ["15 /h", ENTER], Answer(Decimal(15)), True),
    ],
)
def test_a_number_is_taken_as_the_reader_takes_it(
    qtbot: QtBot, item: str, keys: list[Keys], expected: Answer | None, moves_on: bool
) -> None:
    bench = Bench(qtbot, item).press(*keys)
    assert bench.answer == expected
    assert (bench.moved > 0) is moves_on


@pytest.mark.parametrize(
    ("item", "text", "why"),
    [
        ("score", "41", "above the highest"),
        ("score", "2.5", "whole number"),
        ("score", "many", "not a number"),
        ("score", "<5", "plain number"),
        ("index", "1,500", "can be read as"),
        ("index", "15 mg", "not given in"),
        ("ferritin", "-3 ng/mL", "negative"),
        ("ferritin", "38 mmol/mol", "not measured in"),
        ("ferritin", "1,234 ng/mL", "can be read as"),
        ("ferritin", "200000 ng/mL", "above the highest"),
    ],
)
def test_what_cannot_be_accepted_stays_as_typed_with_the_reason(
    qtbot: QtBot, item: str, text: str, why: str
) -> None:
    bench = Bench(qtbot, item).press(text).leave()
    answer, editor = bench.answer, bench.row.editor
    assert answer is not None
    assert answer.state is State.REJECTED
    assert why in answer.reason
    assert isinstance(editor, (NumberEditor, QuantityEditor))
    assert editor.number.text() == text
    assert why in bench.row.editor.standing.rejected  # type: ignore[union-attr]


def test_enter_on_a_rejected_number_stays_and_a_second_one_moves_on(qtbot: QtBot) -> None:
    bench = Bench(qtbot, "score").press("41", ENTER)
    assert bench.moved == 0
    assert bench.press(ENTER).moved == 1


FERRITIN = Answer(Decimal(38), unit="ug/L")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("38 ug/L", FERRITIN),
        ("38 µg/L", FERRITIN),
        ("38 mcg/L", FERRITIN),
        ("38ug/l", FERRITIN),
        ("<38 ug/L", Answer(Decimal(38), unit="ug/L", comparator="<")),
        ("38.0 ug/L", Answer(Decimal("38.0"), unit="ug/L")),
        ("38 ug/L 18 nov", Answer(Decimal(38), unit="ug/L", collected="2026-11-18")),
        ("38 ug/L, 18.11.2026", Answer(Decimal(38), unit="ug/L", collected="2026-11-18")),
        ("38 ug/L t-3", Answer(Decimal(38), unit="ug/L", collected="2026-11-19")),
        ("38 ug/L collected (18 nov)", Answer(Decimal(38), unit="ug/L", collected="2026-11-18")),
        ("Ferritin: 38 ug/L on 18.11.26", Answer(Decimal(38), unit="ug/L", collected="2026-11-18")),
        ("38 ug/L  L  (30-400)  18-Nov-2026", Answer(Decimal(38), unit="ug/L", collected="2026-11-18")),
        ("<38 ug/l 18.11.26", Answer(Decimal(38), unit="ug/L", comparator="<", collected="2026-11-18")),
    ],
)
def test_a_whole_result_may_be_pasted_into_the_number(qtbot: QtBot, text: str, expected: Answer) -> None:
    bench = Bench(qtbot, "ferritin").press(text).leave()
    assert bench.answer == expected
    editor = bench.row.editor
    assert isinstance(editor, QuantityEditor)
    assert editor.unit_box is not None
    assert editor.day is not None
    assert editor.unit_box.unit() == "ug/L"
    assert editor.day.text() == {"2026-11-18": "18-Nov-2026", "2026-11-19": "19-Nov-2026"}.get(
        expected.collected, ""
    )


def test_a_number_with_a_day_takes_the_unit_that_is_chosen(qtbot: QtBot) -> None:
    bench = Bench(qtbot, "tsat").press("16").leave()
    assert bench.answer == Answer(Decimal(16), unit="%")
    bench = Bench(qtbot, "ferritin", ferritin={"value": 40, "unit": "ug/L"})
    editor = bench.row.editor
    assert isinstance(editor, QuantityEditor)
    editor.number.selectAll()
    assert bench.press("38 18.11.26").leave().answer == replace(FERRITIN, collected="2026-11-18")


def test_a_day_that_could_be_two_is_asked_about_and_nothing_is_lost(qtbot: QtBot) -> None:
    bench = Bench(qtbot, "ferritin").press("38 ug/L 3/11/26").leave()
    assert bench.answer is not None
    assert (bench.answer.value, bench.answer.state) == ("38 ug/L 3/11/26", State.REJECTED)
    assert bench.row.editor.standing is not None
    assert "Is this 03-Nov-2026 or 11-Mar-2026?" in bench.row.editor.standing.rejected


@pytest.mark.parametrize(
    ("key", "state"),
    [
        ("o", State.ORDERED),
        ("s", State.COLLECTED),
        ("p", State.PENDING),
        ("u", State.UNKNOWN),
        ("d", State.DECLINED),
        ("n", State.NOT_APPLICABLE),
    ],
)
def test_one_letter_in_an_empty_field_is_where_the_test_stands(qtbot: QtBot, key: str, state: State) -> None:
    bench = Bench(qtbot, "ferritin").press(key)
    assert bench.answer is not None
    assert bench.answer.state is state
    assert bench.answer.since == ("2026-11-22" if state.awaited else "")
    assert bench.answer.value is None


def test_a_letter_never_takes_the_place_of_a_value(qtbot: QtBot) -> None:
    bench = Bench(qtbot, "ferritin", ferritin={"value": 40, "unit": "ug/L"})
    editor = bench.row.editor
    assert isinstance(editor, QuantityEditor)
    editor.number.selectAll()
    bench.press("o")
    assert bench.answer == Answer(40, unit="ug/L")


def test_what_is_not_ordered_has_no_letters_of_an_order(qtbot: QtBot) -> None:
    bench = Bench(qtbot, "iron").press("o")
    assert bench.answer is None


def test_a_click_on_the_chip_takes_a_test_a_step_on(qtbot: QtBot) -> None:
    bench = Bench(qtbot, "ferritin")
    seen = []
    for _click in range(3):
        qtbot.mouseClick(bench.row.chip, Qt.MouseButton.LeftButton)
        assert bench.answer is not None
        seen.append((bench.answer.state, bench.row.chip.text()))
    assert seen == [
        (State.ORDERED, "Ordered 22-Nov-2026"),
        (State.COLLECTED, "Sampled 22-Nov-2026"),
        (State.PENDING, "Pending since 22-Nov-2026"),
    ]


def test_no_unit_no_number(qtbot: QtBot) -> None:
    bench = Bench(qtbot, "ferritin")
    editor = bench.row.editor
    assert isinstance(editor, QuantityEditor)
    assert editor.unit_box is not None
    assert editor.unit_box.unit() == ""
    bench.press("38", ENTER)
    assert (bench.given, bench.moved) == ([], 0)
    assert editor.unit_box.hasFocus()
    bench.leave()
    assert bench.answer is not None
    assert bench.answer.state is State.REJECTED
    assert "has no unit" in bench.answer.reason


def test_the_unit_box_ends_the_entry(qtbot: QtBot) -> None:
    bench = Bench(qtbot, "ferritin").press("38", ENTER, "p")
    assert bench.answer == Answer(Decimal(38), unit="pmol/L")
    assert bench.press(ENTER).moved == 1


def test_a_unit_chosen_once_is_offered_again_and_the_only_unit_is_there_at_once(qtbot: QtBot) -> None:
    Bench(qtbot, "ferritin").press("38", ENTER, "n", ENTER)
    again = Bench(qtbot, "ferritin").press("40", ENTER)
    assert again.answer == Answer(Decimal(40), unit="ng/mL")
    assert Bench(qtbot, "crp").press("3", ENTER).answer == Answer(Decimal(3), unit="mg/L")


@pytest.mark.parametrize(
    ("typed", "kept", "shown", "trouble"),
    [
        ("18/11/26", "2026-11-18", "18-Nov-2026", ""),
        ("18 nov", "2026-11-18", "18-Nov-2026", ""),
        ("t", "2026-11-22", "22-Nov-2026", ""),
        ("3/4/26", "3/4/26", "3/4/26", "03-Apr-2026 or 04-Mar-2026"),
        ("soon", "soon", "soon", "is no date"),
        ("24.12.2026", "24.12.2026", "24.12.2026", "lies in the future"),
    ],
)
def test_a_date_is_echoed_whole_or_kept_as_typed_with_a_question(
    qtbot: QtBot, typed: str, kept: str, shown: str, trouble: str
) -> None:
    bench = Bench(qtbot, "ferritin", ferritin={"value": 38, "unit": "ug/L"})
    editor = bench.row.editor
    assert isinstance(editor, QuantityEditor)
    assert editor.day is not None
    editor.day.setFocus()
    bench.press(typed).leave()
    assert bench.answer is not None
    assert bench.answer.collected == kept
    assert bench.answer.value == Decimal(38)
    assert editor.day.text() == shown
    assert trouble in editor.trouble
    assert bool(trouble) is bool(editor.trouble)


def test_clearing_the_number_takes_the_answer_back(qtbot: QtBot) -> None:
    bench = Bench(qtbot, "crp", crp={"value": 3, "unit": "mg/L"})
    editor = bench.row.editor
    assert isinstance(editor, QuantityEditor)
    editor.number.selectAll()
    bench.press(Qt.Key.Key_Delete).leave()
    assert bench.given == [None]
    assert bench.answer is None


def test_a_result_keeps_the_day_on_which_the_sample_was_taken(qtbot: QtBot) -> None:
    bench = Bench(qtbot, "ferritin")
    bench.row.set_state(State.COLLECTED)
    assert bench.answer == Answer(state=State.COLLECTED, since="2026-11-22", collected="2026-11-22")
    bench.press("38 ug/L").leave()
    assert bench.answer == Answer(Decimal(38), unit="ug/L", collected="2026-11-22")


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ({"value": "38.0", "unit": "ug/L"}, "38.0"),
        ({"value": 38, "comparator": "<=", "unit": "ug/L"}, "≤38"),
        ({"value": "abc"}, "abc"),
        ({"state": "ordered"}, ""),
        ({"value": "<b>8</b>", "unit": "ug/L"}, "<b>8</b>"),
        ({"value": "8\u202e9", "unit": "ug/L"}, "8[U+202E]9"),
    ],
)
def test_a_number_is_shown_as_it_was_reported(qtbot: QtBot, given: dict[str, object], shown: str) -> None:
    bench = Bench(qtbot, "ferritin", ferritin=given)
    assert isinstance(bench.row.editor, QuantityEditor)
    assert bench.row.editor.number.text() == shown
    bench.leave()
    assert bench.given == []


def test_a_field_that_is_only_passed_through_changes_nothing(qtbot: QtBot) -> None:
    for item in ("urge", "vibration", "gait", "score", "ferritin", "note", "referral", "medications"):
        bench = Bench(qtbot, item).leave()
        bench.row.commit()
        assert (item, bench.given, bench.typed) == (item, [], [])


def test_a_list_opens_with_nothing_chosen_and_gives_what_is_chosen(qtbot: QtBot) -> None:
    from rls_workup.protocols import load_protocol

    protocol = load_protocol()
    bench = Bench(qtbot, "gait", protocol)
    box = bench.row.editor
    assert isinstance(box, ChoiceList)
    assert box.box.currentIndex() == -1
    bench.press("s")
    assert bench.answer == Answer("spastic")
    assert bench.press(ENTER).moved == 1


def test_text_is_given_when_it_is_left_and_enter_stays_inside(qtbot: QtBot) -> None:
    bench = Bench(qtbot, "note").press("Creeping", ENTER, "at night")
    assert bench.moved == 0
    bench.leave()
    assert bench.answer == Answer("Creeping\nat night")
    bench.row.focus_editor()
    bench.press((ENTER, Qt.KeyboardModifier.ControlModifier))
    assert bench.moved == 1


def test_markup_in_a_text_is_shown_letter_by_letter(qtbot: QtBot) -> None:
    bench = Bench(qtbot, "note", note="<b>bold</b> <img src='x'>")
    assert isinstance(bench.row.editor, TextEditor)
    assert bench.row.editor.passage.toPlainText() == "<b>bold</b> <img src='x'>"


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (["r"], Answer(state=State.ORDERED, since="2026-11-22")),
        (["a"], Answer(state=State.PENDING, since="2026-11-22")),
        (["d"], Answer(state=State.DECLINED)),
        (["n"], Answer(state=State.NOT_APPLICABLE)),
        (["r", Qt.Key.Key_Delete], None),
    ],
)
def test_a_request_has_states(qtbot: QtBot, keys: list[Keys], expected: Answer | None) -> None:
    assert Bench(qtbot, "referral").press(*keys).answer == expected


def test_words_end_the_waiting_for_a_request(qtbot: QtBot) -> None:
    bench = Bench(qtbot, "referral", referral={"state": "ordered", "since": "2026-11-20"})
    bench.press(TAB, "Seen on Monday").leave()
    assert bench.answer == Answer("Seen on Monday")


@pytest.mark.parametrize("typed", ["38 ug/L 18 nov", "7.5 mmol/L", "120 nmol/L"])
def test_a_result_typed_at_a_question_does_not_answer_it(qtbot: QtBot, typed: str) -> None:
    bench = Bench(qtbot, "urge")
    bench.press(typed)
    assert bench.given == []


@pytest.mark.parametrize("item", ["ferritin", "gait", "score", "medications"])
def test_the_wheel_changes_no_answer(qtbot: QtBot, item: str) -> None:
    from rls_workup.protocols import load_protocol

    given = {"value": 38, "unit": "ng/mL"} if item == "ferritin" else {}
    filled = {item: given} if given else {}
    bench = Bench(qtbot, item, load_protocol() if item == "gait" else None, **filled)
    for part in bench.row.editor.findChildren(object):
        if hasattr(part, "wheelEvent"):
            QApplication.sendEvent(part, _wheel())
    bench.leave()
    assert bench.given == []


def _wheel() -> QWheelEvent:
    return QWheelEvent(
        QPointF(2, 2),
        QPointF(2, 2),
        QPoint(0, -120),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
