"""The sections of a protocol as a paper reads them: in which order, and what each is made of."""

from __future__ import annotations

from rls_workup.domain.parts import Item, Section
from rls_workup.report.reading import Sheet

_FIRST = ("quantity", "choice")


def in_order(sheet: Sheet) -> list[Section]:
    """The sections as they are read: measurements and what was examined first, the plan last."""
    plan = plan_of(sheet)
    asked = [section for section in sheet.protocol.sections if section != plan]
    asked.sort(key=lambda section: (_place(sheet, section), section.order))
    return [*asked, *([plan] if plan else ())]


def plan_of(sheet: Sheet) -> Section | None:
    """The last section where it is written rather than measured."""
    last = max(sheet.protocol.sections, key=lambda section: section.order, default=None)
    return last if last and _is_plan(sheet, last) else None


def _is_plan(sheet: Sheet, section: Section) -> bool:
    """Whether a last section is written rather than measured: texts, with things to tick at most."""
    kinds = {item.kind for item in sheet.protocol.items_of(section.id)}
    return "text" in kinds and kinds <= {"text", "yes_no", "choice", "request"}


def leading_kind(sheet: Sheet, section: Section) -> str:
    """The kind that more than half of a section's items are of, where it is shown in a form of its own."""
    kinds: list[str] = [item.kind for item in sheet.protocol.items_of(section.id)]
    return next((kind for kind in _FIRST if kinds.count(kind) * 2 > len(kinds)), "")


def _place(sheet: Sheet, section: Section) -> int:
    """Measurements first, then what was examined, then the rest as the protocol has it."""
    leading = leading_kind(sheet, section)
    return _FIRST.index(leading) if leading else len(_FIRST)


def concerned(sheet: Sheet, section: Section) -> list[Item]:
    """The items that apply to this patient, or were answered all the same."""
    standings = sheet.assessment.standings
    items = sheet.protocol.items_of(section.id)
    return [item for item in items if standings[item.id].applies or standings[item.id].state]
