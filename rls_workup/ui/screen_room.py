"""How much room the screen has on which a widget is, or is about to be."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget


def screen_room(widget: QWidget) -> QSize:
    """The size that windows can have there, without bars of the desktop.

    Not by `widget.screen()`: where dialogs that asked so had been collected, the next one crashed inside Qt
    on a screen that was gone (PySide6 6.11, in `QGuiApplication::screenAt`).
    """
    window = widget.window()
    screen = QGuiApplication.screenAt(window.geometry().center()) or QGuiApplication.primaryScreen()
    return screen.availableSize()
