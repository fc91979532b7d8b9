"""The one-line field of the form, and the box of units: both tell when they are left."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from rls_workup.ui import theme
from rls_workup.ui.choice_box import ChoiceBox
from rls_workup.ui.plain import one_line, restyle

# A menu over the field, or another window in front, is not the end of an entry.
STAYS = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
_KEYS = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def is_history_key(event: QEvent) -> bool:
    """Whether a key event asks to undo or redo."""
    standard = QKeySequence.StandardKey
    return isinstance(event, QKeyEvent) and (event.matches(standard.Undo) or event.matches(standard.Redo))


class HistoryKeys(QObject):
    """Leaves undo and redo to the window while the field with the focus is untouched.

    Qt keeps Ctrl+Z in a field even where there is nothing to undo in it. A filter that is there only while
    the field has the focus spares every other event of every field a way through Python.
    """

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() not in _KEYS or not is_history_key(event):
            return False
        if isinstance(watched, QLineEdit):
            touched = watched.isModified()
        else:
            touched = isinstance(watched, QPlainTextEdit) and watched.document().isModified()
        if not touched:
            event.ignore()
        return not touched


@cache
def history_keys() -> HistoryKeys:
    """The one filter for all fields."""
    return HistoryKeys()


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

    def show_text(self, text: str) -> None:
        """Show what is stored; the field counts as untouched."""
        if self.text() != (shown := one_line(text)):
            self.setText(shown)
            self.setCursorPosition(0)
        self.setModified(False)

    def set_tone(self, tone: str) -> None:
        """Border by state: ok, warn, critical, awaited or none."""
        restyle(self, tone=tone)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.installEventFilter(history_keys())
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.removeEventFilter(history_keys())
        if event.reason() not in STAYS:
            self.left.emit()


class UnitBox(ChoiceBox):
    """The units of a quantity; nothing is chosen until a person chooses."""

    left = Signal()
    confirmed = Signal()

    def __init__(self, units: dict[str, str], name: str) -> None:
        super().__init__()
        self.setProperty("role", "unit")
        self.setAccessibleName(name)
        self.setPlaceholderText("unit")
        for unit, shown in units.items():
            self.addItem(shown, unit)
        self.setCurrentIndex(-1)

    def sizeHint(self) -> QSize:
        # Qt counts the arrow twice; these boxes stand in a narrow row.
        words = (self.itemText(at) for at in range(self.count()))
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


def has_focus(widget: QWidget) -> bool:
    """Whether the focus is in a widget or in one of its parts."""
    focused = QApplication.focusWidget()
    return focused is not None and (focused is widget or widget.isAncestorOf(focused))
