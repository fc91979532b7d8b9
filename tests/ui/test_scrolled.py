"""What gives way on a low window stands whole where there is room."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QListWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from rls_workup.ui.scrolled import GivesWay
from rls_workup.ui.wrapped import WrappedLabel

WORDS = "Asked once; Settings changes it at any time."


@pytest.mark.parametrize(
    ("width", "height", "scrolls"), [(800, 500, False), (200, 900, False), (400, 90, True)]
)
def test_it_scrolls_only_where_the_window_is_low(
    qtbot: QtBot, dressed: None, width: int, height: int, scrolls: bool
) -> None:
    window, inside, way = QWidget(), QWidget(), GivesWay()
    qtbot.addWidget(window)
    inner = QVBoxLayout(inside)
    for _ in range(3):
        inner.addWidget(WrappedLabel(WORDS, "label"))
    way.hold(inside)
    column, rest = QVBoxLayout(window), QListWidget()
    rest.setMinimumHeight(40)
    column.addWidget(way)
    column.addWidget(rest)
    window.resize(width, height)
    window.show()
    qtbot.waitUntil(lambda: (way.verticalScrollBar().maximum() > 0) is scrolls)
