"""The thread that keeps what is on its way to the server, so that no typing waits for the line."""

from __future__ import annotations

import threading
from collections.abc import Callable

from rls_workup.errors import WorkupError
from rls_workup.store.outbox import Outbox
from rls_workup.store.records import Submission

Told = Callable[[list[Submission]], object]
Slot = tuple[str, str]


class Keeper:
    """Puts entries into the outbox and takes them out again, newest first seen, in the order asked.

    On its thread it calls `left` once with what other windows left behind, and `kept` with what is on disk.
    What cannot be kept is tried again with the next.
    """

    def __init__(self, open_: Callable[[], Outbox], kept: Told, left: Told) -> None:
        self._open = open_
        self._kept, self._left = kept, left
        self._to_keep: dict[Slot, Submission] = {}
        self._to_drop: list[tuple[Slot, int]] = []
        self._asked = True  # what was left behind is looked for at once
        self._closing = False
        self._looked = False
        self._outbox: Outbox | None = None
        self._turn = threading.Condition()
        self._thread = threading.Thread(target=self._run, name="keeper", daemon=True)

    def begin(self, holder: str) -> None:
        """Start, for the window called `holder`."""
        self._holder = holder
        self._thread.start()

    def keep(self, entry: Submission) -> None:
        """Have an entry kept; returns at once."""
        with self._turn:
            self._to_keep[entry.slot] = entry
            self._ask()

    def drop(self, slot: Slot, ticket: int) -> None:
        """Have what was kept up to this ticket taken out; returns at once."""
        with self._turn:
            waiting = self._to_keep.get(slot)
            if waiting is not None and waiting.ticket <= ticket:
                del self._to_keep[slot]
            self._to_drop.append((slot, ticket))
            self._ask()

    def nudge(self) -> None:
        """Try again what could not be kept."""
        with self._turn:
            self._ask()

    def close(self, timeout: float = 2.0) -> None:
        """Do what is asked, then end the thread."""
        with self._turn:
            self._closing = True
            self._turn.notify_all()
        self._thread.join(timeout)

    def _ask(self) -> None:
        self._asked = True
        self._turn.notify_all()

    def _run(self) -> None:
        while True:
            with self._turn:
                self._turn.wait_for(lambda: self._asked or self._closing)
                if not self._asked:
                    break
                self._asked = False
                entries, drops = list(self._to_keep.values()), list(self._to_drop)
            try:
                self._do(entries, drops)
            except WorkupError:  # the disk is full, say; what is not kept is never called kept
                self._let_go()
        self._let_go()

    def _do(self, entries: list[Submission], drops: list[tuple[Slot, int]]) -> None:
        outbox = self._outbox = self._outbox or self._open()
        if not self._looked:
            self._looked = True
            self._left(outbox.of_others(self._holder))
        if entries:
            outbox.keep(entries)
            self._done(entries)
        for drop in drops:
            outbox.drop(*drop)
        with self._turn:
            del self._to_drop[: len(drops)]

    def _done(self, entries: list[Submission]) -> None:
        with self._turn:
            for entry in entries:
                if self._to_keep.get(entry.slot) is entry:
                    del self._to_keep[entry.slot]
        self._kept(entries)

    def _let_go(self) -> None:
        if self._outbox is not None:
            self._outbox.close()
            self._outbox = None
