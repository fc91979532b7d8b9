"""The state of an item as shape, word, border and colour; never colour alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

from rls_workup.domain.assessment import Standing
from rls_workup.domain.parts import Item
from rls_workup.domain.text import shown_date
from rls_workup.domain.wording import word
from rls_workup.domain.workup import State
from rls_workup.ui import icons, theme
from rls_workup.ui.editors.steps import steps_of
from rls_workup.ui.plain import one_line, restyle
from rls_workup.ui.words import say

MEASURED: Final = ("quantity", "number", "score")
_FLAGS: Final = {
    "critical_low": ("octagon-alert", "urgent", word("Critically low")),
    "critical_high": ("octagon-alert", "urgent", word("Critically high")),
    "low": ("arrow-down", "warn", word("Low")),
    "high": ("arrow-up", "warn", word("High")),
    "abnormal": ("triangle-alert", "warn", word("Abnormal")),
    "in_range": ("circle-check", "ok", word("In range")),
    "normal": ("circle-check", "ok", word("Normal")),
}
_STATES: Final = {
    State.ORDERED: ("clock", "awaited", word("Ordered")),
    State.COLLECTED: ("test-tube", "awaited", word("Sampled")),
    State.PENDING: ("hourglass", "awaited", word("Pending")),
    State.UNKNOWN: ("help", "not_entered", word("Unknown")),
    State.DECLINED: ("ban", "not_entered", word("Not done: declined")),
    State.NOT_APPLICABLE: ("circle-minus", "not_entered", word("Not applicable")),
}
_OF_A_REQUEST: Final = {State.ORDERED: word("Requested"), State.PENDING: word("Result awaited")}
_SINCE: Final = {
    word("Ordered"): word("Ordered {date}"),
    word("Sampled"): word("Sampled {date}"),
    word("Pending"): word("Pending since {date}"),
    word("Requested"): word("Requested {date}"),
    word("Result awaited"): word("Result awaited since {date}"),
}
_HAVE_A_BUTTON: Final = ("yes_no",)
# The sign of a solid chip is drawn in the colour of its words.
_SIGN_TOKENS: Final = {"urgent": "on_critical", "note": "accent"}


@dataclass(frozen=True, slots=True)
class Mark:
    """What a chip shows: a sign, its tone, the words."""

    sign: str
    tone: str
    words: str


def mark_of(item: Item, standing: Standing) -> Mark | None:
    """The mark beside an item; None where the field itself says everything."""
    if standing.rejected:
        return Mark("triangle-alert", "critical", say("Not accepted"))
    if standing.known:
        return _mark_of_value(item, standing)
    if standing.state in _STATES:
        return _mark_of_state(item, standing)
    return None if _is_buttons(item) else Mark("circle-dashed", "not_entered", say("Not entered"))


def _mark_of_state(item: Item, standing: Standing) -> Mark | None:
    state = standing.state or State.UNKNOWN
    if state is State.UNKNOWN and item.kind in _HAVE_A_BUTTON:
        return None
    sign, tone, words = _STATES[state]
    if item.kind == "request":
        words = _OF_A_REQUEST.get(state, words)
    since = shown_date(standing.since) if standing.since else ""
    if state.awaited and since:
        words = _SINCE[words]
    return Mark(sign, tone, say(words, date=since))


def _mark_of_value(item: Item, standing: Standing) -> Mark | None:
    if standing.flag in _FLAGS:
        sign, tone, words = _FLAGS[standing.flag]
        return Mark(sign, tone, standing.flag_says or say(words))
    if standing.warning:
        return Mark("triangle-alert", "warn", say("Unusual"))
    if any(choice.id == standing.value and choice.abnormal for choice in item.choices):
        return Mark("triangle-alert", "warn", say("Abnormal"))
    if standing.computed:
        return Mark("scale", "note", say("Worked out"))
    return Mark("check", "note", say("Entered")) if item.kind == "quantity" else None


def _is_buttons(item: Item) -> bool:
    """Whether the field itself shows that nothing is chosen: buttons, steps of a score, words."""
    return item.kind not in MEASURED or bool(steps_of(item))


def words_of(item: Item, standing: Standing) -> str:
    """The state in words, for a screen reader also where no chip is shown."""
    mark = mark_of(item, standing)
    if mark is not None:
        return mark.words
    if standing.state is State.UNKNOWN:
        return say("Unknown")
    return say("Answered") if standing.known else say("Not entered")


class Chip(QLabel):
    """A rounded mark with sign and words; a click asks for the next step. Keys have the row's own ways."""

    pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", "chip")
        self.setProperty("signed", True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.mark: Mark | None = None
        self.hide()

    def show_mark(self, mark: Mark | None) -> None:
        """Show a mark, or nothing."""
        if mark == self.mark:
            return
        self.mark = mark
        if mark is not None:
            self.setText(one_line(mark.words))
            self.setAccessibleName(one_line(mark.words))
            restyle(self, tone=mark.tone)
        self.setVisible(mark is not None)
        self.updateGeometry()
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.pressed.emit()
        else:
            super().mousePressEvent(event)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.mark is None:
            return
        token = _SIGN_TOKENS.get(self.mark.tone, self.mark.tone)
        sign = icons.pixmap(self.mark.sign, token, 1.0, self.devicePixelRatioF())
        side = theme.current.em(1.0)
        painter = QPainter(self)
        at = theme.current.px(8)
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            at = self.width() - at - side
        painter.drawPixmap(at, (self.height() - side) // 2, sign)
        painter.end()
