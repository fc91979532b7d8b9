"""The handout for the patient: their tests in plain words, what they can do, and when to get help at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rls_workup.domain.parts import Item
from rls_workup.domain.text import shown_date
from rls_workup.report import summary
from rls_workup.report.marks import MILLIMETRE, Box, Frame, Strip, Stroke
from rls_workup.report.pages import height_of, stacked
from rls_workup.report.paper_texts import Texts, paper_texts
from rls_workup.report.reading import Sheet
from rls_workup.report.rows import Cell, row, text_cell
from rls_workup.report.typeface import LARGE, LARGE_HEADING, LARGE_STRONG
from rls_workup.report.wrapping import Run

_LINE = 9 * MILLIMETRE
_NOTE_LINES = 3


def handout_texts(sheet: Sheet) -> Texts:
    """Its texts in the language of the sheet. Raises WorkupError where it is not written in it."""
    return paper_texts("handout", sheet.protocol.language)


def handout_title(sheet: Sheet) -> str:
    return str(handout_texts(sheet)["title"])


def handout(sheet: Sheet, width: float) -> list[Strip]:
    """The whole handout; nothing under 12 pt."""
    texts = handout_texts(sheet)
    about = next(part for part in texts["about"] if part["finding"] in ("", *_found(sheet)))
    return [
        *_paragraph(texts["greeting"], width, above=6),
        *_headed(about["title"], about["says"], width),
        *_tests(sheet, texts["tests"], width),
        *_medicines(sheet, texts["medicines"], width),
        *_help(texts["help"], width),
        *_headed(texts["own"]["title"], texts["own"]["says"], width),
        *_measures(sheet, texts["measures"], width),
        *_next(sheet, texts["next"], width),
        *_paragraph(texts["advice"], width, above=8),
    ]


def _found(sheet: Sheet) -> set[str]:
    return {finding.id for finding in sheet.assessment.in_force}


def _heading(text: str, width: float) -> list[Strip]:
    return row([text_cell(0, width, text, LARGE_HEADING)], above=9, below=2, keep=True)


def _paragraph(text: str, width: float, *, above: float = 1, keep: bool = False) -> list[Strip]:
    return row([text_cell(0, width, text, LARGE)], above=above, below=3, keep=keep)


def _headed(title: str, text: str, width: float) -> list[Strip]:
    return [*_heading(title, width), *_paragraph(text, width)]


def _tests(sheet: Sheet, texts: Mapping[str, Any], width: float) -> list[Strip]:
    strips = [strip for group in texts["groups"] for strip in _group(sheet, texts, group, width)]
    end = _paragraph(texts["after"] if strips else texts["none"], width, above=3)
    return [*_heading(texts["title"], width), *strips, *end]


def _group(sheet: Sheet, texts: Mapping[str, Any], group: Mapping[str, Any], width: float) -> Iterator[Strip]:
    """One kind of test: its name and what it is for, then each result with its day."""
    items = [sheet.protocol.items[name] for name in group["items"] if name in sheet.protocol.items]
    lines = [line for item in items if (line := _test(sheet, texts, item))]
    if not lines:
        return
    said = (Run(f"{group['title']}. ", LARGE_STRONG), Run(group["says"], LARGE))
    yield from row([Cell(0, width, (said,))], above=4, below=2, keep=True)
    half = (width - 14) / 2
    for place in range(0, len(lines), 2):
        pair = lines[place : place + 2]
        cells = [Cell(14 + number * half, half - 10, (runs,)) for number, runs in enumerate(pair)]
        yield from row(cells, above=0.5, below=0.5, keep=place + 2 < len(lines))


def _test(sheet: Sheet, texts: Mapping[str, Any], item: Item) -> list[Run]:
    """Name, result and day; the words for “awaited” instead of a result; nothing where it was not done."""
    standing = sheet.standing(item.id)
    if standing.awaited:
        return [Run(f"{item.label}: {texts['awaited']}", LARGE)]
    if not standing.known or item.kind != "quantity":
        return []
    day = f" ({shown_date(standing.collected)})" if standing.collected else ""
    return [Run(f"{item.label} ", LARGE), Run(sheet.value(item.id), LARGE_STRONG), Run(day, LARGE)]


def _medicines(sheet: Sheet, texts: Mapping[str, Any], width: float) -> list[Strip]:
    """What is taken now and may matter, each with why; first of all that nothing is stopped alone."""
    strips = [*_heading(texts["title"], width), *_paragraph(texts["first"], width, keep=True)]
    for name, _, line in summary.taken(sheet):
        why = [part["says"] for part in texts["flags"] if line.current and line.has(part["flag"])]
        if why:
            said = (Run(f"{name}: ", LARGE_STRONG), Run(f"{'; '.join(why)}.", LARGE))
            strips += row([Cell(14, width - 14, (said,))], above=1, below=2)
    return [*strips, *_paragraph(texts["shop"], width)]


def _measures(sheet: Sheet, texts: Mapping[str, Any], width: float) -> list[Strip]:
    strips = [*_heading(texts["title"], width), *_paragraph(texts["first"], width, keep=True)]
    for point in texts["points"]:
        known = point["item"] in sheet.protocol.items
        done = known and sheet.standing(point["item"]).value == "yes"
        box = Box(0, 3.4, "tick" if done else "", 10)
        strips += row([text_cell(18, width - 18, point["says"], LARGE)], above=1, below=2.5, marks=[box])
    return strips


def _help(texts: Mapping[str, Any], width: float) -> list[Strip]:
    """In a heavy frame, never parted: it must be found in a hurry."""
    inside = width - 20
    lines = [
        *row([text_cell(10, inside, texts["title"], LARGE_HEADING)], above=7, below=3),
        *row([text_cell(10, inside, texts["first"], LARGE_STRONG)], above=0, below=2),
    ]
    for point in texts["points"]:
        cells = [text_cell(10, 12, "•", LARGE), text_cell(24, inside - 14, point, LARGE)]
        lines += row(cells, above=0, below=1)
    lines += row([text_cell(10, inside, texts["soon"], LARGE)], above=4, below=8)
    return [Strip(8), _framed(lines, width)]


def _framed(lines: Sequence[Strip], width: float) -> Strip:
    height = height_of(lines)
    return Strip(height, (Frame(0, 0, width, height, 1.6), *stacked(lines, 0)))


def _next(sheet: Sheet, texts: Mapping[str, Any], width: float) -> list[Strip]:
    said = sheet.value(texts["item"]) if texts["item"] in sheet.protocol.items else ""
    strips = _heading(texts["title"], width)
    if said:
        strips += row([text_cell(0, width, said, LARGE_STRONG)])
    else:
        line = Stroke(110, _LINE - 6, width, _LINE - 6, 0.6)
        strips += row(
            [text_cell(0, 108, texts["open"], LARGE)], above=8, below=2, at_least=_LINE, marks=[line]
        )
    strips += _heading(texts["notes"], width)
    lines = [Strip(_LINE, (Stroke(0, _LINE - 4, width, _LINE - 4, 0.6),), keep=True)] * _NOTE_LINES
    return [*strips, *lines]
