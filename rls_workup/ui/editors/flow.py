"""Fields side by side that wrap to the next line where there is no room, as words in a text do."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from rls_workup.ui import theme

# Room around each field for the focus ring, which is drawn outside it.
RING_PX = 4
_FIELD_PX = 34


def height_of(widget: QWidget, width: int) -> int:
    """How high a widget is at this width."""
    return widget.heightForWidth(width) if widget.hasHeightForWidth() else widget.sizeHint().height()


class Flow(QWidget):
    """Holds parts in reading order; a `whole` part takes a line of its own."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: list[tuple[QWidget, bool]] = []
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add(self, part: QWidget, *, whole: bool = False, at: int | None = None) -> None:
        """Append a part, or put it in at a place."""
        part.setParent(self)
        self._parts.insert(len(self._parts) if at is None else at, (part, whole))

    def take(self, part: QWidget) -> None:
        """Remove a part for good."""
        self._parts = [entry for entry in self._parts if entry[0] is not part]
        part.hide()
        part.deleteLater()
        self.updateGeometry()

    def _place(self, width: int, *, move: bool) -> int:
        ring, gap, field = theme.current.px(RING_PX), theme.current.px(8), theme.current.px(_FIELD_PX)
        room = max(1, width - 2 * ring)
        x, y, deepest = ring, ring, 0
        for part, whole in self._parts:
            if part.isHidden():
                continue
            wide = room if whole else min(part.sizeHint().width(), room)
            if x > ring and (whole or x + wide > ring + room):
                x, y, deepest = ring, y + deepest + gap, 0
            deep = height_of(part, wide) if whole else max(field, height_of(part, wide))
            if move:
                part.setGeometry(QRect(x, y, wide, deep))
            x, deepest = x + wide + gap, max(deepest, deep)
        return y + deepest + ring

    def sizeHint(self) -> QSize:
        ring, gap = theme.current.px(RING_PX), theme.current.px(8)
        widths = [part.sizeHint().width() for part, _ in self._parts if not part.isHidden()]
        width = sum(widths) + gap * max(0, len(widths) - 1) + 2 * ring
        return QSize(width, self._place(width, move=False))

    def minimumSizeHint(self) -> QSize:
        widths = (part.minimumSizeHint().width() for part, _ in self._parts if not part.isHidden())
        return QSize(max(widths, default=0) + 2 * theme.current.px(RING_PX), theme.current.px(_FIELD_PX))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(width, move=False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place(self.width(), move=True)

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.StyleChange):
            self._place(self.width(), move=True)
            self.updateGeometry()
        return super().event(event)
