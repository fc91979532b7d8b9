"""Text of people and files is shown letter by letter, and only plain.py makes what could do otherwise."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

import rls_workup.ui
from rls_workup.ui.plain import mnemonic_safe, one_line, plain_box, plain_label, tip, visible

UI = Path(rls_workup.ui.__file__).parent
SOURCES = sorted(path for path in UI.rglob("*.py") if path.name != "plain.py")
FORBIDDEN = {
    "QLabel",
    "QMessageBox",
    "MessageBox",
    "QSpinBox",
    "QDoubleSpinBox",
    "QDateEdit",
    "QTimeEdit",
    "QDateTimeEdit",
    "QSlider",
    "QTextEdit",
    "QTextBrowser",
    "QErrorMessage",
    "QInputDialog",
    "QProgressDialog",
    "QDoubleValidator",
}


def _called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def _wrapped(node: ast.expr) -> bool:
    if isinstance(node, ast.IfExp):
        return _wrapped(node.body) and _wrapped(node.orelse)
    if isinstance(node, ast.Constant):
        return node.value == ""
    return isinstance(node, ast.Call) and _called(node) == "tip"


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.name)
def test_no_widget_that_guesses_is_made_elsewhere(source: Path) -> None:
    calls = [node for node in ast.walk(ast.parse(source.read_text("utf-8"))) if isinstance(node, ast.Call)]
    assert [(_called(call), call.lineno) for call in calls if _called(call) in FORBIDDEN] == []


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.name)
def test_every_tooltip_is_wrapped(source: Path) -> None:
    calls = [node for node in ast.walk(ast.parse(source.read_text("utf-8"))) if isinstance(node, ast.Call)]
    tips = [call for call in calls if _called(call) in ("setToolTip", "setWhatsThis")]
    assert [call.lineno for call in tips if not _wrapped(call.args[-1])] == []


def test_the_lint_sees_what_it_looks_for() -> None:
    tree = ast.parse("QtWidgets.QLabel('x')\nw.setToolTip(name)")
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    assert [_called(call) for call in calls] == ["QLabel", "setToolTip"]
    assert not _wrapped(calls[1].args[0])


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("Brown", "Brown"),
        ("legs <b> & arms", "legs <b> & arms"),
        ("a\u202eb", "a[U+202E]b"),
        ("a\x00b\x1b", "a[U+0000]b[U+001B]"),
        ("a\nb\tc", "a\nb\tc"),
        ("zero\u200bwidth", "zero[U+200B]width"),
        ("half \ud800", "half [U+D800]"),
    ],
)
def test_nothing_hides(given: str, expected: str) -> None:
    assert visible(given) == expected


def test_one_line_stays_one_line() -> None:
    assert one_line(" a\n b\t\tc ") == "a b c"


def test_labels_tips_and_boxes_do_not_read_markup(qtbot: QtBot) -> None:
    hostile = "<b>x</b> & <img src='x.png'>"
    label = plain_label(hostile)
    qtbot.addWidget(label)
    assert (label.text(), label.textFormat()) == (hostile, Qt.TextFormat.PlainText)
    box = plain_box(None, "t", hostile, hostile)
    qtbot.addWidget(box)
    assert box.textFormat() == Qt.TextFormat.PlainText
    assert "<b>" not in tip(hostile)
    assert mnemonic_safe("Ann & Bell") == "Ann && Bell"
