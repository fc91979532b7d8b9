"""Notices that nobody has touched keyboard or mouse for some minutes."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

FEWEST, MOST = 1, 30  # minutes that can be chosen
_LOOK_EVERY = 15.0  # seconds; so another choice of minutes holds at once
_TOUCHES = frozenset(
    (
        QEvent.Type.KeyPress,
        QEvent.Type.KeyRelease,  # all that a shortcut leaves to be heard
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
        QEvent.Type.InputMethod,
    )
)


def seconds_now() -> float:
    """A clock that goes on while the computer sleeps, where there is one."""
    boot = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if boot is None else time.clock_gettime(boot)


class Idle(QObject):
    """`left` tells, once, that the minutes have passed; `begin` starts to watch again.

    It listens to the windows of the program, not to the whole application: PySide may crash where a filter
    written in Python is handed every object there is, since it then makes their types while they are in use.
    """

    left = Signal()

    def __init__(self, app: QGuiApplication, minutes: Callable[[], float]) -> None:
        super().__init__(app)
        self._app, self._minutes = app, minutes
        self._last = 0.0
        self.watching = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._look)

    def begin(self) -> None:
        """Watch from now on."""
        self._last = seconds_now()
        for window in self._app.topLevelWindows():
            self._listen_to(window)
        if not self.watching:
            self.watching = True
            self._app.focusWindowChanged.connect(self._listen_to)
        self._look()

    def _listen_to(self, window: QWindow | None) -> None:
        if window is not None:
            window.installEventFilter(self)  # once, however often it is asked for

    def end(self) -> None:
        """Watch no more."""
        self._timer.stop()
        if not self.watching:
            return
        self.watching = False
        self._app.focusWindowChanged.disconnect(self._listen_to)
        for window in self._app.topLevelWindows():
            window.removeEventFilter(self)

    def _look(self) -> None:
        # The timer is not set anew at each key: it asks, when it ends, how long ago the last one was.
        allowed = min(max(self._minutes(), FEWEST), MOST) * 60
        still = allowed - (seconds_now() - self._last)
        if still > 0:
            self._timer.start(int(min(still, _LOOK_EVERY) * 1000) + 1)
        else:
            self.end()
            self.left.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _TOUCHES:
            self._last = seconds_now()
        return False
