"""A work-up of an older protocol says so quietly; moving it to the one at hand is one step of the person."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QUndoCommand

from rls_workup.domain.comparison import compared
from rls_workup.domain.moving import move_of, moved
from rls_workup.domain.protocol import Protocol
from rls_workup.domain.workup import Workup
from rls_workup.ui.moving_dialog import MovingDialog
from rls_workup.ui.notices import Choice
from rls_workup.ui.session import Session
from rls_workup.ui.words import say

if TYPE_CHECKING:
    from rls_workup.ui.casework import Casework

MATTER = "version"


class Moving:
    """Offers the newer protocol for the open work-up, shows what would change, and moves it."""

    def __init__(self, casework: Casework) -> None:
        self._casework = casework

    def offer(self, session: Session) -> None:
        """Say that another protocol is at hand, where it differs in anything."""
        notices, new = self._casework.window.notices, self._casework.protocol
        notices.take_back(MATTER)
        if session.workup.closed or session.protocol.mark == new.mark or not compared(session.protocol, new):
            return
        choices: list[Choice] = [
            (say("See what changes…"), self.review),
            (say("Stay"), partial(notices.take_back, MATTER)),
        ]
        notices.show_notice(MATTER, "note", newer_words(session.protocol, new), choices, stays=True)

    def withdraw(self) -> None:
        """No work-up is open any more."""
        self._casework.window.notices.take_back(MATTER)

    def review(self) -> None:
        """Show the differences; move the work-up where the person says so."""
        session = self._casework.session
        if session is None:
            return
        old, new, before = session.protocol, self._casework.protocol, session.workup
        dialog = MovingDialog(
            self._casework.window, old, new, before, move_of(old, new, before, session.today())
        )
        if dialog.exec() == MovingDialog.DialogCode.Accepted:
            self.move(old, new)

    def move(self, old: Protocol, new: Protocol) -> None:
        """Move the open work-up; Undo brings it back as it was."""
        session = self._casework.session
        before = session.workup if session else None
        self._casework.show_under(new, lambda workup: moved(workup, new))
        after = self._casework.session
        if before is not None and after is not None and after.protocol is new:
            back = partial(self._casework.show_under, old, partial(_as_it_was, before))
            after.undo_stack.push(
                MoveStep(say("move to protocol {version}", version=new.about.version), back)
            )


def _as_it_was(before: Workup, _after: Workup) -> Workup:
    return before


def newer_words(old: Protocol, new: Protocol) -> str:
    """Why the banner is there."""
    if old.about.version == new.about.version:
        return say(
            "Filled in under an earlier text of protocol {version}; it has been changed since.",
            version=old.about.version,
        )
    return say(
        "Filled in under protocol {version}. Protocol {newer} is there now.",
        version=old.about.version,
        newer=new.about.version,
    )


class MoveStep(QUndoCommand):
    """The move itself, first on the stack of the moved work-up; undone, the work-up opens as it was."""

    def __init__(self, words: str, back: Callable[[], object]) -> None:
        super().__init__(words)
        self._back = back

    def undo(self) -> None:
        # Afterwards: the stack that is at work here belongs to the session that goes.
        QTimer.singleShot(0, self._back)
