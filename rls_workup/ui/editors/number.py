"""A number without units to choose from: a count, a duration, a score."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from rls_workup.domain.assessment import Standing
from rls_workup.domain.finding import shown
from rls_workup.domain.parts import Item
from rls_workup.domain.protocol import Protocol
from rls_workup.domain.quantity import plain
from rls_workup.domain.workup import Answer, State
from rls_workup.ui.editors.amounts import amount_and_sign, number_text
from rls_workup.ui.editors.editor import Editor
from rls_workup.ui.editors.line import Line
from rls_workup.ui.editors.tones import tone_of
from rls_workup.ui.plain import plain_label
from rls_workup.ui.words import say


class NumberEditor(Editor):
    """A line for the number and the words of its unit behind it."""

    def __init__(self, item: Item, protocol: Protocol, today: Callable[[], date]) -> None:
        super().__init__(item, protocol, today)
        name = (
            say("{label} in {reads}", label=item.label, reads=item.shows_unit)
            if item.shows_unit
            else item.label
        )
        self.number = Line("number", name, _range(item))
        self.number.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.number.textEdited.connect(self._on_typed)
        self.number.left.connect(self.commit)
        self.number.entered.connect(self._look_at_draft)
        self.number.returnPressed.connect(self._enter)
        self.add(self.number)
        if item.shows_unit:
            self.add(plain_label(item.shows_unit, role="unit"))

    def _entry(self) -> Answer | None:
        text = self.number.text().strip()
        if not text:
            return None
        value, sign = amount_and_sign(text)
        judged = self.judged(self.given(value, comparator=sign))
        reading = self.protocol.reader.read(self.item, judged)
        # `15 /h` is read with its unit; what is kept is the number.
        plain_value = judged.state is State.ANSWERED and isinstance(reading.value, Decimal)
        return self.given(reading.value) if plain_value else judged

    def _enter(self) -> None:
        was = self.answer
        self.commit()
        if self.answer is None or self.answer.state is not State.REJECTED or self.answer == was:
            self.move_on.emit()

    def _raw(self) -> str:
        return self.number.text().strip()

    def _show(self, answer: Answer | None) -> None:
        has_value = answer is not None and answer.state in (State.ANSWERED, State.REJECTED)
        self.number.show_text(number_text(answer) if answer is not None and has_value else "")

    def _show_draft(self, text: str) -> None:
        self.number.show_text(text)

    def _show_state(self, standing: Standing) -> None:
        if not self.dirty:
            self.number.setModified(False)
        self.number.set_tone(tone_of(standing))
        computed = shown(standing.value, self.protocol, self.item.id) if standing.computed else ""
        self.number.setPlaceholderText(computed or _range(self.item))

    def focus_target(self) -> QWidget:
        return self.number


def _range(item: Item) -> str:
    """`0–40` for a score, as an example in the empty field."""
    if item.kind != "score" or item.accepts is None:
        return ""
    return f"{plain(item.accepts.lowest)}–{plain(item.accepts.highest)}"
