"""Things that are looked at or asked for, each with a box, and a line to write on where it is open."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from rls_workup.domain.assessment import Standing
from rls_workup.domain.parts import Item
from rls_workup.domain.wording import word
from rls_workup.report.drawable import drawable
from rls_workup.report.marks import BOX, WRITING_LINE, Box, Mark, Strip, Stroke
from rls_workup.report.reading import Sheet, not_accepted
from rls_workup.report.rows import WRITING_DROP, Cell, row, text_cell
from rls_workup.report.typeface import BODY, COMPACT, HEAVY, SMALL, STRONG, TINY, width_of
from rls_workup.report.wrapping import Run

_GUTTER = 16.0
_LEAST_LINE, _LONG_NOTE = 34.0, 40
_SIGNS = (
    ("tick", word("normal")),
    ("cross", word("abnormal")),
    ("dots", word("awaited")),
    ("", word("not done")),
)


def key(sheet: Sheet, width: float) -> list[Strip]:
    """What the signs in the boxes mean."""
    marks: list[Mark] = []
    cells: list[Cell] = []
    x = 0.0
    for sign, english in _SIGNS:
        text = sheet.say(english)
        marks.append(Box(x, 1.2, sign, 7))
        cells.append(text_cell(x + 10, 60, text, TINY))
        x += width_of(text, TINY) + 22
    return row(cells, above=0, below=2, marks=marks, keep=True)


def checks(
    sheet: Sheet, items: Sequence[Item], width: float, columns: int = 3, *, lines: bool = True
) -> list[Strip]:
    """The items in columns, row by row; one with a long note has the whole width.

    `lines`: an open one has a line to write on beside its box; else a plain yes or no has its box alone.
    """
    wide = (width - _GUTTER * (columns - 1)) / columns
    strips: list[Strip] = []
    for long, group in groupby(items, key=lambda item: len(sheet.note(item)) > _LONG_NOTE):
        held, step = list(group), 1 if long else columns
        for place in range(0, len(held), step):
            strips += _row(sheet, held[place : place + step], width if long else wide, lines)
    return strips


def _row(sheet: Sheet, items: Sequence[Item], wide: float, lines: bool) -> list[Strip]:
    boxes = [
        _CheckBox(sheet, item, number * (wide + _GUTTER), wide, lines) for number, item in enumerate(items)
    ]
    open_row = any(box.blank for box in boxes)
    drop = WRITING_DROP if open_row else 2.0
    cells = [cell for box in boxes for cell in box.cells()]
    marks = [mark for box in boxes for mark in box.marks(drop)]
    return row(cells, above=drop, below=2, at_least=WRITING_LINE if open_row else 0, marks=marks)


class _CheckBox:
    """One item: box, label, and what was found or a line to write it on."""

    def __init__(self, sheet: Sheet, item: Item, x: float, wide: float, lines: bool) -> None:
        self.sheet, self.item, self.x, self.wide = sheet, item, x, wide
        self.standing: Standing = sheet.standing(item.id)
        open_yet = not self.standing.known and not self.standing.rejected and not self._settled
        self.blank = open_yet and (lines or item.kind != "yes_no")
        bare = open_yet and not self.blank and not self._said()
        label = drawable(item.label)
        self.style = BODY if width_of(label, BODY) < wide - BOX - 13 - _LEAST_LINE else COMPACT
        own = width_of(label, self.style) + BOX + 13
        beside = min(max(own, min(wide * 0.62, 140.0)), wide - self._need())
        self.split = wide if bare else beside

    def _need(self) -> float:
        """The room that the finding (or a line for it) asks for, up to half of the column."""
        said = self._said()
        wide = sum(width_of(drawable(run.text[:60]).replace("\n", " "), run.style) for run in said) + 2
        return min(max(wide, _LEAST_LINE), self.wide * 0.5)

    @property
    def _settled(self) -> bool:
        return self.standing.state is not None and not self.standing.awaited

    @property
    def _sign(self) -> str:
        if self.standing.awaited:
            return "dots"
        if not self.standing.known or (self.item.kind == "yes_no" and self.standing.value == "no"):
            return ""
        abnormal = {choice.id for choice in self.item.choices if choice.abnormal}
        return "cross" if self.standing.value in abnormal else "tick"

    def marks(self, drop: float) -> list[Mark]:
        box: Mark = Box(self.x, drop + 1.6, self._sign)
        if not self.blank:
            return [box]
        base = WRITING_LINE - 5
        left = self.split if not self._said() else self.wide * 0.8
        return [box, Stroke(self.x + left, base, self.x + self.wide, base, 0.5)]

    def cells(self) -> list[Cell]:
        label = Cell(self.x + BOX + 5, self.split - BOX - 7, ((Run(self.item.label, self.style),),))
        said = self._said()
        return [label, Cell(self.x + self.split, self.wide - self.split, (said,))] if said else [label]

    def _said(self) -> list[Run]:
        note = self.sheet.note(self.item)
        remark = [Run(f" – {note}", SMALL)] if note else []
        if self.standing.known:
            return [Run(self.sheet.value(self.item.id), HEAVY if self._sign == "cross" else STRONG), *remark]
        if self.standing.rejected and self.sheet.answer(self.item):
            return [Run(not_accepted(self.sheet, self.item), SMALL)]
        if self.standing.state:
            return [Run(self.sheet.spoken(self.standing.state, self.standing.since), SMALL), *remark]
        return []
