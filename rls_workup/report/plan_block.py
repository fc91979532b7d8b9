"""The plan: what is agreed, boxes for what was done, and lines to write the rest on."""

from __future__ import annotations

from collections.abc import Sequence

from rls_workup.domain.parts import Item, Section
from rls_workup.report.checks_block import checks
from rls_workup.report.drawable import drawable
from rls_workup.report.marks import WRITING_LINE, Strip, Stroke, Words
from rls_workup.report.reading import Sheet
from rls_workup.report.rows import Cell, heading, row
from rls_workup.report.typeface import BODY, COMPACT, COMPACT_STRONG, width_of
from rls_workup.report.wrapping import Run


def plan(sheet: Sheet, section: Section, width: float) -> list[Strip]:
    """The protocol's last section."""
    items = sheet.protocol.items_of(section.id)
    ticks = [item for item in items if item.kind in ("yes_no", "choice", "request")]
    written = [item for item in items if item not in ticks]
    strips = heading(section.title, width)
    for item in written:
        strips += _entry(sheet, item, width)
    return strips + _ticks(sheet, ticks, width)


def _entry(sheet: Sheet, item: Item, width: float) -> list[Strip]:
    standing = sheet.standing(item.id)
    if standing.known or standing.state:
        said = sheet.value(item.id) or sheet.note(item)
        return row([Cell(0, width, ((Run(f"{item.label}: ", COMPACT_STRONG), Run(said, BODY)),))])
    label = drawable(item.label)
    left = width_of(label, COMPACT) + 8
    line = Stroke(left, WRITING_LINE - 4, width, WRITING_LINE - 4, 0.5)
    return [Strip(WRITING_LINE, (Words(0, WRITING_LINE - 5, label, COMPACT), line))]


def _ticks(sheet: Sheet, items: Sequence[Item], width: float) -> list[Strip]:
    return checks(sheet, items, width, columns=3)
