"""Cells of text set side by side into strips: the one way that text comes onto paper."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rls_workup.report.marks import WRITING_LINE, Mark, Strip, Stroke, Words
from rls_workup.report.typeface import BODY, HEADING, Style
from rls_workup.report.wrapping import Line, Run, wrap

BASE = 0.76  # where the base line lies, as a share of a line's height
WRITING_DROP = WRITING_LINE - 6.5 - BODY.leading * BASE  # air above words that stand on a writing line
_TALLEST = 360.0  # a row higher than this is cut into several strips


class Cell(NamedTuple):
    """Paragraphs in a column `width` points wide, `x` from the left edge of the body."""

    x: float
    width: float
    paragraphs: Sequence[Sequence[Run]]
    right: bool = False


def text_cell(x: float, width: float, text: str, style: Style, *, right: bool = False) -> Cell:
    """A cell with one paragraph in one style."""
    return Cell(x, width, ((Run(text, style),),), right)


def row(
    cells: Sequence[Cell],
    *,
    above: float = 2,
    below: float = 2,
    at_least: float = 0,
    marks: Sequence[Mark] = (),
    rule: tuple[float, float] | None = None,
    keep: bool = False,
    again: tuple[Strip, ...] = (),
    tallest: float = _TALLEST,
) -> list[Strip]:
    """The cells side by side, one strip, or several where they are higher than `tallest`.

    First base lines are level. `above` and `below` are the air over and under the text, `at_least` the least
    height; `rule` is a thin line below, from and to; `marks` go into the first strip.
    """
    cells = sorted(cells, key=lambda cell: cell.x)  # drawn in reading order
    columns = [_chunks(_lines(cell), tallest) for cell in cells]
    count = max((len(chunks) for chunks in columns), default=1)
    strips = []
    for number in range(count):
        parts = [
            (cell, chunks[number])
            for cell, chunks in zip(cells, columns, strict=True)
            if number < len(chunks)
        ]
        first, last = number == 0, number == count - 1
        base = max((lines[0].leading * BASE for _, lines in parts if lines), default=0.0)
        drawn: list[Mark] = list(marks) if first else []
        inner = 0.0
        for cell, lines in parts:
            top = base - lines[0].leading * BASE if lines else 0.0
            inner = max(inner, top + sum(line.leading for line in lines))
            drawn += _set(cell, lines, (above if first else 0.0) + top)
        height = max((above if first else 0.0) + inner + (below if last else 0.0), at_least if first else 0.0)
        if rule and last:
            drawn.append(Stroke(rule[0], height, rule[1], height, 0.3))
        strips.append(Strip(height, tuple(drawn), keep, again))
    return strips


def _lines(cell: Cell) -> list[Line]:
    return [line for paragraph in cell.paragraphs for line in wrap(paragraph, cell.width)]


def _chunks(lines: Sequence[Line], tallest: float) -> list[list[Line]]:
    chunks: list[list[Line]] = [[]]
    height = 0.0
    for line in lines:
        if height + line.leading > tallest and chunks[-1]:
            chunks.append([])
            height = 0.0
        chunks[-1].append(line)
        height += line.leading
    return chunks


def _set(cell: Cell, lines: Iterable[Line], above: float) -> list[Mark]:
    marks: list[Mark] = []
    y = above
    for line in lines:
        left = cell.x + (cell.width - line.width if cell.right else 0)
        base = y + line.leading * BASE
        marks += [Words(left + piece.x, base, piece.text, piece.style) for piece in line.pieces]
        y += line.leading
    return marks


def heading(text: str, width: float, *, after: str = "", after_style: Style | None = None) -> list[Strip]:
    """The title of a block, kept with what follows."""
    runs = [Run(text, HEADING)]
    if after and after_style:
        runs.append(Run(f"  {after}", after_style))
    return row([Cell(0, width, (runs,))], above=6, below=2, keep=True)


def gap(height: float) -> Strip:
    """Empty room."""
    return Strip(height)


def join(parts: Iterable[Sequence[Run]], between: Run) -> list[Run]:
    """Runs of several things in one paragraph, parted by a sign."""
    joined: list[Run] = []
    for part in parts:
        if joined:
            joined.append(between)
        joined += part
    return joined
