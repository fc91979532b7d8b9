"""What a screen shows that does not fit: words cut off, cells too narrow, a window wider than asked, slots left open."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from PySide6.QtCore import QModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenuBar,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QScrollBar,
    QStyle,
    QStyleOptionComboBox,
    QStyleOptionFrame,
    QStyleOptionViewItem,
    QTableView,
    QToolButton,
    QTreeView,
    QWidget,
)

from rls_workup.ui import theme

_SLOT = re.compile(r"\{[a-z_]*\}")
_BUTTONS = (QPushButton, QCheckBox, QRadioButton, QToolButton)
_FIELD_MARGIN = 2  # that QLineEdit keeps at either side


def clipped(root: QWidget, asked: QSize | None = None) -> list[str]:
    """Everything on the screen whose words do not fit, with where it is; `asked`: the size it was to have."""
    found = list(_too_large(root, asked)) if asked is not None else []
    for widget in [root, *root.findChildren(QWidget)]:
        if widget.isVisible():
            found += _clips(widget, root)
    return list(dict.fromkeys(found))


def _too_large(root: QWidget, asked: QSize) -> Iterator[str]:
    if root.width() > asked.width() or root.height() > asked.height():
        yield f"larger than asked: {root.size().toTuple()} of {asked.toTuple()}"


def _clips(widget: QWidget, root: QWidget) -> Iterator[str]:
    if isinstance(widget, QAbstractItemView):
        yield from _cells(widget)
    if isinstance(widget, QScrollBar):
        yield from _sideways(widget)
    words = _words(widget)
    if not words:
        return
    if _SLOT.search(words):
        yield f"a slot left open: {words!r}"
    if isinstance(widget, QLabel) and widget.wordWrap():
        yield from _wrapped(widget, words)
    elif isinstance(widget, (QLabel, *_BUTTONS, QMenuBar)):
        yield from _too_small(widget, words)
    elif isinstance(widget, (QLineEdit, QComboBox)):
        room, wanted = _room(widget), widget.fontMetrics().horizontalAdvance(words)
        if wanted > room and not _told_in_full(widget, words):
            yield f"too narrow: {words!r} {wanted} of {room}"
    elif isinstance(widget, QPlainTextEdit):
        yield from _placeholder(widget, words)
    yield from _cut_off(widget, root, words)


def _words(widget: QWidget) -> str:
    if isinstance(widget, (QLabel, QAbstractButton)):
        return widget.text()
    if isinstance(widget, QLineEdit):
        return widget.placeholderText() if not widget.text() else ""
    if isinstance(widget, QPlainTextEdit):
        return widget.placeholderText() if not widget.toPlainText() else ""
    if isinstance(widget, QMenuBar):
        return " ".join(action.text() for action in widget.actions())
    return (widget.currentText() or widget.placeholderText()) if isinstance(widget, QComboBox) else ""


def _wrapped(label: QLabel, words: str) -> Iterator[str]:
    if label.height() < label.heightForWidth(label.width()):
        yield f"too low: {words!r} {label.size().toTuple()} wants {label.heightForWidth(label.width())}"
    inner = label.contentsRect().width()
    if _longest_word(label) > inner:
        yield f"a word too wide: {words!r} {label.size().toTuple()}"


def _longest_word(label: QLabel) -> int:
    return max(
        (label.fontMetrics().horizontalAdvance(word) for word in re.split(r"\s+|(?<=-)", label.text())),
        default=0,
    )


def _too_small(widget: QWidget, words: str) -> Iterator[str]:
    # A button may give up most of its padding before its words suffer.
    spare = theme.current.px(24) if isinstance(widget, QPushButton) else 0
    hint = widget.sizeHint()
    if widget.width() < hint.width() - spare or widget.height() < hint.height():
        yield f"too small: {words!r} {widget.size().toTuple()} wants {hint.toTuple()}"


def _room(widget: QLineEdit | QComboBox) -> int:
    """The pixels that a field leaves for its text: without border and padding, and a box without its arrow."""
    style = widget.style()
    if isinstance(widget, QComboBox):
        box = QStyleOptionComboBox()
        widget.initStyleOption(box)
        part = QStyle.SubControl.SC_ComboBoxEditField
        return style.subControlRect(QStyle.ComplexControl.CC_ComboBox, box, part, widget).width()
    frame = QStyleOptionFrame()
    widget.initStyleOption(frame)
    inside = style.subElementRect(QStyle.SubElement.SE_LineEditContents, frame, widget).width()
    signs = sum(button.width() for button in widget.findChildren(QToolButton) if button.isVisible())
    return inside - 2 * _FIELD_MARGIN - signs


def _told_in_full(widget: QWidget, words: str) -> bool:
    """Whether what is cut short on purpose stands in full in a tip."""
    return words in html.unescape(widget.toolTip())


def _placeholder(edit: QPlainTextEdit, words: str) -> Iterator[str]:
    room = edit.viewport().width() - 2 * int(edit.document().documentMargin())
    needed = edit.fontMetrics().boundingRect(QRect(0, 0, room, 10_000), Qt.TextFlag.TextWordWrap, words)
    if needed.height() > edit.viewport().height():
        yield f"too low: {words!r} {edit.size().toTuple()}"


def _sideways(bar: QScrollBar) -> Iterator[str]:
    if bar.orientation() is Qt.Orientation.Horizontal and bar.maximum() > bar.minimum():
        yield f"scrolls sideways: {type(bar.parentWidget().parentWidget()).__name__}"


def _cut_off(widget: QWidget, root: QWidget, words: str) -> Iterator[str]:
    """Whether a parent cuts the widget off: sideways anywhere, downwards where nothing scrolls."""
    parent = widget.parentWidget()
    while parent is not None and widget is not root:
        place = QRect(widget.mapTo(parent, QPoint(0, 0)), widget.size())
        scrolls = isinstance(parent.parentWidget(), QScrollArea)
        inside = parent.rect()
        if place.left() < inside.left() or place.right() > inside.right():
            yield f"cut off sideways: {words!r} by {type(parent).__name__} {place.getRect()} {inside.getRect()}"
            return
        if not scrolls and (place.top() < inside.top() or place.bottom() > inside.bottom()):
            yield f"cut off below: {words!r} by {type(parent).__name__} {place.getRect()} {inside.getRect()}"
            return
        if scrolls or parent is root:
            return
        parent = parent.parentWidget()


def _cells(view: QAbstractItemView) -> Iterator[str]:
    """The cells and headings of a table, a tree or a list that are narrower than their words."""
    header = _header(view)
    if isinstance(view, QHeaderView) or view.model() is None:
        return
    # A list has one column, and says so to nobody.
    for column in range(header.count() if header is not None else 1):
        if header is not None and header.isSectionHidden(column):
            continue
        if header is not None and header.isVisible():
            yield from _heading(header, column)
        for row in range(view.model().rowCount()):
            yield from _cell(view, view.model().index(row, column))


def _header(view: QAbstractItemView) -> QHeaderView | None:
    if isinstance(view, QTableView):
        return view.horizontalHeader()
    return view.header() if isinstance(view, QTreeView) else None


def _heading(header: QHeaderView, column: int) -> Iterator[str]:
    words = str(header.model().headerData(column, Qt.Orientation.Horizontal) or "")
    wanted, room = header.sectionSizeFromContents(column).width(), header.sectionSize(column)
    if header.isSortIndicatorShown() and header.sortIndicatorSection() != column:
        wanted -= header.style().pixelMetric(QStyle.PixelMetric.PM_HeaderMarkSize, None, header)
    if words and wanted > room:
        yield f"heading too narrow: {words!r} {wanted} of {room}"


def _cell(view: QAbstractItemView, index: QModelIndex) -> Iterator[str]:
    words, place = str(index.data() or ""), view.visualRect(index)
    if not words or not place.isValid() or not view.viewport().rect().intersects(place):
        return
    if _SLOT.search(words):
        yield f"a slot left open: {words!r}"
    option = QStyleOptionViewItem()
    view.initViewItemOption(option)
    option.rect = place
    wanted = view.itemDelegateForIndex(index).sizeHint(option, index)
    if wanted.width() > place.width() and not _told_in_a_tip(index, words):
        yield f"cell too narrow: {words!r} {wanted.width()} of {place.width()}"
    if wanted.height() > place.height():
        yield f"cell too low: {words!r} {wanted.height()} of {place.height()}"


def _told_in_a_tip(index: QModelIndex, words: str) -> bool:
    """Whether a cell that is cut short on purpose tells its words in full."""
    return words in html.unescape(str(index.data(Qt.ItemDataRole.ToolTipRole) or ""))
