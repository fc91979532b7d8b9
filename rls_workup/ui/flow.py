"""A layout that sets its parts side by side and begins a new line where the width ends."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QStyle, QWidget


class FlowLayout(QLayout):
    """Parts keep their own width; one that is wider than a line gets the whole line."""

    def __init__(self, parent: QWidget | None = None, gap: int = 8, line_gap: int = 4) -> None:
        super().__init__(parent)
        self._gap, self._line_gap = gap, line_gap
        self._parts: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._parts.append(item)

    def count(self) -> int:
        return len(self._parts)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._parts[index] if 0 <= index < len(self._parts) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._parts.pop(index) if 0 <= index < len(self._parts) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), really=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        spare = max(rect.height() - self.heightForWidth(rect.width()), 0)
        self._place(rect.adjusted(0, spare // 2, 0, 0), really=True)

    def sizeHint(self) -> QSize:
        hints = [part.sizeHint() for part in self._parts if not part.isEmpty()]
        width = sum(hint.width() for hint in hints) + self._gap * max(0, len(hints) - 1)
        return QSize(width, max((hint.height() for hint in hints), default=0))

    def minimumSize(self) -> QSize:
        shown = [part for part in self._parts if not part.isEmpty()]
        width = max((part.minimumSize().width() for part in shown), default=0)
        return QSize(width, max((part.minimumSize().height() for part in shown), default=0))

    def _place(self, rect: QRect, *, really: bool) -> int:
        y = rect.y()
        for line in self._lines(rect.width()):
            tallest = max(height for _, _, height in line)
            if really:
                self._place_line(line, QRect(rect.x(), y, rect.width(), tallest))
            y += tallest + self._line_gap
        return max(y - self._line_gap, rect.y()) - rect.y()

    def _lines(self, room: int) -> list[list[tuple[QLayoutItem, int, int]]]:
        lines: list[list[tuple[QLayoutItem, int, int]]] = []
        used = 0
        for part in self._parts:
            if part.isEmpty():
                continue
            width = min(part.sizeHint().width(), room)
            height = part.heightForWidth(width) if part.hasHeightForWidth() else part.sizeHint().height()
            if not lines or used + width > room:
                lines.append([])
                used = 0
            lines[-1].append((part, width, height))
            used += width + self._gap
        return lines

    def _direction(self) -> Qt.LayoutDirection:
        # Of a part, which has it from the holder: to ask a nested layout for its `parentWidget` makes
        # PySide forget the layout around it, and its items are freed.
        parts = (part.widget() for part in self._parts)
        held = next((part for part in parts if part is not None), None)
        return held.layoutDirection() if held is not None else Qt.LayoutDirection.LeftToRight

    def _place_line(self, line: list[tuple[QLayoutItem, int, int]], room: QRect) -> None:
        x = room.x()
        for part, width, height in line:
            top = room.y() + (room.height() - height) // 2
            place = QRect(QPoint(x, top), QSize(width, height))
            part.setGeometry(QStyle.visualRect(self._direction(), room, place))
            x += width + self._gap
