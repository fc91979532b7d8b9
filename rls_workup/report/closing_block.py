"""The end of a sheet: signature, numbered sources, and whatever was entered that nothing above shows."""

from __future__ import annotations

from collections.abc import Sequence

from rls_workup.domain.wording import ENGLISH, Wording, word
from rls_workup.report.marks import MILLIMETRE, Mark, Strip, Stroke, Words
from rls_workup.report.reading import Sheet, given_words, plain_value
from rls_workup.report.rows import heading, row, text_cell
from rls_workup.report.typeface import SMALL, SMALL_STRONG, TINY

_TOKEN = "[U+"
_SIGNING = 11 * MILLIMETRE
_SIGNED = (word("Name and role"), word("Signature"), word("Date and time"))


def signature(width: float, wording: Wording = ENGLISH) -> list[Strip]:
    """Lines for name, signature, date and time."""
    edges = (0.0, 0.36, 0.72, 1.0)
    marks: list[Mark] = []
    for left, right, name in zip(edges, edges[1:], map(wording.say, _SIGNED), strict=False):
        end = right * width - (0 if right == 1.0 else 14)
        marks += [
            Stroke(left * width, _SIGNING, end, _SIGNING, 0.6),
            Words(left * width, _SIGNING + 9, name, SMALL),
        ]
    return [Strip(_SIGNING + 13, tuple(marks))]


def sources(sheet: Sheet, width: float) -> list[Strip]:
    """The sources named above, by their numbers."""
    if not sheet.numbers:
        return []
    strips = heading(sheet.say("Sources"), width)
    for source, number in sheet.numbers.items():
        known = sheet.protocol.sources.get(source)
        cite = known.cite if known else source
        year = f" ({known.year})" if known and known.year and str(known.year) not in cite else ""
        cells = [text_cell(0, 18, f"[{number}]", TINY), text_cell(20, width - 20, f"{cite}{year}", TINY)]
        strips += row(cells, above=0.4, below=0.4)
    return strips


def kept_as_entered(sheet: Sheet, cut: Sequence[tuple[str, str]], width: float) -> list[Strip]:
    """Long identity fields in full, answers under unknown ids and fields that the program does not know."""
    entries = [*cut, *_unknown(sheet), *_extra(sheet)]
    if not entries:
        return []
    strips = heading(sheet.say("Kept as entered"), width)
    for label, text in entries:
        cells = [text_cell(0, 74, label, SMALL_STRONG), text_cell(80, width - 80, text, SMALL)]
        strips += row(cells, above=1, below=1)
    return strips


def _unknown(sheet: Sheet) -> list[tuple[str, str]]:
    found = []
    for name in sheet.assessment.unknown_items:
        answer = sheet.workup.answers[name]
        state = sheet.spoken(answer.state, answer.since)
        given = " · ".join(part for part in (given_words(answer), state, answer.note) if part)
        found.append((name, sheet.say("{given} (not known to this protocol)", given=given)))
    return found


def _extra(sheet: Sheet) -> list[tuple[str, str]]:
    extras = [*sheet.workup.extra.items(), *sheet.workup.patient.extra.items()]
    for name, answer in sheet.workup.answers.items():
        label = sheet.protocol.label(sheet.protocol.renamed.get(name, name))
        extras += [(f"{label}, {key}", value) for key, value in answer.extra.items()]
    return [(name, plain_value(value)) for name, value in extras]


def unprintable_note(sheet: Sheet, strips: Sequence[Strip], width: float) -> list[Strip]:
    """What `[U+0645]` means, where one stands on the paper."""
    if not any(_TOKEN in mark.text for strip in strips for mark in strip.marks if isinstance(mark, Words)):
        return []
    said = sheet.say(
        "[U+…] stands for a character that cannot be printed here. The record keeps it as it was entered."
    )
    return row([text_cell(0, width, said, SMALL)], above=6)
