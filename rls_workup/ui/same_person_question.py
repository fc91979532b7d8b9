"""Whether results that seem to be another patient's are this one's: both shown, the person says."""

from __future__ import annotations

from PySide6.QtWidgets import QMessageBox, QWidget

from rls_workup.domain.text import shown_date
from rls_workup.domain.workup import Patient
from rls_workup.exchange.results import Whose
from rls_workup.exchange.same_person import Compared
from rls_workup.ui.plain import one_line, plain_box
from rls_workup.ui.words import current, say


class SamePersonQuestion:
    """The question with its two answers; `box` is the message box that asks it."""

    def __init__(self, parent: QWidget, patient: Patient, whose: Whose, compared: Compared) -> None:
        ours = (_name(patient.family_name, patient.given_name), shown_date(patient.date_of_birth))
        theirs = (_name(whose.family or whose.name, whose.given), shown_date(whose.born))
        both = (
            say("This work-up:"),
            _listed(*ours, patient.identifier),
            "",
            say("The results:"),
            _listed(*theirs, ", ".join(whose.numbers)),
        )
        told = compared.told(current.wording)
        self.box = plain_box(parent, say("Whose results?"), told, "\n".join(both), QMessageBox.Icon.Warning)
        close = self.box.addButton(say("Take nothing"), QMessageBox.ButtonRole.RejectRole)
        role = QMessageBox.ButtonRole.DestructiveRole
        self._same = self.box.addButton(say("It is the same person"), role)
        self.box.setDefaultButton(close)
        self.box.setEscapeButton(close)

    def is_same(self) -> bool:
        """Ask; True only where the person says that it is the same."""
        self.box.exec()
        return self.box.clickedButton() is self._same


def _name(family: str, given: str) -> str:
    return ", ".join(part for part in (family, given) if part.strip())


def _listed(*parts: str) -> str:
    return "\n".join(one_line(part) for part in parts if part.strip()) or say("nobody is named")
