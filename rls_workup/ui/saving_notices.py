"""What saving says: the line at the bottom, the red banner that stays, the two ways out of a conflict."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from rls_workup.ui.notices import Choice, Notices
from rls_workup.ui.plain import plain_box
from rls_workup.ui.saving import Saving
from rls_workup.ui.status_bar import StatusBar
from rls_workup.ui.words import say

STAY, COPY, LEAVE = "stay", "copy", "leave"


class SavingNotices(QObject):
    """Listens to one `Saving`; what the person chooses comes out as a signal."""

    copy_asked = Signal()
    mine_asked = Signal()
    other_asked = Signal()

    def __init__(self, saving: Saving, status: StatusBar, notices: Notices) -> None:
        super().__init__(saving)
        self._saving, self._status, self._notices = saving, status, notices
        saving.state.connect(self._show)
        saving.away.connect(self._show_away)

    def _show(self, kind: str, text: str) -> None:
        self._status.show_state(kind, text)
        if kind == "trouble":
            ways: list[Choice] = [
                (say("Try now"), self._saving.flush),
                (say("Save a copy as file…"), self.copy_asked.emit),
            ]
            kept = say("Your answers are still on the screen, and saving is tried again by itself.")
            self._notices.show_notice("saving", "critical", f"{text} {kept}", ways, stays=True)
        elif kind in ("saved", "kept"):
            self._notices.take_back("saving")

    def _show_away(self, away: bool) -> None:
        if away:
            words = say(
                "The practice's server does not answer. Your answers are kept on this computer, encrypted, "
                "and will be sent by themselves when it does."
            )
            self._notices.show_notice(
                "away", "warn", words, [(say("Try now"), self._saving.flush)], stays=True
            )
        else:
            self._notices.take_back("away")
            self._notices.show_notice(
                "told", "ok", say("The server answers again, and has what was kept on this computer.")
            )

    def show_conflict(self, clock: str) -> None:
        """The work-up was saved elsewhere at this time; both versions are there, the person chooses."""
        self._notices.take_back("saving")
        self._notices.show_notice(
            "conflict",
            "warn",
            say(
                "This work-up was changed in another window at {clock}. Nothing was overwritten; "
                "your own answers are still here but not saved.",
                clock=clock,
            ),
            [
                (say("Keep mine as a copy"), self.mine_asked.emit),
                (say("Show the other version"), self.other_asked.emit),
            ],
            stays=True,
        )

    def clear(self) -> None:
        """No work-up is open: nothing is said."""
        for matter in ("saving", "conflict"):
            self._notices.take_back(matter)
        self._status.show_state("", "")


def ask_unsaved(parent: QWidget) -> str:
    """What is to become of answers that could not be saved: STAY, COPY or LEAVE."""
    box = plain_box(
        parent,
        say("Not saved"),
        say("The last answers of this work-up could not be saved."),
        say("You can stay and try again, or save a copy as a file first."),
        QMessageBox.Icon.Warning,
    )
    stay = box.addButton(say("Stay"), QMessageBox.ButtonRole.RejectRole)
    copy = box.addButton(say("Save a copy as file…"), QMessageBox.ButtonRole.ActionRole)
    leave = box.addButton(say("Leave without saving"), QMessageBox.ButtonRole.DestructiveRole)
    box.setDefaultButton(stay)
    box.exec()
    chosen = box.clickedButton()
    return COPY if chosen is copy else LEAVE if chosen is leave else STAY
