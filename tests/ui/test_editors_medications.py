"""The list of medicines: lines by keyboard, what is known of each, and nothing dropped."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from rls_workup.domain.workup import Answer, State
from rls_workup.protocols import load_protocol
from rls_workup.ui import words
from rls_workup.ui.editors.medications import MedicationsEditor
from rls_workup.ui.editors.medicine_line import MedicineLine
from rls_workup.ui.editors.medicine_text import line_text, read_line_text
from tests.smallprotocol import workup
from tests.ui.row_bench import ENTER, TAB, Bench, Keys

pytestmark = pytest.mark.usefixtures("dressed")


def editor_of(bench: Bench) -> MedicationsEditor:
    editor = bench.row.editor
    assert isinstance(editor, MedicationsEditor)
    return editor


def line_of(bench: Bench, at: int = 0) -> MedicineLine:
    return editor_of(bench).lines[at]


def begin(bench: Bench) -> Bench:
    editor_of(bench).more.click()
    return bench


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (["metformin", ENTER], [{"name": "metformin"}]),
        (["metformin", TAB, "500 mg", ENTER], [{"name": "metformin", "dose": "500 mg"}]),
        (["metformin", TAB, TAB, "30", ENTER], [{"name": "metformin", "months": Decimal(30)}]),
        (["metformin", TAB, TAB, "2", TAB, "y"], [{"name": "metformin", "years": Decimal(2)}]),
        (["metformin", TAB, TAB, TAB, TAB, " "], [{"name": "metformin", "current": False}]),
        (["metformin", TAB, TAB, TAB, TAB, TAB, " "], [{"name": "metformin", "over_the_counter": True}]),
        (["metformin", ENTER, "moon dust", ENTER], [{"name": "metformin"}, {"name": "moon dust"}]),
        ([ENTER], None),
    ],
)
def test_lines_are_typed_one_after_the_other(
    qtbot: QtBot, keys: list[Keys], expected: list[dict[str, Any]] | None
) -> None:
    bench = begin(Bench(qtbot, "medications")).press(*keys).leave()
    assert bench.answer == (None if expected is None else Answer(expected))


@pytest.mark.parametrize("language", ["en", "de", "en-US"])
def test_the_hint_calls_the_tick_by_the_words_on_the_screen(qtbot: QtBot, language: str) -> None:
    words.current.choose(language)
    shown = begin(Bench(qtbot, "medications"))
    hint = load_protocol(language=language).items["medications"].hint
    assert line_of(shown).current.text() in hint


def test_enter_on_add_a_medicine_adds_one(qtbot: QtBot) -> None:
    bench = Bench(qtbot, "medications")
    editor = editor_of(bench)
    qtbot.keyClick(editor.more, Qt.Key.Key_Return)
    assert len(editor.lines) == 1


def test_left_by_its_last_parts_a_line_is_looked_at_too(qtbot: QtBot) -> None:
    bench = begin(Bench(qtbot, "medications")).press("moon dust", TAB, TAB, "since 2021", TAB)
    line = line_of(bench)
    assert line.span.hasFocus()
    editor_of(bench).more.setFocus()
    assert line.known.chips[0].mark is not None
    assert line.length.text().isdigit(), "the duration as it was counted"


def test_enter_in_an_empty_line_moves_on(qtbot: QtBot) -> None:
    bench = begin(Bench(qtbot, "medications")).press("metformin", ENTER)
    assert bench.moved == 0
    assert bench.press(ENTER).moved == 1
    assert len(editor_of(bench).lines) == 1


@pytest.mark.parametrize(
    ("line", "mark", "says"),
    [
        ({"name": "amitriptyline"}, "amitriptyline", "can worsen the symptoms"),
        ({"name": "Elavil 25 mg"}, "amitriptyline", "can worsen the symptoms"),
        ({"name": "Glucophage", "months": 30}, "metformin", "can lower a level"),
        ({"name": "bupropion"}, "bupropion", ""),
        ({"name": "moon dust"}, "Not in the list: not checked", ""),
        ({"name": "metformin", "months": "long"}, "Not accepted", "cannot be read"),
    ],
)
def test_a_line_says_what_is_known_of_it(qtbot: QtBot, line: dict[str, Any], mark: str, says: str) -> None:
    bench = Bench(qtbot, "medications", medications=[line])
    shown = line_of(bench)
    assert shown.known.chips[0].mark is not None
    assert shown.known.chips[0].mark.words == mark
    assert says in shown.known.says.text()
    assert bool(says) is bool(shown.known.says.text())
    assert mark in shown.name.accessibleDescription()


def test_no_medicines_is_an_answer_of_its_own(qtbot: QtBot) -> None:
    bench = Bench(qtbot, "medications")
    editor = editor_of(bench)
    assert not editor.none.isChecked()
    editor.none.click()
    assert bench.answer == Answer([])
    assert editor.none.isChecked()
    editor.none.click()
    assert bench.answer is None


def test_no_medicines_does_not_wipe_a_list(qtbot: QtBot) -> None:
    bench = Bench(qtbot, "medications", medications=["metformin"])
    editor_of(bench).none.click()
    assert bench.given == []
    assert not editor_of(bench).none.isChecked()


def test_a_removed_line_is_gone_and_undo_brings_it_back(qtbot: QtBot) -> None:
    bench = Bench(qtbot, "medications", medications=["metformin", "bupropion"])
    line_of(bench).remove.click()
    assert bench.answer == Answer([{"name": "bupropion"}])
    bench.session.undo_stack.undo()
    assert [line.name.text() for line in editor_of(bench).lines] == ["metformin", "bupropion"]


def test_what_the_program_does_not_show_stays_in_the_line(qtbot: QtBot) -> None:
    given_line = {"name": "metformin", "route": "by mouth", "weeks_ago": 3, "brand": "X"}
    bench = Bench(qtbot, "medications", medications=[given_line])
    line_of(bench).dose.setFocus()
    bench.press("500 mg").leave()
    assert bench.answer is not None
    kept = bench.answer.value[0]
    assert kept["dose"] == "500 mg"
    assert {key: kept[key] for key in ("route", "weeks_ago", "brand")} == {
        "route": "by mouth",
        "weeks_ago": 3,
        "brand": "X",
    }


def test_a_length_that_is_no_number_is_kept_and_said(qtbot: QtBot) -> None:
    bench = begin(Bench(qtbot, "medications")).press("metformin", TAB, TAB, "ages").leave()
    assert bench.answer is not None
    assert bench.answer.value == [{"name": "metformin", "months": "ages"}]
    assert line_of(bench).length.text() == "ages"
    assert "cannot be read" in line_of(bench).known.says.text()


def test_what_is_no_line_stays_in_the_list(qtbot: QtBot) -> None:
    bench = Bench(qtbot, "medications", filled=workup().answered("medications", Answer(["metformin", 7])))
    line_of(bench).dose.setFocus()
    bench.press("500 mg").leave()
    assert bench.answer is not None
    assert bench.answer.value == [{"name": "metformin", "dose": "500 mg"}, 7]


def test_names_are_completed_from_brands_too(qtbot: QtBot) -> None:
    bench = begin(Bench(qtbot, "medications")).press("gluc")
    completer = line_of(bench).name.completer()
    assert completer is not None
    assert completer.currentCompletion() == "Glucophage"


def test_a_draft_of_several_lines_is_shown_again(qtbot: QtBot) -> None:
    bench = begin(Bench(qtbot, "medications")).press("metformin", TAB, "500 mg", TAB, "30")
    raw = editor_of(bench)._raw()
    draft = Answer(None, State.REJECTED, typed=raw, reason="Medicines: the program ended.")
    again = Bench(qtbot, "medications", filled=workup().answered("medications", draft))
    assert again.given == []
    again.press(ENTER)
    assert again.answer == Answer([{"name": "metformin", "dose": "500 mg", "months": Decimal(30)}])


def test_a_draft_of_since_when_is_shown_as_it_was_typed(qtbot: QtBot) -> None:
    bench = begin(Bench(qtbot, "medications")).press("metformin", TAB, TAB, "since 2021")
    draft = Answer(
        None, State.REJECTED, typed=editor_of(bench)._raw(), reason="Medicines: the program ended."
    )
    again = Bench(qtbot, "medications", filled=workup().answered("medications", draft))
    assert line_of(again).length.text() == "since 2021"
    again.press(ENTER)
    assert again.answer == Answer([{"name": "metformin", "months": Decimal(59), "note": "since 2021"}])


NAMES = st.text(st.characters(exclude_categories=["C", "Z"], exclude_characters="·"), min_size=1, max_size=12)


@given(
    name=NAMES,
    dose=st.one_of(st.just(""), NAMES),
    length=st.one_of(st.none(), st.integers(0, 600).map(Decimal)),
    span=st.sampled_from(["months", "years", "weeks"]),
    bought=st.booleans(),
    stopped=st.booleans(),
    ago=st.one_of(st.none(), st.integers(0, 600).map(Decimal)),
)
def test_a_line_kept_as_text_is_read_as_the_same_line(
    name: str, dose: str, length: Decimal | None, span: str, bought: bool, stopped: bool, ago: Decimal | None
) -> None:
    line: dict[str, Any] = {"name": name}
    line |= {"dose": dose} if dose else {}
    line |= {span: length} if length is not None else {}
    line |= {"over_the_counter": True} if bought else {}
    line |= {"current": False} if stopped else {}
    line |= {"weeks_ago": ago} if stopped and ago is not None else {}
    assert read_line_text(line_text(line)) == line


def test_tab_goes_through_the_lines_before_the_buttons(qtbot: QtBot) -> None:
    bench = Bench(qtbot, "medications", medications=["metformin", "bupropion"])
    seen = []
    for _ in range(8):
        seen.append(bench.window.focusWidget())
        bench.press(TAB)
    first, second = editor_of(bench).lines
    assert seen == [*first.stops(), second.name]
    assert Qt.FocusPolicy.StrongFocus == first.name.focusPolicy()
