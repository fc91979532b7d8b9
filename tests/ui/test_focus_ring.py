"""The ring round the field in focus is seen whole, however closely its neighbours hold the field."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from rls_workup.ui.focus_ring import FocusRing, Ring


@pytest.fixture
def dialog(qtbot: QtBot, qapp: QApplication) -> QDialog:
    FocusRing(qapp).setParent(dialog := QDialog())
    qtbot.addWidget(dialog)
    return dialog


def seen(dialog: QDialog) -> bool:
    """Whether the ring surrounds what has the focus, and nothing that holds it cuts it off."""
    ring, focused = dialog.findChild(Ring), dialog.focusWidget()
    if ring is None or focused is None:
        return False
    around = focused.rect().translated(focused.mapTo(dialog, QPoint(0, 0))).adjusted(-3, -3, 3, 3)
    there = ring.rect().translated(ring.mapTo(dialog, QPoint(0, 0)))
    return ring.isVisible() and there == around and ring.visibleRegion().boundingRect() == ring.rect()


def test_the_ring_of_a_button_in_a_close_row_is_whole(dialog: QDialog, qtbot: QtBot) -> None:
    column, row = QVBoxLayout(dialog), QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    column.addWidget(row)
    dialog.show()
    dialog.activateWindow()
    button = row.button(QDialogButtonBox.StandardButton.Close)
    button.setFocus()
    qtbot.waitUntil(lambda: seen(dialog))
    dialog.resize(dialog.width() + 80, dialog.height() + 40)
    qtbot.waitUntil(lambda: seen(dialog))


def test_the_ring_of_a_field_that_scrolls_goes_with_it(dialog: QDialog, qtbot: QtBot) -> None:
    area, inside, field = QScrollArea(), QWidget(), QLineEdit()
    inside.setFixedSize(300, 2000)
    field.setParent(inside)
    field.move(0, 100)
    area.setWidget(inside)
    QVBoxLayout(dialog).addWidget(area)
    dialog.show()
    dialog.activateWindow()
    field.setFocus()
    qtbot.waitUntil(lambda: bool(dialog.findChildren(Ring)))
    (ring,) = dialog.findChildren(Ring)
    assert ring.parentWidget() is inside
    area.verticalScrollBar().setValue(1500)
    assert ring.visibleRegion().isEmpty()
