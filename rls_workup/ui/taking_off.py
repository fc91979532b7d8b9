"""Taking a work-up off the worklist, which keeps it, and erasing it for good, which a law may ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rls_workup.domain.wording import word
from rls_workup.store.purging import purge
from rls_workup.store.store import now
from rls_workup.ui.commands import WORKLIST, WORKUP
from rls_workup.ui.new_workup import TAKEN_OFF, Question, ReasonDialog
from rls_workup.ui.words import say

if TYPE_CHECKING:
    from rls_workup.ui.casework import Casework

ERASED: Final = Question(
    word("Erase for good"),
    word("Why is this work-up erased for good?"),
    word("For example: the patient asked for it by law"),
    word(
        "Its answers and its whole history are deleted and cannot be had again; only who erased it, when "
        "and why stays. Backups made before still hold it until they are outlived. To take it off the "
        "worklist and keep it, cancel, then choose Take off the worklist."
    ),
    word("&Erase for good"),
)


class TakingOff:
    """Each for a reason; of the work-up on the screen, or of the one chosen in the worklist."""

    def __init__(self, casework: Casework) -> None:
        self._casework = casework

    def void(self) -> None:
        """Take it off the worklist; it stays in the store with its history."""
        found = self._asked(TAKEN_OFF)
        if found is not None:
            self._void(*found)
            self._casework.window.show_screen(WORKLIST)

    def erase(self) -> None:
        """Erase it and its history. Cannot be undone."""
        found = self._asked(ERASED)
        if found is None:
            return
        workup_id, _version, reason = found
        version = self._void(*found)
        saving, window = self._casework.saving, self._casework.window
        purge(window.store.engine, workup_id, version, now(), saving.author, saving.station, reason)
        window.show_screen(WORKLIST)
        window.notices.show_notice("told", "ok", say("The work-up is erased for good."))

    def _asked(self, question: Question) -> tuple[str, int, str] | None:
        """Which work-up, its version and the reason; None where the person thinks better of it."""
        casework = self._casework
        chosen = self._chosen()
        if chosen is None:
            return None
        dialog = ReasonDialog(casework.window, question)
        if dialog.exec() != ReasonDialog.DialogCode.Accepted:
            return None
        workup_id, version = chosen
        if casework.session is not None and casework.session.workup.id == workup_id:
            if not casework.lay_away():
                return None
            version = casework.window.store.read(workup_id).version
        return workup_id, version, dialog.reason()

    def _chosen(self) -> tuple[str, int] | None:
        casework = self._casework
        if casework.session is not None and casework.window.on_screen == WORKUP:
            return casework.session.workup.id, 0
        row = casework.window.worklist.chosen()
        return (row.id, row.version) if row is not None else None

    def _void(self, workup_id: str, version: int, reason: str) -> int:
        saving = self._casework.saving
        store = self._casework.window.store
        return store.void(workup_id, version, saving.author, saving.station, reason).version
