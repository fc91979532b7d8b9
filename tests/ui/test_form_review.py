"""A filled form dropped on the window or read from the menu: reviewed line by line, taken in one undo step."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from forms import by_pikepdf, form_of
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from smallprotocol import small

from rls_workup.domain.workup import Answer, Patient, Workup
from rls_workup.exchange.workup_file import new_workup
from rls_workup.ui.casework import Casework
from rls_workup.ui.form_review import FormReview, ReviewRow
from rls_workup.ui.new_workup import PatientDialog
from rls_workup.ui.program import Program
from rls_workup.ui.taking_in import take_in

BROWN = Patient("Brown", "Ann", "1961-07-14", "female")
GIVEN = {
    "patient-family_name": "Brown",
    "patient-date_of_birth": "14-Jul-1961",
    "ferritin": "38",
    "ferritin-unit": "ug-2F-L",
    "urge": "yes",
    "crp": "1,234",
    "crp-unit": "mg-2F-L",
}


@pytest.fixture
def casework(program: Program) -> Casework:
    assert program.window.casework is not None
    return program.window.casework


@pytest.fixture
def begun(casework: Casework) -> Workup:
    workup = new_workup(casework.protocol, BROWN, date(2026, 11, 20))
    workup = workup.answered("urge", Answer("no"))
    casework.show_workup(workup, 0)
    assert casework.saving.flush()
    return workup


def form(place: Path, workup: Workup | None = None, **given: str) -> Path:
    (place / "form.pdf").write_bytes(by_pikepdf(form_of(small(), workup), {**GIVEN, **given}))
    return place / "form.pdf"


Meet = Callable[..., list[object]]


def row_of(review: FormReview, item: str) -> ReviewRow:
    return next(row for row in review.rows if row.line.item.id == item)


def test_what_is_ticked_is_taken_in_one_undo_step(
    casework: Casework, begun: Workup, meet: Meet, tmp_path: Path
) -> None:
    def look(review: FormReview) -> None:
        assert not review.ticked()
        assert not review._take.isEnabled()
        review.tick_new()
        assert [line.item.id for line in review.ticked()] == ["ferritin"]
        row_of(review, "urge").tick(True)
        review.accept()

    came = meet(FormReview, look)
    take_in(casework, [form(tmp_path)])
    assert len(came) == 1
    session = casework.session
    assert session is not None
    answers = session.workup.answers
    assert (answers["ferritin"].value, answers["ferritin"].unit) == (Decimal(38), "ug/L")
    assert answers["urge"].value == "yes"
    assert "crp" not in answers
    assert session.assessment.standings["ferritin"].known
    assert session.undo_stack.count() == 1
    session.undo_stack.undo()
    assert session.workup.answers == begun.answers
    session.undo_stack.redo()
    assert session.workup.answers == answers


def test_what_is_not_understood_has_no_box(
    casework: Casework, begun: Workup, meet: Meet, tmp_path: Path
) -> None:
    seen: dict[str, bool] = {}

    def look(review: FormReview) -> None:
        seen.update({row.line.item.id: row.box is not None for row in review.rows})
        review.reject()

    meet(FormReview, look)
    take_in(casework, [form(tmp_path)])
    assert seen == {"urge": True, "ferritin": True, "crp": False}
    assert casework.session is not None
    assert casework.session.undo_stack.count() == 0


def test_it_is_done_by_keys_alone(
    qtbot: QtBot, casework: Casework, begun: Workup, meet: Meet, tmp_path: Path
) -> None:
    def look(review: FormReview) -> None:
        boxes = [row.box for row in review.rows if row.box is not None]
        boxes[0].setFocus(Qt.FocusReason.TabFocusReason)
        qtbot.keyClick(boxes[0], Qt.Key.Key_Tab)
        assert review.focusWidget() is boxes[1]
        urge = row_of(review, "urge").box
        assert urge is not None
        qtbot.keyClick(urge, Qt.Key.Key_Space)
        qtbot.keyClick(review._take, Qt.Key.Key_Space)

    meet(FormReview, look)
    take_in(casework, [form(tmp_path)])
    assert casework.session is not None
    assert casework.session.workup.answers["urge"].value == "yes"
    assert "ferritin" not in casework.session.workup.answers


def test_another_patients_form_is_refused(casework: Casework, begun: Workup, tmp_path: Path) -> None:
    take_in(casework, [form(tmp_path, **{"patient-family_name": "Green"})])
    assert "not for the patient of this work-up" in casework.window.notices.text_about("told")
    assert casework.session is not None
    assert casework.session.workup.answers == begun.answers


def test_a_signed_work_up_takes_nothing(casework: Casework, begun: Workup, tmp_path: Path) -> None:
    from rls_workup.domain.signing import Act, Signing

    signed = begun.with_signing(Signing(Act.SIGNED, "Dr A", "2026-11-22T10:00:00+00:00"))
    assert casework.session is not None
    casework.show_under(casework.session.protocol, lambda _: signed, "sign")
    take_in(casework, [form(tmp_path)])
    assert "signed" in casework.window.notices.text_about("told")


def test_on_the_worklist_a_form_begins_a_work_up(casework: Casework, meet: Meet, tmp_path: Path) -> None:
    def patient(dialog: PatientDialog) -> None:
        assert dialog.family.text() == "Brown"
        dialog.accept()

    def look(review: FormReview) -> None:
        review.tick_new()
        review.accept()

    meet(PatientDialog, patient)
    meet(FormReview, look)
    take_in(casework, [form(tmp_path)])
    session = casework.session
    assert session is not None
    assert session.workup.patient.family_name == "Brown"
    assert {"ferritin", "urge"} <= set(session.workup.answers)


def test_a_form_made_from_a_work_up_of_the_store_opens_that_one(
    casework: Casework, begun: Workup, meet: Meet, tmp_path: Path
) -> None:
    casework.perform("worklist")
    meet(FormReview, lambda review: review.reject())
    take_in(casework, [form(tmp_path, begun, ferritin="40")])
    assert casework.session is not None
    assert casework.session.workup.id == begun.id


def test_a_form_without_news_says_so(casework: Casework, begun: Workup, tmp_path: Path) -> None:
    path = tmp_path / "form.pdf"
    path.write_bytes(form_of(small(), begun))
    take_in(casework, [path])
    assert "says nothing" in casework.window.notices.text_about("told")


def test_a_scan_is_told_to_be_typed(
    casework: Casework, begun: Workup, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pikepdf

    from rls_workup.ui import form_reading

    scan = tmp_path / "scan.pdf"
    paper = pikepdf.new()
    paper.add_blank_page()
    paper.save(scan)
    monkeypatch.setattr(form_reading, "form_to_open", lambda _parent: scan)
    casework.perform("read_form")
    assert "printed and scanned" in casework.window.notices.text_about("told")
