"""Results of a laboratory in the window: whose they are, what is ticked, one undo step, where they belong."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox, QPlainTextEdit
from pytestqt.qtbot import QtBot

from rls_workup.domain.workup import Answer, Patient, State, Workup
from rls_workup.exchange.workup_file import new_workup
from rls_workup.ui import results_reading
from rls_workup.ui.casework import Casework
from rls_workup.ui.form_review import FormReview
from rls_workup.ui.palette import Palette
from rls_workup.ui.program import Program
from rls_workup.ui.results_reading import UNREAD
from rls_workup.ui.taking_in import take_in
from rls_workup.ui.told_rows import show_rows
from rls_workup.ui.words import current
from tests.ui.at_the_keys import Keyboard

BROWN = Patient("Brown", "Ann", "1961-07-14", "female", "77")
HEAD = "Patient: BROWN, Ann   DOB: 14-Jul-1961\n"
PENDING = Answer(None, State.PENDING, since="2026-11-20")
Meet = Callable[..., list[object]]


@pytest.fixture
def casework(program: Program) -> Casework:
    assert program.window.casework is not None
    program.window.today = lambda: date(2026, 11, 22)  # type: ignore[method-assign]
    return program.window.casework


def begin(casework: Casework, patient: Patient = BROWN, **answers: Answer) -> Workup:
    workup = new_workup(casework.protocol, patient, date(2026, 11, 20))
    for item, answer in answers.items():
        workup = workup.answered(item, answer)
    casework.show_workup(workup, 0)
    assert casework.saving.flush()
    return workup


@pytest.fixture
def begun(casework: Casework) -> Workup:
    return begin(casework, ferritin=PENDING, urge=Answer("no"))


def results(place: Path, *lines: str, head: str = HEAD) -> Path:
    (place / "lab.txt").write_text(head + "\n".join(lines), encoding="utf-8")
    return place / "lab.txt"


def said(casework: Casework) -> str:
    return casework.window.notices.text_about("told")


def answers(casework: Casework) -> dict[str, Answer]:
    assert casework.session is not None
    return dict(casework.session.workup.answers)


def choose(words: str) -> Callable[[QMessageBox], None]:
    def click(box: QMessageBox) -> None:
        next(button for button in box.buttons() if button.text().replace("&", "") == words).click()

    return click


def test_clean_results_are_ticked_taken_in_one_step_and_keep_their_source(
    casework: Casework, begun: Workup, meet: Meet, tmp_path: Path
) -> None:
    def look(review: FormReview) -> None:
        assert [line.item.id for line in review.ticked()] == ["ferritin"]
        assert review._left == ("line 3: Sodium 140 mmol/L",)
        review._take.click()

    meet(FormReview, look)
    take_in(casework, [results(tmp_path, "Ferritin 38 ug/L 21/11/26", "Sodium 140 mmol/L")])
    ferritin = answers(casework)["ferritin"]
    assert (ferritin.value, ferritin.unit, ferritin.collected) == (Decimal(38), "ug/L", "2026-11-21")
    assert ferritin.source == "laboratory, lab.txt, line 2"
    assert said(casework) == "Results in: 1 of 1 awaited (Ferritin). Undo takes them back together."
    session = casework.session
    assert session is not None
    assert "results, 1 answers" in session.undo_stack.undoText()
    casework.perform("undo")
    assert answers(casework)["ferritin"] == PENDING


def test_of_two_results_of_one_day_none_is_ticked_and_only_one_can_be(
    casework: Casework, begun: Workup, meet: Meet, tmp_path: Path
) -> None:
    def look(review: FormReview) -> None:
        assert review.ticked() == []
        for row in review.rows:
            row.tick(True)
        assert [row.ticked for row in review.rows] == [False, True]
        review.reject()

    came = meet(FormReview, look)
    take_in(casework, [results(tmp_path, "Ferritin 38 ug/L 21/11/26", "Ferritin 83 ug/L 21/11/26")])
    assert len(came) == 1
    assert answers(casework)["ferritin"] == PENDING


def test_a_report_is_pasted_where_no_field_has_the_focus(
    qtbot: QtBot, casework: Casework, begun: Workup, meet: Meet
) -> None:
    window, keys = casework.window, Keyboard(casework.window)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    came = meet(FormReview, lambda review: review._take.click())
    QApplication.clipboard().setText("Ferritin 38 ug/L 21/11/26")
    casework.workup_screen.focus_item("note")
    keys.press("Ctrl+V")
    assert came == []
    assert isinstance(field := window.focusWidget(), QPlainTextEdit)
    assert field.toPlainText() == "Ferritin 38 ug/L 21/11/26"
    casework.workup_screen.focus_item("urge")
    keys.press("Ctrl+V")
    assert len(came) == 1
    assert answers(casework)["ferritin"].source == "laboratory, pasted text, line 1"
    QApplication.clipboard().clear()
    casework.perform("paste_results")
    assert "no text on the clipboard" in said(casework)


def test_another_patients_results_are_shown_only_where_the_person_says_so(
    casework: Casework, begun: Workup, meet: Meet, tmp_path: Path
) -> None:
    path = results(tmp_path, "Ferritin 38 ug/L 21/11/26", head="Patient: GREEN, Ann   DOB: 14-Jul-1961\n")
    ticked: list[int] = []
    reviews = meet(FormReview, lambda review: (ticked.append(len(review.ticked())), review.reject()))

    def look(box: QMessageBox) -> None:
        assert "What differs: the family name." in box.text()
        assert "BROWN" in box.informativeText().upper()
        assert "GREEN, Ann\n14-Jul-1961" in box.informativeText()
        assert box.defaultButton().text() == "Take nothing"
        choose("Take nothing")(box)

    meet(QMessageBox, look)
    take_in(casework, [path])
    assert reviews == []
    meet(QMessageBox, choose("It is the same person"))
    take_in(casework, [path])
    assert ticked == [0]
    assert answers(casework)["ferritin"] == PENDING


def test_an_ambiguous_date_is_asked_about(
    casework: Casework, begun: Workup, meet: Meet, tmp_path: Path
) -> None:
    meet(QMessageBox, choose("05-Nov-2026"))
    seen: list[str] = []
    meet(
        FormReview, lambda review: (seen.extend(row.line.understood for row in review.rows), review.reject())
    )
    take_in(casework, [results(tmp_path, "Ferritin 38 ug/L 05/11/26")])
    assert seen == ["38 µg/L taken 05-Nov-2026"]


def test_the_practices_own_order_of_dates_is_not_asked_again(
    casework: Casework, begun: Workup, meet: Meet, tmp_path: Path
) -> None:
    from dataclasses import replace

    casework.window.settings = replace(casework.window.settings, date_order="mdy")
    seen: list[str] = []
    meet(
        FormReview, lambda review: (seen.extend(row.line.understood for row in review.rows), review.reject())
    )
    take_in(casework, [results(tmp_path, "Ferritin 38 ug/L 05/11/26")])
    assert seen == ["38 µg/L taken 11-May-2026"]


def test_dropped_on_the_worklist_they_find_the_one_that_awaits_them(
    casework: Casework, begun: Workup, meet: Meet, tmp_path: Path
) -> None:
    begin(casework, Patient("Green", "Tom", "1950-01-01"), ferritin=PENDING)
    casework.perform("worklist")
    meet(FormReview, lambda review: review._take.click())
    take_in(casework, [results(tmp_path, "Ferritin 38 ug/L 21/11/26")])
    assert casework.session is not None
    assert casework.session.workup.id == begun.id
    assert answers(casework)["ferritin"].value == Decimal(38)


def test_for_several_at_once_the_worklist_says_who_they_were(
    casework: Casework, begun: Workup, meet: Meet, tmp_path: Path
) -> None:
    green = begin(casework, Patient("Green", "Tom", "1950-01-01"), ferritin=PENDING)
    casework.perform("worklist")
    other = tmp_path / "other"
    other.mkdir()
    files = [
        results(tmp_path, "Ferritin 38 ug/L 21/11/26"),
        results(other, "Ferritin 40 ug/L 21/11/26", head="Patient: Green, Tom\nBorn: 01-Jan-1950\n"),
    ]

    def take(review: object) -> None:
        assert isinstance(review, FormReview)
        review._take.click()
        meet(FormReview, lambda other: other._take.click())  # type: ignore[attr-defined]

    meet(FormReview, take)
    take_in(casework, files)
    said_of_all = casework.window.notices.text_about("results")
    assert (
        said_of_all
        == f"Results in: {BROWN.family_name.upper()}, {BROWN.given_name} (1 of 1 awaited); "
        + ("GREEN, Tom (1 of 1 awaited).")
    )
    show_rows(casework.window, [begun.id, green.id])
    assert casework.window.worklist.model.rowCount() == 2


def test_what_is_wrong_with_one_file_is_still_told_after_the_next_was_read(
    casework: Casework, begun: Workup, meet: Meet, tmp_path: Path
) -> None:
    wrong = tmp_path / "wrong.txt"
    wrong.write_text("Sodium 140 mmol/L")
    meet(FormReview, lambda review: review._take.click())
    take_in(casework, [wrong, results(tmp_path, "Ferritin 38 ug/L 21/11/26")])
    notices = casework.window.notices
    assert "wrong.txt cannot be read as results" in notices.text_about(UNREAD)
    assert "Results in" in notices.text_about("told")


def test_where_none_of_this_patient_awaits_them_the_person_chooses(
    casework: Casework, begun: Workup, meet: Meet, tmp_path: Path
) -> None:
    second = begin(casework, ferritin=PENDING)
    casework.perform("worklist")
    later = tmp_path / "later.txt"
    later.write_text("Ferritin 40 ug/L 21/11/26")
    take_in(casework, [results(tmp_path, "Ferritin 38 ug/L 21/11/26"), later])
    assert casework.window.notices.text_about(UNREAD) == "Not read yet: later.txt. Read them after this one."
    palette = casework.window.findChild(Palette)
    assert palette is not None
    assert {entry.words for entry in palette._entries} == {"BROWN, Ann"}
    meet(FormReview, lambda review: review._take.click())
    palette._take()
    assert casework.session is not None
    assert casework.session.workup.id in (begun.id, second.id)
    assert answers(casework)["ferritin"].value == Decimal(38)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Ferritin 38 ug/L 21/11/26", "holds no result that this work-up does not have"),
        ("Sodium 140 mmol/L", "cannot be read as results"),
    ],
)
def test_what_is_nothing_new_is_said(casework: Casework, tmp_path: Path, line: str, words: str) -> None:
    begin(casework, ferritin=Answer(38, unit="ug/L", collected="2026-11-21"))
    take_in(casework, [results(tmp_path, line)])
    assert words in said(casework)


def test_a_signed_work_up_takes_nothing(casework: Casework, begun: Workup, tmp_path: Path) -> None:
    from rls_workup.domain.signing import Act, Signing

    signed = begun.with_signing(Signing(Act.SIGNED, "Dr A", "2026-11-22T10:00:00+00:00"))
    assert casework.session is not None
    casework.show_under(casework.session.protocol, lambda _: signed, "sign")
    take_in(casework, [results(tmp_path, "Ferritin 38 ug/L 21/11/26")])
    assert "signed" in said(casework)


def test_files_are_chosen_from_the_menu_and_the_window_may_speak_german(
    casework: Casework, begun: Workup, meet: Meet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = results(tmp_path, "Ferritin folgt")
    monkeypatch.setattr(results_reading, "results_to_open", lambda _parent: [path, tmp_path / "none.txt"])
    current.choose("de")
    seen: list[str] = []
    meet(FormReview, lambda review: (seen.extend(row.line.problem for row in review.rows), review.reject()))
    casework.perform("read_results")
    assert seen == ["Vor der Zahl steht „folgt“."]
    assert "none.txt" in casework.window.notices.text_about(UNREAD)
