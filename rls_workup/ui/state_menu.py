"""The menu of a row: where the item stands when there is no value, its note, and taking it back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from rls_workup.domain.parts import Item
from rls_workup.domain.wording import word
from rls_workup.domain.workup import Answer, State
from rls_workup.ui.words import say

_AWAITED: Final = (
    (State.ORDERED, word("&Ordered today")),
    (State.COLLECTED, word("&Sampled today")),
    (State.PENDING, word("Result &pending")),
)
_REQUESTED: Final = ((State.ORDERED, word("&Requested today")), (State.PENDING, word("Result a&waited")))
_SPOKEN: Final = (
    (State.UNKNOWN, word("&Unknown")),
    (State.DECLINED, word("&Declined…")),
    (State.NOT_APPLICABLE, word("Not &applicable…")),
)


def states_for(item: Item) -> list[tuple[State, str]]:
    """The states that an item can be given by hand, with the words of the menu."""
    awaited = _REQUESTED if item.kind == "request" else _AWAITED
    return [*(awaited if item.orderable else ()), *_SPOKEN]


class StateMenu(QMenu):
    """Built when it is opened; each entry calls back once."""

    def __init__(
        self,
        item: Item,
        answer: Answer | None,
        set_state: Callable[[State], None],
        write_note: Callable[[], None],
        take_back: Callable[[], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(say("State of {label}", label=item.label))
        for state, words in states_for(item):
            action = self._add(say(words), lambda _=False, chosen=state: set_state(chosen))
            action.setCheckable(True)
            action.setChecked(answer is not None and answer.state is state)
        self.addSeparator()
        note = self._add(say("&Note…"), lambda _=False: write_note())
        note.setEnabled(answer is not None)
        back = self._add(say("&Take back the answer"), lambda _=False: take_back())
        back.setEnabled(answer is not None)

    def _add(self, words: str, then: Callable[..., None]) -> QAction:
        action = self.addAction(words)
        action.triggered.connect(then)
        return action
