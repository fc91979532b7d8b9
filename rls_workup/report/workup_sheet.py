"""The work-up sheet: which blocks stand on it, in which order."""

from __future__ import annotations

from collections.abc import Sequence

from rls_workup.domain.parts import Item, Section
from rls_workup.report.answers_block import answers
from rls_workup.report.checks_block import checks, key
from rls_workup.report.findings_block import findings_to_act_on, notes
from rls_workup.report.marks import Strip
from rls_workup.report.medicines_block import medicines
from rls_workup.report.missing_block import missing_by_decision
from rls_workup.report.reading import Sheet
from rls_workup.report.results_block import results
from rls_workup.report.rows import heading

_FIRST = ("quantity", "choice")


def body(sheet: Sheet, width: float) -> list[Strip]:
    """All blocks of the body, down to the last section."""
    strips = findings_to_act_on(sheet, width)
    strips += missing_by_decision(sheet, width)
    for section in _in_paper_order(sheet):
        strips += _section(sheet, section, width)
    return strips + notes(sheet, width)


def _in_paper_order(sheet: Sheet) -> list[Section]:
    """Measurements first, then what was examined, then the rest as the protocol has it."""

    def place(section: Section) -> int:
        kinds: list[str] = [item.kind for item in sheet.protocol.items_of(section.id)]
        leading = next((kind for kind in _FIRST if kinds.count(kind) * 2 > len(kinds)), "")
        return _FIRST.index(leading) if leading else len(_FIRST)

    return sorted(sheet.protocol.sections, key=place)


def _section(sheet: Sheet, section: Section, width: float) -> list[Strip]:
    items = [item for item in sheet.protocol.items_of(section.id) if _concerns(sheet, item)]
    if not items:
        return []
    table = [item for item in items if item.kind == "quantity"]
    boxes = [item for item in items if item.kind in ("choice", "request")]
    lists = [item for item in items if item.kind == "medications"]
    rest = [item for item in items if item not in table and item not in boxes and item not in lists]
    strips = heading(section.title, width)
    strips += results(sheet, table, width)
    if boxes:
        strips += key(width) if any(item.choices for item in boxes) else []
        strips += checks(sheet, boxes, width)
    for item in lists:
        strips += medicines(sheet, item, width)
    return strips + answers(sheet, rest, width)


def _concerns(sheet: Sheet, item: Item) -> bool:
    standing = sheet.standing(item.id)
    return standing.applies or standing.state is not None or standing.known


__all__: Sequence[str] = ("body",)
