"""A combo box whose arrow has the theme's colour, and whose choice no turn of the wheel changes."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox

from rls_workup.ui import icons, theme


class ChoiceBox(QComboBox):
    """Use in place of QComboBox everywhere."""

    def setAccessibleName(self, name: str) -> None:
        # On Linux, Qt gives what is chosen as the name; which choice it is must be told beside it.
        super().setAccessibleName(name)
        self.setAccessibleDescription(name)

    def sizeHint(self) -> QSize:
        # Qt's own is too narrow by a pixel where lengths are rounded.
        return super().sizeHint() + QSize(theme.current.px(2), 0)

    def minimumSizeHint(self) -> QSize:
        return super().minimumSizeHint() + QSize(theme.current.px(2), 0)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the page scrolls; Qt's own would change the answer

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        arrow = icons.pixmap("chevron-down", "muted", 1.1, self.devicePixelRatioF())
        side = theme.current.em(1.1)
        painter = QPainter(self)
        at = theme.current.px(6)
        if self.layoutDirection() is Qt.LayoutDirection.LeftToRight:
            at = self.width() - side - at
        painter.drawPixmap(at, (self.height() - side) // 2, arrow)
        painter.end()
