"""Fields side by side that wrap to the next line where there is no room, as words in a text do."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from rls_workup.ui import theme
from rls_workup.ui.editors.segments import SegmentBar

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
            bleed = self._bleed(part)
            wide = room if whole else min(part.sizeHint().width() - 2 * bleed, room)
            if x > ring and (whole or x + wide > ring + room):
                x, y, deepest = ring, y + deepest + gap, 0
            deep = height_of(part, wide + 2 * bleed) - 2 * bleed
            deep = deep if whole else max(field, deep)
            if move:
                part.setGeometry(QRect(x, y, wide, deep).adjusted(-bleed, -bleed, bleed, bleed))
            x, deepest = x + wide + gap, max(deepest, deep)
        return y + deepest + ring

    def _bleed(self, part: QWidget) -> int:
        """How far a part reaches out on each side: buttons keep the room for their ring inside."""
        if not isinstance(part, SegmentBar):
            return 0
        part.set_ring(theme.current.px(RING_PX))
        return theme.current.px(RING_PX)

    def sizeHint(self) -> QSize:
        ring, gap = theme.current.px(RING_PX), theme.current.px(8)
        shown = [part for part, _ in self._parts if not part.isHidden()]
        widths = [part.sizeHint().width() - 2 * self._bleed(part) for part in shown]
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
