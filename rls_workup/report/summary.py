"""What a work-up holds, as short words: what was affirmed, measured, examined, taken, and what is awaited."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from rls_workup.domain.finding import Finding
from rls_workup.domain.medicines import TakenDrug
from rls_workup.domain.parts import Item
from rls_workup.domain.workup import State
from rls_workup.report.item_words import ItemWords
from rls_workup.report.medicines_block import told_of
from rls_workup.report.reading import Sheet, given_words


def items_in(sheet: Sheet, sections: Iterable[str]) -> list[Item]:
    """The items of these sections that apply or were answered; sections that are not there have none."""
    there = {section.id for section in sheet.protocol.sections}
    items = [item for name in sections if name in there for item in sheet.protocol.items_of(name)]
    return [item for item in items if sheet.standing(item.id).applies or sheet.standing(item.id).state]


def affirmed(sheet: Sheet, items: Iterable[Item]) -> list[str]:
    """What was answered yes, with its notes."""
    return [_with_note(sheet, item, _name(item)) for item in items if _answered(sheet, item, "yes")]


def denied(sheet: Sheet, items: Iterable[Item]) -> list[str]:
    """What was answered no, with its notes."""
    return [_with_note(sheet, item, _name(item)) for item in items if _answered(sheet, item, "no")]


def recorded(sheet: Sheet, items: Iterable[Item]) -> list[str]:
    """Other values: `IRLS 24`."""
    known = [item for item in items if sheet.standing(item.id).known]
    plain = [item for item in known if item.kind not in ("yes_no", "medications")]
    return [_with_note(sheet, item, f"{_name(item)} {sheet.value(item.id)}") for item in plain]


def not_had(sheet: Sheet, items: Iterable[Item]) -> list[str]:
    """What was asked and has no value: `PSQI: declined`, or what was typed and not accepted."""
    return [_with_note(sheet, item, said) for item in items if (said := _why_not(sheet, item))]


def _why_not(sheet: Sheet, item: Item) -> str:
    standing, answer = sheet.standing(item.id), sheet.answer(item)
    if standing.rejected and answer:
        typed = sheet.say("“{given}” not accepted.", given=given_words(answer)).rstrip(".")
        return f"{_name(item)}: {typed}"
    if standing.known or standing.awaited or standing.state in (None, State.REJECTED):
        return ""
    return f"{_name(item)}: {sheet.spoken(standing.state)}"


def unasked(sheet: Sheet, items: Iterable[Item]) -> list[str]:
    """What applies and was never asked or looked at."""
    standings = ((item, sheet.standing(item.id)) for item in items)
    return [
        _name(item)
        for item, standing in standings
        if standing.applies and standing.state is None and not standing.known
    ]


def result_words(sheet: Sheet, item: Item) -> str:
    """`Ferritin 38 µg/L, L (low for RLS), 18-Nov-2026`."""
    words = ItemWords(sheet, item)
    value = " ".join(part for part in words.amount() if part)
    state = words.state()
    reading = f"{words.flag} ({state})" if words.flag and state else words.flag or state
    said = ", ".join(part for part in (f"{item.label} {value}", reading, words.taken()) if part)
    return _with_note(sheet, item, said)


def results(sheet: Sheet, items: Iterable[Item]) -> list[Item]:
    """The measurements that have a value."""
    return [item for item in items if item.kind == "quantity" and sheet.standing(item.id).known]


def looked_at(sheet: Sheet, items: Sequence[Item]) -> tuple[list[str], list[str], list[str]]:
    """Of an examination: what is abnormal, what is normal, and what was not examined."""
    abnormal: list[str] = []
    normal: list[str] = []
    choices = [item for item in items if item.choices]
    for item in (item for item in choices if sheet.standing(item.id).known):
        strange = {choice.id for choice in item.choices if choice.abnormal}
        said = _with_note(sheet, item, f"{_name(item)} {sheet.value(item.id)}")
        (abnormal if sheet.standing(item.id).value in strange else normal).append(said)
    return abnormal, normal, unasked(sheet, choices)


def taken(sheet: Sheet) -> list[tuple[str, str, TakenDrug]]:
    """Each line of the medicines lists: its name, its dose, time and note, and what it was read as."""
    lines: list[tuple[str, str, TakenDrug]] = []
    for item in sheet.protocol.items.values():
        value, answer = sheet.standing(item.id).value, sheet.answer(item)
        if item.kind != "medications" or not isinstance(value, tuple) or answer is None:
            continue
        for given, line in zip(answer.value, value, strict=False):
            if isinstance(line, TakenDrug):
                lines.append((line.name, told_of(sheet, given), line))
    return lines


def medicines_asked(sheet: Sheet) -> bool:
    """Whether a list of medicines was given, be it empty."""
    return any(sheet.standing(item.id).known for item in _medicine_lists(sheet))


def no_medicines(sheet: Sheet) -> str:
    """What is said where no medicine is listed: that none is taken, or why none is known."""
    if medicines_asked(sheet):
        return sheet.say("No medicines.")
    lists = [item for item in _medicine_lists(sheet) if sheet.standing(item.id).state]
    said = [
        _why_not(sheet, item) or f"{_name(item)}: {sheet.spoken(sheet.standing(item.id).state)}"
        for item in lists
    ]
    return "; ".join(map(partial(_with_note, sheet), lists, said)) or sheet.say("Not asked yet")


def _medicine_lists(sheet: Sheet) -> list[Item]:
    return [item for item in sheet.protocol.items.values() if item.kind == "medications"]


def awaited(sheet: Sheet) -> list[str]:
    """`MMA: ordered since 18-Nov-2026`, with its note."""
    return [
        _with_note(
            sheet,
            sheet.protocol.items[standing.item],
            f"{sheet.protocol.label(standing.item)}: {sheet.spoken(standing.state, standing.since)}",
        )
        for standing in sheet.assessment.awaited
    ]


def red_flags(sheet: Sheet) -> list[Finding]:
    return [finding for finding in sheet.assessment.in_force if finding.red_flag]


def titles(findings: Iterable[Finding]) -> Iterator[str]:
    """The titles, each once."""
    yield from dict.fromkeys(finding.title.rstrip(".") for finding in findings)


def _answered(sheet: Sheet, item: Item, value: str) -> bool:
    return item.kind == "yes_no" and sheet.standing(item.id).value == value


def _name(item: Item) -> str:
    return item.label.rstrip("?")


def _with_note(sheet: Sheet, item: Item, said: str) -> str:
    note = sheet.note(item)
    return f"{said} ({note})" if note else said
