"""Fields side by side that wrap to the next line where there is no room, as words in a text do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QRect, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from rls_workup.ui import theme
from rls_workup.ui.editors.segments import SegmentBar
from rls_workup.ui.mirroring import mirror

# Room around each field for the focus ring, which is drawn outside it.
RING_PX = 4
FIELD_PX = 34
_RESTYLED = (QEvent.Type.StyleChange, QEvent.Type.FontChange)


def height_of(widget: QWidget, width: int) -> int:
    """How high a widget is at this width, as the style sheet dresses it."""
    widget.ensurePolished()
    return widget.heightForWidth(width) if widget.hasHeightForWidth() else widget.sizeHint().height()


class Flow(QWidget):
    """Holds parts in reading order; a `whole` part takes a line of its own.

    Its size is remembered until `place_again`; whoever holds it hears of that by `when_placed`.
    """

    line_px = FIELD_PX  # how high a line is at least
    inset_px = 0  # room kept free at each side

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: list[tuple[QWidget, bool]] = []
        self._heights: dict[int, int] = {}
        self._width = 0
        self._held = 0
        self.when_placed: Callable[[], None] | None = None
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add(self, part: QWidget, *, whole: bool = False, at: int | None = None) -> None:
        """Append a part, or put it in at a place."""
        part.setParent(self)
        self._parts.insert(len(self._parts) if at is None else at, (part, whole))
        if isinstance(part, Flow):
            part.when_placed = self.place_again

    def place_of(self, part: QWidget) -> int:
        """Which part this is, in reading order."""
        return next(at for at, (known, _) in enumerate(self._parts) if known is part)

    def take(self, part: QWidget) -> None:
        """Remove a part for good."""
        self._parts = [entry for entry in self._parts if entry[0] is not part]
        part.hide()
        part.deleteLater()
        self.place_again()

    @contextmanager
    def placed_once(self) -> Iterator[None]:
        """However much changes meanwhile, the parts are placed once, at the end."""
        self._held += 1
        try:
            yield
        finally:
            self._held -= 1
            self.place_again()

    def place_again(self) -> None:
        """Something in here is of another size now."""
        self._forget()
        if self._held:
            return
        if self.isVisible():
            self._place(self.width(), move=True)
        if self.when_placed is not None:
            self.when_placed()

    def _forget(self) -> None:
        self._heights.clear()
        self._width = 0

    def _place(self, width: int, *, move: bool) -> int:
        px = theme.current.px
        ring, gap, field = px(RING_PX), px(8), px(self.line_px)
        edge = ring + self._inset()
        room = max(1, width - 2 * edge)
        x, y, deepest = edge, edge, 0
        for part, whole in self._parts:
            if part.isHidden():
                continue
            bleed = _bleed(part, ring)
            wide = room if whole else min(part.sizeHint().width() - 2 * bleed, room)
            if x > edge and (whole or x + wide > edge + room):
                x, y, deepest = edge, y + deepest + gap, 0
            deep = height_of(part, wide + 2 * bleed) - 2 * bleed
            line = deep if whole else max(field, deep)
            if move:
                place = QRect(x, y + (line - deep) // 2, wide, deep)
                part.setGeometry(place.adjusted(-bleed, -bleed, bleed, bleed))
            x, deepest = x + wide + gap, max(deepest, line)
        if move:
            mirror(self, (part for part, _ in self._parts if not part.isHidden()), width)
        return y + deepest + edge

    def _inset(self) -> int:
        return theme.current.px(self.inset_px) if self.inset_px else 0

    def natural_width(self) -> int:
        """The width at which nothing wraps."""
        if not self._width:
            ring = theme.current.px(RING_PX)
            shown = [part for part, _ in self._parts if not part.isHidden()]
            widths = [part.sizeHint().width() - 2 * _bleed(part, ring) for part in shown]
            self._width = sum(widths) + theme.current.px(8) * max(0, len(widths) - 1) + 2 * ring
            self._width += 2 * self._inset()
        return self._width

    def sizeHint(self) -> QSize:
        width = self.natural_width()
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        widths = (part.minimumSizeHint().width() for part, _ in self._parts if not part.isHidden())
        edge = theme.current.px(RING_PX) + self._inset()
        return QSize(max(widths, default=0) + 2 * edge, theme.current.px(FIELD_PX))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            self._heights[width] = self._place(width, move=False)
        return self._heights[width]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place(self.width(), move=True)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in _RESTYLED:
            self.place_again()


def _bleed(part: QWidget, ring: int) -> int:
    """How far a part reaches out on each side: some keep the room for the ring inside themselves."""
    if isinstance(part, SegmentBar):
        part.set_ring(ring)
    return ring if isinstance(part, (SegmentBar, Flow)) else 0
