"""Who the work-up is for, and why one is taken off the list: the two questions asked in a dialog."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from rls_workup.domain.dates import age_on, iso_date, shown_day
from rls_workup.domain.wording import word
from rls_workup.domain.workup import Patient
from rls_workup.ui import theme
from rls_workup.ui.button_box import ButtonBox
from rls_workup.ui.fitted import fit, growing
from rls_workup.ui.group import Group
from rls_workup.ui.plain import one_line, plain_label, restyle
from rls_workup.ui.typed_dates import read_day
from rls_workup.ui.words import said_of, say
from rls_workup.ui.wrapped import WrappedLabel

SEXES: Final = (
    ("female", word("&Female")),
    ("male", word("&Male")),
    ("other", word("&Other")),
    ("unknown", word("Not &known")),
)
OLDEST_YEARS: Final = 120
Reading = Callable[[str, date], tuple[date, str]]
_FOUR_FIGURES: Final = re.compile(r"(?<!\d)\d{4}(?!\d)|(?<!\d)\d{8}(?!\d)")


def read_birth(text: str, today: date) -> tuple[date, str]:
    """A date of birth with its echo, `14-Jul-1961 · 65 years`. Raises ValueError with a sentence."""
    if not _FOUR_FIGURES.search(text):
        raise ValueError(say("Write the year with four figures, such as 14-Jul-1961."))
    born = read_day(text, today).date
    age = age_on(born, today)
    if age is None:
        raise ValueError(say("{date} lies in the future. Check the date of birth.", date=shown_day(born)))
    years, months = age
    if years > OLDEST_YEARS:
        raise ValueError(
            say(
                "{date} would make {years} years. Check the date of birth.", date=shown_day(born), years=years
            )
        )
    old = say("{count} years", count=years) if years > 1 else say("{count} months", count=months)
    return born, f"{shown_day(born)} · {old}"


def read_visit(text: str, today: date) -> tuple[date, str]:
    """A visit date with its echo. Raises ValueError with a sentence."""
    day = read_day(text, today).date
    if day > today:
        raise ValueError(say("{date} lies in the future. Check the date of the visit.", date=shown_day(day)))
    return day, shown_day(day)


class PatientDialog(QDialog):
    """Names, date of birth, sex, number and visit; what cannot be read is said beside the field."""

    def __init__(self, parent: QWidget, patient: Patient, visit: str, today: date, *, new: bool) -> None:
        super().__init__(parent)
        self._today = today
        self._before = patient
        self.setWindowTitle(say("New work-up") if new else say("Patient and visit"))
        self.family = _line(patient.family_name, say("Family name"))
        self.given = _line(patient.given_name, say("Given name"))
        self.born = _line(_shown(patient.date_of_birth), say("Date of birth"), "14-Jul-1961")
        self.identifier = _line(patient.identifier, say("Number"))
        self.visited = _line(_shown(visit), say("Date of the visit"), "22-Nov-2026")
        self.born_echo, self.visit_echo = _echo(), _echo()
        self.sexes = QButtonGroup(self)
        self.sexes.setExclusive(False)
        self.buttons = ButtonBox()
        self._accept = self.buttons.addButton(
            say("&Begin") if new else say("&Take over"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        self.buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        self._arrange(patient.sex)
        for line in (self.born, self.visited):
            line.textChanged.connect(self._look)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._look()

    def _arrange(self, sex: str) -> None:
        restyle(self._accept, role="primary")
        form = QFormLayout()
        form.setVerticalSpacing(theme.current.px(8))
        form.setHorizontalSpacing(theme.current.px(16))
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for words, field in (
            (say("Family name"), self.family),
            (say("Given name"), self.given),
            (say("Date of birth"), _with_echo(self.born, self.born_echo)),
            (say("Sex"), self._sex_buttons(sex)),
            (say("Number"), self.identifier),
            (say("Visit"), _with_echo(self.visited, self.visit_echo)),
        ):
            form.addRow(plain_label(words, role="label"), field)
        column = QVBoxLayout(self)
        margin = theme.current.px(20)
        column.setContentsMargins(margin, margin, margin, margin)
        column.setSpacing(theme.current.px(16))
        inside = QWidget()
        inside.setLayout(form)
        ring = theme.current.px(4)  # room for the ring round the field with the focus
        form.setContentsMargins(ring, ring, ring, ring)
        column.addWidget(growing(inside, self.windowTitle()))
        column.addWidget(WrappedLabel(say("What is not known yet can be filled in later."), "hint"))
        column.addWidget(self.buttons)
        fit(self, 42)

    def _sex_buttons(self, chosen: str) -> QWidget:
        box = Group()
        box.setAccessibleName(say("Sex"))
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for at, (value, words) in enumerate(SEXES):
            button = QPushButton(say(words))
            button.setCheckable(True)
            button.setAutoExclusive(True)  # told as radio buttons; the group allows that none is chosen
            button.setChecked(value == chosen)
            button.setProperty("value", value)
            button.setAutoDefault(False)
            place = "first" if at == 0 else "last" if at == len(SEXES) - 1 else "middle"
            restyle(button, role="segment", place=place)
            self.sexes.addButton(button, at)
            row.addWidget(button)
        self.sexes.buttonToggled.connect(self._one_sex)
        row.addStretch(1)
        return box

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # As in the form: on the buttons the underlined letter alone chooses, and goes on.
        for button in self.sexes.buttons():
            letter = QKeySequence.mnemonic(button.text()).toString()[-1:].casefold()
            if letter and letter == event.text().casefold() and self.focusWidget() in self.sexes.buttons():
                button.setChecked(True)
                self.identifier.setFocus(Qt.FocusReason.TabFocusReason)
                return
        super().keyPressEvent(event)

    def _one_sex(self, pressed: QPushButton, checked: bool) -> None:
        # Not an exclusive group: a second click takes the answer back.
        for button in self.sexes.buttons():
            if checked and button is not pressed:
                button.setChecked(False)

    def _look(self) -> None:
        right = [
            _say(self.born, self.born_echo, read_birth, self._today),
            _say(self.visited, self.visit_echo, read_visit, self._today),
        ]
        self._accept.setEnabled(all(right))

    def patient(self) -> Patient:
        """The patient as now written."""
        chosen = next(
            (str(button.property("value")) for button in self.sexes.buttons() if button.isChecked()), ""
        )
        return Patient(
            family_name=self.family.text().strip(),
            given_name=self.given.text().strip(),
            date_of_birth=_kept(self.born, self._before.date_of_birth, read_birth, self._today),
            sex=chosen or (self._before.sex if self._before.sex not in dict(SEXES) else ""),
            identifier=self.identifier.text().strip(),
            extra=self._before.extra,
        )

    def visit(self) -> date:
        """The day of the visit; today where none is written."""
        return iso_date(self.visit_date()) or self._today

    def visit_date(self) -> str:
        """The day of the visit as ISO 8601, "" where none is written."""
        return _kept(self.visited, "", read_visit, self._today)


@dataclass(frozen=True, slots=True)
class Question:
    """What a reason is asked for, in words."""

    title: str
    asks: str
    example: str
    hint: str
    done: str


TAKEN_OFF: Final = Question(
    word("Take off the worklist"),
    word("Why is this work-up taken off the worklist?"),
    word("For example: begun twice"),
    word("Nothing is deleted: it stays in the store with its history."),
    word("&Take off"),
)


class ReasonDialog(QDialog):
    """Asks for a reason; without one nothing is done."""

    def __init__(self, parent: QWidget, question: Question = TAKEN_OFF) -> None:
        super().__init__(parent)
        self.setWindowTitle(say(question.title))
        self.line = _line("", say("Reason"))
        self.line.setPlaceholderText(say(question.example))
        self.buttons = ButtonBox()
        self._accept = self.buttons.addButton(say(question.done), QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        restyle(self._accept, role="primary")
        column = QVBoxLayout(self)
        margin = theme.current.px(20)
        column.setContentsMargins(margin, margin, margin, margin)
        column.setSpacing(theme.current.px(12))
        column.addWidget(WrappedLabel(say(question.asks), "label"))
        column.addWidget(self.line)
        column.addWidget(WrappedLabel(say(question.hint), "hint"))
        column.addWidget(self.buttons)
        fit(self, 36)
        self.line.textChanged.connect(self._look)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._look()

    def _look(self) -> None:
        self._accept.setEnabled(bool(self.reason()))

    def reason(self) -> str:
        """The reason, without blanks around it."""
        return self.line.text().strip()


def _line(text: str, name: str, example: str = "") -> QLineEdit:
    line = QLineEdit(text)
    line.setAccessibleName(name)
    line.setPlaceholderText(example)
    line.setMaxLength(200)
    return line


def _echo() -> QLabel:
    return plain_label(" ", role="hint")


def _with_echo(line: QLineEdit, echo: QLabel) -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.current.px(2))
    column.addWidget(line)
    column.addWidget(echo)
    return box


def _shown(iso: str) -> str:
    """A stored date as people write it; what is no date stays as it was given."""
    day = iso_date(iso)
    return shown_day(day) if day else one_line(iso)


def _say(line: QLineEdit, echo: QLabel, read: Reading, today: date) -> bool:
    text = line.text().strip()
    if not text:
        restyle(echo, role="hint")
        echo.setText(" ")
        return True
    try:
        words = read(text, today)[1]
    except ValueError as trouble:
        restyle(echo, role="field-error")
        echo.setText(said_of(trouble))
        line.setAccessibleDescription(echo.text())
        return False
    restyle(echo, role="hint")
    echo.setText(words)
    line.setAccessibleDescription(words)
    return True


def _kept(line: QLineEdit, before: str, read: Reading, today: date) -> str:
    text = line.text().strip()
    if not text:
        return ""
    if before and text == _shown(before):
        return before
    try:
        day: date = read(text, today)[0]
    except ValueError:
        return before
    return day.isoformat()
