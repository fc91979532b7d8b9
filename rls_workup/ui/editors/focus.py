"""The focus in a field: when an entry begins and ends, and whose the undo keys are meanwhile."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

# A menu over the field, or another window in front, is not the end of an entry.
STAYS = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
_KEYS = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)


def is_history_key(event: QEvent) -> bool:
    """Whether a key event asks to undo or redo."""
    standard = QKeySequence.StandardKey
    return isinstance(event, QKeyEvent) and (event.matches(standard.Undo) or event.matches(standard.Redo))


def takes_escape(event: QEvent) -> bool:
    """Whether Escape is about to become the window's “back”; then the field in focus keeps it for itself."""
    if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.ShortcutOverride:
        return False
    if event.key() != Qt.Key.Key_Escape:
        return False
    event.accept()
    return True


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


def begin_entry(field: QWidget) -> None:
    """The focus came to a field."""
    field.installEventFilter(history_keys())


def ends_entry(field: QWidget, event: QFocusEvent) -> bool:
    """The focus left a field: whether that ends the entry."""
    field.removeEventFilter(history_keys())
    return event.reason() not in STAYS


def has_focus(widget: QWidget) -> bool:
    """Whether the focus is in a widget or in one of its parts."""
    focused = QApplication.focusWidget()
    return focused is not None and (focused is widget or widget.isAncestorOf(focused))
