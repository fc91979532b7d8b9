"""Earlier visits beside today: the last results of each test with their days, and a small line of them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from rls_workup.domain.dates import shown_day
from rls_workup.domain.earlier import Earlier, Trend, trend_of
from rls_workup.domain.finding import shown
from rls_workup.domain.parts import Item
from rls_workup.domain.quantity import Quantity
from rls_workup.report.marks import Mark, Strip, Stroke
from rls_workup.report.reading import Sheet
from rls_workup.report.rows import Cell, row, text_cell
from rls_workup.report.typeface import COMPACT, SMALL, SMALL_STRONG
from rls_workup.report.wrapping import Run

_SHOWN = 4
_NAMES, _LINE, _HIGH = 0.26, 0.2, 14.0


def earlier_rows(sheet: Sheet, items: Sequence[Item]) -> list[tuple[Item, str]]:
    """The items that have earlier results, each with the last of them in words, oldest first."""
    return [
        (item, _words(sheet, item, sheet.earlier[item.id])) for item in items if sheet.earlier.get(item.id)
    ]


def _words(sheet: Sheet, item: Item, results: Sequence[Earlier]) -> str:
    return " · ".join(
        f"{shown_day(result.day)} {shown(result.value, sheet.protocol, item.id)}"
        for result in results[-_SHOWN:]
    )


def earlier_visits(sheet: Sheet, items: Sequence[Item], width: float) -> list[Strip]:
    """A row for each test that was measured before; the line ends at today, dashes are the cut-offs."""
    rows = earlier_rows(sheet, items)
    if not rows:
        return []
    title = f"{sheet.say('Earlier visits')} "
    strips = row(
        [
            Cell(
                0,
                width,
                ((Run(title, SMALL_STRONG), Run(sheet.say("the line ends today; dashes: cut-offs"), SMALL)),),
            )
        ],
        above=5,
        below=1,
        keep=True,
    )
    for item, words in rows:
        value = sheet.standing(item.id).value
        now = value if isinstance(value, Quantity) else None
        trend = trend_of(sheet.protocol, item, sheet.earlier[item.id][-_SHOWN:], now)
        cells = [
            text_cell(0, width * _NAMES - 6, item.label, COMPACT),
            text_cell(width * _NAMES, width * (1 - _NAMES - _LINE) - 8, words, COMPACT),
        ]
        marks = _line(trend, width * (1 - _LINE), width * _LINE)
        strips += row(cells, above=1.6, below=1.6, at_least=_HIGH + 3, marks=marks, rule=(0, width))
    return strips


def _line(trend: Trend, left: float, wide: float) -> list[Mark]:
    """Strokes from result to result, evenly spaced, and a dashed stroke for each cut-off in between."""
    amounts = [amount for _, amount in trend.earlier] + ([] if trend.now is None else [trend.now])
    low, high = min((*amounts, *trend.marks)), max((*amounts, *trend.marks))
    span = (high - low) or 1.0

    def down(amount: float) -> float:
        return 1.5 + _HIGH * (1 - (amount - low) / span)

    step = wide / max(len(amounts) - 1, 1)
    points = [(left + number * step, down(amount)) for number, amount in enumerate(amounts)]
    marks: list[Mark] = []
    for mark in trend.marks:
        marks += [Stroke(left + x, down(mark), left + x + 4, down(mark), 0.4) for x in _dashes(wide)]
    for (x, y), (to_x, to_y) in pairwise(points):
        marks.append(Stroke(x, y, to_x, to_y, 1.0))
    marks += [Stroke(x - 1.2, y, x + 1.2, y, 2.4) for x, y in points]
    return marks


def _dashes(wide: float) -> list[float]:
    return [7.0 * number for number in range(int(wide // 7))]
