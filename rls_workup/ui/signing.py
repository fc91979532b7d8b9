"""Signing the open work-up and opening it again: who, when and why; what is signed takes no answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog

from rls_workup.domain.dates import shown_moment
from rls_workup.domain.signing import Act, Signing
from rls_workup.domain.wording import word
from rls_workup.domain.workup import State, Workup
from rls_workup.ui.new_workup import Question, ReasonDialog
from rls_workup.ui.notices import Choice
from rls_workup.ui.sign_dialog import SignDialog, Standing
from rls_workup.ui.words import say

if TYPE_CHECKING:
    from rls_workup.ui.casework import Casework
    from rls_workup.ui.session import Session

MATTER = "signed"
AMENDING = Question(
    word("Amend"),
    word("Why is this signed work-up amended?"),
    word("For example: the ferritin came back"),
    word("The reason is printed on the sheet. What was signed stays in the history."),
    word("&Amend"),
)


class SigningDesk:
    """Signs and amends the open work-up, each as one version of its own, and says that it is signed."""

    def __init__(self, casework: Casework) -> None:
        self._casework = casework

    def show(self, workup: Workup) -> None:
        """Say that a work-up is signed, and how to change it all the same."""
        if workup.closed:
            choices: list[Choice] = [(say("Amend…"), self.amend)]
            self._casework.window.notices.show_notice(MATTER, "ok", signed_words(workup), choices, stays=True)

    def withdraw(self) -> None:
        """Another work-up is shown, or none."""
        self._casework.window.notices.take_back(MATTER)

    def refuses(self) -> bool:
        """Whether the open work-up is signed; then that is said."""
        session = self._casework.session
        if session is None or not session.workup.closed:
            return False
        self._casework.window.tell(say("This work-up is signed. Amend it with a reason, then change it."))
        return True

    def sign(self) -> None:
        """Ask who signs, and what of the work-up is still open; sign where the person says so."""
        casework = self._casework
        session = casework.session
        if session is None or self.refuses():
            return
        casework.workup_screen.form.commit_row()
        settings = casework.window.settings
        dialog = SignDialog(casework.window, settings.printed_by, settings.role, standing_of(session))
        if dialog.exec() != QDialog.DialogCode.Accepted:
            return
        name, role = dialog.name(), dialog.role()
        casework.window.keep(replace(casework.window.settings, printed_by=name, role=role))
        self._put(session, Signing(Act.SIGNED, name, _now(), role), "sign")

    def amend(self) -> None:
        """Ask for the reason, then let the work-up take answers again."""
        casework = self._casework
        session = casework.session
        if session is None:
            return
        if not session.workup.closed:
            casework.window.tell(say("This work-up is not signed, so it can be changed as it is."))
            return
        dialog = ReasonDialog(casework.window, AMENDING)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            name = casework.window.settings.printed_by or casework.saving.author
            entry = Signing(Act.AMENDED, name, _now(), casework.window.settings.role, dialog.reason())
            self._put(session, entry, "amend")

    def _put(self, session: Session, entry: Signing, kind: str) -> None:
        self._casework.show_under(session.protocol, lambda workup: workup.with_signing(entry), kind)


def _now() -> str:
    return datetime.now().astimezone().isoformat(timespec="seconds")


def signed_words(workup: Workup) -> str:
    """`Signed by Dr A. Example, neurologist, on 22-Nov-2026 14:32.` and what follows from it."""
    if not workup.signing:
        return say("This work-up was completed elsewhere. To change it, amend it with a reason.")
    last = workup.signing[-1]
    who = ", ".join(part for part in (last.name, last.role) if part)
    return say(
        "Signed by {who}, on {date}. To change it, amend it with a reason.",
        who=who,
        date=moment_words(last.at),
    )


def moment_words(at: str) -> str:
    """A time of a signature as people write it."""
    try:
        return shown_moment(datetime.fromisoformat(at))
    except ValueError:
        return at


def standing_of(session: Session) -> Standing:
    """What is still open, and what must be put right before anybody signs."""
    from rls_workup.report.standing_words import completeness

    protocol, assessment = session.protocol, session.assessment
    unread = [
        protocol.label(item)
        for item, standing in assessment.standings.items()
        if standing.state is State.REJECTED or standing.rejected
    ]
    left = completeness(assessment, session.workup)
    return Standing("" if left.complete else left.counts, tuple(unread))
