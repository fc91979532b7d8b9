"""Whether results that seem to be another patient's are this one's: both shown, the person says."""

from __future__ import annotations

from PySide6.QtWidgets import QMessageBox, QWidget

from rls_workup.domain.text import shown_date
from rls_workup.domain.workup import Patient
from rls_workup.exchange.results import Whose
from rls_workup.exchange.same_person import Compared
from rls_workup.ui.plain import one_line, plain_box
from rls_workup.ui.words import current, say


def is_same_person(parent: QWidget, patient: Patient, whose: Whose, compared: Compared) -> bool:
    """Ask; True only where the person says that it is the same."""
    name = ", ".join(part for part in (patient.family_name, patient.given_name) if part.strip())
    ours = (name, shown_date(patient.date_of_birth), patient.identifier)
    name = ", ".join(part for part in (whose.family or whose.name, whose.given) if part.strip())
    theirs = (name, shown_date(whose.born), ", ".join(whose.numbers))
    both = "\n".join(
        (
            say("This work-up:"),
            _listed(ours),
            "",
            say("The results:"),
            _listed(theirs),
        )
    )
    box = plain_box(
        parent, say("Whose results?"), compared.told(current.wording), both, QMessageBox.Icon.Warning
    )
    close = box.addButton(say("Take nothing"), QMessageBox.ButtonRole.RejectRole)
    same = box.addButton(say("It is the same person"), QMessageBox.ButtonRole.DestructiveRole)
    box.setDefaultButton(close)
    box.setEscapeButton(close)
    box.exec()
    return box.clickedButton() is same


def _listed(parts: tuple[str, ...]) -> str:
    return "\n".join(one_line(part) for part in parts if part.strip()) or say("nobody is named")
