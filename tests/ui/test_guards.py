"""What must hold before a window is opened."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot

from rls_workup.ui.guards import (
    NoWindow,
    load_x11,
    missing_libraries,
    refuse_bad_qt,
    refuse_no_screen,
)
from rls_workup.ui.plain import plain_label


def test_qt_calls_do_not_leak_references_of_none(qtbot: QtBot) -> None:
    label = plain_label("x")
    qtbot.addWidget(label)
    before = sys.getrefcount(None)
    for _ in range(1000):
        label.setText("x")
    assert abs(sys.getrefcount(None) - before) < 50


class Bell(QObject):
    rung = Signal(bool)


def test_five_thousand_signals_are_heard(qtbot: QtBot) -> None:
    bell, heard = Bell(), []
    bell.rung.connect(heard.append)
    for _ in range(5000):
        bell.rung.emit(True)
    assert len(heard) == 5000


@pytest.mark.parametrize(
    ("qt", "python", "refused"),
    [
        ((6, 12, 0), (3, 11, 7), True),
        ((6, 12, 0), (3, 12, 1), False),
        ((6, 11, 3), (3, 11, 7), False),
        ((6, 12, 1), (3, 11, 7), False),
    ],
)
def test_the_one_bad_release_is_refused(qt: tuple[int, ...], python: tuple[int, ...], refused: bool) -> None:
    if not refused:
        refuse_bad_qt(qt, python)
        return
    with pytest.raises(NoWindow, match=r"6\.12\.0"):
        refuse_bad_qt(qt, python)


@pytest.mark.parametrize(
    ("environment", "platform", "refused"),
    [
        ({}, "linux", True),
        ({"DISPLAY": ""}, "linux", True),
        ({"DISPLAY": ":0"}, "linux", False),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", False),
        ({"QT_QPA_PLATFORM": "offscreen"}, "linux", False),
        ({}, "darwin", False),
    ],
)
def test_no_screen_is_said(environment: dict[str, str], platform: str, refused: bool) -> None:
    if not refused:
        refuse_no_screen(environment, platform)
        return
    with pytest.raises(NoWindow, match="screen"):
        refuse_no_screen(environment, platform)


def test_a_missing_library_is_named_with_its_packages(tmp_path: Path) -> None:
    told = str(missing_libraries("libEGL.so.1: cannot open shared object file: No such file or directory"))
    assert "libEGL.so.1" in told
    assert "apt-get install libegl1" in told
    with pytest.raises(NoWindow, match="libxcb-cursor0"):
        load_x11(tmp_path / "libqxcb.so")


def test_no_core_is_left_behind() -> None:
    asked = (
        "import ctypes, os, resource, sys; from rls_workup.__main__ import main; main(['protocol', 'check']);"
        "print(resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3), oct(os.umask(0)))"
    )
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "(0, 0) 0 0o77"


def test_without_a_screen_the_program_says_so_in_a_sentence(tmp_path: Path) -> None:
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-m", "rls_workup", "--store", str(tmp_path / "s" / "w.db")],
        capture_output=True,
        text=True,
        env=environment,
        cwd=Path(__file__).parents[2],
    )
    assert done.returncode == 1
    assert "screen" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "s").exists()


def test_nothing_of_ours_listens_to_the_whole_application() -> None:
    """PySide 6.11 may crash where a Python filter is handed every object; windows and widgets are enough."""
    ui = Path(__file__).parents[2] / "rls_workup" / "ui"
    for path in sorted(ui.rglob("*.py")):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and ast.unparse(call.func).endswith("installEventFilter"):
                on = ast.unparse(call.func).removesuffix(".installEventFilter").split(".")[-1]
                assert on.strip("_") not in ("app", "instance()", "qApp"), f"{path.name}: {ast.unparse(call)}"
