"""Earlier values beside today's: a small line against the cut-offs, and the same in words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from rls_workup.domain.dates import shown_day
from rls_workup.domain.earlier import Earlier, Trend, trend_of
from rls_workup.domain.finding import shown
from rls_workup.domain.parts import Item
from rls_workup.domain.protocol import Protocol
from rls_workup.domain.quantity import Quantity
from rls_workup.ui import theme
from rls_workup.ui.words import say
from rls_workup.ui.wrapped import WrappedLabel

_WIDE_EM, _HIGH_EM = 8.0, 2.6
_MOST_TOLD = 3


class TrendLine(QWidget):
    """Circles for earlier values, a square for today's, dashes for the cut-offs: all in one ink."""

    def __init__(self, item: Item, protocol: Protocol, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._item, self._protocol = item, protocol
        self._words = WrappedLabel("", "hint", self)
        self.trend: Trend | None = None
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_values(self, earlier: Sequence[Earlier], now: Quantity | None) -> None:
        """Show these earlier values, oldest first, and today's."""
        self.trend = trend_of(self._protocol, self._item, earlier, now)
        words = self._told(earlier)
        self._words.say(words)
        self.setAccessibleName(f"{self._item.label}: {words}")
        self.updateGeometry()
        self.update()

    def _told(self, earlier: Sequence[Earlier]) -> str:
        last = [f"{shown_day(day)} {shown(value, self._protocol, self._item.id)}" for day, value in earlier]
        told = " · ".join(reversed(last[-_MOST_TOLD:]))
        more = len(last) - _MOST_TOLD
        return (
            say("Before: {values}, and {count} more", values=told, count=more)
            if more > 0
            else say("Before: {values}", values=told)
        )

    def heightForWidth(self, width: int) -> int:
        return max(theme.current.em(_HIGH_EM), self._words.heightForWidth(max(width - self._indent(), 1)))

    def hasHeightForWidth(self) -> bool:
        return True

    def sizeHint(self) -> QSize:
        width = theme.current.em(24)
        return QSize(width, self.heightForWidth(width))

    def _indent(self) -> int:
        return theme.current.em(_WIDE_EM) + theme.current.px(10)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = max(self.width() - self._indent(), 1)
        high = self._words.heightForWidth(room)
        self._words.setGeometry(self._indent(), max((self.height() - high) // 2, 0), room, high)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.trend is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = theme.current.px(5)
        room = QRectF(
            edge, edge, theme.current.em(_WIDE_EM) - 2 * edge, theme.current.em(_HIGH_EM) - 2 * edge
        )
        _draw(painter, room, self.trend)
        painter.end()


def _draw(painter: QPainter, room: QRectF, trend: Trend) -> None:
    tokens = theme.current.tokens
    amounts = [amount for _, amount in trend.earlier] + ([] if trend.now is None else [trend.now])
    marks = _near(trend.marks, amounts)
    low, high = min(*amounts, *marks, amounts[0]), max(*amounts, *marks, amounts[0])
    points = [
        QPointF(x, _height(room, amount, low, high))
        for x, amount in zip(_across(room, trend), amounts, strict=True)
    ]
    painter.setPen(QPen(QColor(tokens.muted), 1, Qt.PenStyle.DashLine))
    for mark in marks:
        y = _height(room, mark, low, high)
        painter.drawLine(QPointF(room.left(), y), QPointF(room.right(), y))
    painter.setPen(QPen(QColor(tokens.text), 1.5))
    painter.drawPolyline(points)
    painter.setBrush(QColor(tokens.surface))
    radius = theme.current.px(3)
    for point in points[: len(trend.earlier)]:
        painter.drawEllipse(point, radius, radius)
    if trend.now is not None:
        painter.setBrush(QColor(tokens.text))
        painter.drawRect(QRectF(points[-1].x() - radius, points[-1].y() - radius, 2 * radius, 2 * radius))


def _near(marks: Sequence[float], amounts: Sequence[float]) -> list[float]:
    """The cut-offs that do not press the line flat."""
    reach = max(max(amounts) - min(amounts), max(amounts) / 2)
    return [mark for mark in marks if min(amounts) - reach <= mark <= max(amounts) + reach]


def _across(room: QRectF, trend: Trend) -> list[float]:
    """Where each value stands: earlier ones by their days, today's at the right edge."""
    days = [day.toordinal() for day, _ in trend.earlier]
    ends = room.right() if trend.now is None else room.right() - room.width() / 4
    span = max(days[-1] - days[0], 1)
    places = [room.left() + (ends - room.left()) * (day - days[0]) / span for day in days]
    return places if trend.now is None else [*places, room.right()]


def _height(room: QRectF, amount: float, low: float, high: float) -> float:
    share = (amount - low) / (high - low) if high > low else 0.5
    return room.bottom() - share * room.height()
