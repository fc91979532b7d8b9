"""A group as a screen reader knows it: it says the group's name when the focus comes in. Nothing is drawn."""

from __future__ import annotations

from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QGroupBox


class Group(QGroupBox):
    """Name it by `setAccessibleName`; it has neither frame nor title of its own."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Only what is inside is seen."""
