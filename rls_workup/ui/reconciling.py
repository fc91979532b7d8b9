"""What becomes of answers that the store did not take: saved elsewhere meanwhile, left behind, not saved."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from rls_workup.domain.assessment import assess
from rls_workup.errors import WorkupError
from rls_workup.ui import desk
from rls_workup.ui.left_behind import LeftBehind
from rls_workup.ui.saving_notices import COPY, LEAVE, SavingNotices, ask_unsaved
from rls_workup.ui.words import said_of

if TYPE_CHECKING:
    from rls_workup.domain.protocol import Protocol
    from rls_workup.domain.workup import Workup
    from rls_workup.store import Submission
    from rls_workup.ui.casework import Casework


class Reconciling(QObject):
    """Shows what could not be saved as it is; both versions stay until the person has chosen."""

    def __init__(self, casework: Casework) -> None:
        super().__init__(casework)
        self._casework = casework
        saving, window = casework.saving, casework.window
        self._said = SavingNotices(saving, window.status, window.notices)
        self._said.copy_asked.connect(partial(casework.perform, "save_copy"))
        self._said.mine_asked.connect(self._keep_mine)
        self._said.other_asked.connect(self._show_other)
        saving.conflicted.connect(self._show_conflict)
        self._left = LeftBehind(window.notices, window, self)
        saving.left.connect(self._left.show_left)
        self._left.copy_asked.connect(self._keep_left)
        self._left.other_asked.connect(casework.open_stored)
        self._left.dropped.connect(saving.forget_left)

    def clear(self) -> None:
        """No work-up is open: nothing is said."""
        self._said.clear()

    def may_close_unsaved(self) -> bool:
        """Ask what to do with answers that could not be saved; True when the person lets them go."""
        chosen = ask_unsaved(self._casework.window)
        if chosen == COPY:
            self._casework.perform("save_copy")
        elif chosen == LEAVE:
            self._casework.saving.give_up()
        return chosen == LEAVE

    def _show_conflict(self) -> None:
        session = self._casework.session
        if session is not None:
            self._said.show_conflict(desk.saved_clock(self._casework.window.store, session.workup.id))

    def _keep_mine(self) -> None:
        session = self._casework.session
        if session is not None:
            self._give_up_and_open(self._saved_beside(session.workup, session.protocol))

    def _show_other(self) -> None:
        session = self._casework.session
        if session is not None:
            self._give_up_and_open(session.workup.id)

    def _give_up_and_open(self, workup_id: str) -> None:
        self._casework.saving.give_up()
        self._casework.open_stored(workup_id)

    def _keep_left(self, left: Submission) -> None:
        try:
            mine = self._saved_beside(*desk.read_as_kept(left.document, self._casework.editions))
        except WorkupError as trouble:
            self._casework.window.tell(said_of(trouble))
            return
        self._left.settled(left)
        self._casework.saving.forget_left(left)
        self._casework.open_stored(mine)

    def _saved_beside(self, workup: Workup, protocol: Protocol) -> str:
        """Save a copy beside the version that is there; its id. Raises StoreTrouble."""
        mine = desk.copy_of(workup)
        self._casework.saving.save_other(
            protocol, mine, assess(protocol, mine, self._casework.window.today())
        )
        return mine.id
