"""A finding is accepted or set aside beside the form: undone, saved, told in the history, back with other values."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from rls_workup.domain.reply import Stance
from rls_workup.domain.workup import Answer, Patient
from rls_workup.exchange.workup_file import new_workup, workup_from_text
from rls_workup.ui.casework import Casework
from rls_workup.ui.finding_card import FindingCard
from rls_workup.ui.findings_panel import FindingsPanel
from rls_workup.ui.history import history_of
from rls_workup.ui.program import Program
from rls_workup.ui.reason_line import ReasonLine
from rls_workup.ui.session import Session


@pytest.fixture
def casework(program: Program) -> Casework:
    casework = program.window.casework
    assert casework is not None
    program.window.activateWindow()  # as when the program is begun
    patient = Patient("Brown", "Margaret", "1961-07-14", "female", "999")
    casework.show_workup(new_workup(casework.protocol, patient, program.window.today()), 0)
    session_of(casework).answer("ferritin", ferritin(38))
    casework.saving.flush()
    return casework


def session_of(casework: Casework) -> Session:
    assert casework.session is not None
    return casework.session


def ferritin(amount: int) -> Answer:
    return Answer(Decimal(amount), unit="ng/mL")


def panel_of(casework: Casework) -> FindingsPanel:
    return casework.workup_screen.findings


def card_of(casework: Casework, finding: str = "low") -> FindingCard:
    cards = panel_of(casework).findChildren(FindingCard)
    return next(card for card in cards if card.finding.id == finding and card in card.parentWidget().parts)  # type: ignore[attr-defined]


def press(card: FindingCard, words: str) -> None:
    next(link for link in card.findChildren(QPushButton) if link.text() == words).click()


def said(card: FindingCard) -> str:
    return " | ".join(label.text() for label in card.findChildren(QLabel) if not label.isHidden())


def set_aside(casework: Casework, qtbot: QtBot, reason: str = "gave blood") -> None:
    card = card_of(casework)
    press(card, "Set aside")
    line = card.findChild(ReasonLine)
    assert isinstance(line, ReasonLine)
    qtbot.keyClicks(line, reason)
    qtbot.keyClick(line, Qt.Key.Key_Return)


def ids(casework: Casework) -> list[str]:
    return [finding.id for finding in session_of(casework).assessment.in_force]


def test_accepted_it_says_so_by_whom_and_is_undone_in_words(casework: Casework) -> None:
    press(card_of(casework), "Accept")
    session = session_of(casework)
    assert [(reply.finding, reply.stance) for reply in session.workup.replies] == [("low", Stance.ACCEPTED)]
    assert f"by {casework.saving.author}" in said(card_of(casework))
    assert session.undo_stack.undoText() == "accepting Low 38 ng/mL"
    session.undo_stack.undo()
    assert session.workup.replies == ()
    assert "Accepted" not in said(card_of(casework))


def test_set_aside_it_goes_behind_a_button_with_its_reason(casework: Casework, qtbot: QtBot) -> None:
    set_aside(casework, qtbot)
    assert "low" not in ids(casework)
    fold = next(link for link in panel_of(casework).findChildren(QPushButton) if "set aside" in link.text())
    assert fold.text() == "Show 1 finding set aside"
    fold.click()
    assert "gave blood" in said(card_of(casework))
    press(card_of(casework), "Take back")
    assert "low" in ids(casework)
    assert fold.isHidden()


@pytest.mark.parametrize("typed", ["", "   "])
def test_without_a_reason_nothing_is_set_aside(casework: Casework, qtbot: QtBot, typed: str) -> None:
    set_aside(casework, qtbot, typed)
    assert session_of(casework).workup.replies == ()


def test_escape_drops_the_reason_and_leaves_the_focus_on_the_card(casework: Casework, qtbot: QtBot) -> None:
    card = card_of(casework)
    press(card, "Set aside")
    line = card.findChild(ReasonLine)
    assert isinstance(line, ReasonLine)
    qtbot.keyClick(line, Qt.Key.Key_Escape)
    assert line.isHidden()
    assert card.reason is None
    assert QApplication.focusWidget() is card.why_button


def test_other_values_bring_it_back_and_say_for_which_it_was_set_aside(
    casework: Casework, qtbot: QtBot
) -> None:
    set_aside(casework, qtbot)
    session_of(casework).answer("ferritin", ferritin(20))
    assert "low" in ids(casework)
    assert "for other values (Ferritin 38 ng/mL): gave blood" in said(card_of(casework))
    session_of(casework).undo_stack.undo()
    assert "low" not in ids(casework)


def test_the_focus_stays_among_the_findings(casework: Casework, qtbot: QtBot) -> None:
    press(card_of(casework), "Accept")
    assert QApplication.focusWidget() is card_of(casework).why_button
    press(card_of(casework), "Take back")
    set_aside(casework, qtbot)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert panel_of(casework).isAncestorOf(focused)


def test_it_is_saved_and_told_in_the_history(casework: Casework, qtbot: QtBot) -> None:
    set_aside(casework, qtbot)
    casework.saving.flush()
    session = session_of(casework)
    session.undo_stack.undo()
    casework.saving.flush()
    store, own = casework.window.store, session.workup.id
    told = [change.words for change in history_of(store.revisions(own), session.protocol)]
    assert told[-2:] == ["Set aside: Low (Ferritin) – gave blood", "No longer set aside: Low (Ferritin)"]
    session.undo_stack.redo()
    casework.saving.flush()
    kept = workup_from_text(store.read(own).document, session.protocol)
    assert [(reply.stance, reply.reason) for reply in kept.replies] == [(Stance.SET_ASIDE, "gave blood")]


def test_a_reason_being_written_outlives_another_value(casework: Casework) -> None:
    press(card_of(casework), "Set aside")
    line = card_of(casework).findChild(ReasonLine)
    assert isinstance(line, ReasonLine)
    line.setText("gave bl")
    session_of(casework).answer("ferritin", ferritin(37))
    assert card_of(casework).reason == "gave bl"


def test_what_is_looked_at_only_takes_no_reply(casework: Casework) -> None:
    casework.workup_screen.view_only(True)
    shown = [link.text() for link in card_of(casework).links if not link.isHidden()]
    assert shown == ["Why", "Go to field"]
    casework.workup_screen.view_only(False)
    assert not card_of(casework).links[-1].isHidden()
