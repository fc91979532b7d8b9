"""Sections in a list, and the one that is chosen beside it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QListWidget, QStackedWidget, QVBoxLayout, QWidget

from rls_workup.ui import theme
from rls_workup.ui.choice_box import ChoiceBox
from rls_workup.ui.scrolled import scrolled
from rls_workup.ui.wrapped import WrappedLabel

_WIDE_EM = 50


class Sectioned(QWidget):
    """The arrow keys go through the sections, Tab goes into the one that is shown."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setProperty("role", "bare")
        self.list, self.pages = QListWidget(), QStackedWidget()
        self.insides: list[QWidget] = []
        self.list.setAccessibleName(name)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.box = ChoiceBox()
        self.box.setAccessibleName(name)
        self.list.currentRowChanged.connect(self.pages.setCurrentIndex)
        self.list.currentRowChanged.connect(self.box.setCurrentIndex)
        self.box.activated.connect(self.list.setCurrentRow)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.current.px(16))
        self._row.addWidget(self.list)
        self._row.addWidget(self.box)
        self._row.addWidget(self.pages, 1)
        self.box.hide()

    def add(self, title: str, gap: int, parts: Sequence[QWidget], *, keys_scroll: bool = False) -> None:
        """One more section; `keys_scroll` where there is nothing in it that takes the focus."""
        px = theme.current.px
        inside = _Section()
        column = QVBoxLayout(inside)
        column.setContentsMargins(px(4), px(4), px(12), px(8))  # the focus ring is drawn outside its field
        column.setSpacing(px(gap))
        column.addWidget(WrappedLabel(title, "title"))
        for part in parts:
            column.addWidget(part)
        column.addStretch(1)
        area = scrolled(inside, title)
        if keys_scroll:
            area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.insides.append(inside)
        self.list.addItem(title)
        self.box.addItem(title)
        self.pages.addWidget(area)
        self.list.setFixedWidth(self.list.sizeHintForColumn(0) + px(40))
        self.list.setCurrentRow(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow, the list becomes a box above the section."""
        super().resizeEvent(event)
        narrow = self.width() < theme.current.em(_WIDE_EM)
        if narrow is not self.box.isHidden():
            return
        way = QBoxLayout.Direction
        self._row.setDirection(way.TopToBottom if narrow else way.LeftToRight)
        had_focus = self.list.hasFocus() or self.box.hasFocus()
        self.list.setVisible(not narrow)
        self.box.setVisible(narrow)
        if had_focus:
            (self.box if narrow else self.list).setFocus()

    def height_for(self, width: int) -> int:
        """How high the tallest section is where all of this is so wide."""
        beside = self.list.width() + theme.current.px(34)
        return max(_height_of(inside, width - beside) for inside in self.insides)


class _Section(QWidget):
    """As high as its words are at its width; wrapped labels alone would ask for more."""

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), 0)


def _height_of(inside: QWidget, width: int) -> int:
    layout, hint = inside.layout(), inside.sizeHint().height()
    return max(layout.totalHeightForWidth(width), hint) if layout else hint
