"""The medicines list as given, each line with what the protocol knows of the drug."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rls_workup.domain.medicines import TakenDrug
from rls_workup.domain.parts import Item
from rls_workup.domain.wording import word
from rls_workup.domain.workup import plain_value
from rls_workup.report.marks import Strip, Stroke
from rls_workup.report.reading import Sheet, given_words
from rls_workup.report.rows import Cell, row, text_cell
from rls_workup.report.typeface import BODY, COMPACT, SMALL, SMALL_STRONG, STRONG
from rls_workup.report.wrapping import Run

_EDGES = (0.0, 0.19, 0.5)
_LASTED = {
    "years": word("{count} years"),
    "months": word("{count} months"),
    "weeks": word("{count} weeks"),
}
_KNOWN = (
    "name",
    "dose",
    "route",
    "over_the_counter",
    "current",
    "weeks_ago",
    "note",
    "months",
    "years",
    "weeks",
    "as_spelt",
)


def medicines(sheet: Sheet, item: Item, width: float) -> list[Strip]:
    """The lines of one list; a sentence where there is none."""
    standing, answer = sheet.standing(item.id), sheet.answer(item)
    if standing.rejected and answer:
        typed = sheet.say("As typed: “{given}”.", given=given_words(answer))
        return row([text_cell(0, width, f"{typed} {standing.rejected}", COMPACT)])
    if not isinstance(standing.value, tuple) or answer is None:
        said = sheet.spoken(standing.state, standing.since)
        return row([text_cell(0, width, f"{item.label}: {said}.", COMPACT)])
    if not standing.value:
        return row([text_cell(0, width, sheet.say("No medicines."), BODY)])
    heads = _heads(sheet, width)
    strips = list(heads)
    for given, line in zip(answer.value, standing.value, strict=False):
        if isinstance(line, TakenDrug):
            strips += _line(sheet, given, line, width, heads)
    return strips


def _heads(sheet: Sheet, width: float) -> tuple[Strip, ...]:
    names = map(sheet.say, (word("Medicine"), word("Dose and time"), word("What is known of it here")))
    cells = [
        text_cell(edge * width, 150, name, SMALL_STRONG) for edge, name in zip(_EDGES, names, strict=True)
    ]
    heads = row(cells, above=1, below=2, keep=True)
    return tuple(
        strip._replace(marks=(*strip.marks, Stroke(0, strip.height, width, strip.height, 0.9)))
        for strip in heads
    )


def _line(sheet: Sheet, given: Any, line: TakenDrug, width: float, heads: tuple[Strip, ...]) -> list[Strip]:
    entry = _entry(given)
    left, middle, right = (edge * width for edge in _EDGES)
    flags = known_of(sheet, line)
    cells = [
        Cell(left, middle - left - 8, _named(line, entry)),
        text_cell(middle, right - middle - 8, _course(sheet, entry) or "–", COMPACT),
        text_cell(right, width - right, flags, SMALL),
    ]
    return row(cells, above=1.5, below=1.5, rule=(0, width), again=heads)


def _named(line: TakenDrug, entry: Mapping[str, Any]) -> Sequence[Sequence[Run]]:
    name = [Run(line.name, STRONG)]
    note = _note(entry)
    generics = [drug.name for drug in line.drugs if drug.name.casefold() not in line.name.casefold()]
    remark = " · ".join(part for part in (*generics, note) if part)
    return (name, [Run(remark, SMALL)]) if remark else (name,)


def _entry(given: Any) -> Mapping[str, Any]:
    """One line as given; nothing beside the name where only a name was."""
    return given if isinstance(given, Mapping) else {}


def _note(entry: Mapping[str, Any]) -> str:
    return plain_value(entry.get("note")).strip()


def told_of(sheet: Sheet, given: Any) -> str:
    """Dose, route, time and note of one line as given; empty where nothing was."""
    entry = _entry(given)
    return " · ".join(part for part in (_course(sheet, entry), _note(entry)) if part)


def _course(sheet: Sheet, entry: Mapping[str, Any]) -> str:
    """Dose, route and time of one line."""
    parts = [plain_value(entry.get("dose")), plain_value(entry.get("route"))]
    parts += [
        sheet.say(words, count=plain_value(entry[unit]))
        for unit, words in _LASTED.items()
        if entry.get(unit) not in (None, "")
    ]
    if entry.get("over_the_counter") in (True, "yes"):
        parts.append(sheet.say("over the counter"))
    if entry.get("current") in (False, "no"):
        ago = plain_value(entry.get("weeks_ago"))
        gone = sheet.say("stopped {count} weeks ago", count=ago) if ago else sheet.say("no longer taken")
        parts.append(gone)
    parts += [f"{key}: {plain_value(value)}" for key, value in entry.items() if key not in _KNOWN]
    return " · ".join(part for part in parts if part)


def known_of(sheet: Sheet, line: TakenDrug) -> str:
    """What the protocol says of the drugs of one line."""
    if not line.drugs and not line.slips:
        return sheet.say("Not recognised: not checked.")
    kinds = [flag.kind for drug in line.drugs for flag in drug.flags if line.has(flag.kind)]
    words = [sheet.protocol.flags.get(kind, kind) for kind in dict.fromkeys(kinds)]
    known = "; ".join(words)
    return f"{known}{'. ' if known and line.unchecked else ''}{line.unchecked}" or "–"
