"""A check box whose tick is drawn, so that it is told from an empty one without colour."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QStyle, QStyleOptionButton, QWidget

from rls_workup.ui import icons


class TickBox(QCheckBox):
    """Use in place of QCheckBox everywhere. `ticked`: by a person, or by what does it for them."""

    ticked = Signal(bool)

    def __init__(self, words: str = "", parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self._showing = False
        # Not `clicked`: a screen reader's command only toggles the box.
        self.toggled.connect(self._tell)

    def show_tick(self, ticked: bool) -> None:
        """Show what is stored; nobody ticked it."""
        self._showing = True
        self.setChecked(ticked)
        self._showing = False

    def _tell(self, ticked: bool) -> None:
        if not self._showing:
            self.ticked.emit(ticked)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.isChecked():
            return
        option = QStyleOptionButton()
        self.initStyleOption(option)
        box = self.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, self)
        painter = QPainter(self)
        painter.drawPixmap(box, icons.pixmap("check", "on_accent", 1.2, self.devicePixelRatioF()))
        painter.end()
