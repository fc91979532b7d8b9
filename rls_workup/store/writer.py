"""The one thread that saves: takes the newest document of each work-up, says when it is on disk."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from rls_workup.errors import Conflict, StoreTrouble, Unreachable, WorkupError
from rls_workup.store.records import Outcome, Saved, Submission, Summary
from rls_workup.store.store import Store, now
from rls_workup.store.waiting import Waiting

if TYPE_CHECKING:
    from rls_workup.store.keeper import Keeper
    from rls_workup.store.outbox import Outbox

KEPT_WITHIN_SECONDS = 2.0  # how long this computer's disk may take before “not saved” is said


class Writer:
    """Saves in a thread of its own, through its own connection; `report` is called on that thread.

    A submission that could not be saved is kept and tried again at the next submit or flush. With an
    `outbox`, each is on this computer's disk until the server has it, also after the program is killed.
    """

    def __init__(
        self,
        open_: Callable[[], Store],
        report: Callable[[Outcome], None],
        outbox: Callable[[], Outbox] | None = None,
    ) -> None:
        self._open = open_
        self._report = report
        self._store: Store | None = None
        self._waiting = Waiting(os.urandom(8).hex())
        self._away = False
        self._tickets = 0
        self._rounds_asked = 0
        self._rounds_done = 0
        self._closing = False
        self._resting = False
        self._turn = threading.Condition()
        self._keeper = self._begun_keeper(outbox) if outbox else None
        self._thread = threading.Thread(target=self._run, name="writer", daemon=True)
        self._thread.start()

    def _begun_keeper(self, outbox: Callable[[], Outbox]) -> Keeper:
        from rls_workup.store.keeper import Keeper

        keeper = Keeper(outbox, self._took_kept, self._took_left)
        keeper.begin(self._waiting.holder)
        return keeper

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
            base = self._waiting.base_of(workup_id, base_version)
            wrote = (document, summary, author, station, kind, now(), self._waiting.not_known(workup_id))
            submission = Submission(self._waiting.holder, self._tickets, workup_id, base, *wrote)
            self._waiting.put(submission)
            if self._keeper is not None:
                self._keeper.keep(submission)
            self._ask()
            return self._tickets

    def _took_kept(self, submissions: list[Submission]) -> None:
        with self._turn:
            for submission in submissions:
                self._waiting.put_kept(submission)
            self._turn.notify_all()

    def _took_left(self, submissions: list[Submission]) -> None:
        with self._turn:
            for submission in submissions:
                self._waiting.put(submission)
                self._waiting.put_kept(submission)
            if submissions:
                self._ask()

    def forget(self, workup_id: str) -> None:
        """Give up what waits for a work-up, as after a conflict when the person takes the other version."""
        with self._turn:
            self._give_up((self._waiting.holder, workup_id), self._tickets)

    def forget_left(self, left: Submission) -> None:
        """Give up what an earlier window left, as after the person has taken it as a copy."""
        with self._turn:
            self._give_up(left.slot, left.ticket)

    def _give_up(self, slot: tuple[str, str], ticket: int) -> None:
        self._waiting.give_up(slot)
        if self._keeper is not None:
            self._keeper.drop(slot, ticket)

    def pending(self, workup_id: str) -> Submission | None:
        """The newest state of a work-up that the store does not have yet, None where it has it."""
        with self._turn:
            return self._waiting.pending(workup_id)

    def waits(self) -> bool:
        """Whether anything has not reached the store, though it may be safe on this computer."""
        with self._turn:
            return bool(self._waiting)

    def unsaved(self) -> tuple[str, ...]:
        """The ids of the work-ups whose newest document is on no disk yet."""
        with self._turn:
            return self._waiting.unsafe()

    def flush(self, timeout: float = 2.0) -> bool:
        """Try all that waits, for at most `timeout` seconds; True when everything submitted is on disk."""
        with self._turn:
            if self._waiting and not self._closing:
                asked = self._ask()
                self._turn.wait_for(lambda: self._settled(asked), timeout)
            return not self._waiting.unsafe()

    def _settled(self, asked: int) -> bool:
        """Whether nothing is gained by waiting longer; a server that is away is not waited for."""
        if not self._waiting or self._rounds_done >= asked:
            return True
        return self._away and not self._waiting.unsafe()

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
        if self._keeper is not None:
            self._keeper.close(timeout)
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
            asked, some = self._rounds_asked, self._waiting.begin_sending()
        for submission in some:
            self._tell(self._tried(submission))
        with self._turn:
            self._rounds_done = asked
            self._waiting.end_sending()
            self._turn.notify_all()
        return True

    def _tell(self, outcome: Outcome) -> None:
        try:
            self._report(outcome)
        except Exception:  # noqa: BLE001 - a listener's fault must not end the only thread that saves
            sys.excepthook(*sys.exc_info())

    def _tried(self, submission: Submission) -> Outcome:
        left = None if self._waiting.is_own(submission) else submission
        about = (submission.workup_id, submission.ticket)
        try:
            saved = self._save(submission)
        except Unreachable as trouble:
            self._let_go()
            kept = self._kept_meanwhile(submission)
            return Outcome(*about, trouble=None if kept else trouble, kept=kept, left=left)
        except WorkupError as trouble:
            self._let_go()
            with self._turn:
                self._away = False
                self._waiting.lay_aside(submission)
            return Outcome(*about, trouble=trouble, left=left)
        except Exception as fault:  # noqa: BLE001 - a fault of ours must not end the only thread that saves
            self._let_go()
            unforeseen = StoreTrouble(
                "The work-up could not be saved because of a fault in this program. Save it as a file."
            )
            unforeseen.__cause__ = fault
            return Outcome(*about, trouble=unforeseen, left=left)
        self._landed(submission, saved)
        return Outcome(*about, saved=saved, left=left)

    def _kept_meanwhile(self, submission: Submission) -> str:
        """The time of what is kept on this computer while the server is away; "" where it cannot be kept."""
        with self._turn:
            self._away = True
            self._turn.notify_all()
            if self._keeper is not None:
                self._keeper.nudge()
                self._turn.wait_for(lambda: self._waiting.kept_at(submission), KEPT_WITHIN_SECONDS)
            return self._waiting.kept_at(submission)

    def _save(self, submission: Submission) -> Saved:
        if self._store is None:
            self._store = self._open()
        with self._turn:
            base, earlier = self._waiting.what_to_send(submission)
        # What lies in an outbox, another window may have sent already.
        here = (submission.at,) if self._keeper else ()
        try:
            return self._store.save(
                submission.workup_id,
                base,
                submission.document,
                submission.summary,
                submission.author,
                submission.station,
                submission.kind,
                at=submission.at,
                earlier=(*earlier, *here),
            )
        except Conflict:
            raise
        except StoreTrouble:
            # On this computer's disk too: a commit whose sync failed may be there after all.
            with self._turn:
                if self._waiting.is_own(submission):
                    self._waiting.unanswered(submission)
            raise

    def _landed(self, submission: Submission, saved: Saved) -> None:
        with self._turn:
            self._away = False
            self._waiting.landed(submission, saved)
            if self._keeper is not None:
                self._keeper.drop(submission.slot, submission.ticket)

    def _let_go(self) -> None:
        # The next attempt begins with a fresh connection, since SQLite may refuse the old one for good.
        if self._store is not None:
            self._store.close()
            self._store = None
