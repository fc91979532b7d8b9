"""The other answers of a section, compactly: what is yes, what is no, values, what was not asked yet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rls_workup.domain.parts import Item
from rls_workup.domain.workup import State
from rls_workup.report.marks import Strip
from rls_workup.report.reading import Sheet, given_words, spoken
from rls_workup.report.rows import Cell, row, text_cell
from rls_workup.report.typeface import COMPACT, COMPACT_STRONG, SMALL
from rls_workup.report.wrapping import Run

_NAMES = 76.0


def answers(sheet: Sheet, items: Sequence[Item], width: float) -> list[Strip]:
    """One row for each kind of answer that there is."""
    strips: list[Strip] = []
    for name, parts in _groups(sheet, items):
        runs = [run for number, part in enumerate(parts) for run in _listed(part, number)]
        cells = [text_cell(0, _NAMES - 8, name, COMPACT_STRONG), Cell(_NAMES, width - _NAMES, (runs,))]
        strips += row(cells, above=1.2, below=1.2)
    return strips


def _listed(part: Sequence[Run], number: int) -> Iterable[Run]:
    return (Run("; ", COMPACT), *part) if number else part


def _groups(sheet: Sheet, items: Sequence[Item]) -> Iterable[tuple[str, list[list[Run]]]]:
    known = [item for item in items if sheet.standing(item.id).known]
    groups = {
        "Yes": [_named(sheet, item) for item in known if item.kind == "yes_no" and _is(sheet, item, "yes")],
        "No": [_named(sheet, item) for item in known if item.kind == "yes_no" and _is(sheet, item, "no")],
        "Recorded": [_valued(sheet, item) for item in known if item.kind != "yes_no"],
        "Not answered": [_stated(sheet, item) for item in items if _spoken_only(sheet, item)],
        "Not accepted": [_rejected(sheet, item) for item in items if sheet.standing(item.id).rejected],
        "Not asked yet": [[Run(_name(item), COMPACT)] for item in items if _open(sheet, item)],
    }
    return ((name, parts) for name, parts in groups.items() if parts)


def _is(sheet: Sheet, item: Item, word: str) -> bool:
    return sheet.standing(item.id).value == word


def _name(item: Item) -> str:
    return item.label.rstrip("?")


def _named(sheet: Sheet, item: Item) -> list[Run]:
    return [Run(_name(item), COMPACT), *_noted(sheet, item)]


def _noted(sheet: Sheet, item: Item) -> list[Run]:
    note = sheet.note(item)
    return [Run(f" ({note})", SMALL)] if note else []


def _valued(sheet: Sheet, item: Item) -> list[Run]:
    runs = [Run(f"{_name(item)} ", COMPACT), Run(sheet.value(item.id), COMPACT_STRONG)]
    how = sheet.standing(item.id).computed
    return [*runs, *([Run(f" (worked out: {how})", SMALL)] if how else ()), *_noted(sheet, item)]


def _spoken_only(sheet: Sheet, item: Item) -> bool:
    standing = sheet.standing(item.id)
    return not standing.known and standing.state not in (None, State.REJECTED) and not standing.rejected


def _stated(sheet: Sheet, item: Item) -> list[Run]:
    standing = sheet.standing(item.id)
    return [Run(f"{_name(item)}: {spoken(standing.state, standing.since)}", COMPACT), *_noted(sheet, item)]


def _rejected(sheet: Sheet, item: Item) -> list[Run]:
    answer = sheet.answer(item)
    typed = given_words(answer) if answer else ""
    return [Run(f"{_name(item)} as typed: “{typed}”. {sheet.standing(item.id).rejected}", COMPACT)]


def _open(sheet: Sheet, item: Item) -> bool:
    standing = sheet.standing(item.id)
    return standing.applies and standing.state is None and not standing.known
