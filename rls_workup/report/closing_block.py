"""The end of a sheet: signature, numbered sources, and whatever was entered that nothing above shows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

from rls_workup.domain.dates import shown_moment
from rls_workup.domain.signing import Act, Signing
from rls_workup.domain.wording import ENGLISH, Wording, word
from rls_workup.domain.workup import Workup, plain_value
from rls_workup.report.marks import MILLIMETRE, Mark, Strip, Stroke, Words
from rls_workup.report.reading import Sheet, given_words
from rls_workup.report.rows import heading, row, text_cell
from rls_workup.report.typeface import SMALL, SMALL_STRONG, TINY

_TOKEN = "[U+"
_SIGNING = 11 * MILLIMETRE
_SIGNED_BY = (word("Name and role"), word("Signature"), word("Date and time"))
_EDGES = (0.0, 0.36, 0.72, 1.0)


def signature(width: float, wording: Wording = ENGLISH, workup: Workup | None = None) -> list[Strip]:
    """Lines for name, signature, date and time: filled where the work-up is signed, else for the pen."""
    entries = workup.signing if workup else ()
    last = entries[-1] if entries and entries[-1].act is Act.SIGNED else None
    before = entries[:-1] if last else entries
    strips = [strip for entry in before for strip in _earlier(entry, width, wording)]
    columns = [(left * width, right * width) for left, right in pairwise(_EDGES)]
    ends = [right - (0 if right == width else 14) for _, right in columns]
    if last is not None:
        filled = [
            text_cell(left, end - left, text, SMALL_STRONG)
            for (left, _), end, text in zip(columns, ends, _filled(last, wording), strict=True)
        ]
        strips += row(filled, above=6, below=2, keep=True)
    line = _SIGNING if last is None else 0.0
    marks: list[Mark] = []
    for (left, _), end, name in zip(columns, ends, map(wording.say, _SIGNED_BY), strict=True):
        marks += [Stroke(left, line, end, line, 0.6), Words(left, line + 9, name, SMALL)]
    return [*strips, Strip(line + 13, tuple(marks))]


def _filled(entry: Signing, wording: Wording) -> tuple[str, str, str]:
    return _person(entry), wording.say("Signed in the program"), _moment(entry)


def _person(entry: Signing) -> str:
    return ", ".join(part for part in (entry.name, entry.role) if part)


def _moment(entry: Signing) -> str:
    try:
        return shown_moment(datetime.fromisoformat(entry.at))
    except ValueError:
        return entry.at


def _earlier(entry: Signing, width: float, wording: Wording) -> list[Strip]:
    return row([text_cell(0, width, signed_words(entry, wording), SMALL)], above=2, keep=True)


def signed_words(entry: Signing, wording: Wording) -> str:
    """A signature, or an amendment with its reason, in a line."""
    said = {"date": _moment(entry), "person": _person(entry)}
    if entry.act is Act.AMENDED:
        done = wording.say("Amended {date} by {person}", **said)
    else:
        done = wording.say("Signed {date} by {person}", **said)
    why = f": {entry.reason}" if entry.reason else ""
    return f"{done}{why}"


def sources(sheet: Sheet, width: float) -> list[Strip]:
    """The sources named above, by their numbers."""
    if not sheet.numbers:
        return []
    strips = heading(sheet.say("Sources"), width)
    for source, number in sheet.numbers.items():
        cells = [
            text_cell(0, 18, f"[{number}]", TINY),
            text_cell(20, width - 20, source_words(sheet, source), TINY),
        ]
        strips += row(cells, above=0.2, below=0.2)
    return strips


def source_words(sheet: Sheet, source: str) -> str:
    """One source as it is cited, with its year."""
    known = sheet.protocol.sources.get(source)
    cite = known.cite if known else source
    return f"{cite} ({known.year})" if known and known.year and str(known.year) not in cite else cite


def kept_as_entered(sheet: Sheet, entries: Sequence[tuple[str, str]], width: float) -> list[Strip]:
    """What has no place of its own on the paper, each with its name."""
    if not entries:
        return []
    strips = heading(sheet.say("Kept as entered"), width)
    for label, text in entries:
        cells = [text_cell(0, 74, label, SMALL_STRONG), text_cell(80, width - 80, text, SMALL)]
        strips += row(cells, above=1, below=1)
    return strips


def own_entries(sheet: Sheet) -> list[tuple[str, str]]:
    """Answers under unknown ids and fields that the program does not know, each with its name."""
    return [*_unknown(sheet), *_extra(sheet)]


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
