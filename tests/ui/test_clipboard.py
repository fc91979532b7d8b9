"""What is copied in the program is concealed, and gone after a while unless something else was copied."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from rls_workup.ui.clipboard import CONCEALED, OURS, Concealed


@pytest.fixture
def clipboard(qtbot: QtBot) -> Iterator[QClipboard]:
    found = QGuiApplication.clipboard()
    found.clear()
    yield found
    found.clear()


@pytest.fixture
def watch(clipboard: QClipboard) -> Iterator[Concealed]:
    made = Concealed(clipboard)
    yield made
    made.end()


def test_a_copied_text_is_marked_for_every_history(
    qtbot: QtBot, clipboard: QClipboard, watch: Concealed
) -> None:
    line = QLineEdit("ZZQXSECRET")
    qtbot.addWidget(line)
    line.selectAll()
    line.copy()
    held = clipboard.mimeData()
    assert held.text() == "ZZQXSECRET"
    assert all(held.hasFormat(name) for name in (*CONCEALED, OURS))
    assert not held.hasHtml()
    assert watch._timer.isActive()


def test_it_is_gone_after_its_time(qtbot: QtBot, clipboard: QClipboard, watch: Concealed) -> None:
    watch._timer.setInterval(50)
    clipboard.setText("ZZQXSECRET")
    qtbot.waitUntil(lambda: clipboard.text() == "")


def test_what_somebody_else_put_there_stays(clipboard: QClipboard, watch: Concealed) -> None:
    clipboard.setText("ZZQXSECRET")
    other = QMimeData()
    other.setData("application/x-other", b"1")
    clipboard.setMimeData(other)
    watch.clear()
    assert clipboard.mimeData().hasFormat("application/x-other")


def test_at_the_end_nothing_is_left(clipboard: QClipboard) -> None:
    watch = Concealed(clipboard)
    clipboard.setText("ZZQXSECRET")
    watch.end()
    assert clipboard.text() == ""
