"""A message box whose buttons are words only, as everywhere; made by `plain.plain_box`."""

from __future__ import annotations

from PySide6.QtGui import QIcon, QShowEvent
from PySide6.QtWidgets import QMessageBox


class MessageBox(QMessageBox):
    """Takes the signs off that a desktop puts on its buttons."""

    def showEvent(self, event: QShowEvent) -> None:
        for button in self.buttons():
            button.setIcon(QIcon())
        super().showEvent(event)
