"""Boxes to tick and lines to write on, each a drawn mark and a field over it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rls_workup.report.drawable import drawable
from rls_workup.report.marks import WRITING_LINE, Box, Entry, Mark, Stroke, Words
from rls_workup.report.typeface import TINY, Style, width_of

TICK = 9.0
_MIDDLE = (WRITING_LINE - TICK) / 2
_BASE = 14.2  # where words stand in a row that is one writing line high
_LINE = 18.2  # where the line to write on lies in it
PITCH = 14.5  # from one line of boxes to the next


class Field(NamedTuple):
    """What the boxes or the line belong to: the field's name, the question, what is filled in already."""

    name: str
    says: str
    value: str = ""


def tick(x: float, field: Field, option: str, down: float = 0) -> list[Mark]:
    """A box to tick."""
    y = _MIDDLE + down
    return [Box(x, y, "", TICK), Entry(x, y, TICK, TICK, field.name, field.says, option, field.value)]


def line(x: float, width: float, field: Field, down: float = 0) -> list[Mark]:
    """A line to write on."""
    base = _LINE + down
    entry = Entry(x, base - 15, width, 14.5, field.name, field.says, value=field.value)
    return [Stroke(x, base, x + width, base, 0.5), entry]


def remark(x: float, width: float, field: Field) -> list[Mark]:
    """A line to write on that also holds two lines of small print."""
    entry = Entry(x, _LINE - 18, width, 18, field.name, field.says, value=field.value)
    return [Stroke(x, _LINE, x + width, _LINE, 0.5), entry]


def lines(x: float, width: float, field: Field, count: int) -> list[Mark]:
    """Several lines to write on, 8 mm apart, as one field."""
    bases = [WRITING_LINE * number - 4 for number in range(1, count + 1)]
    drawn = bases[-1:] if field.value else bases  # no line runs through words
    strokes = [Stroke(x, base, x + width, base, 0.5) for base in drawn]
    entry = Entry(x, 1, width, bases[-1] - 1, field.name, field.says, value=field.value, several_lines=True)
    return [*strokes, entry]


class Across:
    """Sets words, boxes and lines from left to right, as far as there is room."""

    def __init__(self, x: float, end: float, down: float = 0) -> None:
        self.x, self.start, self.end, self.down = x, x, end, down
        self.marks: list[Mark] = []

    def words(self, text: str, style: Style = TINY) -> Across:
        text = drawable(text)
        self.marks.append(Words(self.x, _BASE + self.down, text, style))
        self.x += width_of(text, style) + 4
        return self

    def line(self, field: Field, width: float = 0) -> Across:
        """A line of this width, or up to the end."""
        wide = width or self.end - self.x
        self.marks += line(self.x, wide, field, self.down)
        self.x += wide + 7
        return self

    def box(self, field: Field, option: str, text: str, style: Style = TINY) -> Across:
        """A box and its words, on the next line of boxes where there is no room."""
        text = drawable(text)
        wide = TICK + 3 + width_of(text, style)
        if self.x + wide > self.end and self.x > self.start:
            self.x = self.start
            self.down += PITCH
        self.marks += tick(self.x, field, option, self.down)
        self.marks.append(Words(self.x + TICK + 3, _BASE - 0.8 + self.down, text, style))
        self.x += wide + 9
        return self

    def boxes(self, field: Field, options: Iterable[tuple[str, str]], style: Style = TINY) -> Across:
        for option, text in options:
            self.box(field, option, text, style)
        return self


def reading_order(marks: Sequence[Mark]) -> list[Mark]:
    """The marks with the fields in the order in which they are read: by line, then from left to right."""
    entries = [mark for mark in marks if isinstance(mark, Entry)]
    entries.sort(key=lambda entry: (round(entry.y / PITCH), entry.x))
    return [*(mark for mark in marks if not isinstance(mark, Entry)), *entries]
