"""The medicines on the form: two rows to write on for each, those that are known filled in."""

from __future__ import annotations

from rls_workup.domain import form_fields as form
from rls_workup.domain.parts import Item
from rls_workup.domain.wording import word
from rls_workup.report.blank_rows import Rows
from rls_workup.report.entries import Across, Field, reading_order
from rls_workup.report.marks import WRITING_LINE, Strip, Stroke
from rls_workup.report.rows import row
from rls_workup.report.typeface import COMPACT_STRONG, SMALL, TINY, TINY_STRONG, width_of

_FEWEST, _SPARE = 9, 3
_SPANS = {"weeks": word("weeks"), "months": word("months"), "years": word("years")}


class MedicineRows:
    """Sets the list of medicines of one form."""

    def __init__(self, rows: Rows, item: Item) -> None:
        self.rows, self.item, self.say = rows, item, rows.sheet.say
        self.filled = rows.filled(item)

    def strips(self) -> list[Strip]:
        """The question, the boxes for no list at all, then the lines."""
        known = {name.split("-")[1] for name in self.filled if name.count("-") > 1}
        count = max(_FEWEST, len(known) + _SPARE)
        question = self.rows.question(self.item, self.rows.width, COMPACT_STRONG)
        head = row([question], above=3, below=0, keep=True)
        return [*head, self._none(), *(self._line(number) for number in range(1, count + 1))]

    def _field(self, part: str, says: str) -> Field:
        name = form.field(self.item.id, part)
        return Field(name, f"{self.item.label}: {says}", self.filled.get(name, ""))

    def _none(self) -> Strip:
        none = self.say("No medicines.")
        across = Across(0, self.rows.width).box(self._field("none", none), form.CHOSEN, none, SMALL)
        state = self.rows._state_field(self.item)
        for known in form.states_of(self.item):
            across.box(state, form.state_option(known), self.say(_STATES[known.value]), SMALL)
        return Strip(WRITING_LINE, tuple(across.marks), keep=True)

    def _line(self, number: int) -> Strip:
        width, say = self.rows.width, self.say
        upper = Across(0, width).words(f"{number}.", TINY_STRONG)
        upper.words(say("Medicine")).line(self._part(number, "name", say("Medicine")), 170)
        upper.words(say("Dose")).line(self._part(number, "dose", say("Dose")), 100)
        bought = self._part(number, form.NO_PRESCRIPTION, say("over the counter"))
        room = width_of(say("over the counter"), TINY) + 26
        upper.words(say("Route")).line(self._part(number, "route", say("Route")), width - upper.x - room)
        upper.box(bought, form.CHOSEN, say("over the counter"))
        lower = Across(12, width, WRITING_LINE)
        lower.words(say("Taken for")).line(self._part(number, "length", say("Taken for")), 26)
        spans = [(span, say(text)) for span, text in _SPANS.items()]
        lower.boxes(self._part(number, "span", say("Taken for")), spans)
        current = self._part(number, "current", say("still taken"))
        lower.boxes(current, [(form.NOW, say("still taken")), (form.STOPPED, say("stopped"))])
        lower.words(say("weeks ago:")).line(self._part(number, "weeks_ago", say("weeks ago:")), 22)
        lower.words(say("Remark")).line(self._part(number, "note", say("Remark")))
        height = 2 * WRITING_LINE
        marks = (
            *reading_order(upper.marks),
            *reading_order(lower.marks),
            Stroke(0, height, width, height, 0.3),
        )
        return Strip(height, marks)

    def _part(self, number: int, part: str, says: str) -> Field:
        return self._field(f"{number}-{part}", f"{number}. {says}")


_STATES = {"unknown": word("not known"), "declined": word("declined")}
