"""The choices above the preview, and what can be done with the paper; in more lines on a narrow window."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from PySide6.QtCore import QPoint, QSize, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from rls_workup.ui import icons, theme
from rls_workup.ui.choice_box import ChoiceBox
from rls_workup.ui.flow import FlowLayout
from rls_workup.ui.page_view import ZOOMS
from rls_workup.ui.paper_making import KINDS, languages_of_papers
from rls_workup.ui.paper_options import PaperOptions
from rls_workup.ui.plain import give_tip, plain_label, restyle
from rls_workup.ui.print_line import PrintLine
from rls_workup.ui.settings import Settings
from rls_workup.ui.settings_sections import PAPERS
from rls_workup.ui.tongues import Tongues
from rls_workup.ui.words import say

_SIGNS: Final = (
    ("print_button", "printer", "on_accent"),
    ("save_button", "download", "text"),
    ("open_button", "external-link", "text"),
    ("copy_button", "copy", "text"),
    ("drag_button", "file-text", "text"),
    ("sign_button", "pencil", "text"),
    ("back_button", "arrow-left", "text"),
)


class DragButton(QPushButton):
    """A button that is pulled away with the mouse; `dragged` tells when."""

    dragged = Signal()

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self._pressed: QPoint | None = None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self._pressed = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        if self._pressed is None:
            return
        way = event.position().toPoint() - self._pressed
        if way.manhattanLength() >= QApplication.startDragDistance():
            self._pressed = None
            self.setDown(False)
            self.dragged.emit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pressed = None
        super().mouseReleaseEvent(event)


class PreviewBar(QFrame):
    """Only arranged here; the preview connects it."""

    def __init__(self, settings: Settings, tongues: Tongues, moved_by: Callable[[QKeyEvent], bool]) -> None:
        """`moved_by`: whether a key that nothing here wants moves the pages."""
        super().__init__()
        self._moved_by = moved_by
        self.setProperty("role", "bar")
        self.kind = _choices(say("Kind of sheet"), KINDS)
        self.language = _choices(say("Language of the paper"), languages_of_papers(tongues.own))
        self.paper = _choices(say("Paper"), PAPERS)
        self.paper.setCurrentIndex(max(0, self.paper.findData(settings.paper)))
        self.zoom = _choices(say("Size"), ZOOMS)
        self.standing = plain_label(role="chip")
        self.page = plain_label(role="muted")
        self.print_button = _button(say("Pri&nt…"), "primary")
        self.save_button = _button(say("S&ave…"), "")
        self.open_button = _button(say("&Open"), "")
        give_tip(self.open_button, say("Opens it in the program that this computer has for PDF."))
        self.copy_button = _button(say("&Copy note"), "")
        self.drag_button = DragButton(say("&Drag out"))
        give_tip(self.drag_button, say("Pull this, or a page, to a folder, an e-mail or another program."))
        self.sign_button = _button(say("&Sign…"), "")
        self.back_button = _button(say("&Back"), "flat")
        self.options = PaperOptions(settings.carries_data)
        self.printing = PrintLine()
        self._column = QVBoxLayout(self)
        self._arrange()
        theme.current.changed.connect(self.dress)
        self.dress()

    def _arrange(self) -> None:
        top, below = QHBoxLayout(), FlowLayout()
        for part in (self.back_button, None, self.sign_button, self.print_button):
            top.addStretch(1) if part is None else top.addWidget(part)
        for choice in (self.standing, self.kind, self.language, self.paper, self.zoom, self.page):
            below.addWidget(choice)
        for button in (self.save_button, self.open_button, self.copy_button, self.drag_button):
            below.addWidget(button)
        self._column.addLayout(top)
        self._column.addLayout(below)
        self._column.addWidget(self.options)
        self._column.addWidget(self.printing)

    def dress(self) -> None:
        """Lengths and signs for the look and text size in use."""
        px = theme.current.px
        self._column.setContentsMargins(px(12), px(8), px(12), px(8))
        self._column.setSpacing(px(8))
        for button, sign, colour in _SIGNS:
            getattr(self, button).setIcon(icons.icon(sign, colour, disabled=True))
            getattr(self, button).setIconSize(QSize(theme.current.em(1.15), theme.current.em(1.15)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._moved_by(event):
            super().keyPressEvent(event)

    def offer(self, *, ready: bool, note: bool, signable: bool) -> None:
        """Only what can be done now: with nothing that is not on the screen yet, with a note no printing."""
        self.paper.setVisible(not note)
        self.zoom.setVisible(not note)
        self.page.setVisible(not note)
        self.open_button.setVisible(not note)
        self.print_button.setEnabled(ready and not note and not self.printing.busy)
        for button in (self.save_button, self.open_button, self.copy_button, self.drag_button):
            button.setEnabled(ready)
        self.sign_button.setVisible(signable)


def _choices(name: str, offered: Iterable[tuple[object, str]]) -> ChoiceBox:
    box = ChoiceBox()
    box.setAccessibleName(name)
    for value, words in offered:
        box.addItem(say(words), value)
    return box


def _button(words: str, role: str) -> QPushButton:
    button = QPushButton(words)
    restyle(button, role=role)
    return button
