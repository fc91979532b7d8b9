"""A column that scrolls up and down and never sideways, for what may be higher than the screen."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


def scrolled(inside: QWidget, name: str) -> QScrollArea:
    """The widget in a scroll area without a frame; `name` is what it is called when it is read aloud."""
    inside.setProperty("role", "bare")
    scroll = QScrollArea()
    scroll.setProperty("role", "bare")
    scroll.setWidgetResizable(True)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.setAccessibleName(name)
    scroll.setWidget(inside)
    return scroll


def height_on_screen(inside: QWidget, width: int, beside: int) -> int:
    """How high a window of this width is to be: all of the widget and `beside`, within the screen."""
    layout = inside.layout()
    wanted = layout.totalHeightForWidth(width) if layout and layout.hasHeightForWidth() else 0
    return min(
        max(wanted, inside.sizeHint().height()) + beside, inside.screen().availableSize().height() * 9 // 10
    )
