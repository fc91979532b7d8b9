"""What is attended to beside the work, after the first paint: focus, dropped files, signals."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from rls_workup.ui.dropping import DropIn
from rls_workup.ui.focus_keeper import FocusKeeper
from rls_workup.ui.focus_ring import FocusRing
from rls_workup.ui.unix_signals import UnixSignals

if TYPE_CHECKING:
    from rls_workup.ui.main_window import MainWindow


class Attending:
    """Attends to one window until `end`; `asked_to_end` is called when the system ends the program."""

    def __init__(self, app: QApplication, window: MainWindow, asked_to_end: Callable[[], None]) -> None:
        self._keeper = FocusKeeper(app, window)
        self._drop_in = DropIn(window)
        self._ring = FocusRing(app)
        self._signals = UnixSignals(asked_to_end)

    def end(self) -> None:
        """Give back what was taken."""
        self._signals.close()
        self._ring.deleteLater()
