"""The yellow ring round the field that has the focus, drawn outside it so that the field stays white."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)
from shiboken6 import isValid

from rls_workup.ui import theme

_RINGED = (QLineEdit, QComboBox, QPlainTextEdit, QPushButton)
_WIDTH = 3
_MOVES = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide)


class Ring(QWidget):
    """The ring itself, behind the widget that it surrounds; takes no clicks."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.current.tokens.focus), _WIDTH))
        inset = _WIDTH / 2
        radius = theme.current.px(6) + inset
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), radius, radius)
        painter.end()


class FocusRing(QObject):
    """Follows the focus through all windows of the program."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._watched: list[QWidget] = []
        self._ring: Ring | None = None
        app.focusChanged.connect(self._follow)
        self._follow(None, app.focusWidget())

    def _follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        self._watch([new] if isinstance(new, _RINGED) else [])
        self._settle()

    def _watch(self, widgets: list[QWidget]) -> None:
        for before in self._watched:
            if isValid(before):
                before.removeEventFilter(self)
        self._watched = widgets
        for widget in widgets:
            widget.installEventFilter(self)

    def _settle(self) -> None:
        watched = self._watched[0] if self._watched and isValid(self._watched[0]) else None
        if watched is None or watched.parentWidget() is None or not watched.isVisible():
            if self._ring is not None and isValid(self._ring):
                self._ring.hide()
            return
        chain, place = _room_for_ring(watched)
        self._watch(chain[:-1])
        ring = self._ring_in(chain[-1])
        ring.setGeometry(place)
        ring.stackUnder(chain[-2])
        ring.show()

    def _ring_in(self, parent: QWidget) -> Ring:
        # A form that is deleted takes the ring among its children with it; then there is a new one.
        if self._ring is None or not isValid(self._ring):
            self._ring = Ring(parent)
        elif self._ring.parentWidget() is not parent:
            self._ring.setParent(parent)
        return self._ring

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _MOVES:
            self._settle()
        return False


def _room_for_ring(widget: QWidget) -> tuple[list[QWidget], QRect]:
    """The widget and what holds it, up to the first with room for the ring, and the ring's place in that.

    Never beyond what scrolls: a ring outside of that would stay when the field is scrolled away.
    """
    around = widget.rect().adjusted(-_WIDTH, -_WIDTH, _WIDTH, _WIDTH)
    chain, place = [widget], around
    for parent in _holders(widget):
        chain.append(parent)
        place = around.translated(widget.mapTo(parent, QPoint(0, 0)))
        if parent.rect().contains(place):
            break
    return chain, place


def _holders(widget: QWidget) -> Iterator[QWidget]:
    """What holds the widget, from the inside out, to the window or what is scrolled."""
    parent = widget.parentWidget()
    while parent is not None:
        yield parent
        above = None if parent.isWindow() else parent.parentWidget()
        scrolled = above is not None and isinstance(above.parentWidget(), QAbstractScrollArea)
        parent = None if scrolled else above
