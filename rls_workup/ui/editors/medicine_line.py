"""One medicine: name, dose, for how long, bought without prescription or not, still taken or not."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QCompleter, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from rls_workup.domain.protocol import Protocol
from rls_workup.domain.quantity import NotANumber, plain, read_amount
from rls_workup.ui import icons, theme
from rls_workup.ui.chip import Chip, Mark
from rls_workup.ui.choice_box import ChoiceBox
from rls_workup.ui.editors.fields import Field, NumberField
from rls_workup.ui.flow import FlowLayout
from rls_workup.ui.plain import plain_label, restyle, tip
from rls_workup.ui.wrapped import WrappedLabel

_SPANS: Final = ("months", "years", "weeks")
Line = dict[str, Any]


class MedicineLine(QWidget):
    """`touched` at every key, `settled` when a box was ticked, `removed` when it is to go."""

    touched = Signal()
    settled = Signal()
    removed = Signal(object)

    def __init__(self, protocol: Protocol, names: QStringListModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._protocol = protocol
        self._given: Mapping[str, Any] = {}
        self.name, self.dose, self.length = Field(15), Field(8), NumberField(4)
        self.span = ChoiceBox()
        self.span.addItems(_SPANS)
        self.without_prescription = QCheckBox("No prescription")
        self.current = QCheckBox("Still taken")
        self.current.setChecked(True)
        self.remove = QPushButton()
        self.remove.setIcon(icons.icon("x", "muted", 1.1))
        self.remove.setToolTip(tip("Remove this medicine"))
        restyle(self.remove, role="flat")
        self.recognised, self.says = Chip(), WrappedLabel(role="hint")
        self._lay_out()
        self._complete(names)
        self._connect()
        self._name_fields()

    def _lay_out(self) -> None:
        gap = theme.current.px(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, gap)
        column.setSpacing(theme.current.px(4))
        flow = FlowLayout(None, gap, theme.current.px(4))
        groups: tuple[list[QWidget], ...] = (
            [self.name],
            [plain_label("Dose", "muted"), self.dose],
            [plain_label("For", "muted"), self.length, self.span],
            [self.current],
            [self.without_prescription],
            [self.remove],
            [self.recognised],
        )
        for parts in groups:
            flow.addWidget(_together(parts, gap))
        column.addLayout(flow)
        column.addWidget(self.says)

    def _complete(self, names: QStringListModel) -> None:
        completer = QCompleter(names, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.activated.connect(self._completed)
        self.name.setCompleter(completer)
        self.name.setPlaceholderText("Name or brand")
        self.length.setPlaceholderText("long")

    def _completed(self) -> None:
        self.touched.emit()
        self.settled.emit()

    def _connect(self) -> None:
        for field in (self.name, self.dose, self.length):
            field.textEdited.connect(self.touched)
        for signal in (self.current.clicked, self.without_prescription.clicked, self.span.activated):
            signal.connect(self._completed)
        self.remove.clicked.connect(lambda: self.removed.emit(self))

    def _name_fields(self) -> None:
        for field, words in (
            (self.name, "Medicine"),
            (self.dose, "Dose"),
            (self.length, "Taken for how long"),
            (self.span, "Months, years or weeks"),
            (self.remove, "Remove this medicine"),
        ):
            field.setAccessibleName(words)

    def fields(self) -> list[QWidget]:
        """All that can have the focus."""
        boxes = [self.current, self.without_prescription, self.remove]
        return [self.name, self.dose, self.length, self.span, *boxes]

    def show_line(self, given: Mapping[str, Any] | str) -> None:
        """Show a line of the work-up."""
        line: Mapping[str, Any] = {"name": given} if isinstance(given, str) else given
        self._given = line
        self.name.show_text(_text(line.get("name")))
        self.dose.show_text(_text(line.get("dose")))
        span = next((span for span in _SPANS if line.get(span) not in (None, "")), _SPANS[0])
        self.length.show_text(_text(line.get(span)))
        self.span.setCurrentText(span)
        self.current.setChecked(line.get("current", True) in (True, "yes"))
        self.without_prescription.setChecked(line.get("over_the_counter") in (True, "yes"))
        self.show_flags(line)

    def line(self) -> Line | None:
        """The line as the work-up keeps it; None where nothing was entered. Unknown keys stay."""
        own = ("name", "dose", "current", "over_the_counter", *_SPANS)
        line: Line = {key: value for key, value in self._given.items() if key not in own}
        name, dose, length = (field.text().strip() for field in (self.name, self.dose, self.length))
        if not (name or dose or length):
            return None
        line["name"] = name
        if dose:
            line["dose"] = dose
        if length:
            line[self.span.currentText()] = _number_or_text(length)
        if self.without_prescription.isChecked():
            line["over_the_counter"] = True
        if not self.current.isChecked():
            line["current"] = False
        return line

    def show_flags(self, line: Mapping[str, Any]) -> None:
        """Say what the protocol knows of the drug, or that it does not know it."""
        try:
            taken = self._protocol.reader.pharmacy.read_line(line)
        except ValueError as trouble:
            self.recognised.show_mark(None)
            self.says.say(str(trouble) if _text(line.get("name")) else "")
            return
        if taken.drug is None:
            self.recognised.show_mark(Mark("help", "not_entered", "Not recognised"))
            self.says.say("")
            return
        flags = [flag.kind for flag in taken.drug.flags if taken.flag(flag.kind) is not None]
        sign = (
            Mark("triangle-alert", "warn", taken.drug.name)
            if flags
            else Mark("check", "note", taken.drug.name)
        )
        self.recognised.show_mark(sign)
        self.says.say("; ".join(dict.fromkeys(self._protocol.flags[kind] for kind in flags)))


def _together(parts: list[QWidget], gap: int) -> QWidget:
    if len(parts) == 1:
        return parts[0]
    group = QWidget()
    row = QHBoxLayout(group)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(gap)
    for part in parts:
        row.addWidget(part)
    return group


def _text(value: Any) -> str:
    if isinstance(value, Decimal):
        return plain(value)
    return "" if value is None else str(value)


def _number_or_text(text: str) -> Decimal | str:
    try:
        sign, amount = read_amount(text)
    except NotANumber:
        return text
    return text if sign else amount
