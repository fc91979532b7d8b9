"""The form to fill in: every item of the protocol in its section and card, by pen or in a PDF reader."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from rls_workup.domain import form_fields as form
from rls_workup.domain.parts import Card, Item, Section
from rls_workup.report.blank_medicines import MedicineRows
from rls_workup.report.blank_rows import Rows, card_head, form_of
from rls_workup.report.marks import Entry, Strip
from rls_workup.report.reading import Sheet
from rls_workup.report.rows import heading, row, text_cell
from rls_workup.report.typeface import SMALL


def blank_title(sheet: Sheet) -> str:
    """The protocol's title, and that this is to be filled in."""
    return f"{sheet.protocol.about.title} – {sheet.say('form to fill in')}"


def blank_form(sheet: Sheet, width: float) -> list[Strip]:
    """How to fill it in, then the sections in the order in which they are asked."""
    rows = Rows(sheet, width)
    strips = [_about(sheet), *row([text_cell(0, width, _how(sheet), SMALL)], above=2, below=2)]
    for section in sorted(sheet.protocol.sections, key=lambda section: section.order):
        strips += _section(rows, section)
    return strips


def _how(sheet: Sheet) -> str:
    return sheet.say(
        "Tick one box in a row, or write on the line. What is left empty counts as not asked, never as no or "
        "normal. Tick the unit that the laboratory printed; no unit is assumed. Write decimals with a point, "
        "and days like 18-Nov-2026."
    )


def _about(sheet: Sheet) -> Strip:
    """The field that says which form this is; people do not see it."""
    about, made_for = sheet.protocol.about, sheet.workup.id
    text = " ".join((form.FORM, about.id, about.version, made_for)).strip()
    return Strip(0, (Entry(0, 0, 0, 0, form.ABOUT, form.FORM, value=text, hidden=True),), keep=True)


def _section(rows: Rows, section: Section) -> list[Strip]:
    items = rows.sheet.protocol.items_of(section.id)
    cards = {card.id: card for card in section.cards}
    strips = heading(section.title, rows.width)
    for name, group in groupby(items, key=lambda item: item.card):
        strips += _card(rows, cards.get(name), list(group))
    return strips if items else []


def _card(rows: Rows, card: Card | None, items: Sequence[Item]) -> list[Strip]:
    """The items of a card; where their rows change, the columns are named anew."""
    strips: list[Strip] = []
    title, hint = (card.title, card.hint) if card else ("", "")
    for kind, group in groupby(items, key=form_of):
        held = list(group)
        heads = rows.heads(kind, held)
        head = card_head(title, hint, heads, rows.width) if title or heads else []
        again = tuple(card_head(card.title if card else "", "", heads, rows.width)) if heads else ()
        strips += head
        for item in held:
            made = MedicineRows(rows, item).strips() if kind == "medications" else rows.of(item)
            strips += [made[0]._replace(again=again), *made[1:]]
        title = hint = ""
    return strips
