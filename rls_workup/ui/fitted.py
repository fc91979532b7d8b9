"""Dialogs as wide as asked and as high as their words need, and never larger than their window."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize
from PySide6.QtWidgets import QDialog, QLayout, QScrollArea, QWidget

from rls_workup.ui import theme
from rls_workup.ui.screen_room import screen_room
from rls_workup.ui.scrolled import scrolled

_ASKS_ANEW = (QEvent.Type.Show, QEvent.Type.LayoutRequest)


GROWS = "grows"
"""The name of a scroll area that would rather be as high as what it holds."""


def room_for(dialog: QWidget) -> QSize:
    """The size of the window that a dialog belongs to; of the screen where it belongs to none."""
    parent = dialog.parentWidget()
    if parent is not None and parent.window().isVisible():
        return parent.window().size()
    return screen_room(dialog)


def fit(dialog: QDialog, wide: float, high: float = 0) -> None:
    """Make a dialog `wide` em wide and at least `high` em high; it grows with its words, also later."""
    _Fitted(dialog, wide, high)


def growing(inside: QWidget, name: str) -> QScrollArea:
    """What a dialog holds above its buttons: it scrolls only where the window is too low for it."""
    scroll = scrolled(inside, name)
    scroll.setObjectName(GROWS)
    scroll.setMinimumHeight(theme.current.em(6))
    return scroll


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
        layout.activate()
        wide = max(self._dialog.width(), self._wide)
        wanted = max(_height_of(layout, wide) + _hidden_by(self._dialog), self._high)
        high = max(self._dialog.height(), min(wanted, room_for(self._dialog).height()))
        if (wide, high) != self._dialog.size().toTuple():
            self._dialog.resize(wide, high)


def _height_of(layout: QLayout, wide: int) -> int:
    words = layout.totalHeightForWidth(wide) if layout.hasHeightForWidth() else -1
    return max(words, layout.totalSizeHint().height())


def _hidden_by(dialog: QDialog) -> int:
    """The pixels by which what a dialog scrolls is higher than what its scroll area asks for."""
    beyond = 0
    for scroll in dialog.findChildren(QScrollArea, GROWS):
        inside = scroll.widget()
        layout = inside.layout() if inside is not None else None
        if layout is not None:
            beyond += _height_of(layout, scroll.viewport().width()) - scroll.sizeHint().height()
    return beyond
