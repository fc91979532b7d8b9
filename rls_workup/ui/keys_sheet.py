"""Every key of the program on one sheet: the menus' own, and those of the fields."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from rls_workup.domain.wording import word
from rls_workup.ui import theme
from rls_workup.ui.commands import COMMANDS
from rls_workup.ui.plain import plain_label
from rls_workup.ui.scrolled import scrolled
from rls_workup.ui.words import say
from rls_workup.ui.wrapped import WrappedLabel

_TOLD: Final = word("Every command is in a menu, and Ctrl+K finds it by its words.")
Group = tuple[str, list[tuple[str, str]]]

_FIELDS: Final[list[Group]] = [
    (
        word("At a question"),
        [
            ("Y  N  U", word("Yes, No, Unknown, and on to the next")),
            ("0 … 9", word("A score, and on to the next")),
            (word("First letter"), word("A choice, where no other begins so")),
            ("← →", word("From button to button; Space chooses")),
            (word("Del"), word("Take the choice back")),
            (word("Enter"), word("On to the next; answers nothing")),
        ],
    ),
    (
        word("In a field"),
        [
            (word("Enter"), word("Take the entry and go on")),
            ("Ctrl+Enter", word("The same where words have several lines")),
            ("38 ug/L 18 nov", word("Value, unit and date in one go")),
            ("O  S  P", word("Ordered, sampled, result pending, in an empty field")),
            ("D  N  U", word("Declined, not applicable, unknown, in an empty field")),
            ("t   t-3", word("Today, three days ago")),
        ],
    ),
    (
        word("In the worklist"),
        [(word("Enter"), word("Open the work-up")), ("↓", word("From the search to the list"))],
    ),
]


def key_groups() -> list[Group]:
    """The keys with what they do, by menu, then those of the fields."""
    menus: dict[str, list[tuple[str, str]]] = {}
    for command in COMMANDS:
        if command.keys:
            line = (_shown(command.keys[0]), _plain(say(command.words)))
            menus.setdefault(_plain(say(command.menu)), []).append(line)
    menus[_plain(say("&Go"))].append(("Ctrl+1 … Ctrl+9", say("Section 1 to 9")))
    fields = [(say(title), [(say(key), say(does)) for key, does in lines]) for title, lines in _FIELDS]
    return [*fields, *menus.items()]


def keys_text() -> str:
    """The same as text, a line each."""
    return "\n".join(f"{key}  –  {does}" for _, lines in key_groups() for key, does in lines)


class KeysSheet(QDialog):
    """The keys as cards, in two columns where there is room."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(say("Keyboard"))
        px, em = theme.current.px, theme.current.em
        close = QPushButton(say("&Close"))
        close.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(16), px(16), px(16))
        column.setSpacing(px(12))
        column.addWidget(WrappedLabel(say(_TOLD), "hint"))
        wide = min(em(66), parent.width() - px(32))
        keys = scrolled(_columns(2 if wide >= em(56) else 1), say("Keys"))
        keys.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # so that arrows and Page Down scroll it
        column.addWidget(keys, 1)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        keys.setFocus()
        self.resize(wide, min(em(46), parent.height() - px(32)))


def _columns(count: int) -> QWidget:
    """The cards in so many columns of much the same height."""
    inside = QWidget()
    row = QHBoxLayout(inside)
    row.setContentsMargins(0, 0, theme.current.px(8), 0)
    row.setSpacing(theme.current.px(12))
    groups = key_groups()
    share = sum(len(lines) + 2 for _, lines in groups) / count
    for _column in range(count):
        column = QVBoxLayout()
        column.setSpacing(theme.current.px(12))
        height = 0
        while groups and (height == 0 or height + len(groups[0][1]) / 2 < share):
            title, lines = groups.pop(0)
            column.addWidget(_card(title, lines))
            height += len(lines) + 2
        column.addStretch(1)
        row.addLayout(column, 1)
    return inside


def _card(title: str, lines: list[tuple[str, str]]) -> QFrame:
    px = theme.current.px
    card = QFrame()
    card.setProperty("role", "card")
    card.setAccessibleName(title)
    grid = QGridLayout(card)
    grid.setContentsMargins(px(16), px(12), px(16), px(12))
    grid.setHorizontalSpacing(px(16))
    grid.setVerticalSpacing(px(6))
    grid.setColumnStretch(1, 1)
    grid.addWidget(WrappedLabel(title, "label"), 0, 0, 1, 2)
    for at, (key, does) in enumerate(lines, 1):
        cap = plain_label(key, "key")
        cap.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        grid.addWidget(cap, at, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        grid.addWidget(WrappedLabel(does), at, 1)
    return card


def _shown(key: str) -> str:
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


def _plain(words: str) -> str:
    return words.replace("&", "").rstrip("…")


def show_keys(parent: QWidget) -> KeysSheet:
    """Open the sheet of keys."""
    sheet = KeysSheet(parent)
    sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    sheet.open()
    return sheet
