"""Python's search for unreachable objects, in the window's thread only: elsewhere widgets would die there."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 1000


class Sweeping(QObject):
    """From its making to its end Python does not look by itself, in whatever thread happens to run.

    A widget that is destroyed in another thread than Qt's brings the program down, now or later.
    """

    def __init__(self) -> None:
        super().__init__()
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.sweep)
        self._timer.start()
        gc.disable()

    def sweep(self) -> None:
        """Look as far as Python would by now."""
        for generation in (2, 1, 0):
            if gc.get_count()[generation] > gc.get_threshold()[generation]:
                gc.collect(generation)
                return

    def end(self) -> None:
        """Leave it to Python again."""
        self._timer.stop()
        gc.enable()
