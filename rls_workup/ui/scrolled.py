"""A column that scrolls up and down and never sideways, for what may be higher than the screen."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from rls_workup.ui import theme
from rls_workup.ui.screen_room import screen_room


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
    return min(max(wanted, inside.sizeHint().height()) + beside, screen_room(inside).height() * 9 // 10)


class GivesWay(QScrollArea):
    """As high as what it holds while there is room; on a low window it gives way and scrolls."""

    def hold(self, inside: QWidget) -> None:
        """Hold this widget."""
        held = _Held()
        column = QVBoxLayout(held)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(inside)
        for part in (self, held, inside):
            if not part.property("role"):
                part.setProperty("role", "bare")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        held.installEventFilter(self)
        self.setWidget(held)

    def sizeHint(self) -> QSize:
        inside = self.widget()
        return super().sizeHint() if inside is None else QSize(0, self._wanted(inside.layout()))

    def _wanted(self, layout: QLayout | None) -> int:
        """How high what it holds is at the present width."""
        if layout is None:
            return 0
        high = layout.totalHeightForWidth(max(self.width(), 1)) if layout.hasHeightForWidth() else 0
        return high if high > 0 else layout.totalSizeHint().height()

    def _fit(self) -> None:
        # A bar that came up once makes the words narrower and so higher, and then stays without need.
        enough = self.height() >= self.sizeHint().height()
        never, where_needed = Qt.ScrollBarPolicy.ScrollBarAlwaysOff, Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self.setVerticalScrollBarPolicy(never if enough else where_needed)
        self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, min(theme.current.em(4), self.sizeHint().height()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)


class _Held(QWidget):
    """As high as its words are at its width; a wrapped label alone would ask for more."""

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)
