"""The work-up screen dressed as in the window, and what it shows that does not fit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QStyle,
    QStyleOptionComboBox,
    QStyleOptionFrame,
    QVBoxLayout,
    QWidget,
)
from smallprotocol import TODAY

from rls_workup.domain.protocol import Protocol
from rls_workup.domain.workup import Answer, State, Workup
from rls_workup.exchange.workup_file import read_workup
from rls_workup.protocols import load_protocol
from rls_workup.resources import folder
from rls_workup.ui import theme
from rls_workup.ui.session import Session
from rls_workup.ui.stylesheet import style_sheet
from rls_workup.ui.workup_screen import WorkupScreen


@cache
def shipped() -> Protocol:
    return load_protocol()


@cache
def sample() -> Workup:
    """The shipped sample patient, with one answer that cannot be read and one that is unusual."""
    workup = read_workup(folder("sample", "brown-margaret.rlsworkup"), shipped())
    unreadable = Answer(
        "12 pmol/mL", State.REJECTED, reason="Folate is not measured in “pmol/mL”. Choose another."
    )
    workup = workup.answered("folate", unreadable)
    return replace(workup.answered("crp", Answer(900, unit="mg/L")), sample=True)


class Host(QWidget):
    """A window that holds nothing but the screen, dressed like the program's own."""

    def __init__(self) -> None:
        super().__init__()
        self.screen = WorkupScreen()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.screen)
        self._dress()
        theme.current.changed.connect(self._dress)

    def _dress(self) -> None:
        QApplication.setFont(theme.current.font())
        QApplication.setPalette(theme.current.palette())
        self.setStyleSheet(style_sheet(theme.current))

    def show_workup(
        self, protocol: Protocol, workup: Workup, width: int = 1280, height: int = 720
    ) -> Session:
        session = Session(protocol, workup, lambda: TODAY, self)
        self.resize(width, height)
        self.show()
        self.screen.show_session(session)
        settle()
        return session


def settle() -> None:
    """Let the layouts come to rest."""
    for _turn in range(4):
        QApplication.processEvents()


def clipped(root: QWidget) -> list[str]:
    """Every label, button and field on the screen whose words do not fit, with where it is."""
    return [
        trouble
        for widget in root.findChildren(QWidget)
        if widget.isVisible()
        for trouble in _clips(widget, root)
    ]


def _clips(widget: QWidget, root: QWidget) -> Iterator[str]:
    words = _words(widget)
    if not words:
        return
    if isinstance(widget, QLabel) and widget.wordWrap():
        if widget.height() < widget.heightForWidth(widget.width()):
            yield f"too low: {words!r} {widget.size().toTuple()}"
        if _longest_word(widget) > widget.width():
            yield f"a word too wide: {words!r} {widget.size().toTuple()}"
    elif isinstance(widget, (QLabel, QPushButton)):
        # A button may give up most of its padding before its words suffer.
        spare = theme.current.px(24) if isinstance(widget, QPushButton) else 0
        hint = widget.sizeHint()
        if widget.width() < hint.width() - spare or widget.height() < hint.height():
            yield f"too small: {words!r} {widget.size().toTuple()} wants {hint.toTuple()}"
    elif isinstance(widget, (QLineEdit, QComboBox)):
        room, wanted = _room(widget), widget.fontMetrics().horizontalAdvance(words)
        if wanted > room:
            yield f"too narrow: {words!r} {wanted} of {room}"
    yield from _cut_off(widget, root, words)


def _words(widget: QWidget) -> str:
    if isinstance(widget, (QLabel, QPushButton)):
        return widget.text()
    if isinstance(widget, QLineEdit):
        return widget.placeholderText() if not widget.text() else ""
    return widget.currentText() if isinstance(widget, QComboBox) else ""


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
    inside = style.subElementRect(QStyle.SubElement.SE_LineEditContents, frame, widget)
    return inside.width() - 2 * 2  # the margin that QLineEdit keeps at either side


def _longest_word(label: QLabel) -> int:
    return max((label.fontMetrics().horizontalAdvance(word) for word in label.text().split()), default=0)


def _cut_off(widget: QWidget, root: QWidget, words: str) -> Iterator[str]:
    """Whether a parent cuts the widget off: sideways anywhere, downwards where nothing scrolls."""
    parent = widget.parentWidget()
    while parent is not None and parent is not root:
        place = QRect(widget.mapTo(parent, QPoint(0, 0)), widget.size())
        scrolls = isinstance(parent.parentWidget(), QScrollArea)
        inside = parent.rect()
        if place.left() < inside.left() or place.right() > inside.right():
            yield f"cut off sideways: {words!r} by {type(parent).__name__} {place.getRect()} {inside.getRect()}"
            return
        if not scrolls and (place.top() < inside.top() or place.bottom() > inside.bottom()):
            yield f"cut off below: {words!r} by {type(parent).__name__} {place.getRect()} {inside.getRect()}"
            return
        if scrolls:
            return
        parent = parent.parentWidget()
