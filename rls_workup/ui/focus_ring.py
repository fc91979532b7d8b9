"""The yellow ring round the field that has the focus, drawn outside it so that the field stays white."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QPushButton, QWidget
from shiboken6 import isValid

from rls_workup.ui import theme

_RINGED = (QLineEdit, QComboBox, QPlainTextEdit, QPushButton)
_WIDTH = 3
_MOVES = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide)


class Ring(QWidget):
    """The ring itself, a neighbour of the widget that it surrounds; takes no clicks."""

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
        self._watched: QWidget | None = None
        self._ring: Ring | None = None
        app.focusChanged.connect(self._follow)
        self._follow(None, app.focusWidget())

    def _follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        if self._watched is not None and isValid(self._watched):
            self._watched.removeEventFilter(self)
        ringed = isinstance(new, _RINGED)
        self._watched = new if ringed else None
        if new is not None and ringed:
            new.installEventFilter(self)
        self._settle()

    def _settle(self) -> None:
        watched = self._watched
        parent = watched.parentWidget() if watched is not None and isValid(watched) else None
        if watched is None or parent is None or not watched.isVisible():
            if self._ring is not None and isValid(self._ring):
                self._ring.hide()
            return
        ring = self._ring_in(parent)
        ring.setGeometry(watched.geometry().adjusted(-_WIDTH, -_WIDTH, _WIDTH, _WIDTH))
        ring.stackUnder(watched)
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
