"""Dialogs as wide as asked and as high as their words need, and never larger than the window they belong to."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize
from PySide6.QtWidgets import QDialog, QWidget

from rls_workup.ui import theme

_ASKS_ANEW = (QEvent.Type.Show, QEvent.Type.LayoutRequest)


def room_for(dialog: QWidget) -> QSize:
    """The size of the window that a dialog belongs to; of the screen where it belongs to none."""
    parent = dialog.parentWidget()
    if parent is not None and parent.window().isVisible():
        return parent.window().size()
    return dialog.screen().availableSize()


def fit(dialog: QDialog, wide: float, high: float = 0) -> None:
    """Make a dialog `wide` em wide and at least `high` em high; it grows with its words, also later."""
    _Fitted(dialog, wide, high)


class _Fitted(QObject):
    """Watches one dialog; a layout alone tells too little height for wrapped words."""

    def __init__(self, dialog: QDialog, wide: float, high: float) -> None:
        super().__init__(dialog)
        self._dialog, self._high = dialog, theme.current.em(high)
        room = room_for(dialog)
        self._wide = min(theme.current.em(wide), room.width())
        dialog.resize(self._wide, min(self._high, room.height()))
        dialog.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _ASKS_ANEW:
            self._grow()
        return False

    def _grow(self) -> None:
        layout = self._dialog.layout()
        if layout is None:
            return
        wide = max(self._dialog.width(), self._wide)
        words = layout.totalHeightForWidth(wide) if layout.hasHeightForWidth() else -1
        wanted = max(words, layout.totalSizeHint().height(), self._high)
        high = max(self._dialog.height(), min(wanted, room_for(self._dialog).height()))
        if (wide, high) != self._dialog.size().toTuple():
            self._dialog.resize(wide, high)
