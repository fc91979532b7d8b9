"""Notices that nobody has touched keyboard or mouse for some minutes."""

from __future__ import annotations

import time

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal

FEWEST, MOST = 1, 30  # minutes that can be chosen
_TOUCHES = frozenset(
    (
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
        QEvent.Type.InputMethod,
    )
)


class Idle(QObject):
    """`left` tells, once, that the minutes have passed; `begin` starts to watch again."""

    left = Signal()

    def __init__(self, app: QCoreApplication) -> None:
        super().__init__(app)
        self._app = app
        self._seconds = 0.0
        self._last = 0.0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._look)

    def begin(self, minutes: float) -> None:
        """Watch from now on; minutes beyond what can be chosen become the nearest that can."""
        self._seconds = min(max(minutes, FEWEST), MOST) * 60
        self._last = time.monotonic()
        self._app.installEventFilter(self)
        self._wait(self._seconds)

    def end(self) -> None:
        """Watch no more."""
        self._app.removeEventFilter(self)
        self._timer.stop()

    def _wait(self, seconds: float) -> None:
        self._timer.start(int(seconds * 1000) + 1)

    def _look(self) -> None:
        # The timer is not set anew at each key: it asks, when it ends, how long ago the last one was.
        still = self._seconds - (time.monotonic() - self._last)
        if still > 0:
            self._wait(still)
        else:
            self.end()
            self.left.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _TOUCHES:
            self._last = time.monotonic()
        return False
