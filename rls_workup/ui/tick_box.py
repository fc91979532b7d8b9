"""A check box whose tick is drawn, so that it is told from an empty one without colour."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QStyle, QStyleOptionButton

from rls_workup.ui import icons


class TickBox(QCheckBox):
    """Use in place of QCheckBox everywhere."""

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
