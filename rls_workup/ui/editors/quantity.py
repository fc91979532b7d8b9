"""A laboratory value: number, unit and the day it was collected. Without a unit there is no number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from rls_workup.domain.assessment import Standing
from rls_workup.domain.dates import iso_date
from rls_workup.domain.finding import shown
from rls_workup.domain.parts import Item
from rls_workup.domain.protocol import Protocol
from rls_workup.domain.wording import word
from rls_workup.domain.workup import Answer, State
from rls_workup.exchange.typed_days import shown_again
from rls_workup.ui.editors import unit_habit
from rls_workup.ui.editors.amounts import amount_and_sign, number_text, read_pasted
from rls_workup.ui.editors.editor import Editor
from rls_workup.ui.editors.focus import has_focus
from rls_workup.ui.editors.line import Line, UnitBox
from rls_workup.ui.editors.tones import tone_of
from rls_workup.ui.plain import give_tip, plain_label
from rls_workup.ui.typed_dates import read_past_day
from rls_workup.ui.words import said_of, say

_NUMBER_TIP = word("38 · <5 · 38 ug/L. Without a value: D declined, N not applicable, U unknown")
_ORDERABLE_TIP = word(
    "38 · <5 · 38 ug/L 18 nov. Without a value: O ordered, S sampled, P pending, "
    "D declined, N not applicable, U unknown"
)
STATE_KEYS: Final = {
    "o": State.ORDERED,
    "s": State.COLLECTED,
    "p": State.PENDING,
    "u": State.UNKNOWN,
    "d": State.DECLINED,
    "n": State.NOT_APPLICABLE,
}
_DAY_TIP = word("Date collected: 18-Nov-2026, 18.11.26, 18 nov, t for today, t-3")


class QuantityEditor(Editor):
    """The three fields give one answer together, when the last of them is left."""

    def __init__(self, item: Item, protocol: Protocol, today: Callable[[], date]) -> None:
        super().__init__(item, protocol, today)
        self.number = Line("number", item.label)
        self.number.setAlignment(Qt.AlignmentFlag.AlignRight)
        give_tip(self.number, say(_ORDERABLE_TIP if item.orderable else _NUMBER_TIP))
        self.unit_box: UnitBox | None = None
        self.day: Line | None = None
        self.add(self.number)
        self._add_unit()
        if item.orderable:
            self._add_day()
        self.number.textEdited.connect(self._on_typed_number)
        self.number.returnPressed.connect(self._enter)
        self.number.left.connect(self._left)
        self.number.entered.connect(self._look_at_draft)
        self._name_number()

    def _add_unit(self) -> None:
        units = {unit: self.protocol.shown_unit(unit) for unit in self.item.units}
        if len(units) == 1:
            self.add(plain_label(next(iter(units.values())), role="unit"))
            return
        box = self.unit_box = UnitBox(units, say("Unit of {label}", label=self.item.label))
        box.show_unit(unit_habit.usual_unit(self.item))
        box.activated.connect(self._unit_chosen)
        box.confirmed.connect(self._enter)
        box.left.connect(self._left)
        self.add(box)

    def _add_day(self) -> None:
        day = self.day = Line("date", say("{label}, date collected", label=self.item.label), say("Collected"))
        give_tip(day, say(_DAY_TIP))
        day.textEdited.connect(self._on_typed)
        day.returnPressed.connect(self._enter)
        day.left.connect(self._left)
        self.add(day)

    def _unit(self) -> str:
        return self.unit_box.unit() if self.unit_box else next(iter(self.item.units))

    def _name_number(self) -> None:
        unit = self.protocol.units.get(self._unit())
        self.number.setAccessibleName(
            say("{label} in {reads}", label=self.item.label, reads=unit.reads) if unit else self.item.label
        )

    # From the fields to an answer

    def _entry(self) -> Answer | None:
        text = self.number.text().strip()
        collected = self._collected()
        if not text:
            return self._without_number(collected)
        pasted = read_pasted(text, self.item, self.protocol, self.today())
        if pasted.asks:
            return replace(self.given(text), state=State.REJECTED, reason=f"{self.item.label}: {pasted.asks}")
        value, sign = amount_and_sign(pasted.number)
        # A unit inside a text that was not understood is for the Reader to judge.
        unit = pasted.unit or ("" if isinstance(value, str) else self._unit())
        answer = self.given(value, unit=unit, comparator=sign, collected=pasted.collected or collected)
        return self.judged(self._same_source(answer))

    def _without_number(self, collected: str) -> Answer | None:
        before = self.answer
        if before is None or before.state in (State.ANSWERED, State.REJECTED):
            return None
        return replace(before, collected=collected)

    def _same_source(self, answer: Answer) -> Answer:
        """A value that stays as it came from the laboratory keeps that source."""
        before = self.answer
        if before is None or not before.source:
            return answer
        same = (before.value, before.unit, before.comparator) == (
            answer.value,
            answer.unit,
            answer.comparator,
        )
        return replace(answer, source=before.source) if same else answer

    def _collected(self) -> str:
        """The day as ISO 8601; a text that is no day is kept as typed, with a sentence."""
        text = self.day.text().strip() if self.day else ""
        before = self.answer.collected if self.answer else ""
        if self.day is None or text == shown_again(before):
            return before
        if not text:
            self.say("")
            return ""
        try:
            read = read_past_day(text, self.today())
        except ValueError as trouble:
            self.say(say("Date collected: {trouble}", trouble=said_of(trouble)))
            return text
        self.say("")
        return read.date.isoformat()

    # What the person does

    def _on_typed_number(self, text: str) -> None:
        """One letter in a field without a value is a state: no number begins with it."""
        state = STATE_KEYS.get(text.casefold())
        free = self.answer is None or self.answer.value is None
        if state is None or not free or (state.awaited and not self.item.orderable):
            self._on_typed()
            return
        self.number.show_text("")
        self._forget_entry()
        self.state_asked.emit(state)

    def _unit_chosen(self) -> None:
        unit_habit.chose(self.item, self._unit())
        self._name_number()
        if not self.number.text().strip():
            return
        self.dirty = True
        entry = self._entry()
        if entry is not None and entry.state is State.ANSWERED:
            self.give(entry)

    def _left(self) -> None:
        if not has_focus(self):
            self.commit()

    def _enter(self) -> None:
        if self._wants_unit() and self.unit_box is not None and not self.unit_box.hasFocus():
            self.unit_box.setFocus()
            return
        was, troubled = self.answer, self.trouble
        self.commit()
        rejected = self.answer is not None and self.answer.state is State.REJECTED and self.answer != was
        if not rejected and (not self.trouble or self.trouble == troubled):
            self.move_on.emit()

    def _wants_unit(self) -> bool:
        text = self.number.text().strip()
        if not text or self._unit():
            return False
        pasted = read_pasted(text, self.item, self.protocol, self.today())
        return not pasted.unit and not isinstance(amount_and_sign(pasted.number)[0], str)

    def _raw(self) -> str:
        parts = [self.number.text().strip()]
        if parts[0] and self.unit_box and self._unit():
            parts.append(self.protocol.shown_unit(self._unit()))
        if self.day and self.day.isModified() and self.day.text().strip():
            parts.append(self.day.text().strip())
        return " ".join(part for part in parts if part)

    # From an answer to the fields

    def _show(self, answer: Answer | None) -> None:
        has_value = answer is not None and answer.state in (State.ANSWERED, State.REJECTED)
        self.number.show_text(number_text(answer) if answer is not None and has_value else "")
        if self.unit_box and answer is not None and answer.value is not None:
            self.unit_box.show_unit(answer.unit)
        elif self.unit_box:
            self.unit_box.show_unit(unit_habit.usual_unit(self.item))
        if self.day:
            self.day.show_text(shown_again(answer.collected) if answer else "")
            self._check_day(answer.collected if answer else "")
        self._name_number()

    def _check_day(self, collected: str) -> None:
        day = iso_date(collected)
        if not collected or (day is not None and day <= self.today()):
            self.say("")
            return
        try:
            read_past_day(collected, self.today())
        except ValueError as trouble:
            self.say(say("Date collected: {trouble}", trouble=said_of(trouble)))

    def _show_draft(self, text: str) -> None:
        self.number.show_text(text)

    def _show_state(self, standing: Standing) -> None:
        if not self.dirty and not self._draft:
            self._settle()
        self.number.set_tone(tone_of(standing))
        if self.day:
            self.day.set_tone("critical" if self.trouble else "")
        self.number.setPlaceholderText(self._worked_out(standing) if standing.computed else "")

    def _worked_out(self, standing: Standing) -> str:
        """The computed amount; its unit stands beside the field already, and there is room for no more."""
        unit = self.protocol.shown_unit(self._unit())
        return shown(standing.value, self.protocol, self.item.id).removesuffix(f" {unit}")

    def _settle(self) -> None:
        """After an entry the fields show what was understood: the unit and the whole date."""
        answer = self.answer
        if answer is None or answer.state is not State.ANSWERED:
            self.number.setModified(False)
            return
        if not self.number.hasFocus() or self.number.text() != number_text(answer):
            self.number.show_text(number_text(answer))
        self.number.setModified(False)
        if self.unit_box and self.unit_box.unit() != answer.unit:
            self.unit_box.show_unit(answer.unit)
            self._name_number()
        if self.day and not self.day.hasFocus():
            self.day.show_text(shown_again(answer.collected))

    def focus_target(self) -> QWidget:
        return self.number
