"""Parts below each other, laid out once: a change makes one part measure itself anew, not all of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QWidget

_MOST_WIDTHS = 8


class Column(QFrame):
    """Nested box layouts ask every part for its height again and again; this asks once a width."""

    def __init__(
        self, gap: int, margins: tuple[int, int, int, int] = (0, 0, 0, 0), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._gap, self._margins = gap, margins
        self._parts: list[QWidget] = []
        self._indents: dict[QWidget, int] = {}
        self._heights: dict[int, int] = {}
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def parts(self) -> Sequence[QWidget]:
        """The parts from top to bottom."""
        return self._parts

    def add(self, part: QWidget, indent: int = 0) -> None:
        """One more part at the end; `indent` pixels further to the right."""
        part.setParent(self)
        self._parts.append(part)
        self._indents[part] = indent
        self._measure_anew()

    def put(self, parts: Sequence[QWidget]) -> None:
        """These parts in this order; those that are gone are let go of."""
        for gone in set(self._parts).difference(parts):
            self._indents.pop(gone, None)
            gone.hide()
            gone.deleteLater()
        self._parts = list(parts)
        for part in parts:
            if part.parentWidget() is not self:
                part.setParent(self)
            part.setVisible(True)
        self._measure_anew()

    def _measure_anew(self) -> None:
        self._heights.clear()
        self.updateGeometry()
        if self.isVisible():
            self._arrange()

    def _places(self, width: int) -> Iterator[tuple[QWidget, int, int, int, int]]:
        left, top, right, _ = self._margins
        y = top
        for part in self._parts:
            if part.isHidden():
                continue
            indent = self._indents.get(part, 0)
            room = max(width - left - right - indent, 1)
            height = part.heightForWidth(room) if part.hasHeightForWidth() else part.sizeHint().height()
            yield part, left + indent, y, room, height
            y += height + self._gap

    def _arrange(self) -> None:
        for part, x, y, width, height in self._places(self.width()):
            part.setGeometry(x, y, width, height)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            if len(self._heights) >= _MOST_WIDTHS:
                self._heights.clear()
            ends = [y + height for _, _, y, _, height in self._places(width)]
            self._heights[width] = (ends[-1] if ends else self._margins[1]) + self._margins[3]
        return self._heights[width]

    def sizeHint(self) -> QSize:
        width = self.width()
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def event(self, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.LayoutRequest:
            self._measure_anew()
        done = super().event(event)
        if kind in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._measure_anew()
        return done
