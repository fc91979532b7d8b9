"""The one-line field of the form, and the box of units: both tell when they are left."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from rls_workup.ui import theme
from rls_workup.ui.choice_box import ChoiceBox
from rls_workup.ui.editors.focus import STAYS, begin_entry, ends_entry
from rls_workup.ui.plain import one_line, restyle
from rls_workup.ui.words import say

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Line(QLineEdit):
    """A plain line. `left`: the focus is elsewhere now; `entered`: it came here."""

    left = Signal()
    entered = Signal()

    def __init__(self, role: str, name: str, example: str = "") -> None:
        super().__init__()
        self.setProperty("role", role)
        self.setAccessibleName(name)
        if example:
            self.setPlaceholderText(example)
        self.setMaxLength(2000)
        self._known = ""
        self.textEdited.connect(self._know)
        self.textChanged.connect(self._changed)

    def _know(self, text: str) -> None:
        self._known = text

    def _changed(self, text: str) -> None:
        """Text that came neither from the keys nor from the program, as from dictation, is typed as well."""
        # Qt tells a text late that somebody who heard of it has replaced already.
        if text == self.text() and text != self._known:
            self.setModified(True)
            self.textEdited.emit(text)

    def show_text(self, text: str) -> None:
        """Show what is stored; the field counts as untouched."""
        if self.text() != (shown := one_line(text)):
            self._known = shown
            self.setText(shown)
            self.setCursorPosition(0)
        self.setModified(False)

    def set_tone(self, tone: str) -> None:
        """Border by state: ok, warn, critical, awaited or none."""
        restyle(self, tone=tone)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        begin_entry(self)
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if ends_entry(self, event):
            self.left.emit()


class UnitBox(ChoiceBox):
    """The units of a quantity; nothing is chosen until a person chooses."""

    left = Signal()
    confirmed = Signal()

    def __init__(self, units: dict[str, str], name: str) -> None:
        super().__init__()
        self.setProperty("role", "unit")
        self.setAccessibleName(name)
        self.setPlaceholderText(say("unit"))
        for unit, shown in units.items():
            self.addItem(shown, unit)
        self.setCurrentIndex(-1)

    def sizeHint(self) -> QSize:
        # Qt counts the arrow twice; these boxes stand in a narrow row.
        words = (self.placeholderText(), *(self.itemText(at) for at in range(self.count())))
        widest = max(map(self.fontMetrics().horizontalAdvance, words), default=0)
        return QSize(widest + theme.current.px(40), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def unit(self) -> str:
        """The id of the chosen unit, "" where none is."""
        return str(self.currentData() or "")

    def show_unit(self, unit: str) -> None:
        """Show a unit; "" shows none."""
        self.setCurrentIndex(self.findData(unit) if unit else -1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            self.confirmed.emit()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in STAYS:
            self.left.emit()
