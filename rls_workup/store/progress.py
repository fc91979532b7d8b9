"""How far long work has come, and whether it is to stop."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Final

from rls_workup.errors import Cancelled

ENDLESS: Final = -1.0
"""Told instead of a part where it cannot be known how much is left."""


class Progress:
    """Told by the worker how far it is (0 to 1); `cancel` may be called from any thread."""

    def __init__(self, tell: Callable[[float], object] = lambda _part: None) -> None:
        self._tell = tell
        self._stop = threading.Event()
        self._from, self._to = 0.0, 1.0

    def cancel(self) -> None:
        """Ask the worker to stop at its next step."""
        self._stop.set()

    @property
    def cancelled(self) -> bool:
        return self._stop.is_set()

    def stage(self, start: float, end: float) -> None:
        """What `at` tells from now on counts between these two."""
        self._from, self._to = start, end

    def at(self, part: float) -> None:
        """The present stage is done to this part. Raises Cancelled when the person asked to stop."""
        if self._stop.is_set():
            raise Cancelled("Stopped. Nothing was changed.")
        self._tell(self._from + (self._to - self._from) * min(max(part, 0.0), 1.0))

    def endless(self) -> None:
        """How much is left is not known from now on. Raises Cancelled as `at`."""
        self.at(0)
        self._tell(ENDLESS)
