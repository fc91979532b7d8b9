"""One work-up on the screen: the only place that changes it, one undo step an answer, one signal for all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from rls_workup.domain.assessment import Assessment, assess
from rls_workup.domain.finding import shown
from rls_workup.domain.protocol import Protocol
from rls_workup.domain.text import shown_date, visible
from rls_workup.domain.workup import Answer, Patient, State, Workup

_LONGEST_WORDS = 24


class Session(QObject):
    """A work-up being filled in. `changed` tells an item's id, or "" where the patient or all changed."""

    changed = Signal(str)
    typed = Signal(str)

    def __init__(
        self, protocol: Protocol, workup: Workup, today: Callable[[], date], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.protocol = protocol
        self._today = today
        self._workup = workup
        self._assessment = assess(protocol, workup, today())
        self.undo_stack = QUndoStack(self)

    @property
    def workup(self) -> Workup:
        return self._workup

    @property
    def assessment(self) -> Assessment:
        return self._assessment

    @property
    def today(self) -> date:
        return self._today()

    def answer(self, item: str, answer: Answer | None) -> None:
        """Give an answer, or take it back with None: one undo step, unless nothing changes."""
        before = self._workup.answers.get(item)
        given = self._accepted(item, answer)
        if before == given:
            return
        settled = replace(before, typed="") if before is not None else None
        if settled == given:
            self._keep(item, given)
            return
        if settled is not None and settled.value is None and settled.state is State.ANSWERED:
            settled = None  # only typed text was there
        words = f"{self.protocol.label(item)} {self._said(item, settled)} → {self._said(item, given)}"
        self.undo_stack.push(_AnswerStep(self, item, settled, given, words))

    def keep_typing(self, item: str, text: str) -> None:
        """Keep the text being typed with the answer; rules do not see it, and it is no undo step."""
        before = self._workup.answers.get(item)
        if (before.typed if before else "") != text:
            self._keep(item, replace(before or Answer(), typed=text))

    def set_patient(self, patient: Patient) -> None:
        """Change who the work-up is for: one undo step."""
        before = self._workup.patient
        if patient != before:
            self.undo_stack.push(_PatientStep(self, before, patient))

    def set_visit_date(self, day: str) -> None:
        """Change the day of the visit (ISO 8601): one undo step."""
        before = self._workup.visit_date
        if day != before:
            self.undo_stack.push(_VisitStep(self, before, day))

    def become(self, workup: Workup, item: str) -> None:
        """Show another state of the work-up, assessed; tells everyone once."""
        self._workup = workup
        self._assessment = assess(self.protocol, workup, self._today())
        self.changed.emit(item)

    def _keep(self, item: str, answer: Answer | None) -> None:
        if answer is not None and answer == Answer():
            answer = None  # everything that was typed is gone again
        self._workup = self._workup.answered(item, answer)
        self.typed.emit(item)

    def _accepted(self, item: str, answer: Answer | None) -> Answer | None:
        """The answer as the domain reads it: what cannot be accepted is kept, and marked so."""
        known = self.protocol.items.get(item)
        if answer is None or known is None or answer.state not in (State.ANSWERED, State.REJECTED):
            return answer
        fresh = replace(answer, state=State.ANSWERED, reason="")
        rejected = self.protocol.reader.read(known, fresh).rejected
        return replace(fresh, state=State.REJECTED, reason=rejected) if rejected else fresh

    def _said(self, item: str, answer: Answer | None) -> str:
        """An answer in a word or two, for the undo step."""
        if answer is None:
            return "not asked"
        if answer.state not in (State.ANSWERED, State.REJECTED):
            return str(answer.state).replace("_", " ")
        known = self.protocol.items.get(item)
        value = self.protocol.reader.read(known, answer).value if known else None
        words = shown(value, self.protocol, item) if value is not None else str(answer.value)
        text = visible(" ".join(words.split())) or "empty"
        return text if len(text) <= _LONGEST_WORDS else text[:_LONGEST_WORDS] + "…"


class _AnswerStep(QUndoCommand):
    def __init__(
        self, session: Session, item: str, before: Answer | None, after: Answer | None, words: str
    ) -> None:
        super().__init__(words)
        self._session, self._item, self._before, self._after = session, item, before, after

    def redo(self) -> None:
        self._session.become(self._session.workup.answered(self._item, self._after), self._item)

    def undo(self) -> None:
        self._session.become(self._session.workup.answered(self._item, self._before), self._item)


class _PatientStep(QUndoCommand):
    def __init__(self, session: Session, before: Patient, after: Patient) -> None:
        super().__init__("patient's details")
        self._session, self._before, self._after = session, before, after

    def redo(self) -> None:
        self._session.become(replace(self._session.workup, patient=self._after), "")

    def undo(self) -> None:
        self._session.become(replace(self._session.workup, patient=self._before), "")


class _VisitStep(QUndoCommand):
    def __init__(self, session: Session, before: str, after: str) -> None:
        super().__init__(f"day of the visit {shown_date(before) or 'not given'} → {shown_date(after)}")
        self._session, self._before, self._after = session, before, after

    def redo(self) -> None:
        self._session.become(replace(self._session.workup, visit_date=self._after), "")

    def undo(self) -> None:
        self._session.become(replace(self._session.workup, visit_date=self._before), "")
