"""Sections in a list, and the one that is chosen beside it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QStackedWidget, QVBoxLayout, QWidget

from rls_workup.ui import theme
from rls_workup.ui.plain import plain_label
from rls_workup.ui.scrolled import scrolled


class Sectioned(QWidget):
    """The arrow keys go through the sections, Tab goes into the one that is shown."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setProperty("role", "bare")
        self.list, self.pages = QListWidget(), QStackedWidget()
        self.insides: list[QWidget] = []
        self.list.setAccessibleName(name)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentRowChanged.connect(self.pages.setCurrentIndex)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.current.px(16))
        row.addWidget(self.list)
        row.addWidget(self.pages, 1)

    def add(self, title: str, gap: int, parts: Sequence[QWidget], *, keys_scroll: bool = False) -> None:
        """One more section; `keys_scroll` where there is nothing in it that takes the focus."""
        px = theme.current.px
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(px(4), px(4), px(12), px(8))  # the focus ring is drawn outside its field
        column.setSpacing(px(gap))
        column.addWidget(plain_label(title, "title"))
        for part in parts:
            column.addWidget(part)
        column.addStretch(1)
        area = scrolled(inside, title)
        if keys_scroll:
            area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.insides.append(inside)
        self.list.addItem(title)
        self.pages.addWidget(area)
        self.list.setFixedWidth(self.list.sizeHintForColumn(0) + px(40))
        self.list.setCurrentRow(0)

    def height_for(self, width: int) -> int:
        """How high the tallest section is where all of this is so wide."""
        beside = self.list.width() + theme.current.px(34)
        return max(_height_of(inside, width - beside) for inside in self.insides)


def _height_of(inside: QWidget, width: int) -> int:
    layout, hint = inside.layout(), inside.sizeHint().height()
    return max(layout.totalHeightForWidth(width), hint) if layout else hint
