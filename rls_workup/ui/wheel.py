"""A wheel turned over a field scrolls the page and never changes the answer."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject


class NoWheel(QObject):
    """An event filter for the whole application; one instance is enough."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.Wheel or not _holds_a_value(watched):
            return False
        event.ignore()
        return True


def _holds_a_value(watched: QObject) -> bool:
    from PySide6.QtWidgets import QAbstractSlider, QAbstractSpinBox, QComboBox, QScrollBar

    values = (QAbstractSpinBox, QComboBox, QAbstractSlider)
    return isinstance(watched, values) and not isinstance(watched, QScrollBar)
