"""What waits to be saved: the newest of each work-up, where it is safe already, and what may have arrived."""

from __future__ import annotations

from rls_workup.store.records import Saved, Submission

Slot = tuple[str, str]


class Waiting:
    """The submissions of one writer that its store does not have yet. Used under the writer's lock."""

    def __init__(self, holder: str) -> None:
        self.holder = holder
        self._newest: dict[Slot, Submission] = {}
        self._kept: dict[Slot, Submission] = {}
        self._versions: dict[str, int] = {}
        self._unanswered: dict[str, tuple[str, ...]] = {}  # the times of what may have arrived
        self._sending: tuple[Submission, ...] = ()

    def __bool__(self) -> bool:
        return bool(self._newest)

    def is_own(self, submission: Submission) -> bool:
        """Whether it was typed in this window, not left behind by an earlier one."""
        return submission.holder == self.holder

    def put(self, submission: Submission) -> None:
        """One more; one of the same window and work-up is replaced."""
        self._newest[submission.slot] = submission

    def put_kept(self, submission: Submission) -> None:
        """This one is safe on this computer's disk."""
        self._kept[submission.slot] = submission

    def pending(self, workup_id: str) -> Submission | None:
        """This window's newest state of a work-up that the store does not have yet."""
        return self._newest.get((self.holder, workup_id))

    def begin_sending(self) -> tuple[Submission, ...]:
        """All that waits, which is under way until `end_sending`."""
        self._sending = tuple(self._newest.values())
        return self._sending

    def end_sending(self) -> None:
        """Nothing is under way any more."""
        self._sending = ()

    def base_of(self, workup_id: str, opened_at: int) -> int:
        """The version that the next save of this window follows; versions only grow."""
        return max(opened_at, self._versions.get(workup_id, 0))

    def not_known(self, workup_id: str) -> tuple[str, ...]:
        """The times of this window's submissions that may have arrived, or are just being sent."""
        sending = (one.at for one in self._sending if one.slot == (self.holder, workup_id))
        return tuple(dict.fromkeys((*self._unanswered.get(workup_id, ()), *sending)))

    def what_to_send(self, submission: Submission) -> tuple[int, tuple[str, ...]]:
        """The version it follows by now, and the times of older states that may have arrived."""
        workup_id, base, earlier = submission.workup_id, submission.base_version, submission.earlier
        if not self.is_own(submission):
            return base, earlier
        return self.base_of(workup_id, base), (*earlier, *self._unanswered.get(workup_id, ()))

    def unanswered(self, submission: Submission) -> None:
        """It was sent and no answer came."""
        before = self._unanswered.get(submission.workup_id, ())
        self._unanswered[submission.workup_id] = tuple(dict.fromkeys((*before, submission.at)))

    def landed(self, submission: Submission, saved: Saved) -> None:
        """The store has it."""
        if self.is_own(submission):
            self._versions[submission.workup_id] = saved.version
            self._unanswered.pop(submission.workup_id, None)
        if self._newest.get(submission.slot) is submission:
            del self._newest[submission.slot]

    def give_up(self, slot: Slot) -> None:
        """It is not to be saved any more."""
        self._newest.pop(slot, None)
        self._kept.pop(slot, None)
        if slot[0] == self.holder:
            self._versions.pop(slot[1], None)
            self._unanswered.pop(slot[1], None)

    def lay_aside(self, submission: Submission) -> None:
        """What an earlier window left is not tried again; it stays on disk until the person has decided."""
        if not self.is_own(submission):
            self._newest.pop(submission.slot, None)

    def kept_at(self, submission: Submission) -> str:
        """The time of this or a newer state that is safe on this computer; "" where none is."""
        kept = self._kept.get(submission.slot)
        return kept.at if kept is not None and kept.ticket >= submission.ticket else ""

    def unsafe(self) -> tuple[str, ...]:
        """The ids of the work-ups whose newest state is on no disk."""
        return tuple(one.workup_id for slot, one in self._newest.items() if self._kept.get(slot) is not one)
