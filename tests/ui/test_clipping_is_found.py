"""The check for what is clipped finds it: each fault is planted, and what is right is left alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from clipping import clipped
from pseudo import longer
from PySide6.QtCore import QSize
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot
from screens import settle

from rls_workup.ui import theme
from rls_workup.ui.plain import give_tip

WORDS = "Transferrin saturation since the last visit"


def label(wide: int, high: int, *, wraps: bool = False, words: str = WORDS) -> QWidget:
    made = QLabel(words)
    made.setWordWrap(wraps)
    made.setFixedSize(wide, high)
    return made


def field(wide: int, *, tip: str = "") -> QWidget:
    line = QLineEdit()
    line.setPlaceholderText(WORDS)
    line.setFixedWidth(wide)
    give_tip(line, tip)
    return line


def choice(wide: int) -> QWidget:
    box = QComboBox()
    box.addItem(WORDS)
    box.setFixedWidth(wide)
    return box


def button(wide: int) -> QWidget:
    made = QPushButton(WORDS)
    made.setFixedWidth(wide)
    return made


def table(wide: int, *, heading: str = "When", tip: str = "") -> QWidget:
    tree = QTreeWidget()
    tree.setColumnCount(2)
    tree.setHeaderLabels([heading, "What"])
    line = QTreeWidgetItem([WORDS, "x"])
    line.setToolTip(0, tip)
    tree.addTopLevelItem(line)
    tree.setColumnWidth(0, wide)
    tree.setFixedSize(900, 200)
    return tree


def several_lines(high: int) -> QWidget:
    edit = QPlainTextEdit()
    edit.setPlaceholderText(f"{WORDS} " * 3)
    edit.setFixedSize(300, high)
    return edit


def inside_narrower(make: Callable[[], QWidget]) -> QWidget:
    """A part that sticks out of what holds it."""
    outer = QWidget()
    part = make()
    part.setParent(outer)
    outer.setFixedSize(150, 60)
    return outer


def sideways(wide: int) -> QWidget:
    scroll = QScrollArea()
    scroll.setFixedSize(300, 100)
    part = QWidget()
    part.setMinimumWidth(wide)
    scroll.setWidget(part)
    return scroll


CASES = [
    (lambda: label(600, 30), ""),
    (lambda: label(100, 30), "too small"),
    (lambda: label(600, 8), "too small"),
    (lambda: label(120, 90, wraps=True), ""),
    (lambda: label(120, 20, wraps=True), "too low"),
    (lambda: label(30, 400, wraps=True), "a word too wide"),
    (lambda: label(600, 30, words="At least {shortest} characters"), "a slot left open"),
    (lambda: button(600), ""),
    (lambda: button(100), "too small"),
    (lambda: field(600), ""),
    (lambda: field(100), "too narrow"),
    (lambda: field(100, tip=WORDS), ""),
    (lambda: choice(600), ""),
    (lambda: choice(100), "too narrow"),
    (lambda: table(600), ""),
    (lambda: table(60), "cell too narrow"),
    (lambda: table(60, tip=f"<qt>{WORDS}</qt>"), ""),
    (lambda: table(60, tip=WORDS, heading=WORDS), "heading too narrow"),
    (lambda: several_lines(200), ""),
    (lambda: several_lines(30), "too low"),
    (lambda: inside_narrower(lambda: label(100, 30, words="Iron")), ""),
    (lambda: inside_narrower(lambda: label(600, 30)), "cut off sideways"),
    (lambda: inside_narrower(lambda: label(100, 90, words="Iron")), "cut off below"),
    (lambda: sideways(200), ""),
    (lambda: sideways(600), "scrolls sideways"),
]


@pytest.mark.parametrize(("make", "expected"), CASES, ids=range(len(CASES)))
def test_what_does_not_fit_is_found(
    qtbot: QtBot, dressed: None, make: Callable[[], QWidget], expected: str
) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    host.setFont(theme.current.font())
    QVBoxLayout(host).addWidget(make())
    host.show()
    settle()
    found = {trouble.split(":")[0] for trouble in clipped(host)}
    assert found == ({expected} if expected else set())


def test_a_window_larger_than_asked_is_found(qtbot: QtBot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(1100, 700)
    host.show()
    assert clipped(host, QSize(1100, 700)) == []
    assert clipped(host, QSize(1024, 700)) == ["larger than asked: (1100, 700) of (1024, 700)"]


def test_the_language_that_nobody_speaks_is_longer_and_keeps_its_slots() -> None:
    words = "Haemoglobin and serum iron were not entered on {date}"
    assert longer("Serum iron {date}") == "Séérüüm îîrööññ {date}"
    assert len(longer(words)) > 1.35 * len(words)
