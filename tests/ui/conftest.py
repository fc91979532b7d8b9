"""A whole window on a store of its own, offscreen, with the small protocol."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from rls_workup.ui import theme
from rls_workup.ui.program import Program, qt_application

SMALL = Path(__file__).parent.parent / "small_protocol"


@pytest.fixture(scope="session")
def qapp_cls() -> type:
    from PySide6.QtWidgets import QApplication

    return QApplication


@pytest.fixture
def dressed(qtbot: QtBot) -> Iterator[None]:
    """The application in the light look at 100 % text, as every test finds and leaves it."""
    qt_application()
    theme.current.choose("light")
    theme.current.set_text_percent(100)
    yield
    theme.current.choose("light")
    theme.current.set_text_percent(100)


@pytest.fixture
def program(qtbot: QtBot, dressed: None, tmp_path: Path) -> Iterator[Program]:
    """A program whose window is shown and whose protocol is read."""
    program = Program(tmp_path / "store" / "workups.db", SMALL, tmp_path / "settings" / "window.json")
    program.connect_ends()
    program.window.show()
    program.window.begin([])
    qtbot.waitUntil(lambda: program.window.casework is not None)
    yield program
    program.end()
    program.window.close()
    program.window.deleteLater()
