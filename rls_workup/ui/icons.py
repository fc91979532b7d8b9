"""The drawn signs of resources/icons, tinted with a colour of the theme."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from rls_workup.resources import folder
from rls_workup.ui import theme


def icon(name: str, token: str = "text", em: float = 1.3, *, disabled: bool = False) -> QIcon:
    """The sign `name` in the colour of `token`; with `disabled`, also paler for when its button is off.

    Ask again when the theme changes.
    """
    app = QGuiApplication.instance()
    ratio = app.devicePixelRatio() if isinstance(app, QGuiApplication) else 1.0
    made = QIcon(pixmap(name, token, em, ratio))
    if disabled:
        made.addPixmap(pixmap(name, "field_border", em, ratio), QIcon.Mode.Disabled)
    return made


def pixmap(name: str, token: str = "text", em: float = 1.3, ratio: float = 1.0) -> QPixmap:
    """The sign `name` as a square picture `em` high, for a screen of that many device pixels a pixel."""
    return _painted(name, str(getattr(theme.current.tokens, token)), theme.current.em(em), ratio)


@lru_cache(maxsize=512)
def _painted(name: str, colour: str, side: int, ratio: float) -> QPixmap:
    drawing = _source(name).replace(b"currentColor", colour.encode())
    picture = QPixmap(round(side * ratio), round(side * ratio))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(drawing)).render(painter, QRectF(0, 0, side * ratio, side * ratio))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


@lru_cache(maxsize=128)
def _source(name: str) -> bytes:
    return folder("icons", f"{name}.svg").read_bytes()
