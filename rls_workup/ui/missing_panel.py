"""Still missing, by decision: each line leads to its field."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from rls_workup.domain.missing import Missing, OpenItem
from rls_workup.domain.protocol import Protocol
from rls_workup.domain.text import shown_date
from rls_workup.domain.wording import word
from rls_workup.domain.workup import State
from rls_workup.ui import icons, theme
from rls_workup.ui.group import Group
from rls_workup.ui.layout_button import LayoutButton
from rls_workup.ui.plain import plain_label
from rls_workup.ui.words import say, told
from rls_workup.ui.wrapped import WrappedLabel

_PARTS = (
    ("blocks", word("To decide")),
    ("confidence", word("To be surer")),
    ("completeness", word("For completeness")),
)
_MOST = 5
_SPOKEN = {
    State.ORDERED: word("ordered"),
    State.COLLECTED: word("sampled"),
    State.PENDING: word("pending"),
    State.UNKNOWN: word("not known"),
    State.DECLINED: word("declined"),
    State.NOT_APPLICABLE: word("not applicable"),
    State.REJECTED: word("not readable"),
}


class MissingPanel(QWidget):
    """Every decision that still lacks something; the complete ones in one line."""

    jump = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bare")
        told(self.setAccessibleName, "Still missing, by decision")
        self._shown: tuple[Missing, ...] | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.current.px(6))
        self._content: QWidget | None = None
        title = WrappedLabel(" ", "overline")
        told(title.setText, "STILL MISSING, BY DECISION")
        title.lower()  # read first
        self._column.addWidget(title)

    def clear(self) -> None:
        """Begin again with nothing."""
        self._shown = None

    def show_missing(self, protocol: Protocol, missing: Sequence[Missing]) -> None:
        """What each decision lacks; drawn anew only where it changed."""
        if tuple(missing) == self._shown:
            return
        self._shown = tuple(missing)
        if self._content is not None:
            self._column.removeWidget(self._content)
            self._content.hide()
            self._content.deleteLater()
        self._content = self._drawn(protocol, missing)
        self._column.addWidget(self._content)

    def _drawn(self, protocol: Protocol, missing: Sequence[Missing]) -> QWidget:
        content = QWidget()
        content.setProperty("role", "bare")
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.current.px(4))
        for decision in missing:
            if not decision.complete:
                column.addWidget(self._decision(protocol, decision))
        done = [decision.title for decision in missing if decision.complete]
        if done:
            column.addWidget(WrappedLabel(say("Nothing missing: {names}.", names=", ".join(done)), "hint"))
        return content

    def _decision(self, protocol: Protocol, decision: Missing) -> Group:
        group = Group()
        group.setAccessibleName(decision.title)
        column = QVBoxLayout(group)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.current.px(4))
        column.addWidget(WrappedLabel(decision.title, "label"))
        for part, words in _PARTS:
            items: tuple[OpenItem, ...] = getattr(decision, part)
            if not items:
                continue
            column.addWidget(WrappedLabel(say(words), "hint"))
            for item in items[:_MOST]:
                column.addWidget(self._line(protocol, item, ""))
            if len(items) > _MOST:
                more = say("and {count} more", count=len(items) - _MOST)
                line = self._line(protocol, items[_MOST], more)
                line.setAccessibleName(f"{say(words)}: {more}")
                column.addWidget(line)
        return group

    def _line(self, protocol: Protocol, item: OpenItem, words: str) -> QPushButton:
        sign, colour = (
            ("clock", "awaited") if item.state and item.state.awaited else ("circle-dashed", "muted")
        )
        said = f" ({open_words(item)})" if item.state else ""
        line = _Line(sign, colour, words or f"{protocol.label(item.item)}{said}")
        line.setAutoDefault(True)  # Enter presses it, as the space bar does
        line.clicked.connect(partial(self._jump, item.item))
        return line

    def _jump(self, item: str, _checked: bool = False) -> None:
        self.jump.emit(item)


class _Line(LayoutButton):
    """A sign and words that wrap, as one button."""

    def __init__(self, sign: str, colour: str, words: str) -> None:
        super().__init__()
        self.setProperty("role", "line")
        self.setAccessibleName(say("Go to {words}", words=words))
        mark, label = plain_label(), WrappedLabel(words)
        mark.setPixmap(icons.pixmap(sign, colour, 1.0, self.devicePixelRatioF()))
        self.let_through(mark, label)
        px = theme.current.px
        row = QHBoxLayout(self)
        row.setContentsMargins(px(4), px(3), px(4), px(3))
        row.setSpacing(px(8))
        row.addWidget(mark)
        row.addWidget(label, 1)


def open_words(item: OpenItem) -> str:
    """`pending since 12-Nov-2026`, `declined`; `not asked` where it has no state."""
    if item.state is None:
        return say("not asked")
    state = say(_SPOKEN.get(item.state, word("no value")))
    return say("{state} since {date}", state=state, date=shown_date(item.since)) if item.since else state
