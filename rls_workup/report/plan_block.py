"""The plan: what is agreed, boxes for what was done, and lines to write the rest on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rls_workup.domain.finding import Finding, shown_days
from rls_workup.domain.parts import Item, Section
from rls_workup.report.checks_block import checks
from rls_workup.report.drawable import drawable
from rls_workup.report.marks import WRITING_LINE, Mark, Strip, Stroke, Words
from rls_workup.report.reading import Sheet, not_accepted
from rls_workup.report.rows import Cell, heading, row
from rls_workup.report.typeface import BODY, COMPACT, COMPACT_STRONG, SMALL, width_of
from rls_workup.report.wrapping import Run

_GUTTER = 16.0


def plan(sheet: Sheet, section: Section, width: float) -> list[Strip]:
    """The protocol's last section."""
    items = sheet.protocol.items_of(section.id)
    ticks = [item for item in items if item.kind in ("yes_no", "choice", "request")]
    written = [item for item in items if item not in ticks and _is_filled(sheet, item)]
    open_items = [item for item in items if item not in ticks and item not in written]
    strips = heading(section.title, width)
    for item in written:
        strips += _entry(sheet, item, width)
    strips += _due(sheet, width)
    return strips + _lines(open_items, width) + checks(sheet, ticks, width, lines=False)


def _due(sheet: Sheet, width: float) -> list[Strip]:
    """What is worth looking at again, with its days, earliest first."""
    again = sorted((finding for finding in sheet.assessment.findings if finding.due), key=_days)
    runs: list[Run] = []
    for finding in again:
        between = "; " if runs else ""
        runs += [Run(f"{between}{finding.title}: ", COMPACT), Run(_shown(sheet, finding), COMPACT_STRONG)]
    return row([Cell(0, width, (runs,))]) if runs else []


def _shown(sheet: Sheet, finding: Finding) -> str:
    return shown_days(finding.due, sheet.wording)


def _days(finding: Finding) -> tuple[date, ...]:
    return finding.due


def _is_filled(sheet: Sheet, item: Item) -> bool:
    standing = sheet.standing(item.id)
    return standing.known or standing.state is not None


def _entry(sheet: Sheet, item: Item, width: float) -> list[Strip]:
    standing, answer = sheet.standing(item.id), sheet.answer(item)
    said = sheet.value(item.id) or sheet.spoken(standing.state, standing.since)
    if standing.rejected and answer:
        said = not_accepted(sheet, item)
    note = f" {sheet.note(item)}" if sheet.note(item) else ""
    runs = (Run(f"{item.label}: ", COMPACT_STRONG), Run(said, BODY), Run(note, SMALL))
    return row([Cell(0, width, (runs,))])


def _lines(items: Sequence[Item], width: float) -> list[Strip]:
    """Lines to write on, two beside each other; the first has the whole width."""
    rows = [items[:1], *(items[place : place + 2] for place in range(1, len(items), 2))]
    strips = []
    for group in rows:
        wide = (width - _GUTTER * (len(group) - 1)) / max(len(group), 1)
        marks = [
            mark for number, item in enumerate(group) for mark in _line(item, number * (wide + _GUTTER), wide)
        ]
        if marks:
            strips.append(Strip(WRITING_LINE, tuple(marks)))
    return strips


def _line(item: Item, x: float, wide: float) -> list[Mark]:
    label = drawable(item.label)
    base = WRITING_LINE - 5
    left = x + width_of(label, COMPACT) + 6
    return [Words(x, base, label, COMPACT), Stroke(left, base + 1, x + wide, base + 1, 0.5)]
