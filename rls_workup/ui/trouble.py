"""Where a mistake of the program is caught: answers saved first, then a calm word, details on request."""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from rls_workup.ui.plain import plain_box
from rls_workup.ui.words import say

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMessageBox, QWidget

log = logging.getLogger("rls_workup")


def place_of(kind: type[BaseException], trace: TracebackType | None) -> str:
    """Kind and place of an exception, `KeyError at rows.py:12`; never its text, which may name a patient."""
    frames = traceback.extract_tb(trace)
    own = [frame for frame in frames if "rls_workup" in frame.filename] or frames
    where = (
        f"{own[-1].filename.replace(chr(92), '/').rsplit('/', 1)[-1]}:{own[-1].lineno}"
        if own
        else "unknown place"
    )
    return f"{kind.__name__} at {where}"


def steps_of(trace: TracebackType | None) -> str:
    """The steps that led there, file, line and name each; no values."""
    frames = traceback.extract_tb(trace)
    return "\n".join(f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno} {frame.name}" for frame in frames)


class Trouble(QObject):
    """Catches what nobody foresaw: logs its kind and place, saves, and tells the window."""

    happened = Signal(str, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.save: Callable[[], bool] = lambda: True
        self._busy = False
        self._before = sys.excepthook

    def install(self) -> None:
        """Take the place of Python's own last words, for slots, virtual functions and threads of Qt."""
        sys.excepthook = self.caught

    def remove(self) -> None:
        """Give the place back."""
        sys.excepthook = self._before

    def caught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """An exception that nobody caught."""
        if issubclass(kind, KeyboardInterrupt):
            return
        place = place_of(kind, trace)
        log.error("%s", place)
        if self._busy:  # a second fault while this one is told would go round for ever
            return
        self._busy = True
        try:
            saved = self.save()
            self.happened.emit(sentence(saved), f"{place}\n{steps_of(trace)}")
        finally:
            self._busy = False


def sentence(saved: bool) -> str:
    """What the person is told."""
    fate = (
        say("Your answers are saved; you can go on.")
        if saved
        else say("Your last answers could not be saved: see the red banner and save a copy as a file.")
    )
    return say("The program made a mistake. {fate}", fate=fate)


def show_details(parent: QWidget, text: str, details: str) -> QMessageBox:
    """Kind and place of a fault, for whoever mends it; not modal, and without any value."""
    from PySide6.QtWidgets import QMessageBox

    box = plain_box(parent, say("Details"), text, details)
    box.addButton(QMessageBox.StandardButton.Close)
    box.setModal(False)
    box.show()
    return box
