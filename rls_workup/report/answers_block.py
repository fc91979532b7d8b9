"""The other answers, compactly: by section what is yes, what is no, values, and what was not asked yet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase
from itertools import groupby

from rls_workup.domain.parts import Item, Section
from rls_workup.domain.workup import State
from rls_workup.report.marks import Strip, Stroke
from rls_workup.report.reading import Sheet, given_words
from rls_workup.report.rows import Cell, row, text_cell
from rls_workup.report.typeface import COMPACT, COMPACT_STRONG, SMALL
from rls_workup.report.wrapping import Run

_SECTIONS, _GROUPS = 80.0, 64.0
_MANY = 12
_PARTED = 3 * COMPACT.leading  # a long list may go on over the page
_INPUT = re.compile(r"[a-z][a-z0-9_]*\*?")


def answers_by_section(
    sheet: Sheet, sections: Sequence[tuple[Section, Sequence[Item]]], width: float
) -> list[Strip]:
    """A table of several sections, each named once at the left."""
    strips: list[Strip] = []
    for section, items in sections:
        rows = answers(sheet, items, width, _SECTIONS)
        if not rows:
            continue
        name = row([text_cell(0, _SECTIONS - 8, section.title, COMPACT_STRONG)], above=1.6)[0]
        head = Stroke(0, 0, width, 0, 0.3)
        first = rows[0]
        height = max(first.height, name.height if len(rows) == 1 else 0)
        strips += [first._replace(marks=(head, *name.marks, *first.marks), height=height), *rows[1:]]
    return strips


def answers(sheet: Sheet, items: Sequence[Item], width: float, left: float = 0) -> list[Strip]:
    """One row for each kind of answer that there is."""
    strips: list[Strip] = []
    text = left + _GROUPS
    for name, parts in _groups(sheet, items):
        runs = [run for number, part in enumerate(parts) for run in _listed(part, number)]
        cells = [text_cell(left, _GROUPS - 6, name, SMALL), Cell(text, width - text, (runs,))]
        strips += row(cells, above=1.4, below=1.4, tallest=_PARTED)
    return strips


def _listed(part: Sequence[Run], number: int) -> Iterable[Run]:
    return (Run("; ", COMPACT), *part) if number else part


def _groups(sheet: Sheet, items: Sequence[Item]) -> Iterable[tuple[str, list[list[Run]]]]:
    known = [item for item in items if sheet.standing(item.id).known]
    groups = {
        sheet.say("Yes"): [
            _named(sheet, item) for item in known if item.kind == "yes_no" and _is(sheet, item, "yes")
        ],
        sheet.say("No"): list(_denied(sheet, items)),
        sheet.say("Recorded"): [_valued(sheet, item) for item in known if item.kind != "yes_no"],
        sheet.say("Not answered"): [_stated(sheet, item) for item in items if _spoken_only(sheet, item)],
        sheet.say("Not accepted"): [
            _rejected(sheet, item) for item in items if sheet.standing(item.id).rejected
        ],
        sheet.say("Not asked yet"): [[Run(_name(item), COMPACT)] for item in _still_open(sheet, items)],
    }
    return ((name, parts) for name, parts in groups.items() if parts)


def _is(sheet: Sheet, item: Item, word: str) -> bool:
    return sheet.standing(item.id).value == word


def _denied(sheet: Sheet, items: Sequence[Item]) -> Iterable[list[Run]]:
    """What was answered no, one by one; a long card that was answered no throughout, in one word."""
    cards = {card.id: card.title for section in sheet.protocol.sections for card in section.cards}
    for card, group in groupby(items, key=lambda item: item.card):
        asked = [item for item in group if item.kind == "yes_no"]
        denied = [item for item in asked if _is(sheet, item, "no")]
        if len(denied) == len(asked) >= _MANY and not any(sheet.note(item) for item in asked):
            yield [
                Run(sheet.say("{card}: all {count}", card=cards.get(card, card), count=len(asked)), COMPACT)
            ]
        else:
            yield from (_named(sheet, item) for item in denied)


def _name(item: Item) -> str:
    return item.label.rstrip("?")


def _named(sheet: Sheet, item: Item) -> list[Run]:
    return [Run(_name(item), COMPACT_STRONG if _is(sheet, item, "yes") else COMPACT), *_noted(sheet, item)]


def _noted(sheet: Sheet, item: Item) -> list[Run]:
    note = sheet.note(item)
    return [Run(f" ({note})", SMALL)] if note else []


def _valued(sheet: Sheet, item: Item) -> list[Run]:
    runs = [Run(f"{_name(item)} ", COMPACT), Run(sheet.value(item.id), COMPACT_STRONG)]
    how = sheet.standing(item.id).computed
    return [
        *runs,
        *([Run(f" ({sheet.say('worked out: {how}', how=how)})", SMALL)] if how else ()),
        *_noted(sheet, item),
    ]


def _spoken_only(sheet: Sheet, item: Item) -> bool:
    standing = sheet.standing(item.id)
    return not standing.known and standing.state not in (None, State.REJECTED) and not standing.rejected


def _stated(sheet: Sheet, item: Item) -> list[Run]:
    standing = sheet.standing(item.id)
    words = f"{_name(item)}: {sheet.spoken(standing.state, standing.since)}"
    return [Run(words, COMPACT), *_noted(sheet, item)]


def _rejected(sheet: Sheet, item: Item) -> list[Run]:
    answer = sheet.answer(item)
    typed = given_words(answer) if answer else ""
    said = sheet.say("{item} as typed: “{typed}”.", item=_name(item), typed=typed)
    return [Run(f"{said} {sheet.standing(item.id).rejected}", COMPACT)]


def _still_open(sheet: Sheet, items: Sequence[Item]) -> list[Item]:
    """What was never asked; the parts of a sum are left to the sum, which stands for them."""
    parts = parts_of_sums(sheet, items)
    return [item for item in items if item.id not in parts and _open(sheet, item)]


def parts_of_sums(sheet: Sheet, items: Sequence[Item]) -> set[str]:
    """The items that others of these are worked out from."""
    return {name for item in items for name in _inputs(sheet, item)}


def _open(sheet: Sheet, item: Item) -> bool:
    standing = sheet.standing(item.id)
    return standing.applies and standing.state is None and not standing.known


def _inputs(sheet: Sheet, item: Item) -> set[str]:
    patterns = [pattern for way in item.computed for pattern in _INPUT.findall(way.gives)]
    return {name for pattern in patterns for name in sheet.protocol.items if fnmatchcase(name, pattern)}
