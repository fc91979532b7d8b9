"""The work-up in hand: each accepted edit is one undo step and one new assessment; nobody else changes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from rls_workup.domain.assessment import Assessment, assess
from rls_workup.domain.finding import Finding
from rls_workup.domain.proposals import ReviewLine, taken
from rls_workup.domain.protocol import Protocol
from rls_workup.domain.replies import with_reply
from rls_workup.domain.reply import Reply, Stance
from rls_workup.domain.text import shown_date
from rls_workup.domain.wording import word
from rls_workup.domain.workup import Answer, Patient, State, Workup
from rls_workup.ui.answer_words import shortened, step_words
from rls_workup.ui.words import say

_STEP_ID: Final = 1
_SAID: Final[Mapping[Stance | None, str]] = {
    Stance.ACCEPTED: word("accepting {finding}"),
    Stance.SET_ASIDE: word("setting aside {finding}"),
    None: word("taking back the word on {finding}"),
}
Answers = Mapping[str, Answer | None]


class Session(QObject):
    """One work-up being filled in. `changed` tells of an accepted edit, `typed` of text still being typed.

    Both name the item, "" for the patient or for several items at once. The assessment is new by then.
    """

    changed = Signal(str)
    typed = Signal(str)

    def __init__(
        self, protocol: Protocol, workup: Workup, today: Callable[[], date], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.protocol, self.today = protocol, today
        self._workup = workup
        self._assessment = assess(protocol, workup, today())
        self._before_typing: dict[str, Answer | None] = {}
        self._touched: set[str] = set()
        self.undo_stack = QUndoStack(self)
        # Not from redo(): there an exception in a listener would keep the others from hearing.
        self.undo_stack.indexChanged.connect(self._tell)

    @property
    def workup(self) -> Workup:
        """The work-up as it stands, with what is being typed."""
        return self._workup

    @property
    def assessment(self) -> Assessment:
        """All that the answers amount to now; what is being typed does not count yet."""
        return self._assessment

    def visit_day(self) -> date:
        """The day of the visit; today where it is not known."""
        return self._workup.visit or self.today()

    def answer_to(self, item: str) -> Answer | None:
        """The answer to an item, also where it is filed under the item's former id."""
        names = (item, *self.protocol.items[item].was)
        return next((self._workup.answers[name] for name in names if name in self._workup.answers), None)

    def accepted_answer(self, item: str) -> Answer | None:
        """The answer to an item without what is being typed."""
        answers = {**self._workup.answers, **self._before_typing}
        names = (item, *self.protocol.items[item].was)
        return next((known for name in names if (known := answers.get(name)) is not None), None)

    def answer(self, item: str, answer: Answer | None, *, resting: bool = False) -> None:
        """Take an answer as one undo step; None takes it back to “not asked”.

        `resting`: the person paused in mid-typing; what follows on the same item joins this step.
        What is signed takes none.
        """
        if self._workup.closed:
            return
        before = self.accepted_answer(item)
        if answer == before:
            self._settle(item)
            return
        former = {name: self._workup.answers.get(name) for name in self.protocol.items[item].was}
        self._forget_typing(item, quietly=True)
        words = step_words(self.protocol, self.protocol.items[item], before, answer)
        own = {item: before if item in self._workup.answers else None}
        self.undo_stack.push(AnswerStep(self, item, {**former, **own}, answer, words, resting))

    def keep_typing(self, item: str, text: str) -> None:
        """Keep the raw text of a field that is not left yet; no undo step, no new assessment."""
        if self._workup.closed:
            return
        self._before_typing.setdefault(item, self._workup.answers.get(item))
        known = self.accepted_answer(item) or Answer(None, State.REJECTED, reason=self._interrupted(item))
        self._workup = self._workup.answered(item, replace(known, typed=text))
        self.typed.emit(item)

    def _interrupted(self, item: str) -> str:
        label = self.protocol.label(item)
        return say("{label}: the program ended before this was entered. Look at it again.", label=label)

    def _settle(self, item: str) -> None:
        self._forget_typing(item)
        last = self.undo_stack.command(self.undo_stack.index() - 1)
        if isinstance(last, AnswerStep) and last.item == item:
            last.resting = False

    def _forget_typing(self, item: str, *, quietly: bool = False) -> None:
        if item not in self._before_typing:
            return
        self._workup = self._workup.answered(item, self._before_typing.pop(item))
        if not quietly:
            self.typed.emit(item)

    def set_patient(self, patient: Patient) -> None:
        """Take the patient's particulars as one undo step."""
        if patient != self._workup.patient and not self._workup.closed:
            self.undo_stack.push(WorkupStep(self, "patient", self._workup.patient, patient, say("patient")))

    def take(self, lines: Sequence[ReviewLine], words: str) -> None:
        """Take answers that were looked at, all as one undo step with these words."""
        if lines and not self._workup.closed:
            after = taken(self._workup, lines).answers
            self.undo_stack.push(WorkupStep(self, "answers", self._workup.answers, after, words))

    def set_visit_date(self, visit: str) -> None:
        """Take the date of the visit, ISO 8601, as one undo step."""
        before = self._workup.visit_date
        if visit != before and not self._workup.closed:
            words = say("visit {before} → {after}", before=shown_date(before), after=shown_date(visit))
            self.undo_stack.push(WorkupStep(self, "visit_date", before, visit, words))

    def reply(self, finding: Finding, reply: Reply | None) -> None:
        """Take what was said to a finding as one undo step; None takes back what was said before."""
        before = self._workup.replies
        after = with_reply(self.protocol, before, finding, reply)
        if after != before and not self._workup.closed:
            words = say(_SAID[reply.stance if reply else None], finding=shortened(finding.title))
            self.undo_stack.push(WorkupStep(self, "replies", before, after, words))

    def read_by(self, protocol: Protocol) -> None:
        """Read the same answers by a protocol that asks the same; the caller shows them anew."""
        self.protocol = protocol
        self._assessment = assess(protocol, self._accepted(), self.today())

    def put(self, touched: str, workup: Workup) -> None:
        """For the undo steps only: take this work-up; the listeners hear when the step is done."""
        self._workup = workup
        self._before_typing.pop(touched, None)
        self._touched.add(touched)

    def _tell(self) -> None:
        if not self._touched:
            return
        item = self._touched.pop() if len(self._touched) == 1 else ""
        self._touched.clear()
        self._assessment = assess(self.protocol, self._accepted(), self.today(), self._assessment)
        self.changed.emit(item)

    def _accepted(self) -> Workup:
        """The work-up without what is being typed."""
        workup = self._workup
        for item, answer in self._before_typing.items():
            workup = workup.answered(item, answer)
        return workup


class AnswerStep(QUndoCommand):
    """One answer given, changed or taken back; also under the ids that the item had before."""

    def __init__(
        self, session: Session, item: str, before: Answers, after: Answer | None, words: str, resting: bool
    ) -> None:
        super().__init__(words)
        self._session, self.item, self.resting = session, item, resting
        self._before = before
        self.after = after

    def id(self) -> int:
        return _STEP_ID

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, AnswerStep) or not self.resting or other.item != self.item:
            return False
        self.after, self.resting = other.after, other.resting
        protocol, names = self._session.protocol, (self.item, *self._before)
        before = next((answer for name in names if (answer := self._before.get(name)) is not None), None)
        self.setText(step_words(protocol, protocol.items[self.item], before, self.after))
        return True

    def redo(self) -> None:
        self._file({**dict.fromkeys(self._before), self.item: self.after})

    def undo(self) -> None:
        self._file(self._before)

    def _file(self, answers: Answers) -> None:
        workup = self._session.workup
        for name, answer in answers.items():
            workup = workup.answered(name, answer)
        self._session.put(self.item, workup)


class WorkupStep(QUndoCommand):
    """One field of the work-up itself changed: the patient, the visit, the replies to findings."""

    def __init__(self, session: Session, name: str, before: Any, after: Any, words: str) -> None:
        super().__init__(words)
        self._session, self._name, self._before, self._after = session, name, before, after

    def redo(self) -> None:
        self._take(self._after)

    def undo(self) -> None:
        self._take(self._before)

    def _take(self, value: Any) -> None:
        self._session.put("", replace(self._session.workup, **{self._name: value}))
