"""What all editors share: one way in, one way out, and text that is kept while it is being typed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from rls_workup.domain.assessment import Standing
from rls_workup.domain.parts import Item
from rls_workup.domain.protocol import Protocol
from rls_workup.domain.workup import Answer, State
from rls_workup.ui.editors.flow import Flow

KEPT_MS = 300
RESTED_MS = 1000


class Editor(Flow):
    """Shows the answer to one item and gives another.

    `edited` gives an Answer, or None where it is taken back; `typing` the raw text of a field that is not
    left yet; `move_on` says that the next item may have the focus; `told` that `trouble` is another sentence,
    `state_asked` that the item is to have a state instead of a value.
    """

    edited = Signal(object)
    typing = Signal(str)
    move_on = Signal()
    told = Signal()
    state_asked = Signal(object)

    wide = False  # takes the whole width of the row
    asks_aloud = False  # a question to read aloud with a few buttons, rather than a line of a table

    def __init__(
        self, item: Item, protocol: Protocol, today: Callable[[], date], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.item, self.protocol, self.today = item, protocol, today
        self.visit_day = today
        self.answer: Answer | None = None
        self.standing: Standing | None = None
        self.trouble = ""
        self.dirty = False
        self.resting = False
        self._draft = ""
        self._keeping: QTimer | None = None
        self._rest: QTimer | None = None

    def show_standing(self, standing: Standing, answer: Answer | None) -> None:
        """Show where the item stands. Never emits, and leaves text alone that is being typed."""
        settled = without_typing(answer)
        draft = answer.typed if answer else ""
        first, self.standing = self.standing is None, standing
        if settled != self.answer or first:
            self._forget_entry()
            self.answer, self._draft = settled, ""
            self._show(settled)
        if draft and not self.dirty and draft != self._draft:
            self._draft = draft
            self._show_draft(draft)
        self._show_state(standing)

    @property
    def has_draft(self) -> bool:
        """Whether text stands here that was being typed when the program ended, and nobody looked yet."""
        return bool(self._draft)

    def commit(self) -> None:
        """Give what is in the field now."""
        if self.dirty:
            self.give(self._entry())

    def focus_target(self) -> QWidget:
        """The widget that takes the focus for this item."""
        return self

    def give(self, answer: Answer | None, *, resting: bool = False) -> None:
        """Tell of an answer, unless nothing changed."""
        if answer == self.answer and not self.dirty:
            return
        self._forget_entry()
        self.answer = answer
        self.resting = resting
        try:
            self.edited.emit(answer)
        finally:
            self.resting = False

    def put(self, answer: Answer | None) -> None:
        """Show an answer that was given beside the fields, such as a state, and tell of it."""
        self._draft = ""
        self._show(answer)
        self.give(answer)

    def describe(self, words: str) -> None:
        """Say the state of the item with its field, for a screen reader."""
        self.focus_target().setAccessibleDescription(words)

    def given(self, value: Any = None, state: State = State.ANSWERED, **more: str) -> Answer:
        """A new answer to this item that keeps the note and what else a file brought with it."""
        before = self.answer or Answer()
        kept = {"note": before.note, "extra": before.extra}
        return Answer(value, state, **{**kept, **more})  # type: ignore[arg-type]

    def judged(self, answer: Answer) -> Answer:
        """The answer, marked as rejected with the reason where the Reader cannot accept it."""
        rejected = self.protocol.reader.read(self.item, answer).rejected
        return replace(answer, state=State.REJECTED, reason=rejected) if rejected else answer

    def say(self, trouble: str) -> None:
        """Say what is wrong with a field that is no value of its own, such as a date."""
        if trouble != self.trouble:
            self.trouble = trouble
            self.told.emit()

    # What an editor fills in

    def _show(self, answer: Answer | None) -> None:
        """Show a settled answer."""

    def _show_draft(self, text: str) -> None:
        """Show text that was being typed when the program ended."""

    def _show_state(self, standing: Standing) -> None:
        """Show borders, placeholders and names by where the item stands."""

    def _entry(self) -> Answer | None:
        """The answer that the fields amount to."""
        return self.answer

    def _raw(self) -> str:
        """The text being typed, in a form that `_show_draft` reads again."""
        return ""

    # Typing

    def _on_typed(self) -> None:
        self.dirty = True
        if self._keeping is None or self._rest is None:
            self._keeping, self._rest = self._timer(KEPT_MS, self._keep), self._timer(RESTED_MS, self._rested)
        # A throttle, not a debounce: however long someone types, the text is never older than that.
        if not self._keeping.isActive():
            self._keeping.start()
        self._rest.start()

    def _timer(self, after_ms: int, then: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(after_ms)
        timer.timeout.connect(then)
        return timer

    def _keep(self) -> None:
        if self.dirty and (raw := self._raw()):
            self.typing.emit(raw)

    def _rested(self) -> None:
        """After a pause only what can be accepted counts: half a number is not yet a mistake."""
        if not self.dirty:
            return
        entry = self._entry()
        if entry is not None and entry.state is State.ANSWERED:
            self.give(entry, resting=True)

    def _forget_entry(self) -> None:
        self.dirty = False
        for timer in (self._keeping, self._rest):
            if timer is not None:
                timer.stop()

    def _look_at_draft(self) -> None:
        """The focus came to a field with a draft: what stands there is an entry again."""
        if self._draft:
            self._draft, self.dirty = "", True


def without_typing(answer: Answer | None) -> Answer | None:
    """The answer without text being typed; None where there was nothing else."""
    if answer is None or not answer.typed:
        return answer
    if answer.value is None and answer.state in (State.REJECTED, State.ANSWERED):
        return None
    return replace(answer, typed="")
