"""Every edit goes to the one writer; the person is told only what is true of the disk."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from rls_workup.errors import Conflict, StoreTrouble, Unreachable
from rls_workup.exchange.listing import listing_of
from rls_workup.exchange.workup_file import workup_text
from rls_workup.store import Outcome, Saved, Store, Submission, Summary, Writer
from rls_workup.store.station import who_and_where
from rls_workup.ui.words import say

if TYPE_CHECKING:
    from rls_workup.domain.assessment import Assessment
    from rls_workup.domain.protocol import Protocol
    from rls_workup.domain.workup import Workup
    from rls_workup.store.outbox import Outbox
    from rls_workup.ui.session import Session

THROTTLE_MS = 400
RETRY_MS = 5000


def summary_of(protocol: Protocol, workup: Workup, assessment: Assessment) -> Summary:
    """What the worklist will show of this work-up."""
    patient, listing = workup.patient, listing_of(protocol, workup, assessment)
    return Summary(
        status=str(workup.status),
        family_name=patient.family_name,
        given_name=patient.given_name,
        date_of_birth=patient.date_of_birth,
        sex=patient.sex,
        identifier=patient.identifier,
        next_step=listing.next_step,
        awaited=listing.awaited,
        pending_since=listing.pending_since,
        sample=workup.sample,
        recheck_due=listing.recheck_due,
    )


class Saving(QObject):
    """Hands the session's work-up to the writer, at most 400 ms behind the fingers.

    `state` tells ("saving" | "saved" | "kept" | "trouble" | "", sentence), kept: on this computer only;
    `away` that a server does not answer, and that it does again; `conflicted` that the work-up was saved
    elsewhere; `landed` that a commit is on disk; `left` what an earlier window kept and the store refused.
    `resting`: every connection to the store is to be given up; `ended`: for good.
    """

    state = Signal(str, str)
    conflicted = Signal()
    landed = Signal(str)
    away = Signal(bool)
    left = Signal(object)
    resting = Signal()
    ended = Signal()
    _reported = Signal(object)

    def __init__(self, store: Store, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.author, self.station = who_and_where()
        self._session: Session | None = None
        self._base = 0
        self._ticket = 0
        self._due = False
        self._last = float("-inf")
        self._closed = False
        self._trouble = ""
        self._kind = "edit"  # of the next revision; any other one stays until it is on disk
        self._kept = ""
        self._is_away = False
        self.saved: Saved | None = None
        self._reported.connect(self._take)
        self._writer = Writer(store.another, self._reported.emit, _outbox_of(store))
        self._throttle = _single_shot(self, self._submit)
        self._retry = _single_shot(self, self._try_again)

    @property
    def version(self) -> int:
        """The version on disk that this window's work-up rests on; 0 where it was never saved."""
        return self.saved.version if self.saved else self._base

    @property
    def head(self) -> str:
        """The head of the history's chain at that version (64 hexadecimal digits), "" where not known."""
        return self.saved.head if self.saved else ""

    def last_word(self) -> str:
        """When the open work-up was saved, in a sentence."""
        if self._trouble:
            return self._trouble
        if self._kept:
            return say(
                "The server does not answer. Every answer is kept on this computer, the last one at "
                "{clock}, and will be sent by itself.",
                clock=local_clock(self._kept),
            )
        if self.saved is None:
            return say("Nothing was changed since this work-up was opened; it is saved as you see it.")
        return say(
            "Every answer is saved as you give it; the last one at {clock}.", clock=local_clock(self.saved.at)
        )

    def watch(self, session: Session, version: int, kind: str = "edit") -> None:
        """Save this session from now on, after flushing the one before.

        It is saved at once where it is new (`version` 0), or where showing it is a step of its own `kind`.
        """
        self.leave()
        pending = self._writer.pending(session.workup.id)
        self._session, self._base, self._ticket = session, version, pending.ticket if pending else 0
        self.saved, self._trouble, self._kept, self._kind = None, "", "", "edit"
        session.changed.connect(self._changed)
        session.typed.connect(self._typed)
        if version == 0 or kind != "edit":
            # A step of its own kind has a revision of its own; an edit that follows must not take its place.
            self._kind = kind
            self._submit()
            if version and self._writer.flush() and not self._writer.waits():
                self._kind = "edit"
        else:
            self.state.emit("", "")
            if pending:
                self._writer.flush(0)

    def leave(self) -> bool:
        """Flush and let go of the session; False when something of it is not on disk."""
        if self._session is None:
            return True
        done = self.flush()
        self._session.changed.disconnect(self._changed)
        self._session.typed.disconnect(self._typed)
        self._session = None
        if not self._writer.waits():
            self._retry.stop()
        return done

    def give_up(self) -> None:
        """After a conflict: what waits here is not to be saved any more under this id."""
        if self._session is None:
            return
        self._due = False
        self._throttle.stop()
        self._writer.forget(self._session.workup.id)
        self._base, self.saved, self._trouble, self._kept = 0, None, "", ""

    def _changed(self, _item: str) -> None:
        self._later()

    def _typed(self, _item: str) -> None:
        self._later()

    def _later(self) -> None:
        # A throttle, not a debounce: a steady typist is saved too.
        self._due = True
        wait = THROTTLE_MS - (time.monotonic() - self._last) * 1000
        if wait <= 0:
            self._submit()
        elif not self._throttle.isActive():
            self._throttle.start(int(wait) + 1)
        self.state.emit("saving", say("Saving…"))

    def _submit(self) -> None:
        session = self._session
        if session is None or self._closed:
            return
        self._due = False
        self._last = time.monotonic()
        workup = session.workup
        self._ticket = self._writer.submit(
            workup.id,
            self._base,
            workup_text(workup),
            summary_of(session.protocol, workup, session.assessment),
            self.author,
            self.station,
            self._kind,
        )

    def _take(self, outcome: object) -> None:
        session = self._session
        if not isinstance(outcome, Outcome):
            return
        self._look_at_server(outcome)
        if outcome.saved is not None:
            self.landed.emit(outcome.workup_id)
        if outcome.left is not None:
            if outcome.trouble is not None:
                self.left.emit(outcome)
            return
        if session is None or outcome.workup_id != session.workup.id or outcome.ticket > self._ticket:
            return
        if outcome.saved is not None:
            self._took(outcome.saved, newest=outcome.ticket == self._ticket)
        elif outcome.kept:
            self._took_kept(outcome.kept)
        elif outcome.trouble is not None:
            self._failed(outcome.trouble)

    def _look_at_server(self, outcome: Outcome) -> None:
        away = bool(outcome.kept) or isinstance(outcome.trouble, Unreachable)
        if away and not self._closed and not self._retry.isActive():
            self._retry.start(RETRY_MS)
        if away != self._is_away:
            self._is_away = away
            self.away.emit(away)

    def _took(self, saved: Saved, *, newest: bool) -> None:
        self.saved, self._trouble, self._kept, self._kind = saved, "", "", "edit"
        if not self._writer.waits():
            self._retry.stop()
        if newest and not self._due:
            self.state.emit("saved", say("Saved {clock}", clock=local_clock(saved.at)))

    def _took_kept(self, at: str) -> None:
        self._kept, self._trouble = at, ""
        if not self._due:
            self.state.emit("kept", say("Saved on this computer only {clock}", clock=local_clock(at)))

    def _failed(self, trouble: Exception) -> None:
        self._trouble = say("NOT SAVED – {trouble}", trouble=trouble)
        self.state.emit("trouble", self._trouble)
        if isinstance(trouble, Conflict):
            self.conflicted.emit()
        elif not self._retry.isActive():
            self._retry.start(RETRY_MS)

    def _try_again(self) -> None:
        self._writer.flush(0)

    def flush(self, timeout: float = 2.0) -> bool:
        """Hand over what is due and wait for the disk at most `timeout` seconds; True when all is there."""
        if self._closed:
            return True
        self._throttle.stop()
        if self._due:
            self._submit()
        return self._writer.flush(timeout)

    def rest(self, timeout: float = 2.0) -> bool:
        """Flush, then close the writer's connection until something is saved; True when all is there."""
        if self._closed:
            return True
        self.resting.emit()
        return self.flush(timeout) and self._writer.rest(timeout)

    def close(self, timeout: float = 2.0) -> bool:
        """Flush, then end the writer; True when all is on disk."""
        if self._closed:
            return True
        done = self.flush(timeout)
        self._closed = True
        self._retry.stop()
        self.ended.emit()
        return self._writer.close(timeout) and done

    def pending(self, workup_id: str) -> Submission | None:
        """The newest state of a work-up that the store does not have yet, None where it has it."""
        return self._writer.pending(workup_id)

    def forget_left(self, left: Submission) -> None:
        """Give up what an earlier window kept."""
        self._writer.forget_left(left)

    def save_other(self, protocol: Protocol, workup: Workup, assessment: Assessment, base: int = 0) -> None:
        """Save a work-up that no session holds, as new or after the version `base`.

        Raises StoreTrouble when it is not on disk then.
        """
        summary = summary_of(protocol, workup, assessment)
        text = workup_text(workup)
        self._writer.submit(workup.id, base, text, summary, self.author, self.station, "import")
        self._writer.flush()
        if workup.id in self._writer.unsaved():
            self._writer.forget(workup.id)
            raise StoreTrouble(say("The work-up could not be saved. Look whether the worklist has it."))


def _outbox_of(store: Store) -> Callable[[], Outbox] | None:
    if store.path is not None:
        return None
    from rls_workup.store.outbox import outbox_of

    return outbox_of(store)


def local_clock(utc: str) -> str:
    """`14:32:07` of a time of the store."""
    return f"{datetime.fromisoformat(utc).astimezone():%H:%M:%S}"


def _single_shot(parent: Saving, ends: object) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.timeout.connect(ends)
    return timer
