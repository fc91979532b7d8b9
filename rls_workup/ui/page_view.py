"""The pages of a paper under each other, or the text of a note: moved by keys, at the size that is wanted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget

from rls_workup.domain.wording import word
from rls_workup.ui import theme
from rls_workup.ui.plain import plain_label
from rls_workup.ui.words import say

FIT_WIDTH, FIT_PAGE = 0, -1
ZOOMS: Final = (
    (FIT_WIDTH, word("Fit width")),
    (FIT_PAGE, word("Whole page")),
    *((percent, f"{percent} %") for percent in (75, 100, 125, 150, 200)),
)
_SELECTABLE = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
_INCHES: Final = {"a4": (8.27, 11.69), "letter": (8.5, 11.0)}
_FINEST_DPI: Final = 250
_CONTROL = Qt.KeyboardModifier.ControlModifier


class PageView(QScrollArea):
    """`moved` tells which page is shown, `dragged` that one is pulled away, `zoomed` how many steps larger it
    is wanted, `resized` that the room changed."""

    moved = Signal(int)
    resized = Signal()
    dragged = Signal()
    zoomed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pressed: QPoint | None = None
        self._pages: list[QWidget] = []
        self._ground = QWidget()
        self._ground.setProperty("role", "page")
        self._column = QVBoxLayout(self._ground)
        self._column.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.setWidget(self._ground)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setAccessibleName(say("Pages of the sheet"))
        self.verticalScrollBar().valueChanged.connect(self._tell_page)
        # Pages find their places later than they are shown, and the view its height.
        self.verticalScrollBar().rangeChanged.connect(lambda _least, _most: self._tell_page())
        self.dress()

    def dress(self) -> None:
        """Lengths for the text size in use."""
        self.setMinimumHeight(theme.current.em(4))
        gap = theme.current.px(16)
        self._column.setContentsMargins(gap, gap, gap, gap)
        self._column.setSpacing(gap)

    def dpi(self, zoom: int, paper: str) -> float:
        """How many dots an inch has at this size of this paper, on this screen."""
        ratio, (wide, high) = self.devicePixelRatioF(), _INCHES[paper]
        if zoom > 0:
            return 96 * ratio * zoom / 100
        margins = 2 * theme.current.px(16) + 2
        fit = (self.viewport().width() - margins) / wide
        if zoom == FIT_PAGE:
            fit = min(fit, (self.viewport().height() - margins) / high)
        return min(max(fit, 24) * ratio, _FINEST_DPI)

    def show_pages(self, pictures: Sequence[QImage]) -> None:
        """Show these pages, at the place where the ones before stood."""
        bar = self.verticalScrollBar()
        part = bar.value() / max(1, bar.maximum())
        self._clear()
        for number, picture in enumerate(pictures, 1):
            self._add(self._page(QPixmap.fromImage(picture), number, len(pictures)))
        for page in self._pages:
            page.show()
        # Else the pages have no place before the next turn of the loop, and the bar no range.
        QApplication.sendPostedEvents(self._ground, QEvent.Type.LayoutRequest.value)
        self._column.activate()
        bar.setValue(round(part * bar.maximum()))
        self._tell_page()

    def show_note(self, text: str) -> None:
        """Show a text as it will be pasted."""
        self._clear()
        page = plain_label(text, role="note", parent=self._ground)  # its letters before it is measured
        room = self.viewport().width() - 2 * theme.current.px(16) - 2
        page.ensurePolished()
        if page.sizeHint().width() > room:
            page.setWordWrap(True)
            page.setFixedWidth(room)
        page.setTextInteractionFlags(_SELECTABLE)
        page.setAccessibleName(say("Note"))
        self._add(page)

    def count(self) -> int:
        """How many pages are shown; a note is one."""
        return len(self._pages)

    def _clear(self) -> None:
        for page in self._pages:
            self._column.removeWidget(page)
            page.hide()
            page.deleteLater()
        self._pages = []

    def _add(self, page: QWidget) -> None:
        self._pages.append(page)
        self._column.addWidget(page)

    def _page(self, picture: QPixmap, number: int, count: int) -> QWidget:
        picture.setDevicePixelRatio(self.devicePixelRatioF())
        page = plain_label()
        page.setPixmap(picture)
        page.setFixedSize(picture.deviceIndependentSize().toSize())
        page.setAccessibleName(say("Page {number} of {count}", number=number, count=count))
        return page

    def at(self) -> int:
        """The page, from 1, that the middle of the view shows."""
        middle = self.verticalScrollBar().value() + self.viewport().height() // 2
        above = sum(page.y() <= middle for page in self._pages)
        return min(max(above, 1), max(len(self._pages), 1))

    def to_page(self, number: int) -> None:
        """Bring the beginning of a page to the top; the nearest where there is no such page."""
        if self._pages:
            page = self._pages[min(max(number, 1), len(self._pages)) - 1]
            self.verticalScrollBar().setValue(page.y() - self._column.spacing())

    def _tell_page(self) -> None:
        self.moved.emit(self.at())

    def moved_by(self, event: QKeyEvent) -> bool:
        """Whether the key was one that moves through the pages: as in every reader of PDFs."""
        key, bar = event.key(), self.verticalScrollBar()
        control = bool(event.modifiers() & _CONTROL)
        step = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}.get(Qt.Key(key), 0)
        if key == Qt.Key.Key_Home:
            bar.setValue(0)
        elif key == Qt.Key.Key_End:
            bar.setValue(bar.maximum())
        elif step and control:
            self.to_page(self.at() + step)
        elif step:
            bar.setValue(bar.value() + step * bar.pageStep())
        else:
            return False
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.moved_by(event):
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & _CONTROL and event.angleDelta().y():
            self.zoomed.emit(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
            return
        super().wheelEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        way = event.position().toPoint() - self._pressed
        if way.manhattanLength() >= QApplication.startDragDistance():
            self._pressed = None
            self.dragged.emit()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self._pressed = None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell_page()
        self.resized.emit()
