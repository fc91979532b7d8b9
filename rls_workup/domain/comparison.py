"""Two protocols side by side: every difference that a clinician would want to know of, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from rls_workup.domain.parts import Choice, Computation, DrugFlag, Frozen, Limits, Profile
from rls_workup.domain.protocol import Protocol
from rls_workup.domain.quantity import plain
from rls_workup.domain.rule_words import in_words

Words = Callable[[Protocol, Any], str]


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is otherwise in the new protocol. `kind` is added, removed, renamed or changed.

    `what` says which part of the entry; `before` and `after` are empty where there is none.
    """

    kind: str
    table: str
    id: str
    title: str
    what: str = ""
    before: str = ""
    after: str = ""


def compared(old: Protocol, new: Protocol) -> tuple[Difference, ...]:
    """All differences, table by table, in the order of the new protocol; none where they say the same."""
    if old.text == new.text and old.text:
        return ()
    return tuple(difference for table in _TABLES for difference in _in_table(table, old, new))


def _in_table(table: str, old: Protocol, new: Protocol) -> Iterator[Difference]:
    before, after = _entries(old, table), _entries(new, table)
    came_from = {now: former for former, now in new.renamed.items()} if table == "items" else {}
    for name, entry in after.items():
        former = name if name in before else came_from.get(name, "")
        if former not in before:
            yield Difference("added", table, name, _title(entry))
            continue
        if former != name:
            yield Difference("renamed", table, name, _title(entry), "id", former, name)
        yield from _changed(table, old, before[former], new, entry)
    kept = {*after, *new.renamed} if table == "items" else {*after}
    for name, entry in before.items():
        if name not in kept:
            yield Difference("removed", table, name, _title(entry))


def _changed(table: str, old: Protocol, before: Frozen, new: Protocol, after: Frozen) -> Iterator[Difference]:
    for field, what in _TABLES[table].items():
        one, other = getattr(before, field), getattr(after, field)
        if one != other:
            says = _WORDS.get(field, _plain)
            name = str(getattr(after, "id"))  # noqa: B009  every entry of a table has one
            yield Difference("changed", table, name, _title(after), what, says(old, one), says(new, other))


def _entries(protocol: Protocol, table: str) -> Mapping[str, Frozen]:
    found = getattr(protocol, table)
    return found if isinstance(found, Mapping) else {entry.id: entry for entry in found}


def _title(entry: Any) -> str:
    for field in ("label", "title", "says", "name", "cite", "shows"):
        if text := getattr(entry, field, ""):
            return str(text)
    return str(entry.id)


def _plain(protocol: Protocol, value: Any) -> str:
    if isinstance(value, tuple):
        return "; ".join(_plain(protocol, part) for part in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def _condition(protocol: Protocol, text: str) -> str:
    return in_words(protocol, text)


def _choices(_protocol: Protocol, choices: tuple[Choice, ...]) -> str:
    return "; ".join(f"{choice.shows}{' (abnormal)' if choice.abnormal else ''}" for choice in choices)


def _units(protocol: Protocol, units: Mapping[str, Any]) -> str:
    return "; ".join(f"{protocol.shown_unit(unit)} × {_factor(how)}" for unit, how in units.items())


def _factor(how: Any) -> str:
    if not isinstance(how, Mapping):
        return str(how)
    return " + ".join(f"{how[part]}" for part in ("times", "plus") if part in how)


def _limits(_protocol: Protocol, limits: Limits | None) -> str:
    if limits is None:
        return ""
    usual = f", usually {plain(limits.usual[0])} to {plain(limits.usual[1])}" if limits.usual else ""
    return f"{plain(limits.lowest)} to {plain(limits.highest)}{usual}"


def _limits_in(protocol: Protocol, limits: Mapping[str, Limits]) -> str:
    return "; ".join(
        f"{_limits(protocol, range_)} {protocol.shown_unit(unit)}" for unit, range_ in limits.items()
    )


def _ways(_protocol: Protocol, ways: tuple[Computation, ...]) -> str:
    return "; ".join(_way(way) for way in ways)


def _way(way: Computation) -> str:
    return " ".join(part for part in (way.gives, way.unit, f"where {way.when}" if way.when else "") if part)


def _flags(protocol: Protocol, flags: tuple[DrugFlag, ...]) -> str:
    return "; ".join(
        f"{protocol.flags.get(flag.kind, flag.kind)}: {flag.says or flag.grade}" for flag in flags
    )


def _profiles(_protocol: Protocol, profiles: tuple[Profile, ...]) -> str:
    return "; ".join(profile.title for profile in profiles)


def _items(protocol: Protocol, items: tuple[str, ...]) -> str:
    return "; ".join(protocol.label(item) for item in items)


_WORDS: Mapping[str, Words] = {
    "when": _condition,
    "means": _condition,
    "asked_when": _condition,
    "needs_when": _condition,
    "choices": _choices,
    "units": _units,
    "accepts": _limits,
    "accepts_in": _limits_in,
    "computed": _ways,
    "flags": _flags,
    "profiles": _profiles,
    "blocks": _items,
    "confidence": _items,
    "completeness": _items,
    "rejects": _items,
    "doubts": _items,
}
_SOURCE = {"sources": "source", "evidence": "evidence"}
_TABLES: Mapping[str, Mapping[str, str]] = {
    "items": {
        "asks": "question",
        "kind": "kind of answer",
        "choices": "choices",
        "units": "units",
        "accepts": "limits",
        "accepts_in": "limits by unit",
        "computed": "how it is worked out",
        "asked_when": "when it is asked",
        "lasts": "whether it holds at the next visit too",
        "status": "place in the work-up",
        "short": "short name",
        "hint": "hint",
        "help": "help",
        **_SOURCE,
    },
    "rules": {
        "when": "condition",
        "for_each": "medicines that it is about",
        "severity": "severity",
        "red_flag": "red flag",
        "title": "title",
        "says": "wording",
        "due": "when it is looked at again",
        "flag": "flag",
        "flag_says": "words of the flag",
        "decision": "decision",
        "about": "item",
        "asks_for": "what it asks to consider",
        "rejects": "what does not count",
        "doubts": "what is asked about",
        "profile": "reading",
        "disputed": "disputed",
        "dispute": "dispute",
        **_SOURCE,
    },
    "terms": {"means": "meaning", "says": "words"},
    "decisions": {
        "needs_when": "when it comes up",
        "blocks": "what it waits for",
        "confidence": "what makes it surer",
        "completeness": "what completes it",
        "title": "title",
    },
    "disputes": {"leads": "reading that leads", "profiles": "readings", "says": "words"},
    "drugs": {"flags": "flags", "alternatives": "alternatives", "brands": "brands", "also": "spellings"},
    "sources": {"cite": "citation", "year": "year", "evidence": "evidence"},
}
