"""One of a list of findings: buttons where they are few and short, else a list to open."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from rls_workup.domain.assessment import Standing
from rls_workup.domain.parts import Item
from rls_workup.domain.protocol import Protocol
from rls_workup.domain.workup import Answer, State
from rls_workup.ui.choice_box import ChoiceBox
from rls_workup.ui.editors.editor import Editor
from rls_workup.ui.editors.steps import steps_of
from rls_workup.ui.editors.yes_no import ButtonsEditor
from rls_workup.ui.plain import one_line
from rls_workup.ui.words import say

_MOST_BUTTONS = 4
_LONGEST_WORDS = 30


def fits_buttons(item: Item) -> bool:
    """Whether the choices are few and short enough to stand side by side."""
    words = [choice.shows for choice in item.choices]
    return len(words) <= _MOST_BUTTONS and sum(map(len, words)) <= _LONGEST_WORDS


class ChoiceButtons(ButtonsEditor):
    """A few choices side by side; the first letter chooses where it is the only such."""

    def __init__(self, item: Item, protocol: Protocol, today: Callable[[], date]) -> None:
        super().__init__(item, protocol, today)
        words = [(choice.id, one_line(choice.shows)) for choice in item.choices]
        letters = [shown[:1].casefold() for _, shown in words]
        keys = {
            letter: value
            for letter, (value, _) in zip(letters, words, strict=True)
            if letters.count(letter) == 1
        }
        self._set_buttons([(value, shown[:1].upper() + shown[1:]) for value, shown in words], keys)

    def _button_of(self, answer: Answer | None) -> str:
        given = answer.value if answer is not None and answer.state is State.ANSWERED else None
        return given.strip().casefold() if isinstance(given, str) else ""


class StepButtons(ButtonsEditor):
    """A score of a few steps, `0 1 2 3`, also by its digit."""

    def __init__(self, item: Item, protocol: Protocol, today: Callable[[], date]) -> None:
        super().__init__(item, protocol, today)
        steps = [str(step) for step in steps_of(item)]
        self._set_buttons([(step, step) for step in steps], {step: step for step in steps})

    def _value_of(self, button: str) -> object:
        return Decimal(button)

    def _show_state(self, standing: Standing) -> None:
        if isinstance(standing.value, Decimal) and not self.bar.value():
            self.bar.show_value(_digit(standing.value))

    def _button_of(self, answer: Answer | None) -> str:
        given = answer.value if answer is not None and answer.state is State.ANSWERED else None
        return _digit(given) if isinstance(given, (int, Decimal)) and not isinstance(given, bool) else ""


def _digit(amount: Decimal | int) -> str:
    return str(int(amount)) if amount == int(amount) else ""


class ListBox(ChoiceBox):
    """A list to open. `left` tells by Enter that the person wants to move on."""

    confirmed = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.confirmed.emit()
            return
        super().keyPressEvent(event)


class ChoiceList(Editor):
    """Many or long choices in a list; it opens with none chosen."""

    def __init__(self, item: Item, protocol: Protocol, today: Callable[[], date]) -> None:
        super().__init__(item, protocol, today)
        self.box = ListBox()
        self.box.setProperty("role", "choice")
        self.box.setAccessibleName(item.asks)
        self.box.setPlaceholderText(say("Choose…"))
        for choice in item.choices:
            shown = one_line(choice.shows)
            self.box.addItem(shown[:1].upper() + shown[1:], choice.id)
        self.box.setCurrentIndex(-1)
        self.box.activated.connect(self._activated)
        self.box.confirmed.connect(self.move_on)
        self.add(self.box)

    def _activated(self, at: int) -> None:
        self.give(self.given(str(self.box.itemData(at))))

    def _show(self, answer: Answer | None) -> None:
        given = answer.value if answer is not None and answer.state is State.ANSWERED else None
        word = given.strip().casefold() if isinstance(given, str) else ""
        self.box.setCurrentIndex(self.box.findData(word) if word else -1)

    def focus_target(self) -> QWidget:
        return self.box
