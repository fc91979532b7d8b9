"""A wheel turned over a field scrolls the page and never changes the answer."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QAbstractSlider, QAbstractSpinBox, QComboBox, QScrollBar


class NoWheel(QObject):
    """An event filter for the whole application; one instance is enough."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.Wheel or isinstance(watched, QScrollBar):
            return False
        if not isinstance(watched, (QAbstractSpinBox, QComboBox, QAbstractSlider)):
            return False
        event.ignore()
        return True
