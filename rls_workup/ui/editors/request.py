"""Whether something is asked of another service: its state as buttons, and words to go with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QWidget

from rls_workup.domain.assessment import Standing
from rls_workup.domain.parts import Item
from rls_workup.domain.protocol import Protocol
from rls_workup.domain.wording import word
from rls_workup.domain.workup import Answer, State
from rls_workup.ui.editors.editor import Editor
from rls_workup.ui.editors.segments import SegmentBar
from rls_workup.ui.editors.text import Passage
from rls_workup.ui.words import say

_STATES = (
    (State.ORDERED, word("Requested")),
    (State.PENDING, word("Result awaited")),
    (State.DECLINED, word("Declined")),
    (State.NOT_APPLICABLE, word("Not applicable")),
)
_KEYS = {"r": State.ORDERED, "a": State.PENDING, "d": State.DECLINED, "n": State.NOT_APPLICABLE}


class RequestEditor(Editor):
    """A state, or what came of the request in words; words end the waiting."""

    wide = True

    def __init__(self, item: Item, protocol: Protocol, today: Callable[[], date]) -> None:
        super().__init__(item, protocol, today)
        words = [(state.value, say(shown)) for state, shown in _STATES]
        self.bar = SegmentBar(item.asks, words, {key: state.value for key, state in _KEYS.items()})
        self.bar.chosen.connect(self._choose)
        self.bar.keyed.connect(self.move_on)
        self.outcome = Passage(say("{item}, outcome", item=item.label))
        self.outcome.setPlaceholderText(say("Result or arrangement, in words"))
        self.outcome.typed.connect(self._on_typed)
        self.outcome.left.connect(self.commit)
        self.outcome.entered.connect(self._look_at_draft)
        self.outcome.confirmed.connect(self._confirmed)
        self.outcome.grown.connect(self.place_again)
        self.add(self.bar)
        self.add(self.outcome, whole=True)

    def _choose(self, value: str) -> None:
        if not value:
            self.put(None)
            return
        state = State(value)
        if self.answer is not None and self.answer.state is state:
            return
        since = self.today().isoformat() if state.awaited else ""
        self.put(self.given(state=state, since=since))

    def _confirmed(self) -> None:
        self.commit()
        self.move_on.emit()

    def _entry(self) -> Answer | None:
        text = self.outcome.toPlainText().strip()
        if text:
            return self.given(text)
        has_value = self.answer is not None and self.answer.state in (State.ANSWERED, State.REJECTED)
        return None if has_value else self.answer

    def _raw(self) -> str:
        return self.outcome.toPlainText()

    def _show(self, answer: Answer | None) -> None:
        has_value = answer is not None and answer.state in (State.ANSWERED, State.REJECTED)
        value = answer.value if answer is not None and has_value else None
        self.outcome.show_text("" if value is None else str(value))
        self.bar.show_value(answer.state.value if answer else "")

    def _show_draft(self, text: str) -> None:
        self.outcome.show_text(text)

    def _show_state(self, standing: Standing) -> None:
        if not self.dirty:
            self.outcome.document().setModified(False)
        self.bar.show_value(self.answer.state.value if self.answer else "")

    def focus_target(self) -> QWidget:
        return self.bar.focus_target()

    def describe(self, words: str) -> None:
        self.bar.describe(words)
