"""Who the work-up is for: across the whole width, never covered, unknown parts said as such."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from rls_workup.domain.dates import age_on
from rls_workup.domain.text import shown_date
from rls_workup.domain.workup import Workup
from rls_workup.ui import theme
from rls_workup.ui.flow import FlowLayout
from rls_workup.ui.plain import one_line, plain_label

_UNKNOWN = "Not recorded"


class Banner(QFrame):
    """`BROWN, Margaret · Born 14-Jul-1961 (65y) · Sex Female · No. 999 000 0018 · Visit 18-Nov-2026`."""

    edit_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "banner")
        self.setAccessibleName("Patient")
        self._name = plain_label(role="name")
        self._facts = {name: plain_label(role="banner-text") for name in ("Born", "Sex", "No.", "Visit")}
        self._sample = plain_label("SAMPLE PATIENT", "sample-chip")
        self._edit = QPushButton("Edit")
        self._edit.setProperty("role", "on-banner")
        self._edit.setAccessibleName("Edit patient and visit")
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
        self._facts["Born"].setText(one_line(_born(workup)))
        self._facts["Sex"].setText(one_line(patient.sex.capitalize()) or _UNKNOWN)
        self._facts["No."].setText(one_line(patient.identifier) or _UNKNOWN)
        self._facts["Visit"].setText(one_line(shown_date(workup.visit_date)) or _UNKNOWN)
        self._sample.setVisible(workup.sample)
        said = [self._name.text(), *(f"{name} {label.text()}" for name, label in self._facts.items())]
        self.setAccessibleDescription(", ".join(said))
        self.updateGeometry()


def full_name(workup: Workup) -> str:
    """`BROWN, Margaret`; “No name yet” where neither part is known."""
    patient = workup.patient
    parts = [patient.family_name.upper(), patient.given_name]
    return ", ".join(part for part in parts if part.strip()) or "No name yet"


def _born(workup: Workup) -> str:
    patient = workup.patient
    if not patient.date_of_birth:
        return _UNKNOWN
    age = age_on(patient.born, workup.visit) if patient.born and workup.visit else None
    return f"{shown_date(patient.date_of_birth)}{f' ({age[0]}y)' if age else ''}"


def _fact(name: str, value: QWidget) -> QWidget:
    pair = QWidget()
    row = QHBoxLayout(pair)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.current.px(6))
    row.addWidget(plain_label(name, "banner-label"))
    row.addWidget(value)
    return pair
