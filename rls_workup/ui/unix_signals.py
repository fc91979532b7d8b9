"""Log-off and `kill` end the program as closing the window does: with the last word on disk."""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable

from PySide6.QtCore import QObject, QSocketNotifier

_ENDING = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGINT", "SIGHUP") if hasattr(signal, name))


class UnixSignals(QObject):
    """Calls `ended` in the window's thread when the system asks the program to end."""

    def __init__(self, ended: Callable[[], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ended = ended
        # The pair stays open as long as this object: a closed descriptor may soon be somebody else's.
        self._written, self._read = socket.socketpair()
        self._written.setblocking(False)
        self._read.setblocking(False)
        self._before = {number: signal.signal(number, _noted) for number in _ENDING}
        self._before_fd = signal.set_wakeup_fd(self._written.fileno(), warn_on_full_buffer=False)
        self._notifier = QSocketNotifier(self._read.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._arrived)

    def _arrived(self) -> None:
        received = self._read.recv(64)
        if any(number in received for number in _ENDING):
            self._ended()

    def close(self) -> None:
        """Put back what was there before."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._before_fd)
        for number, before in self._before.items():
            signal.signal(number, before)
        self._written.close()
        self._read.close()


def _noted(_number: int, _frame: object) -> None:
    """Python's own answer would end the program; the note in the socket is enough."""
