"""A question with Yes, No and Unknown as buttons; none is chosen until a person chooses."""

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
from rls_workup.ui.words import say

UNKNOWN = "unknown"
_WORDS = (("yes", word("Yes")), ("no", word("No")), (UNKNOWN, word("Unknown")))
_KEYS = {"y": "yes", "n": "no", "u": UNKNOWN}


class ButtonsEditor(Editor):
    """An answer is one of a few buttons; `unknown` among them is a state, not a value."""

    asks_aloud = True

    def _set_buttons(self, words: list[tuple[str, str]], keys: dict[str, str]) -> None:
        self.bar = SegmentBar(self.item.asks, words, keys)
        self.bar.chosen.connect(self._choose)
        self.bar.keyed.connect(self.move_on)
        self.add(self.bar)

    def _choose(self, value: str) -> None:
        if not value:
            self.give(None)
        elif value == UNKNOWN:
            self.give(self.given(state=State.UNKNOWN))
        else:
            self.give(self.given(self._value_of(value)))

    def _value_of(self, button: str) -> object:
        return button

    def _show(self, answer: Answer | None) -> None:
        self.bar.show_value(self._button_of(answer))

    def _button_of(self, answer: Answer | None) -> str:
        if answer is not None and answer.state is State.UNKNOWN:
            return UNKNOWN
        return ""

    def _show_state(self, standing: Standing) -> None:
        # What the Reader makes of the answer: `true` in a file is a yes too.
        if isinstance(standing.value, str) and not self.bar.value():
            self.bar.show_value(standing.value)

    def focus_target(self) -> QWidget:
        return self.bar.focus_target()

    def describe(self, words: str) -> None:
        self.bar.describe(words)


class YesNoEditor(ButtonsEditor):
    """Yes, No or Unknown, also by the keys Y, N and U."""

    def __init__(self, item: Item, protocol: Protocol, today: Callable[[], date]) -> None:
        super().__init__(item, protocol, today)
        words = [(value, say(shown)) for value, shown in _WORDS]
        # Also by the first letter of the word that is shown: J for Ja.
        self._set_buttons(words, {**{shown[:1].casefold(): value for value, shown in words}, **_KEYS})

    def _button_of(self, answer: Answer | None) -> str:
        if answer is not None and answer.state is State.ANSWERED and isinstance(answer.value, (str, bool)):
            word = str(answer.value).strip().casefold()
            return {"true": "yes", "false": "no"}.get(word, word)
        return super()._button_of(answer)
