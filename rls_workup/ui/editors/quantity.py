"""A measured amount with its unit and date; no unit, no number."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from rls_workup.domain.parts import Item
from rls_workup.domain.quantity import Quantity, fold_unit
from rls_workup.domain.reading import split_unit
from rls_workup.domain.workup import Answer, State
from rls_workup.ui import theme
from rls_workup.ui.answer_words import given_words
from rls_workup.ui.choice_box import ChoiceBox
from rls_workup.ui.editors.dated import date_of, date_trouble, dated
from rls_workup.ui.editors.editor import Desk, TypedEditor
from rls_workup.ui.editors.fields import DateField, NumberField
from rls_workup.ui.patient_dates import read_day
from rls_workup.ui.plain import plain_label


class QuantityEditor(TypedEditor):
    """A number, the unit as it was reported, the date; `38 ug/L 18 nov` may be pasted as a whole."""

    def __init__(self, desk: Desk, item: Item, parent: QWidget | None = None) -> None:
        super().__init__(desk, item, parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.current.px(8))
        self.value, self.date = NumberField(), DateField()
        self.unit: ChoiceBox | None = None
        row.addWidget(self.value)
        row.addWidget(self._unit_part())
        row.addWidget(self.date)
        row.addStretch(1)
        self.value.textEdited.connect(self.touched)
        self.date.textEdited.connect(self.touched)
        self.watch(self.value, self.date, *([self.unit] if self.unit else []))

    def _unit_part(self) -> QWidget:
        units = list(self.item.units)
        if len(units) == 1:
            label: QLabel = plain_label(self.desk.protocol.shown_unit(units[0]), "muted")
            label.setFixedWidth(theme.current.em(6.0))
            return label
        self.unit = ChoiceBox()
        self.unit.addItem("", "")
        for unit in units:
            self.unit.addItem(self.desk.protocol.shown_unit(unit), unit)
        self.unit.setFixedWidth(theme.current.em(6.6))
        self.unit.activated.connect(self._unit_chosen)
        return self.unit

    def _unit_chosen(self) -> None:
        self.dirty = True
        if self.value.text().strip():
            self.commit()

    def chosen_unit(self) -> str:
        """The unit that stands beside the number; empty where none is chosen."""
        return str(self.unit.currentData()) if self.unit is not None else next(iter(self.item.units))

    def fill(self, answer: Answer | None) -> None:
        self.date.show_text(date_of(answer))
        self.value.show_text(self._amount(answer))
        if self.unit is not None:
            spelling = self.desk.protocol.reader.spelling
            unit = spelling.get(fold_unit(answer.unit), "") if answer and answer.unit else ""
            if not self.value.text():
                unit = self.desk.units.get(self.item.id, "")
            self.unit.setCurrentIndex(max(0, self.unit.findData(unit)))

    def _amount(self, answer: Answer | None) -> str:
        if answer is None or answer.value is None:
            return answer.typed if answer else ""
        value = self.desk.protocol.reader.read(self.item, answer).value
        if isinstance(value, Quantity):
            return f"{value.comparator}{value.amount:f}"
        known_unit = self.desk.protocol.reader.spelling.get(fold_unit(answer.unit), "") in self.item.units
        words = given_words(self.desk.protocol, self.item, answer)
        shown = self.desk.protocol.shown_unit(answer.unit)
        return words.removesuffix(f" {shown}") if known_unit else words

    def entry(self) -> QWidget:
        return self.value

    def toned(self) -> list[QWidget]:
        return [self.value]

    def message(self) -> str:
        return date_trouble(self.answer, self.desk.today())

    def name(self, words: str, status: str) -> None:
        unit = self.desk.protocol.units.get(self.chosen_unit())
        super().name(f"{words} in {unit.reads}" if unit else words, status)
        if self.unit is not None:
            self.unit.setAccessibleName(f"{words}: unit")
        self.date.setAccessibleName(f"{words}: date")

    def raw(self) -> str:
        unit = self.desk.protocol.shown_unit(self.chosen_unit()) if self.value.text().strip() else ""
        return " ".join(part for part in (self.value.text().strip(), unit, self.date.text().strip()) if part)

    def may_rest(self) -> bool:
        number, unit, _date = self._split()
        return bool(unit or self.chosen_unit()) or not number

    def _split(self) -> tuple[str, str, str]:
        """Number, unit and date of what stands in the first field; the last two are mostly empty."""
        number, rest = split_unit(self.value.text().strip())
        words = rest.split()
        for count in range(1, len(words)):
            unit, when = " ".join(words[:count]), " ".join(words[count:])
            if fold_unit(unit) in self.desk.protocol.reader.spelling and self._is_date(when):
                return number, unit, when
        return number, rest, ""

    def _is_date(self, text: str) -> bool:
        try:
            read_day(text, self.desk.today())
        except ValueError as trouble:
            return str(trouble).startswith("Is it")
        return True

    def read(self) -> Answer | None:
        number, unit, when = self._split()
        when = when or self.date.text()
        if not number:
            return self._without_number(when)
        chosen = "" if unit else self.chosen_unit()
        given = Answer(f"{number} {unit}".strip(), unit=chosen)
        reading = self.desk.protocol.reader.read(self.item, given)
        if isinstance(reading.value, Quantity):
            found = reading.value
            self.desk.units[self.item.id] = found.unit
            kept = self.changed_answer(found.amount, unit=found.unit, comparator=found.comparator)
        else:
            kept = self.changed_answer(given.value, State.REJECTED, unit=chosen, reason=reading.rejected)
        return dated(kept, when, self.desk.today())

    def _without_number(self, when: str) -> Answer | None:
        known = self.answer
        if known is None or known.state in (State.ANSWERED, State.REJECTED):
            return None
        return dated(known, when, self.desk.today())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif (
            self.value.text().strip()
            and not self.may_rest()
            and self.unit is not None
            and self.value.hasFocus()
        ):
            self.unit.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.commit()
            self.finished.emit()
