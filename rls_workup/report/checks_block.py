"""Things that are looked at or asked for, each with a box, and a line to write on where it is open."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from rls_workup.domain.assessment import Standing
from rls_workup.domain.parts import Item
from rls_workup.report.marks import BOX, WRITING_LINE, Box, Mark, Strip, Stroke
from rls_workup.report.reading import Sheet, given_words, spoken
from rls_workup.report.rows import Cell, row, text_cell
from rls_workup.report.typeface import BODY, HEAVY, SMALL, STRONG, TINY
from rls_workup.report.wrapping import Run

_GUTTER = 18.0
_ANSWER = 0.56  # where the answer begins, as a share of the column


def key(width: float) -> list[Strip]:
    """What the signs in the boxes mean."""
    boxes: list[Mark] = [
        Box(x, 1.5, sign, 7) for x, sign in ((0, "tick"), (52, "cross"), (117, "dots"), (179, ""))
    ]
    cells = [
        text_cell(x + 10, 70, text, TINY)
        for x, text in ((0, "normal"), (52, "abnormal"), (117, "awaited"), (179, "not done"))
    ]
    return row(cells, above=0, below=3, marks=boxes, keep=True)


def checks(sheet: Sheet, items: Sequence[Item], width: float, columns: int = 2) -> list[Strip]:
    """The items in columns, row by row."""
    asked = [item for item in items if sheet.standing(item.id).applies or sheet.standing(item.id).state]
    wide = (width - _GUTTER * (columns - 1)) / columns
    rows = [asked[place : place + columns] for place in range(0, len(asked), columns)]
    return [strip for items_in_row in rows for strip in _row(sheet, items_in_row, wide)]


def _row(sheet: Sheet, items: Sequence[Item], wide: float) -> list[Strip]:
    cells: list[Cell] = []
    marks: list[Mark] = []
    blank = False
    for number, (item, _) in enumerate(zip_longest(items, ())):
        x = number * (wide + _GUTTER)
        standing = sheet.standing(item.id)
        empty = not standing.known and not standing.rejected
        blank = blank or empty
        top = WRITING_LINE - 5 - BOX if empty else 4.4
        marks.append(Box(x, top, _sign(sheet, item, standing)))
        cells += _cells(sheet, item, standing, x, wide, empty)
        if empty:
            marks.append(Stroke(x + wide * _ANSWER, WRITING_LINE - 4, x + wide, WRITING_LINE - 4, 0.5))
    return row(cells, above=2.2, below=2.2, at_least=WRITING_LINE if blank else 0, marks=marks)


def _cells(sheet: Sheet, item: Item, standing: Standing, x: float, wide: float, empty: bool) -> list[Cell]:
    pad = [[Run("\n", SMALL)]] if empty else []
    label = Cell(x + BOX + 5, wide * _ANSWER - BOX - 10, [*_lowered(pad), [Run(item.label, BODY)]])
    said = _said(sheet, item, standing)
    return (
        [label, Cell(x + wide * _ANSWER, wide * (1 - _ANSWER), [*_lowered(pad), said])] if said else [label]
    )


def _lowered(pad: list[list[Run]]) -> list[list[Run]]:
    return pad


def _sign(sheet: Sheet, item: Item, standing: Standing) -> str:
    if standing.awaited:
        return "dots"
    if not standing.known:
        return ""
    abnormal = {choice.id for choice in item.choices if choice.abnormal}
    return "cross" if standing.value in abnormal else "tick"


def _said(sheet: Sheet, item: Item, standing: Standing) -> list[Run]:
    note = sheet.note(item)
    remark = [Run(f" {note}", SMALL)] if note else []
    if standing.known:
        crossed = _sign(sheet, item, standing) == "cross"
        return [Run(sheet.value(item.id), HEAVY if crossed else STRONG), *remark]
    answer = sheet.answer(item)
    if standing.rejected and answer:
        return [Run(f"“{given_words(answer)}” not accepted. {standing.rejected}", SMALL)]
    if standing.state:
        return [Run(spoken(standing.state, standing.since), SMALL), *remark]
    return []
