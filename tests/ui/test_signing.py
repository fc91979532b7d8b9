"""Signing closes the open work-up, amending opens it with a reason, and the history tells it all."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from rls_workup.domain.workup import Answer, Patient, State, Status
from rls_workup.exchange.workup_file import new_workup
from rls_workup.ui.casework import Casework
from rls_workup.ui.commands import PREVIEW
from rls_workup.ui.history import history_of
from rls_workup.ui.history_dialog import HistoryDialog
from rls_workup.ui.main_window import MainWindow
from rls_workup.ui.new_workup import ReasonDialog
from rls_workup.ui.program import Program
from rls_workup.ui.session import Session
from rls_workup.ui.sign_dialog import SignDialog, Standing
from rls_workup.ui.signing import MATTER


@pytest.fixture
def window(program: Program) -> MainWindow:
    return program.window


@pytest.fixture
def casework(window: MainWindow) -> Casework:
    assert window.casework is not None
    patient = Patient("Brown", "Margaret", "1961-07-14", "female", "999")
    window.casework.show_workup(new_workup(window.casework.protocol, patient, window.today()), 0)
    return window.casework


def session_of(casework: Casework) -> Session:
    assert casework.session is not None
    return casework.session


def ferritin(amount: int) -> Answer:
    return Answer(Decimal(amount), unit="ng/mL")


def during(kind: type[QDialog], act: object) -> QTimer:
    """Act on the next dialog of this kind."""
    timer = QTimer()

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, kind):
            timer.stop()
            act(dialog)  # type: ignore[operator]

    timer.timeout.connect(look)
    timer.start(5)
    return timer


def sign(casework: Casework, name: str = "Dr A. Example", role: str = "neurologist") -> None:
    def fill(dialog: SignDialog) -> None:
        dialog.name_line.setText(name)
        dialog.role_line.setText(role)
        dialog.as_it_stands.setChecked(True)
        dialog.accept()

    timer = during(SignDialog, fill)
    casework.perform("sign")
    timer.stop()


def amend(casework: Casework, reason: str = "late result") -> None:
    def fill(dialog: ReasonDialog) -> None:
        dialog.line.setText(reason)
        dialog.accept()

    timer = during(ReasonDialog, fill)
    casework.perform("amend")
    timer.stop()


def test_what_is_signed_is_closed_and_said_to_be(window: MainWindow, casework: Casework) -> None:
    session_of(casework).answer("ferritin", ferritin(38))
    sign(casework)
    session = session_of(casework)
    assert (session.workup.status, session.workup.closed) == (Status.COMPLETED, True)
    assert window.notices.text_about(MATTER).startswith("Signed by Dr A. Example, neurologist, on ")
    assert (window.settings.printed_by, window.settings.role) == ("Dr A. Example", "neurologist")
    page = casework.workup_screen.form.widget()
    assert not page.isEnabled()
    session.answer("ferritin", ferritin(83))
    session.keep_typing("ferritin", "9")
    session.set_patient(Patient("Other"))
    session.set_visit_date("2020-01-01")
    assert session.workup.answers["ferritin"] == ferritin(38)
    assert session.workup.patient.family_name == "Brown"
    revisions = window.store.revisions(session.workup.id)
    assert [revision.kind for revision in revisions][-1] == "sign"
    assert revisions[-1].snapshot is not None


def test_amended_it_takes_answers_again_and_says_so_for_good(window: MainWindow, casework: Casework) -> None:
    sign(casework)
    amend(casework)
    session = session_of(casework)
    assert (session.workup.status, session.workup.closed) == (Status.AMENDED, False)
    assert window.notices.text_about(MATTER) == ""
    session.answer("ferritin", ferritin(83))
    assert casework.saving.flush()
    sign(casework)
    kinds = [revision.kind for revision in window.store.revisions(session.workup.id)]
    assert kinds[1:] == ["sign", "amend", "edit", "sign"]
    assert session_of(casework).workup.status is Status.AMENDED
    assert window.store.check() == []


def test_signed_twice_or_amended_unsigned_is_told(window: MainWindow, casework: Casework) -> None:
    casework.perform("amend")
    assert "is not signed" in window.notices.text_about("told")
    sign(casework)
    casework.perform("sign")
    assert "is signed" in window.notices.text_about("told")
    casework.perform("edit_patient")
    assert "is signed" in window.notices.text_about("told")


def test_a_signed_work_up_opens_closed(window: MainWindow, casework: Casework) -> None:
    sign(casework)
    workup_id = session_of(casework).workup.id
    casework.perform("worklist")
    assert window.notices.text_about(MATTER) == ""
    casework.open_stored(workup_id)
    assert session_of(casework).workup.closed
    assert window.notices.text_about(MATTER)


def test_signing_waits_for_a_name_and_a_word_about_what_is_open(window: MainWindow) -> None:
    dialog = SignDialog(window, "", "", Standing("2 results awaited, 9 open"))
    assert not dialog._accept.isEnabled()
    dialog.name_line.setText("Dr A")
    assert not dialog._accept.isEnabled()
    dialog.as_it_stands.setChecked(True)
    assert dialog._accept.isEnabled()
    assert SignDialog(window, "Dr A", "", Standing(""))._accept.isEnabled()


def test_nobody_signs_over_what_could_not_be_read(window: MainWindow, casework: Casework) -> None:
    session_of(casework).answer("ferritin", Answer("abc", State.REJECTED, reason="no number"))
    seen: list[bool] = []

    def look(dialog: SignDialog) -> None:
        dialog.name_line.setText("Dr A")
        dialog.as_it_stands.setChecked(True)
        seen.append(dialog._accept.isEnabled())
        dialog.reject()

    timer = during(SignDialog, look)
    casework.perform("sign")
    timer.stop()
    assert seen == [False]
    assert not session_of(casework).workup.closed


def words(casework: Casework) -> list[str]:
    casework.saving.flush()
    session = session_of(casework)
    revisions = casework.window.store.revisions(session.workup.id)
    return [change.words for change in history_of(revisions, session.protocol)]


def test_the_history_says_who_changed_what_in_words(casework: Casework) -> None:
    session = session_of(casework)
    steps = (
        lambda: session.answer("ferritin", ferritin(38)),
        lambda: session.answer("urge", Answer("yes")),
        lambda: session.answer("ferritin", ferritin(83)),
        lambda: session.keep_typing("ferritin", "8"),
        lambda: session.answer("ferritin", ferritin(83)),
        lambda: session.set_patient(Patient("Braun", "Margaret", "1961-07-14", "female", "999")),
    )
    for step in steps:
        step()
        casework.saving.flush()
    sign(casework)
    amend(casework)
    label = casework.protocol.label("ferritin")
    urge = casework.protocol.label("urge")
    assert words(casework) == [
        "Begun",
        f"{label} 38 ng/mL",
        f"{urge} yes",
        f"{label} 38 → 83 ng/mL",
        "Family name Brown → Braun",
        "Signed by Dr A. Example, neurologist",
        "Amended by Dr A. Example, neurologist: late result",
    ]


def test_one_answer_given_in_several_goes_is_one_change(casework: Casework) -> None:
    for amount in (3, 38, 380):
        session_of(casework).answer("ferritin", ferritin(amount))
        casework.saving.flush()
    assert words(casework)[1:] == [f"{casework.protocol.label('ferritin')} 380 ng/mL"]


def test_one_answer_is_taken_back_as_one_version(
    qtbot: QtBot, window: MainWindow, casework: Casework
) -> None:
    session = session_of(casework)
    for step in (("ferritin", ferritin(38)), ("urge", Answer("yes")), ("ferritin", ferritin(83))):
        session.answer(*step)
        casework.saving.flush()
    before = len(window.store.revisions(session.workup.id))
    dialog = HistoryDialog(casework, session)
    assert dialog.list.currentItem().text(2).endswith("38 → 83 ng/mL")
    dialog.take_back.click()
    assert session.workup.answers["ferritin"] == ferritin(38)
    assert len(window.store.revisions(session.workup.id)) == before + 1
    session.undo_stack.undo()
    assert session.workup.answers["ferritin"] == ferritin(83)
    dialog.deleteLater()


def test_an_earlier_version_is_looked_at_without_touching_the_open_one(
    qtbot: QtBot, window: MainWindow, casework: Casework
) -> None:
    session = session_of(casework)
    session.answer("ferritin", ferritin(38))
    casework.saving.flush()
    casework.paper.show_version(session.workup.id, 1)
    assert window.on_screen == PREVIEW
    qtbot.waitUntil(lambda: bool(casework.paper.preview.bar.standing.text()), timeout=10_000)
    assert casework.paper.preview._revision == 1
    casework.perform("back")
    assert casework.session is session
    assert session.workup.answers["ferritin"] == ferritin(38)


def test_what_is_signed_cannot_be_taken_back_from_the_history(casework: Casework) -> None:
    session_of(casework).answer("ferritin", ferritin(38))
    sign(casework)
    dialog = HistoryDialog(casework, session_of(casework))
    for row in range(dialog.list.topLevelItemCount()):
        dialog.list.setCurrentItem(dialog.list.topLevelItem(row))
        assert not dialog.take_back.isEnabled()
    dialog.deleteLater()
