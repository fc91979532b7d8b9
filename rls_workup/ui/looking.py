"""Looking something up in a large store beside the window, which goes on meanwhile."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from rls_workup.errors import StoreTrouble, WorkupError
from rls_workup.store import Store
from rls_workup.store.wanted import Wanted
from rls_workup.ui.words import say


class Looking(QObject):
    """Answers the newest question only; `found` brings it with its page, or with the WorkupError."""

    found = Signal(object, object)

    def __init__(self, open_: Callable[[], Store], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._open = open_
        self._asked: Wanted | None = None
        self._turn = threading.Lock()
        self._running = False
        self._reading: Store | None = None
        self._thread: threading.Thread | None = None

    def ask(self, wanted: Wanted) -> None:
        """Look for this and no longer for what was asked before; returns at once."""
        with self._turn:
            self._asked = wanted
            if self._running:
                self._stop_reading()
                return
            self._running = True
        self._thread = threading.Thread(target=self._run, name="looking", daemon=True)
        self._thread.start()

    def forget(self) -> None:
        """Nothing is looked for any more; what is found too late is not told."""
        with self._turn:
            self._asked = None
            self._stop_reading()

    def rest(self, timeout: float = 2.0) -> None:
        """Forget, and wait until no connection is open, as before the store is locked or replaced."""
        self.forget()
        if self._thread is not None:
            self._thread.join(timeout)

    def _stop_reading(self) -> None:
        if self._reading is not None:
            self._reading.engine.interrupt()

    def _next(self) -> Wanted | None:
        with self._turn:
            self._running = self._asked is not None
            return self._asked

    def _run(self) -> None:
        while (wanted := self._next()) is not None:
            result = self._looked(wanted)
            with self._turn:
                newest = self._asked is wanted
                if newest:
                    self._asked = None
            if newest:
                self._tell(wanted, result)

    def _looked(self, wanted: Wanted) -> object:
        try:
            # A connection of its own, and not longer than needed: the store may be locked or put away.
            store = self._open()
            try:
                return self._listed(store, wanted)
            finally:
                store.close()
        except WorkupError as trouble:
            return trouble
        except Exception:  # noqa: BLE001 - told like any other fault; the thread only ends
            sys.excepthook(*sys.exc_info())
            return StoreTrouble(say("This could not be looked for because of a fault in this program."))

    def _listed(self, store: Store, wanted: Wanted) -> object:
        with self._turn:
            if self._asked is not wanted:
                return None
            self._reading = store
        try:
            return store.listed(wanted)
        finally:
            with self._turn:
                self._reading = None

    def _tell(self, wanted: Wanted, result: object) -> None:
        try:
            self.found.emit(wanted, result)
        except RuntimeError:  # the window is gone
            return
