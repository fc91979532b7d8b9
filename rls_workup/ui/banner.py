"""Who the work-up is for: across the whole width, never covered, unknown parts said as such."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from rls_workup.domain.dates import age_on
from rls_workup.domain.text import shown_date
from rls_workup.domain.wording import word
from rls_workup.domain.workup import Workup
from rls_workup.ui import theme
from rls_workup.ui.flow import FlowLayout
from rls_workup.ui.plain import one_line, plain_label
from rls_workup.ui.words import say, told

_BORN, _SEX, _NUMBER, _VISIT = word("Born"), word("Sex"), word("No."), word("Visit")
_FACTS = (_BORN, _SEX, _NUMBER, _VISIT)
_SEXES = {"female": word("Female"), "male": word("Male"), "other": word("Other"), "unknown": word("Unknown")}


class Banner(QFrame):
    """`BROWN, Margaret · Born 14-Jul-1961 (65y) · Sex Female · No. 999 000 0018 · Visit 18-Nov-2026`."""

    edit_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "banner")
        told(self.setAccessibleName, "Patient")
        self._name = plain_label(role="name")
        self._facts = {name: plain_label(role="banner-text") for name in _FACTS}
        self._sample = plain_label(role="sample-chip")
        self._edit = QPushButton()
        self._edit.setProperty("role", "on-banner")
        told(self._sample.setText, "SAMPLE PATIENT")
        told(self._edit.setText, "Edit")
        told(self._edit.setAccessibleName, "Edit patient and visit")
        self._edit.clicked.connect(self.edit_asked)
        self._flow = FlowLayout(gap=theme.current.px(28), line_gap=theme.current.px(4))
        self._flow.addWidget(self._name)
        for name, value in self._facts.items():
            self._flow.addWidget(_fact(name, value))
        self._outer = QHBoxLayout(self)
        self._outer.addLayout(self._flow, 1)
        for beside in (self._sample, self._edit):
            self._outer.addWidget(beside, 0, Qt.AlignmentFlag.AlignVCenter)
        self.fit()

    def fit(self) -> None:
        """Margins for the text size in use."""
        px = theme.current.px
        self._outer.setContentsMargins(px(20), px(8), px(20), px(8))
        self._outer.setSpacing(px(16))

    def allow_edit(self, allowed: bool) -> None:
        """Whether patient and visit may be changed here."""
        self._edit.setEnabled(allowed)

    def show_workup(self, workup: Workup) -> None:
        """The patient and visit of a work-up."""
        patient = workup.patient
        self._name.setText(one_line(full_name(workup)))
        self._facts[_BORN].setText(one_line(_born(workup)))
        self._facts[_SEX].setText(_sex(patient.sex))
        self._facts[_NUMBER].setText(one_line(patient.identifier) or say("Not recorded"))
        self._facts[_VISIT].setText(one_line(shown_date(workup.visit_date)) or say("Not recorded"))
        self._sample.setVisible(workup.sample)
        said = [self._name.text(), *(f"{say(name)} {label.text()}" for name, label in self._facts.items())]
        self.setAccessibleDescription(", ".join(said))
        self.updateGeometry()


def full_name(workup: Workup) -> str:
    """`BROWN, Margaret`; “No name yet” where neither part is known."""
    patient = workup.patient
    parts = [patient.family_name.upper(), patient.given_name]
    return ", ".join(part for part in parts if part.strip()) or say("No name yet")


def _sex(given: str) -> str:
    """In the language in use where it is one of the known; else as it was given."""
    return say(_SEXES[given]) if given in _SEXES else one_line(given.capitalize()) or say("Not recorded")


def _born(workup: Workup) -> str:
    patient = workup.patient
    if not patient.date_of_birth:
        return say("Not recorded")
    age = age_on(patient.born, workup.visit) if patient.born and workup.visit else None
    old = f" ({say('{years}y', years=age[0])})" if age else ""
    return f"{shown_date(patient.date_of_birth)}{old}"


def _fact(name: str, value: QWidget) -> QWidget:
    pair = QWidget()
    row = QHBoxLayout(pair)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.current.px(6))
    label = plain_label(role="banner-label")
    told(label.setText, name)
    row.addWidget(label)
    row.addWidget(value)
    return pair
