"""What goes with a saved PDF: the work-up's data inside it, and a password."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from rls_workup.domain.wording import word
from rls_workup.papers import CARRIER
from rls_workup.ui import theme
from rls_workup.ui.flow import FlowLayout
from rls_workup.ui.passphrase_line import PassphraseLine
from rls_workup.ui.plain import tip
from rls_workup.ui.tick_box import TickBox
from rls_workup.ui.words import told


class PaperOptions(QWidget):
    """`changed` tells that the data shall travel with it, or no longer."""

    changed = Signal(bool)

    def __init__(self, carries: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.carries = TickBox()
        told(self.carries.setText, "The PDF carries the work-up’s da&ta")
        carried = word("Whoever opens the PDF in this program has the work-up with all its answers.")
        told(self.carries.setToolTip, carried, tip)
        told(self.carries.setAccessibleDescription, carried)
        self.carries.setChecked(carries)
        self.password = PassphraseLine("")
        told(self.password.setAccessibleName, "Password of the saved PDF")
        told(self.password.setPlaceholderText, "Password, where it is to be locked")
        locks = word("The saved PDF opens with it only. It is kept nowhere: without it nobody opens the PDF.")
        told(self.password.setToolTip, locks, tip)
        told(self.password.setAccessibleDescription, locks)
        row = FlowLayout(self)
        row.addWidget(self.carries)
        row.addWidget(self.password)
        self.carries.toggled.connect(self.changed)
        theme.current.changed.connect(self.dress)
        self.dress()

    def hideEvent(self, event: QHideEvent) -> None:
        """A password is not left behind on a screen that is left."""
        super().hideEvent(event)
        self.password.clear()

    def dress(self) -> None:
        """Lengths for the text size in use."""
        self.password.setFixedWidth(theme.current.em(24))

    def show_for(self, kind: str, *, note: bool) -> None:
        """Only what this kind of paper can have: the sheet alone carries data, and no note is locked."""
        self.carries.setVisible(kind == CARRIER)
        self.setVisible(not note)

    def locked(self, content: bytes) -> bytes:
        """The PDF as it is saved: behind the password where one was given. Raises WorkupError."""
        if not self.password.text() or self.isHidden():
            return content
        from rls_workup.report.carrying import locked

        return locked(content, self.password.text())
