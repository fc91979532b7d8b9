"""A whole window on a store of its own, offscreen, with the small protocol."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from rls_workup.ui import theme, words
from rls_workup.ui.program import Program, qt_application

SMALL = Path(__file__).parent.parent / "small_protocol"


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The window speaks English at the start of every test, whatever the desktop speaks."""
    monkeypatch.setattr(words, "language_of_desktop", lambda: "en")
    words.current.choose("en")
    yield
    words.current.choose("en")


@pytest.fixture
def dressed(qtbot: QtBot) -> Iterator[None]:
    """The application in the light look at 100 % text, as every test finds and leaves it."""
    qt_application()
    theme.current.choose("light")
    theme.current.set_text_percent(100)
    yield
    theme.current.choose("light")
    theme.current.set_text_percent(100)


Begin = Callable[..., Program]
Meet = Callable[..., list[object]]


@pytest.fixture
def begin_program(qtbot: QtBot, dressed: None) -> Iterator[Begin]:
    """Begins a program on a store: `begin_program(store, protocol folder or None, settings)`; ended afterwards."""
    begun: list[Program] = []

    def begin(*places: Path | None) -> Program:
        program = Program(*places)  # type: ignore[arg-type]
        begun.append(program)
        program.connect_ends()
        program.window.show()
        program.window.begin([])
        return program

    yield begin
    for program in reversed(begun):
        program.end()
        program.window.hide()
        program.window.deleteLater()
    # Now, not some day: a window left behind is dressed anew in every later test.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def program(qtbot: QtBot, begin_program: Begin, tmp_path: Path) -> Program:
    """A program whose window is shown and whose protocol is read."""
    program = begin_program(tmp_path / "store" / "workups.db", SMALL, tmp_path / "settings" / "window.json")
    qtbot.waitUntil(lambda: program.window.casework is not None)
    return program


@pytest.fixture
def meet() -> Iterator[Meet]:
    """`meet(kind, then)`: do this to the next dialog of a kind; those that came are listed."""
    timers: list[QTimer] = []
    wrong: list[Exception] = []

    def of(kind: type[QDialog], then: Callable[[object], object]) -> list[object]:
        came: list[object] = []
        timer = QTimer()

        def look() -> None:
            dialog = QApplication.activeModalWidget()
            if isinstance(dialog, kind):
                timer.stop()
                came.append(dialog)
                try:
                    then(dialog)
                except Exception as trouble:  # noqa: BLE001  told at the end; the dialog must not stay open
                    wrong.append(trouble)
                    dialog.reject()

        timer.timeout.connect(look)
        timer.start(5)
        timers.append(timer)
        return came

    yield of
    for timer in timers:
        timer.stop()
    assert wrong == []
