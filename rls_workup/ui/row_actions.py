"""What is done with the rows of the worklist: opened, looked at on paper, begun anew for the next visit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rls_workup.domain.revisit import next_visit_of
from rls_workup.domain.workup import Workup
from rls_workup.exchange.workup_file import new_id
from rls_workup.ui import desk
from rls_workup.ui.commands import WORKLIST, WORKUP
from rls_workup.ui.words import say

if TYPE_CHECKING:
    from rls_workup.ui.casework import Casework

OF_A_ROW: Final = ("open_row", "preview", "write_sheets", "print_sheets", "next_visit", "void", "erase")
"""The commands of a row's menu, in their order."""


class RowActions:
    """Of the rows chosen in the worklist; “new visit” also of the work-up on the screen."""

    def __init__(self, casework: Casework) -> None:
        self._casework = casework
        window = casework.window
        window.worklist.row_actions = [window.commands.actions[name] for name in OF_A_ROW]

    def open(self) -> None:
        """Open the chosen work-up."""
        row = self._casework.window.worklist.chosen()
        if row is not None:
            self._casework.open_stored(row.id)

    def preview(self) -> None:
        """Show the sheet of the open work-up, or of the chosen one."""
        casework = self._casework
        if casework.window.on_screen == WORKLIST:
            self.open()
        if casework.window.on_screen == WORKUP:
            casework.paper.show()

    def next_visit(self) -> None:
        """Begin a work-up for the next visit of the same patient. Raises WorkupError."""
        casework = self._casework
        earlier = self._chosen()
        if earlier is None or not casework.saving.flush():
            return
        workup = next_visit_of(earlier, casework.protocol, new_id(), casework.window.today())
        casework.show_workup(workup, 0)
        if casework.session is None or casework.session.workup.id != workup.id:
            return
        casework.window.store.followed(earlier.id)
        casework.window.notices.show_notice(
            "told",
            "note",
            say(
                "A new visit of the same patient. Carried over, each saying from when: {count} "
                "answers that last. Results and complaints are asked anew.",
                count=len(workup.answers),
            ),
        )

    def _chosen(self) -> Workup | None:
        casework = self._casework
        if casework.session is not None and casework.window.on_screen == WORKUP:
            return casework.session.workup
        row = casework.window.worklist.chosen()
        if row is None:
            return None
        return desk.stored(casework.window.store, casework.editions, row.id, casework.saving)[0]
