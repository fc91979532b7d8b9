"""A column that scrolls up and down and never sideways, for what may be higher than the screen."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from rls_workup.ui import theme


def scrolled(inside: QWidget, name: str) -> QScrollArea:
    """The widget in a scroll area without a frame; `name` is what it is called when it is read aloud."""
    inside.setProperty("role", "bare")
    scroll = QScrollArea()
    scroll.setProperty("role", "bare")
    scroll.setWidgetResizable(True)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.setAccessibleName(name)
    scroll.setWidget(inside)
    return scroll


def height_on_screen(inside: QWidget, width: int, beside: int) -> int:
    """How high a window of this width is to be: all of the widget and `beside`, within the screen."""
    layout = inside.layout()
    wanted = layout.totalHeightForWidth(width) if layout and layout.hasHeightForWidth() else 0
    return min(
        max(wanted, inside.sizeHint().height()) + beside, inside.screen().availableSize().height() * 9 // 10
    )


class GivesWay(QScrollArea):
    """As high as what it holds while there is room; on a low window it gives way and scrolls."""

    def hold(self, inside: QWidget) -> None:
        """Hold this widget, which has a layout."""
        for part in (self, inside):
            part.setProperty("role", "bare")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        inside.installEventFilter(self)
        self.setWidget(inside)

    def sizeHint(self) -> QSize:
        inside = self.widget()
        layout = inside.layout() if inside is not None else None
        if layout is None:
            return super().sizeHint()
        high = layout.totalHeightForWidth(max(self.width(), 1)) if layout.hasHeightForWidth() else -1
        return QSize(0, max(high, 0) or layout.totalSizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, min(theme.current.em(2.5), self.sizeHint().height()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)
