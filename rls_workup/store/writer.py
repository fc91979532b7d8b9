"""The one thread that saves: takes the newest document of each work-up, says when it is on disk."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass

from rls_workup.errors import StoreTrouble, WorkupError
from rls_workup.store.records import Saved, Summary
from rls_workup.store.store import Store


@dataclass(frozen=True, slots=True)
class Submission:
    """A work-up to be saved, as it was when submitted; `ticket` counts the submissions of one writer."""

    ticket: int
    workup_id: str
    base_version: int
    document: str
    summary: Summary
    author: str
    station: str
    kind: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """How the saving of a submission ended: `saved`, or `trouble` with the sentence to show.

    `ticket` is the submission that was tried; all earlier ones of the same work-up went with it.
    """

    workup_id: str
    ticket: int
    saved: Saved | None = None
    trouble: WorkupError | None = None


class Writer:
    """Saves in a thread of its own, through its own connection; `report` is called on that thread.

    A submission that could not be saved is kept and tried again at the next submit or flush.
    """

    def __init__(self, open_: Callable[[], Store], report: Callable[[Outcome], None]) -> None:
        self._open = open_
        self._report = report
        self._store: Store | None = None
        self._waiting: dict[str, Submission] = {}
        self._versions: dict[str, int] = {}
        self._tickets = 0
        self._rounds_asked = 0
        self._rounds_done = 0
        self._closing = False
        self._resting = False
        self._turn = threading.Condition()
        self._thread = threading.Thread(target=self._run, name="writer", daemon=True)
        self._thread.start()

    def submit(
        self,
        workup_id: str,
        base_version: int,
        document: str,
        summary: Summary,
        author: str,
        station: str,
        kind: str = "edit",
    ) -> int:
        """Take the newest document of a work-up and return its ticket at once; one still waiting is replaced.

        `base_version` is the version the work-up was opened at (0: new); the writer carries it on by itself.
        """
        with self._turn:
            if self._closing:
                raise RuntimeError("submitted to a writer that is closed")
            self._tickets += 1
            self._waiting[workup_id] = Submission(
                self._tickets, workup_id, base_version, document, summary, author, station, kind
            )
            self._ask()
            return self._tickets

    def forget(self, workup_id: str) -> None:
        """Give up what waits for a work-up, as after a conflict when the person takes the other version."""
        with self._turn:
            self._waiting.pop(workup_id, None)
            self._versions.pop(workup_id, None)

    def unsaved(self) -> tuple[str, ...]:
        """The ids of the work-ups whose newest document is not on disk yet."""
        with self._turn:
            return tuple(self._waiting)

    def flush(self, timeout: float = 2.0) -> bool:
        """Try all that waits, for at most `timeout` seconds; True when everything submitted is on disk."""
        with self._turn:
            if self._waiting and not self._closing:
                asked = self._ask()
                self._turn.wait_for(lambda: not self._waiting or self._rounds_done >= asked, timeout)
            return not self._waiting

    def rest(self, timeout: float = 2.0) -> bool:
        """Flush, then give up the connection until the next attempt; True when all submitted is on disk."""
        done = self.flush(timeout)
        with self._turn:
            self._resting = not self._closing
            self._turn.notify_all()
            self._turn.wait_for(lambda: not self._resting, timeout)
        return done

    def close(self, timeout: float = 2.0) -> bool:
        """Flush, then end the thread; True when all that was submitted is on disk."""
        self.flush(timeout)
        with self._turn:
            self._closing = True
            self._turn.notify_all()
        self._thread.join(timeout)
        return not self.unsaved()

    def _ask(self) -> int:
        self._rounds_asked += 1
        self._turn.notify_all()
        return self._rounds_asked

    def _run(self) -> None:
        while self._round():
            pass
        self._let_go()

    def _round(self) -> bool:
        with self._turn:
            self._turn.wait_for(
                lambda: self._closing or self._resting or self._rounds_done < self._rounds_asked
            )
            if self._closing:
                return False
            if self._resting:
                self._let_go()
                self._resting = False
                self._turn.notify_all()
                return True
            asked, some = self._rounds_asked, tuple(self._waiting.values())
        for submission in some:
            self._tell(self._tried(submission))
        with self._turn:
            self._rounds_done = asked
            self._turn.notify_all()
        return True

    def _tell(self, outcome: Outcome) -> None:
        try:
            self._report(outcome)
        except Exception:  # noqa: BLE001 - a listener's fault must not end the only thread that saves
            sys.excepthook(*sys.exc_info())

    def _tried(self, submission: Submission) -> Outcome:
        try:
            saved = self._save(submission)
        except WorkupError as trouble:
            self._let_go()
            return Outcome(submission.workup_id, submission.ticket, trouble=trouble)
        except Exception as fault:  # noqa: BLE001 - a fault of ours must not end the only thread that saves
            self._let_go()
            unforeseen = StoreTrouble(
                "The work-up could not be saved because of a fault in this program. Save it as a file."
            )
            unforeseen.__cause__ = fault
            return Outcome(submission.workup_id, submission.ticket, trouble=unforeseen)
        self._landed(submission, saved)
        return Outcome(submission.workup_id, submission.ticket, saved=saved)

    def _save(self, submission: Submission) -> Saved:
        if self._store is None:
            self._store = self._open()
        # Versions only grow, so the larger one is what this submission follows.
        base = max(submission.base_version, self._versions.get(submission.workup_id, 0))
        return self._store.save(
            submission.workup_id,
            base,
            submission.document,
            submission.summary,
            submission.author,
            submission.station,
            submission.kind,
        )

    def _landed(self, submission: Submission, saved: Saved) -> None:
        with self._turn:
            self._versions[submission.workup_id] = saved.version
            if self._waiting.get(submission.workup_id) is submission:
                del self._waiting[submission.workup_id]

    def _let_go(self) -> None:
        # The next attempt begins with a fresh connection, since SQLite may refuse the old one for good.
        if self._store is not None:
            self._store.close()
            self._store = None
