"""The line edit of all answers: Ctrl+Z reaches the window, Enter and leaving are told apart."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from rls_workup.ui import theme

_UNDO_KEYS = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)
LONGEST = 4000


def leaves_undo_to_window(event: QEvent, *, modified: bool) -> bool:
    """Whether a key is undo or redo that an untouched field must leave to the window's own undo."""
    return (
        event.type() == QEvent.Type.ShortcutOverride
        and isinstance(event, QKeyEvent)
        and not modified
        and any(event.matches(key) for key in _UNDO_KEYS)
    )


class Field(QLineEdit):
    """A line edit `em` wide."""

    def __init__(self, em: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(theme.current.em(em))
        self.setMaxLength(LONGEST)

    def event(self, event: QEvent) -> bool:
        if leaves_undo_to_window(event, modified=self.isModified()):
            event.ignore()
            return False
        return super().event(event)

    def show_text(self, text: str) -> None:
        """Show a text that is not the person's typing; a long one from its beginning."""
        if text != self.text():
            self.setText(text)
            self.setCursorPosition(0)
        self.setModified(False)


class NumberField(Field):
    """A field for an amount, set to the right."""

    def __init__(self, em: float = 6.0, parent: QWidget | None = None) -> None:
        super().__init__(em, parent)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setInputMethodHints(Qt.InputMethodHint.ImhPreferNumbers)


class DateField(Field):
    """A field for a date as people type them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(8.4, parent)
        self.setPlaceholderText("dd-Mmm-yyyy")


class Passage(QPlainTextEdit):
    """Several lines of plain text; the field grows with them. Tab leaves it."""

    def __init__(self, lines: int = 2, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._fewest = lines
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self._grow())
        self._grow()

    def event(self, event: QEvent) -> bool:
        if leaves_undo_to_window(event, modified=self.document().isModified()):
            event.ignore()
            return False
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._grow()

    def _grow(self) -> None:
        lines = min(max(self._fewest, round(self.document().size().height())), 12)
        height = self.fontMetrics().lineSpacing() * lines + theme.current.px(18)
        if height != self.height():
            self.setFixedHeight(height)

    def show_text(self, text: str) -> None:
        """Show a text that is not the person's typing."""
        if text != self.toPlainText():
            self.setPlainText(text)
        self.document().setModified(False)
