"""A line to type in, and what it finds: a command, an item, a section or a finding, all by keyboard."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPen,
)
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from rls_workup.domain.drug_names import fold_name
from rls_workup.ui import theme
from rls_workup.ui.announcing import announce
from rls_workup.ui.likeness import alike
from rls_workup.ui.plain import one_line, plain_label
from rls_workup.ui.words import say

_MOST = 60
_SEEN = 10
_BESIDE = Qt.ItemDataRole.UserRole
_PLACE = Qt.ItemDataRole.UserRole + 1
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: _SEEN, Qt.Key.Key_PageUp: -_SEEN}


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to choose: its words, what is said beside them, what it does; `also`: a shorter name."""

    words: str
    beside: str
    then: Callable[[], object]
    also: str = ""

    @property
    def sought(self) -> str:
        """All its words, as they are searched."""
        return fold_name(f"{self.also} {self.words} {self.beside}")


class Palette(QFrame):
    """Opens over a widget. Enter does what is marked, Escape closes; the focus goes back to where it was."""

    def __init__(self, entries: Sequence[Entry], asks: str, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "card")
        self.setAccessibleName(asks)
        self._entries = list(entries)
        self._sought = [entry.sought for entry in entries]
        self.line = QLineEdit()
        self.line.setPlaceholderText(asks)
        self.line.setAccessibleName(asks)
        self.line.textChanged.connect(self._search)
        self.line.returnPressed.connect(self._take)
        self.line.installEventFilter(self)
        self.found = _list()
        self.found.itemClicked.connect(self._take)
        self._nothing = plain_label(say("Nothing matches. Try fewer letters."), "hint")
        column = QVBoxLayout(self)
        for part in (self.line, self.found, self._nothing):
            column.addWidget(part)
        self._search("")

    def show_over(self, widget: QWidget) -> None:
        """Open at the top of a widget, with the focus in the line."""
        self.setFixedWidth(min(theme.current.em(44), widget.width()))
        room = widget.window().height() - 3 * self.line.sizeHint().height()
        lines = min(_SEEN, max(1, len(self._entries)), max(1, room // _line_height(self.found)))
        self.found.setFixedHeight(lines * _line_height(self.found))
        self.adjustSize()
        across = (widget.width() - self.width()) // 2
        self.move(widget.mapToGlobal(QPoint(across, theme.current.px(8))))
        self.show()
        self.line.setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = _STEPS.get(Qt.Key(event.key()))
            if step is not None:
                self._step(step)
                return True
        return super().eventFilter(watched, event)

    def _step(self, by: int) -> None:
        last = self.found.count() - 1
        self.found.setCurrentRow(min(max(self.found.currentRow() + by, 0), last))
        marked = self.found.currentItem()
        if marked is not None:
            # The focus stays in the line, so a screen reader would not hear what is marked.
            words = str(marked.data(Qt.ItemDataRole.AccessibleTextRole))
            announce(self.line, words)

    def _search(self, text: str) -> None:
        self.found.clear()
        for at in alike(text, self._sought)[:_MOST]:
            self.found.addItem(_list_item(self._entries[at], at))
        self.found.setCurrentRow(0)
        self._nothing.setVisible(self.found.count() == 0)

    def _take(self, _clicked: QListWidgetItem | None = None) -> None:
        marked = self.found.currentItem()
        if marked is not None:
            entry = self._entries[int(marked.data(_PLACE))]
            self.close()
            entry.then()


def _list() -> QListWidget:
    found = QListWidget()
    found.setAccessibleName(say("Found"))
    found.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    found.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    found.setUniformItemSizes(True)
    found.setItemDelegate(_Lines(found))
    return found


def _list_item(entry: Entry, at: int) -> QListWidgetItem:
    item = QListWidgetItem(one_line(entry.words))
    item.setData(_BESIDE, one_line(entry.beside))
    item.setData(_PLACE, at)
    item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{one_line(entry.words)}, {one_line(entry.beside)}")
    return item


def _line_height(widget: QWidget) -> int:
    return widget.fontMetrics().height() + theme.current.px(14)


class _Lines(QStyledItemDelegate):
    """Words at the left, what is beside them at the right, quieter; too long words end in an ellipsis."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(theme.current.em(10), _line_height(self._view()))

    def _view(self) -> QWidget:
        view = self.parent()
        assert isinstance(view, QWidget)
        return view

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        px, tokens = theme.current.px, theme.current.tokens
        place: QRect = option.rect
        marked = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if marked:
            painter.setBrush(QColor(tokens.accent_bg))
            painter.setPen(QPen(QColor(tokens.accent), 1))
            painter.drawRoundedRect(place.adjusted(1, 1, -1, -1), px(4), px(4))
        painter.setFont(self._view().font())
        room = place.adjusted(px(10), 0, -px(10), 0)
        fonts = self._view().fontMetrics()
        beside = _elided(fonts, str(index.data(_BESIDE)), room.width() // 2)
        left = room.width() - fonts.horizontalAdvance(beside) - px(16)
        painter.setPen(QColor(tokens.muted))
        painter.drawText(room, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), beside)
        painter.setPen(QColor(tokens.text))
        words = _elided(fonts, str(index.data()), left)
        painter.drawText(room, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), words)
        painter.restore()


def _elided(fonts: QFontMetrics, words: str, width: int) -> str:
    return fonts.elidedText(words, Qt.TextElideMode.ElideRight, width)
