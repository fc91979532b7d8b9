"""The thread that holds the lease of the open work-up, so that the window never waits for it."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from dataclasses import dataclass

from rls_workup.errors import WorkupError
from rls_workup.store.leases import Lease, release, take
from rls_workup.store.store import Store


@dataclass(frozen=True, slots=True)
class Wish:
    """The work-up to hold ("": none), for whom, and whether to take it from another window."""

    workup_id: str = ""
    author: str = ""
    station: str = ""
    over: bool = False


Report = Callable[[str, Lease | None], object]


class Holding:
    """Holds one work-up at a time, for as long as it is asked to again and again.

    `report` tells, on this thread, the work-up and who else has it open, if anybody. Where the store cannot
    be reached nothing is told: a lease is a courtesy.
    """

    def __init__(self, open_: Callable[[], Store], report: Report) -> None:
        self._open = open_
        self._report = report
        self._holder = os.urandom(8).hex()
        self._wish: Wish | None = None
        self._held = ""
        self._closing = False
        self._store: Store | None = None
        self._turn = threading.Condition()
        self._thread = threading.Thread(target=self._run, name="holding", daemon=True)
        self._thread.start()

    def hold(self, workup_id: str, author: str, station: str, *, over: bool = False) -> None:
        """Hold this work-up and no other, or renew the lease of it; returns at once."""
        self._want(Wish(workup_id, author, station, over))

    def let_go(self, timeout: float = 0.0) -> None:
        """Hold nothing, and give up the connection; waits for that at most so many seconds."""
        self._want(Wish())
        with self._turn:
            self._turn.wait_for(lambda: self._wish is None, timeout)

    def close(self, timeout: float = 2.0) -> None:
        """Give back what is held, then end the thread."""
        with self._turn:
            self._closing = True
        self._want(Wish())
        self._thread.join(timeout)

    def _want(self, wish: Wish) -> None:
        with self._turn:
            self._wish = wish
            self._turn.notify_all()

    def _run(self) -> None:
        closing = False
        while not closing:
            with self._turn:
                self._turn.wait_for(lambda: self._wish is not None)
                wish, closing = self._wish or Wish(), self._closing
            try:
                self._do(wish)
            except WorkupError:
                self._close_store()
            with self._turn:
                if self._wish is wish:
                    self._wish = None
                self._turn.notify_all()
        self._close_store()

    def _do(self, wish: Wish) -> None:
        if self._held and self._held != wish.workup_id:
            gone, self._held = self._held, ""
            release(self._opened(), gone, self._holder)
        if not wish.workup_id:
            self._close_store()
            return
        store = self._opened()
        self._held = wish.workup_id
        self._report(
            wish.workup_id,
            take(store, wish.workup_id, self._holder, wish.author, wish.station, over=wish.over),
        )

    def _opened(self) -> Store:
        if self._store is None:
            self._store = self._open()
        return self._store

    def _close_store(self) -> None:
        if self._store is not None:
            self._store.close()
            self._store = None
