"""Who looked at what, noted in the store without the window ever waiting for it."""

from __future__ import annotations

import threading
from collections.abc import Callable

from rls_workup.errors import WorkupError
from rls_workup.store import Store
from rls_workup.store.accesses import Access, note_access
from rls_workup.store.store import now


class AccessLog:
    """Lines wait here until they are in the store, also while it is locked or out of reach."""

    def __init__(self, another: Callable[[], Store], who: Callable[[], tuple[str, str]]) -> None:
        self._another, self._who = another, who
        self._waiting: list[Access] = []
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def note(self, what: str, workup_id: str, detail: str = "") -> None:
        """Take a line and return at once."""
        with self._lock:
            self._waiting.append(Access(now(), *self._who(), what, workup_id, detail))
        self._begin()

    def flush(self, timeout: float = 2.0) -> bool:
        """Wait for the disk at most so many seconds; True when every line is there."""
        thread = self._thread
        if thread is not None:
            thread.join(timeout)
        if self._waiting:
            self._begin()
            if self._thread is not None:
                self._thread.join(timeout)
        return not self._waiting

    def _begin(self) -> None:
        with self._lock:
            if self._thread is not None and self._thread.is_alive():
                return  # it looks once more before it ends, or the next line begins another
            self._thread = threading.Thread(target=self._write, name="access log", daemon=True)
            self._thread.start()

    def _write(self) -> None:
        try:
            store = self._another()
        except WorkupError:  # locked, or the server is away: the next line tries again
            return
        try:
            while self._waiting:
                some = tuple(self._waiting)
                note_access(store.engine, *some)
                with self._lock:
                    del self._waiting[: len(some)]
        except WorkupError:
            return
        finally:
            store.close()
