"""The work-up sheet: which blocks stand on it, in which order."""

from __future__ import annotations

from itertools import groupby

from rls_workup.domain.parts import Item, Section
from rls_workup.report.answers_block import answers, answers_by_section
from rls_workup.report.checks_block import checks, key
from rls_workup.report.closing_block import signature, sources
from rls_workup.report.earlier_block import earlier_visits
from rls_workup.report.findings_block import findings_to_act_on, notes, set_aside
from rls_workup.report.marks import Strip
from rls_workup.report.medicines_block import medicines
from rls_workup.report.missing_block import missing_by_decision
from rls_workup.report.plan_block import plan
from rls_workup.report.reading import Sheet
from rls_workup.report.results_block import results, to_write_in
from rls_workup.report.rows import heading
from rls_workup.report.sections import concerned, in_order, leading_kind, plan_of

_FORMS = ("table", "box", "list", "answer")


def body(sheet: Sheet, width: float) -> list[Strip]:
    """What to act on, what was found, and the plan: the protocol's last section is left open for the pen."""
    strips = findings_to_act_on(sheet, width) + set_aside(sheet, width)
    strips += missing_by_decision(sheet, width)
    last = plan_of(sheet)
    asked = [section for section in in_order(sheet) if section != last]
    for plain, group in groupby(asked, key=lambda section: _is_plain(sheet, section)):
        parts = list(group)
        if plain and len(parts) > 1:
            strips += _together(sheet, parts, width)
        else:
            strips += [strip for section in parts for strip in _section(sheet, section, width)]
    strips += plan(sheet, last, width) if last else []
    return strips + signature(width, sheet.wording, sheet.workup)


def appendix(sheet: Sheet, width: float) -> list[Strip]:
    """What is looked up rather than read: notes, then sources."""
    return notes(sheet, width) + sources(sheet, width)


def _is_plain(sheet: Sheet, section: Section) -> bool:
    kinds = {item.kind for item in sheet.protocol.items_of(section.id)}
    return not leading_kind(sheet, section) and not kinds & {"medications", "request"}


def _together(sheet: Sheet, sections: list[Section], width: float) -> list[Strip]:
    """Sections of plain answers, under one heading."""
    parts = [(section, concerned(sheet, section)) for section in sections]
    strips = answers_by_section(sheet, parts, width)
    return heading(sheet.say("Answers by section"), width) + strips if strips else []


def _section(sheet: Sheet, section: Section, width: float) -> list[Strip]:
    items = concerned(sheet, section)
    leading = leading_kind(sheet, section)
    forms = [_form(item, leading) for item in items]
    table, boxes, lists, rest = (
        [item for item, form in zip(items, forms, strict=True) if form == wanted] for wanted in _FORMS
    )
    lines = to_write_in(sheet, table)
    strips = results(sheet, table, width)
    strips += earlier_visits(sheet, table, width)
    strips += key(sheet, width) if any(item.choices for item in boxes) else []
    strips += checks(sheet, boxes, width, columns=3 if len(boxes) > 2 else 1)
    for item in lists:
        strips += medicines(sheet, item, width)
    # A test that nobody waits for is named among what is not asked yet.
    open_tests = [item for item in table if item not in lines and not sheet.standing(item.id).state]
    rest += [item for item in open_tests if not sheet.standing(item.id).known]
    strips += answers(sheet, rest, width)
    return heading(section.title, width) + strips if strips else []


def _form(item: Item, leading: str) -> str:
    """Which form an item has on paper; measurements and checks only in a section that is made of them."""
    if item.kind == "medications":
        return "list"
    if item.kind == "request" or (item.kind == leading == "choice"):
        return "box"
    return "table" if item.kind == leading else "answer"
