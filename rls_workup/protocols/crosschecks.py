"""Whether everything that an entry names exists: sources, sections, items, decisions, drugs, flags."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from rls_workup.domain.lab_names import name_key, names_of
from rls_workup.domain.parts import (
    Decision,
    Dispute,
    Drug,
    FlagMeaning,
    Item,
    Limits,
    Rule,
    Section,
    Source,
    Unit,
    scale_of,
)
from rls_workup.domain.tokens import guess

_SLOT = re.compile(r"\{([^{}]*)\}")
_LINE_SLOTS = frozenset({"medicine", "drug", "reason", "grade", "alternatives"})


class Parts:
    """The parts of a protocol by id, before they are put together."""

    sections: dict[str, Section]
    items: dict[str, Item]
    rules: dict[str, Rule]
    decisions: dict[str, Decision]
    disputes: dict[str, Dispute]
    sources: dict[str, Source]
    units: dict[str, Unit]
    flags: dict[str, FlagMeaning]
    drugs: dict[str, Drug]


@dataclass(frozen=True, slots=True)
class Reference:
    """A name that leads nowhere: where it stands, the word, and the sentence that says so."""

    table: str
    entry: str
    key: str
    word: str
    sentence: str


def wrong_references(parts: Parts) -> Iterator[Reference]:
    """Every name that leads nowhere."""
    for item in parts.items.values():
        yield from _of_item(parts, item)
    for rule in parts.rules.values():
        yield from _of_rule(parts, rule)
    yield from _shared_names(parts)
    for decision in parts.decisions.values():
        for key in ("blocks", "confidence", "completeness"):
            yield from _unknown("decisions", decision.id, key, getattr(decision, key), parts.items, "item")
    for dispute in parts.disputes.values():
        yield from _of_dispute(parts, dispute)
    for drug in parts.drugs.values():
        yield from _of_drug(parts, drug)


def _shared_names(parts: Parts) -> Iterator[Reference]:
    """A laboratory's name that two items have: nobody could tell whose result it is."""
    first: dict[str, str] = {}
    for item in parts.items.values():
        for name in names_of(item):
            known = first.setdefault(name_key(name), item.id)
            if known != item.id:
                yield Reference("items", item.id, "also", name, f"“{name}” is also a name of {known}.")


def _of_item(parts: Parts, item: Item) -> Iterator[Reference]:
    yield from _unknown("items", item.id, "sources", item.sources, parts.sources, "source")
    yield from _unknown("items", item.id, "units", item.units, parts.units, "unit")
    yield from _unknown("items", item.id, "section", [item.section], parts.sections, "section")
    if item.section in parts.sections and item.card:
        cards = {card.id: card for card in parts.sections[item.section].cards}
        yield from _unknown("items", item.id, "card", [item.card], cards, "card of its section")
    if item.kind == "quantity" and not item.units:
        yield Reference("items", item.id, "units", "units", "a quantity needs its units.")
    yield from _unknown("items", item.id, "unit_in", item.unit_in.values(), item.units, "unit of it")
    for unit, how in item.units.items():
        if not _is_scale(how):
            sentence = f"how {unit} is converted must be a number above 0, or {{ times = …, plus = … }}."
            yield Reference("items", item.id, "units", unit, sentence)
    for limits in filter(None, (item.accepts, *item.accepts_in.values())):
        if not _in_order(limits):
            yield Reference("items", item.id, "accepts", "accepts", "the limits are not in order.")
    if item.kind == "choice" and not item.choices:
        yield Reference("items", item.id, "choices", "choices", "a choice needs its choices.")


def _is_scale(how: Any) -> bool:
    try:
        return scale_of(how).times > 0
    except (ValueError, ZeroDivisionError, KeyError):
        return False


def _in_order(limits: Limits) -> bool:
    low, high = limits.usual or (limits.lowest, limits.highest)
    return limits.lowest <= low <= high <= limits.highest and limits.lowest < limits.highest


def _of_rule(parts: Parts, rule: Rule) -> Iterator[Reference]:
    yield from _unknown("rules", rule.id, "sources", rule.sources, parts.sources, "source")
    yield from _unknown(
        "rules", rule.id, "decision", filter(None, [rule.decision]), parts.decisions, "decision"
    )
    profiles = {profile.id: profile for dispute in parts.disputes.values() for profile in dispute.profiles}
    yield from _unknown("rules", rule.id, "profile", filter(None, [rule.profile]), profiles, "profile")
    yield from _unknown("rules", rule.id, "about", filter(None, [rule.about]), parts.items, "item")
    requests = {item.id for item in parts.items.values() if item.kind == "request"}
    asked_for = filter(None, [rule.asks_for])
    yield from _unknown("rules", rule.id, "asks_for", asked_for, dict.fromkeys(requests), "request")
    yield from _unknown("rules", rule.id, "for_each", filter(None, [rule.for_each]), parts.flags, "drug flag")
    known = {**parts.items, "age": 0, "sex": 0, **dict.fromkeys(_LINE_SLOTS if rule.for_each else ())}
    if rule.due:
        known["due"] = 0
        if rule.due.last < rule.due.first:
            yield Reference("rules", rule.id, "due", "due", "“to” lies before “from”.")
    for key in ("title", "says"):
        yield from _unknown("rules", rule.id, key, _SLOT.findall(getattr(rule, key)), known, "item for {…}")
    for key in ("rejects", "doubts"):
        yield from _unknown("rules", rule.id, key, getattr(rule, key), parts.items, "item")
    if rule.rejects and _SLOT.search(rule.says):
        yield Reference("rules", rule.id, "says", "says", "a rejected value cannot be shown with {…}.")
    if rule.flag and not rule.about:
        yield Reference("rules", rule.id, "flag", "about", "a flag needs “about”, the item that it marks.")


def _of_dispute(parts: Parts, dispute: Dispute) -> Iterator[Reference]:
    own = {profile.id: profile for profile in dispute.profiles}
    yield from _unknown("disputes", dispute.id, "leads", [dispute.leads], own, "profile of this dispute")
    for other in parts.disputes.values():
        for profile in own if other is not dispute else ():
            if other.profile(profile):
                sentence = f"the profile {profile} is also one of {other.id}."
                yield Reference("disputes", dispute.id, "profiles", profile, sentence)


def _of_drug(parts: Parts, drug: Drug) -> Iterator[Reference]:
    yield from _unknown(
        "drugs", drug.id, "flags", [flag.kind for flag in drug.flags], parts.flags, "drug flag"
    )
    yield from _unknown("drugs", drug.id, "alternatives", drug.alternatives, parts.drugs, "drug")
    cited = [source for flag in drug.flags for source in flag.sources]
    yield from _unknown("drugs", drug.id, "flags", cited, parts.sources, "source")


def _unknown(
    table: str, name: str, key: str, given: Iterable[str], known: Mapping[str, Any], what: str
) -> Iterator[Reference]:
    for word in given:
        if word not in known:
            yield Reference(table, name, key, word, f"{word or 'nothing'} is no {what}{guess(word, known)}")
