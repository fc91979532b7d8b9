"""The buttons at the foot of a dialog: their words say what they do, without the desktop's coloured signs."""

from __future__ import annotations

from PySide6.QtCore import QChildEvent, QEvent
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QDialogButtonBox, QPushButton


class ButtonBox(QDialogButtonBox):
    """Use in place of QDialogButtonBox everywhere."""

    def childEvent(self, event: QChildEvent) -> None:
        super().childEvent(event)
        button = event.child()
        # Before it is measured. The style sheet's own word for this comes after Qt has put the signs there.
        if event.type() == QEvent.Type.ChildPolished and isinstance(button, QPushButton):
            button.setIcon(QIcon())
