"""One medicine: name, dose, for how long, bought without prescription or not, still taken or not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QSize, QStringListModel, Qt, Signal
from PySide6.QtWidgets import QCompleter, QPushButton, QWidget

from rls_workup.domain.protocol import Protocol
from rls_workup.ui import icons, theme
from rls_workup.ui.chip import Chip, Mark
from rls_workup.ui.choice_box import ChoiceBox
from rls_workup.ui.editors.flow import Flow
from rls_workup.ui.editors.line import Line
from rls_workup.ui.editors.medicine_text import (
    SPANS,
    Medicine,
    is_current,
    is_without_prescription,
    number_or_text,
    span_of,
    text_of,
)
from rls_workup.ui.plain import plain_label, tip
from rls_workup.ui.tick_box import TickBox

_OWN = ("name", "dose", "current", "over_the_counter", *SPANS)


class MedicineLine(Flow):
    """`typed` at every key, `settled` when a box was ticked or a name picked, `left` with each field."""

    typed = Signal()
    settled = Signal()
    left = Signal()
    entered = Signal()
    confirmed = Signal(object)
    removed = Signal(object)

    def __init__(self, protocol: Protocol, names: Callable[[], QStringListModel]) -> None:
        super().__init__()
        self._protocol, self._names = protocol, names
        self._given: Mapping[str, Any] = {}
        self.name = Line("medicine", "Medicine", "Name or brand")
        self.dose = Line("dose", "Dose", "Dose")
        self.length = Line("duration", "Taken for how long", "for")
        self.span = ChoiceBox()
        self.span.addItems(list(SPANS))
        self.span.setAccessibleName("Months, years or weeks")
        self.without_prescription = TickBox("No prescription")
        self.current = TickBox("Still taken")
        self.current.setChecked(True)
        self.remove = QPushButton()
        self._dress_remove()
        self.chip = Chip()
        self.says = plain_label(role="hint", wrap=True)
        self.says.hide()
        for part in (self.name, self.dose, self.length, self.span, self.current, self.without_prescription):
            self.add(part)
        self.add(self.remove)
        self.add(self.chip)
        self.add(self.says, whole=True)
        self._connect()

    def _dress_remove(self) -> None:
        self.remove.setIcon(icons.icon("x", "muted", 1.1))
        self.remove.setIconSize(QSize(theme.current.em(1.1), theme.current.em(1.1)))
        self.remove.setProperty("role", "dots")
        self.remove.setAutoDefault(False)
        self.remove.setToolTip(tip("Remove this medicine"))
        self.remove.setAccessibleName("Remove this medicine")

    def _connect(self) -> None:
        for field in (self.name, self.dose, self.length):
            field.textEdited.connect(self.typed)
            field.left.connect(self.left)
            field.entered.connect(self.entered)
            field.returnPressed.connect(lambda: self.confirmed.emit(self))
        self.current.clicked.connect(self.settled)
        self.without_prescription.clicked.connect(self.settled)
        self.span.activated.connect(self.settled)
        self.remove.clicked.connect(lambda: self.removed.emit(self))
        self.name.entered.connect(self._complete)

    def _complete(self) -> None:
        if self.name.completer() is not None:
            return
        completer = QCompleter(self._names(), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.activated.connect(self._picked)
        self.name.setCompleter(completer)

    def _picked(self) -> None:
        self.typed.emit()
        self.settled.emit()

    def show_line(self, given: Mapping[str, Any] | str) -> None:
        """Show a line of the work-up."""
        line: Mapping[str, Any] = {"name": given} if isinstance(given, str) else given
        self._given = line
        self.name.show_text(text_of(line.get("name")))
        self.dose.show_text(text_of(line.get("dose")))
        self.length.show_text(text_of(line.get(span_of(line))))
        self.span.setCurrentText(span_of(line))
        self.current.setChecked(is_current(line))
        self.without_prescription.setChecked(is_without_prescription(line))
        self.show_flags()

    def line(self) -> Medicine | None:
        """The line as the work-up keeps it; None where nothing was entered. Unknown keys stay."""
        name, dose, length = (field.text().strip() for field in (self.name, self.dose, self.length))
        if not (name or dose or length):
            return None
        line: Medicine = {"name": name}
        if dose:
            line["dose"] = dose
        if length:
            line[self.span.currentText()] = number_or_text(length)
        if self.without_prescription.isChecked():
            line["over_the_counter"] = True
        if not self.current.isChecked():
            line["current"] = False
        return line | {key: value for key, value in self._given.items() if key not in _OWN}

    def show_flags(self) -> None:
        """Say what the protocol knows of the drug, or that it does not know it."""
        mark, words = self._known(self.line())
        self.chip.show_mark(mark)
        self.says.setText(words)
        self.says.setVisible(bool(words))
        self.place_again()
        self.name.setAccessibleDescription(
            ". ".join(part for part in (mark.words if mark else "", words) if part)
        )

    def _known(self, line: Medicine | None) -> tuple[Mark | None, str]:
        if line is None:
            return None, ""
        taken = self._protocol.reader.pharmacy.read_line(line)
        if taken.trouble:
            return Mark("triangle-alert", "critical", "Not accepted"), taken.trouble
        if taken.drug is None:
            return Mark("help", "not_entered", "Not recognised"), ""
        flags = [flag.kind for drug in taken.drugs for flag in drug.flags if taken.has(flag.kind)]
        words = "; ".join(dict.fromkeys(self._protocol.flags[kind] for kind in flags))
        sign, tone = ("triangle-alert", "warn") if flags else ("check", "note")
        return Mark(sign, tone, taken.drug.name), words

    def is_empty(self) -> bool:
        """Whether nothing is entered in this line."""
        return self.line() is None

    def stops(self) -> list[QWidget]:
        """Where the Tab key stops, in order."""
        boxes: list[QWidget] = [self.current, self.without_prescription, self.remove]
        return [self.name, self.dose, self.length, self.span, *boxes]

    def settle(self) -> None:
        """What stands here has been taken: the fields count as untouched."""
        for field in (self.name, self.dose, self.length):
            field.setModified(False)

    def focus_target(self) -> QWidget:
        """The field for the name."""
        return self.name
