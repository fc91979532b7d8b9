"""Who it is about and when: a work-up begun for a patient, the identity of the open one changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from rls_workup.domain.workup import Patient
from rls_workup.exchange.workup_file import new_workup
from rls_workup.ui.new_workup import PatientDialog

if TYPE_CHECKING:
    from rls_workup.ui.casework import Casework


class PatientActs(QObject):
    """Asks in a dialog; a changed identity is a step that can be undone."""

    def __init__(self, casework: Casework) -> None:
        super().__init__(casework)
        self._casework = casework

    def acts(self) -> dict[str, Callable[[], object]]:
        """The commands that are done here."""
        return {"new": self._begin, "edit_patient": self._edit}

    def _begin(self) -> None:
        window = self._casework.window
        dialog = PatientDialog(window, Patient(), window.today().isoformat(), window.today(), new=True)
        if dialog.exec() == PatientDialog.DialogCode.Accepted:
            workup = new_workup(self._casework.protocol, dialog.patient(), dialog.visit())
            self._casework.show_workup(workup, 0)

    def _edit(self) -> None:
        session, window = self._casework.session, self._casework.window
        if session is None or self._casework.signing.refuses():
            return
        workup = session.workup
        dialog = PatientDialog(window, workup.patient, workup.visit_date, window.today(), new=False)
        if dialog.exec() != PatientDialog.DialogCode.Accepted:
            return
        if dialog.patient() != workup.patient:
            session.set_patient(dialog.patient())
        if dialog.visit_date() != workup.visit_date:
            session.set_visit_date(dialog.visit_date())
