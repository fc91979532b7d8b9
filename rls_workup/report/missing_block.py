"""What is still missing, by decision: what blocks it, what would change confidence, what completes it."""

from __future__ import annotations

from collections.abc import Iterable

from rls_workup.domain.missing import Missing, OpenItem
from rls_workup.report.marks import Strip
from rls_workup.report.reading import Sheet
from rls_workup.report.rows import Cell, heading, row, text_cell
from rls_workup.report.typeface import COMPACT, COMPACT_STRONG
from rls_workup.report.wrapping import Run

_NAMES = 140.0


def missing_by_decision(sheet: Sheet, width: float) -> list[Strip]:
    """A row for each decision that lacks something; the others together on one line."""
    strips = heading(sheet.say("Still missing, by decision"), width)
    for missing in sheet.assessment.missing:
        if not missing.complete:
            strips += _decision(sheet, missing, width)
    settled = [missing.title for missing in sheet.assessment.missing if missing.complete]
    if settled:
        cells = [
            text_cell(0, _NAMES - 8, sheet.say("Nothing missing"), COMPACT_STRONG),
            text_cell(_NAMES, width - _NAMES, ", ".join(settled), COMPACT),
        ]
        strips += row(cells, above=2, below=2)
    return strips if len(strips) > 1 else []


def _decision(sheet: Sheet, missing: Missing, width: float) -> list[Strip]:
    runs: list[Run] = []
    for words, items in decision_parts(sheet, missing):
        runs += [Run(f"{words} ", COMPACT_STRONG), Run(listed(sheet, items) + ". ", COMPACT)]
    cells = [text_cell(0, _NAMES - 8, missing.title, COMPACT_STRONG), Cell(_NAMES, width - _NAMES, (runs,))]
    return row(cells, above=1.7, below=1.9, rule=(0, width))


def decision_parts(sheet: Sheet, missing: Missing) -> list[tuple[str, tuple[OpenItem, ...]]]:
    """What one decision lacks, by how much it matters; only what there is."""
    parts = (
        (sheet.say("Blocked by"), missing.blocks),
        (sheet.say("Would change confidence"), missing.confidence),
        (sheet.say("For completeness"), missing.completeness),
    )
    return [(words, items) for words, items in parts if items]


def listed(sheet: Sheet, items: Iterable[OpenItem]) -> str:
    """Open items in one line, each with its state where it has one."""
    return "; ".join(_open(sheet, part) for part in items)


def _open(sheet: Sheet, part: OpenItem) -> str:
    label = sheet.protocol.label(part.item)
    return f"{label} ({sheet.spoken(part.state, part.since)})" if part.state else label
