"""Medicines as people give them: names by brand, slips, durations, and a list that is pasted."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from rls_workup.domain.protocol import Protocol
from rls_workup.domain.workup import Answer, Workup
from rls_workup.protocols import load_protocol
from rls_workup.ui.editors.medications import MedicationsEditor
from rls_workup.ui.editors.medicine_line import MedicineLine
from rls_workup.ui.editors.medicine_review import MedicineReview
from tests.ui.row_bench import ENTER, TAB, Bench, Keys

pytestmark = pytest.mark.usefixtures("dressed")


@cache
def shipped() -> Protocol:
    return load_protocol()


def editor_of(bench: Bench) -> MedicationsEditor:
    editor = bench.row.editor
    assert isinstance(editor, MedicationsEditor)
    return editor


def line_of(bench: Bench, at: int = 0) -> MedicineLine:
    return editor_of(bench).lines[at]


def begin(bench: Bench) -> Bench:
    editor_of(bench).more.click()
    return bench


PASTE = (Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
PASTED = "Metformin 1 g bd, since 2021; omeprazle 20mg 1-0-0\nmoon dust\nAllergies: penicillin\naspirin and clopidogrel"


def shipped_bench(qtbot: QtBot, **answers: Any) -> Bench:
    filled = Workup("w", answers={key: Answer(value) for key, value in answers.items()})
    return Bench(qtbot, "medications", protocol=shipped(), filled=filled)


def marks_of(bench: Bench, at: int = 0) -> list[str]:
    chips = line_of(bench, at).known.chips
    return [chip.mark.words for chip in chips if chip.mark is not None and chip.isVisible()]


def paste(bench: Bench, text: str) -> Bench:
    QApplication.clipboard().setText(text)
    return begin(bench).press(PASTE)


def review_of(bench: Bench) -> MedicineReview:
    review = editor_of(bench).review
    assert review is not None
    return review


def names_in(bench: Bench) -> list[str]:
    return [line["name"] for line in bench.answer.value] if bench.answer else []


def test_completions_show_brand_and_substance_and_enter_takes_the_first(qtbot: QtBot) -> None:
    bench = begin(shipped_bench(qtbot)).press("Los")
    completer = line_of(bench).name.completer()
    assert completer is not None
    assert completer.popup().isVisible()
    assert completer.completionModel().index(0, 0).data() == "Losec – omeprazole"
    bench.press(ENTER)
    assert bench.answer == Answer([{"name": "Losec"}])
    assert marks_of(bench) == ["omeprazole", "May lower B12, grade B", "May lower iron"]
    bench.press(ENTER)
    assert len(editor_of(bench).lines) == 2


def test_another_completion_is_chosen_with_the_arrow_keys(qtbot: QtBot) -> None:
    bench = begin(shipped_bench(qtbot)).press("fer")
    popup = line_of(bench).name.completer().popup()
    names = [popup.model().index(row, 0).data() for row in range(popup.model().rowCount())]
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, ENTER):
        QTest.keyClick(popup, key)
    assert names_in(bench) == [names[1].partition(" – ")[0]]


def test_a_completion_that_is_looked_at_does_not_count(qtbot: QtBot) -> None:
    bench = begin(shipped_bench(qtbot)).press("fer")
    popup = line_of(bench).name.completer().popup()
    QTest.keyClick(popup, Qt.Key.Key_Down)
    editor_of(bench)._rested()
    assert bench.given == []
    QTest.keyClick(popup, Qt.Key.Key_Escape)
    editor_of(bench)._rested()
    assert len(bench.given) == 1


@pytest.mark.parametrize(
    ("name", "marks"),
    [
        (
            "promethazine",
            ["promethazine", "May worsen RLS, grade B1", "Sedating antihistamine", "Blocks dopamine"],
        ),
        ("Sinemet", ["levodopa", "Risk of augmentation", "May lower B12, grade C", "AASM 2025: not for RLS"]),
        ("pregabalin", ["pregabalin", "May lower B12, grade B", "AASM 2025: for RLS"]),
        ("aspirin and iron", ["aspirin", "May lower iron", "iron (product not named)", "Replaces iron"]),
        ("cetirizine", ["cetirizine"]),
        ("omeprazle", ["Spelling to be confirmed"]),
    ],
)
def test_every_flag_is_a_mark_with_words(qtbot: QtBot, name: str, marks: list[str]) -> None:
    bench = shipped_bench(qtbot, medications=[{"name": name}])
    assert marks_of(bench) == marks
    assert line_of(bench).name.accessibleDescription().startswith(". ".join(marks))


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ([Qt.Key.Key_Space], {"name": "omeprazole 20 mg"}),
        ([TAB, Qt.Key.Key_Space], {"name": "omeprazle 20 mg", "as_spelt": True}),
    ],
)
def test_a_slip_is_answered_by_keyboard(qtbot: QtBot, keys: list[Keys], expected: dict[str, Any]) -> None:
    bench = shipped_bench(qtbot, medications=[{"name": "omeprazle 20 mg"}])
    line = line_of(bench)
    assert [button.text() for button in line.known.answers] == [
        "Yes, omeprazole",
        "No, it is right as written",
    ]
    line.known.answers[0].setFocus()
    bench.press(*keys)
    assert bench.answer == Answer([expected])
    assert line.known.answers == []
    bench.session.undo_stack.undo()
    assert bench.answer == Answer([{"name": "omeprazle 20 mg"}])
    assert line_of(bench).known.answers


def test_a_spelling_is_asked_about_again_once_the_name_is_another(qtbot: QtBot) -> None:
    bench = shipped_bench(qtbot, medications=[{"name": "omeprazle", "as_spelt": True}])
    assert marks_of(bench) == ["Not in the list: not checked"]
    line_of(bench).name.setFocus()
    bench.press(Qt.Key.Key_End, Qt.Key.Key_Backspace, "es").leave()
    assert bench.answer == Answer([{"name": "omeprazles"}])


@pytest.mark.parametrize(
    ("typed", "expected", "shown"),
    [
        ("since 2021", {"months": Decimal(59), "note": "since 2021"}, "59"),
        ("2021", {"months": Decimal(59), "note": "since 2021"}, "59"),
        ("since 03/2025", {"months": Decimal(20), "note": "since 03/2025"}, "20"),
        ("since 2026", {"note": "since 2026"}, ""),
        ("14", {"months": Decimal(14)}, "14"),
    ],
)
def test_since_when_is_counted_to_the_visit(
    qtbot: QtBot, typed: str, expected: dict[str, Any], shown: str
) -> None:
    bench = begin(shipped_bench(qtbot)).press("metformin", TAB, TAB, typed).leave()
    assert bench.answer == Answer([{"name": "metformin", **expected}])
    assert line_of(bench).length.text() == shown


def test_when_a_medicine_was_stopped_is_asked_once_it_is_not_taken(qtbot: QtBot) -> None:
    bench = shipped_bench(qtbot, medications=[{"name": "pramipexole"}])
    line = line_of(bench)
    assert not line.ago.isVisible()
    line.current.setFocus()
    bench.press(" ", TAB)
    assert bench.window.focusWidget() is line.ago
    bench.press("6").leave()
    assert bench.answer == Answer([{"name": "pramipexole", "current": False, "weeks_ago": Decimal(6)}])


def test_a_long_dose_is_shown_whole(qtbot: QtBot) -> None:
    dose = "25 mg at night, raised to 50 mg when tolerated"
    bench = shipped_bench(qtbot, medications=[{"name": "Elavil", "dose": dose}])
    field = line_of(bench).dose
    assert field.width() > field.fontMetrics().horizontalAdvance(dose)
    assert field.geometry().right() <= line_of(bench).width()


def test_one_pasted_medicine_fills_its_line(qtbot: QtBot) -> None:
    bench = paste(shipped_bench(qtbot), "Metformin 1 g bd, for 3 years").leave()
    assert editor_of(bench).review is None
    assert bench.answer == Answer([{"name": "Metformin", "dose": "1 g bd", "years": Decimal(3)}])


def test_a_pasted_list_is_looked_at_before_it_counts(qtbot: QtBot) -> None:
    bench = paste(shipped_bench(qtbot), PASTED)
    review = review_of(bench)
    assert bench.answer is None
    assert [line.chip.mark.words for line in review.lines if line.chip.mark] == [
        "Recognised: metformin",
        "Did you mean omeprazole?",
        "Not in the list: not checked",
        "Is it taken? The line speaks of an allergy or of not taking",
        "Recognised: aspirin",
        "Recognised: clopidogrel",
    ]
    assert bench.window.focusWidget() is review.all
    assert review.all.text() == "Take all 5"


def test_all_is_taken_with_enter_and_taken_back(qtbot: QtBot) -> None:
    bench = paste(shipped_bench(qtbot, medications=[{"name": "Elavil"}]), PASTED)
    bench.press(Qt.Key.Key_Space)
    assert names_in(bench) == ["Elavil", "Metformin", "omeprazle", "moon dust", "aspirin", "clopidogrel"]
    assert [f.id for f in bench.session.assessment.findings].count("medicine_not_checked") == 2
    review_of(bench).undo.click()
    assert names_in(bench) == ["Elavil"]
    assert all(line.open for line in review_of(bench).lines)


def test_lines_are_taken_one_by_one(qtbot: QtBot) -> None:
    bench = paste(shipped_bench(qtbot), PASTED)
    review = review_of(bench)
    yes, as_written = review.lines[1].buttons[:2]
    assert (yes.text(), as_written.text()) == ("Yes, omeprazole", "No, as written")
    yes.click()
    review.lines[0].buttons[0].click()
    review.lines[3].buttons[1].click()
    assert names_in(bench) == ["omeprazole", "Metformin"]
    assert review.all.text() == "Take all 3"
    review.undo.click()
    review.undo.click()
    assert bench.answer is None
    review.close_it.click()
    assert editor_of(bench).review is None
    assert bench.window.focusWidget() is editor_of(bench).more


def test_as_written_confirms_the_spelling(qtbot: QtBot) -> None:
    bench = paste(shipped_bench(qtbot), "omeprazle; Prozak 20 mg")
    review_of(bench).lines[0].buttons[1].click()
    assert bench.answer == Answer([{"name": "omeprazle", "as_spelt": True}])


def test_after_an_undo_elsewhere_the_review_takes_nothing_back(qtbot: QtBot) -> None:
    bench = paste(shipped_bench(qtbot), PASTED)
    review_of(bench).all.click()
    bench.session.undo_stack.undo()
    assert bench.answer is None
    assert not review_of(bench).undo.isVisible()


def test_every_button_of_the_review_has_a_name_and_is_reached_by_tab(qtbot: QtBot) -> None:
    bench = paste(shipped_bench(qtbot), "metformin; omeprazle")
    review = review_of(bench)
    stops = [stop for stop in review.stops() if stop.isVisible()]
    stops[0].setFocus()
    seen = []
    for _ in stops:
        focused = bench.window.focusWidget()
        assert focused is not None
        seen.append(focused)
        bench.press(TAB)
    assert seen == stops
    assert [stop.accessibleName() or stop.text() for stop in stops] == [
        "Take: metformin",
        "Leave out: metformin",
        "Yes, omeprazole: omeprazle",
        "No, as written: omeprazle",
        "Leave out: omeprazle",
        "Take all 2",
        "Done",
    ]
