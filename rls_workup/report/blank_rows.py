"""One row of the form for each item: the question, boxes, lines, the states, and what is known already."""

from __future__ import annotations

from collections.abc import Sequence

from rls_workup.domain import form_fields as form
from rls_workup.domain.parts import Item
from rls_workup.domain.proposals import in_words
from rls_workup.domain.wording import word
from rls_workup.domain.workup import State
from rls_workup.report.drawable import drawable
from rls_workup.report.entries import Across, Field, line, lines, reading_order, remark, tick
from rls_workup.report.marks import WRITING_LINE, Mark, Strip, Stroke
from rls_workup.report.reading import Sheet
from rls_workup.report.rows import Cell, row, text_cell
from rls_workup.report.typeface import COMPACT, COMPACT_STRONG, SMALL, TINY, TINY_STRONG, Style, width_of
from rls_workup.report.wrapping import Run, wrap

_STATE, _ANSWER, _NOTE, _DAY, _VALUE = 41.0, 30.0, 100.0, 60.0, 54.0
_TALLEST_TEXT = 14  # lines of a text that is known already; what is longer is cut, and says so
_HEADS = {
    "asked": (word("not known"), word("declined")),
    "looked_at": (word("not done"), word("declined")),
    "request": (word("not known"), word("declined")),
    "measured": (word("awaited"), word("not done"), word("declined")),
}
_REQUESTED = {
    State.ORDERED: word("requested"),
    State.PENDING: word("awaited"),
    State.NOT_APPLICABLE: word("not needed"),
}


def form_of(item: Item) -> str:
    """In which kind of row an item stands."""
    if item.kind in ("medications", "request"):
        return item.kind
    if item.kind == "quantity" or item.orderable:
        return "measured"
    return {"text": "text", "choice": "looked_at"}.get(item.kind, "asked")


class Rows:
    """Sets the rows of one form."""

    def __init__(self, sheet: Sheet, width: float) -> None:
        self.sheet, self.width = sheet, width
        self.note = width - _NOTE
        self.states = self.note - 6 - 2 * _STATE
        self.yes = self.states - 2 * _ANSWER
        self.tests = width - 3 * _STATE
        self.day = self.tests - _DAY

    # What is above the rows

    def heads(self, kind: str, items: Sequence[Item]) -> list[Cell]:
        """The names of the columns."""
        if kind not in _HEADS:
            return []
        if kind == "measured":
            return self._measured_heads(items)
        cells = [self._head(self.note, _NOTE, "Remark")]
        if any(item.kind == "yes_no" for item in items):
            cells += [self._head(self.yes, _ANSWER, "Yes"), self._head(self.yes + _ANSWER, _ANSWER, "No")]
        return cells + self._state_heads(self.states, _HEADS[kind])

    def _measured_heads(self, items: Sequence[Item]) -> list[Cell]:
        value, unit, day = self._columns()
        cells = [self._head(value, _VALUE, "Result")]
        cells += [self._head(unit, 60, "Unit")] if any(item.units for item in items) else []
        if not any(map(form.has_day, items)):
            return cells + self._state_heads(self.tests + _STATE, _HEADS["measured"][1:])
        return [*cells, self._head(day, _DAY, "Taken"), *self._state_heads(self.tests, _HEADS["measured"])]

    def _state_heads(self, x: float, names: Sequence[str]) -> list[Cell]:
        return [self._head(x + number * _STATE, _STATE - 2, name) for number, name in enumerate(names)]

    def _columns(self) -> tuple[float, float, float]:
        return (self.day - 220, self.day - 220 + _VALUE + 6, self.day)

    def _head(self, x: float, width: float, english: str) -> Cell:
        return text_cell(x, width, self.sheet.say(english), TINY_STRONG)

    # One row

    def of(self, item: Item) -> list[Strip]:
        """The rows of an item."""
        make = {
            "asked": self._asked,
            "looked_at": self._looked_at,
            "measured": self._measured,
            "request": self._request,
            "text": self._text,
        }[form_of(item)]
        return make(item)

    def filled(self, item: Item) -> dict[str, str]:
        """The fields that are filled in already."""
        answer = self.sheet.answer(item)
        return form.filled(self.sheet.protocol.reader, item, answer) if answer else {}

    def field(self, item: Item, part: str = "", says: str = "") -> Field:
        name = form.field(item.id, part)
        more = says or (f"({item.hint})" if item.hint else "")
        return Field(name, f"{item.asks} {more}".strip(), self.filled(item).get(name, ""))

    def question(self, item: Item, width: float, style: Style = COMPACT) -> Cell:
        """The question, with what is known where neither boxes nor lines can show it."""
        paragraphs = [[Run(item.asks, style)]]
        answer = self.sheet.answer(item)
        if answer and not (self.filled(item) and self._note_fits(item, answer.note)):
            known = in_words(self.sheet.protocol, item, answer)
            paragraphs.append([Run(self.sheet.say("so far: {known}", known=known), SMALL)])
        return Cell(0, width, paragraphs)

    def _note_fits(self, item: Item, note: str) -> bool:
        fits = form.has_note(item) and len(wrap([Run(note[:400], TINY)], _NOTE - 4)) <= 2
        return fits or not note

    def _set(self, cell: Cell, marks: Sequence[Mark], down: float = 0) -> list[Strip]:
        count = sum(len(wrap(paragraph, cell.width)) for paragraph in cell.paragraphs)
        return row(
            [cell],
            above=6.2 if count == 1 else 2,
            below=2,
            at_least=WRITING_LINE + down,
            marks=reading_order(marks),
            rule=(0, self.width),
        )

    def _state_boxes(self, item: Item, x: float) -> list[Mark]:
        field = self._state_field(item)
        above = _REQUESTED if item.kind == "request" else {}
        states = [state for state in form.states_of(item) if state not in above]
        return [
            mark
            for number, state in enumerate(states)
            for mark in tick(x + number * _STATE, field, form.state_option(state))
        ]

    def _state_field(self, item: Item) -> Field:
        if form.boxes_of(item):
            return self.field(item)
        return self.field(item, "state", self.sheet.say("(where there is no value)"))

    def _note_line(self, item: Item) -> list[Mark]:
        return remark(self.note, _NOTE, self.field(item, "note", self.sheet.say("(remark)")))

    def _asked(self, item: Item) -> list[Strip]:
        states = [*self._state_boxes(item, self.states), *self._note_line(item)]
        if item.kind == "yes_no":
            field, places = self.field(item), (self.yes, self.yes + _ANSWER)
            pairs = zip(places, form.boxes_of(item), strict=True)
            marks = [mark for x, box in pairs for mark in tick(x, field, box)]
            return self._set(self.question(item, self.yes - 8), [*marks, *states])
        if form.boxes_of(item):
            return self._set(self.question(item, self.yes - 56), [*self._figures(item), *states])
        unit = drawable(item.shows_unit)
        left = min(self.yes, self.states - 42 - width_of(unit, TINY))
        across = Across(left, self.states).line(self.field(item), 32).words(unit)
        return self._set(self.question(item, left - 8), [*across.marks, *states])

    def _figures(self, item: Item) -> list[Mark]:
        """Boxes for a few whole numbers, each with its figure before it."""
        across = Across(self.yes - 46, self.states)
        for box in form.boxes_of(item):
            across.words(box, COMPACT).marks.extend(tick(across.x - 2, self.field(item), box))
            across.x += 14
        return across.marks

    def _looked_at(self, item: Item) -> list[Strip]:
        across = Across(164, self.states - 12)
        across.boxes(self.field(item), [(choice.id, choice.shows) for choice in item.choices], SMALL)
        marks = [*across.marks, *self._state_boxes(item, self.states), *self._note_line(item)]
        return self._set(self.question(item, 156), marks, across.down)

    def _measured(self, item: Item) -> list[Strip]:
        say, (value, unit, day) = self.sheet.say, self._columns()
        if item.kind == "quantity":
            shown = [(form.option(name), self.sheet.protocol.shown_unit(name)) for name in item.units]
            across = Across(unit, day - 4).boxes(self.field(item, "unit", say("(unit)")), shown, SMALL)
            marks = [*line(value, _VALUE, self.field(item)), *across.marks]
        elif form.boxes_of(item):
            shown = [(choice.id, choice.shows) for choice in item.choices]
            across = Across(value, day - 4).boxes(self.field(item), shown, SMALL)
            marks = across.marks
        else:
            across = Across(value, day - 6).line(self.field(item))
            marks = across.marks
        if form.has_day(item):
            marks = [*marks, *line(day, _DAY - 8, self.field(item, "day", say("(day)")))]
        marks = [*marks, *self._measured_states(item)]
        return self._set(self.question(item, value - 8), marks, across.down)

    def _measured_states(self, item: Item) -> list[Mark]:
        awaited = State.PENDING in form.states_of(item)
        return self._state_boxes(item, self.tests if awaited else self.tests + _STATE)

    def _request(self, item: Item) -> list[Strip]:
        say, field = self.sheet.say, self._state_field(item)
        across = Across(164, self.states - 12)
        across.boxes(field, [(form.state_option(s), say(text)) for s, text in _REQUESTED.items()], SMALL)
        marks = [*across.marks, *self._state_boxes(item, self.states), *self._note_line(item)]
        first = self._set(self.question(item, 156), marks, across.down)
        what = Across(0, self.width).words(say("What came of it"), SMALL).line(self.field(item)).marks
        return [*(strip._replace(keep=True) for strip in first), Strip(WRITING_LINE, tuple(what))]

    def _text(self, item: Item) -> list[Strip]:
        field = self.field(item)
        known = len(wrap([Run(field.value, COMPACT)], self.width - 6)) if field.value else 0
        count = min(max(2, -(-known * 11 // 22)), _TALLEST_TEXT)
        head = row([self.question(item, self.width)], above=4, below=0, keep=True)
        marks = lines(0, self.width, field, count)
        return [*head, Strip(WRITING_LINE * count, tuple(marks))]


def card_head(title: str, hint: str, heads: Sequence[Cell], width: float) -> list[Strip]:
    """The name of a card, with what to mind and the names of its columns, kept with its first row."""
    room = min((cell.x for cell in heads), default=width) - 10
    runs = [Run(title, COMPACT_STRONG), *([Run(f"  {hint}", TINY)] if hint else ())]
    head = row([Cell(0, room, (runs,)), *heads], above=6, below=1.5, keep=True)
    last = head[-1]
    return [*head[:-1], last._replace(marks=(*last.marks, Stroke(0, last.height, width, last.height, 0.6)))]
