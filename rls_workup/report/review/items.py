"""Items for review: the question, units with their conversion, limits, choices, how a value is worked out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from rls_workup.domain.parts import Computation, Item, Limits
from rls_workup.domain.protocol import Protocol, Threshold
from rls_workup.domain.quantity import plain
from rls_workup.domain.rule_words import in_words
from rls_workup.report.review.parts import Entry, cited, entry

_KINDS = {
    "yes_no": "yes or no",
    "choice": "one of several choices",
    "quantity": "amount with its unit",
    "number": "number",
    "score": "score",
    "text": "text",
    "medications": "list of medicines",
    "request": "something asked for, with its state",
}
_STATUS = {
    "core": "core set",
    "adjacent": "beside the core set",
    "conditional": "where there is a reason",
    "optional": "optional",
    "contested": "contested",
}


def item_entry(protocol: Protocol, item: Item) -> Entry:
    """One item with everything that the protocol says of it."""
    return entry(
        protocol,
        "items",
        item.label,
        item.id,
        ("Question", item.asks),
        ("Answer", f"{_KINDS[item.kind]}, {_STATUS[item.status]}{_measured(item)}"),
        ("Choices", _choices(item)),
        ("Units", _units(protocol, item)),
        ("Accepted", _accepted(protocol, item)),
        ("Marked", "; ".join(_marks(protocol, item))),
        ("Worked out", " Else: ".join(_way(protocol, how) for how in item.computed)),
        ("Asked", _asked(protocol, item)),
        ("Hint", item.hint),
        ("Help", item.help),
        ("Expected", item.expected),
        ("LOINC", ", ".join(code for code in (item.loinc, item.loinc_si) if code)),
        ("Also called", ", ".join(item.also)),
        ("Former id", ", ".join(item.was)),
        ("Source", cited(protocol, item.sources, item.evidence)),
    )


def _measured(item: Item) -> str:
    return ", can be ordered and awaited" if item.orderable else ""


def _choices(item: Item) -> str:
    return "; ".join(
        f"{choice.shows}{' (abnormal)' if choice.abnormal else ''} = {choice.id}" for choice in item.choices
    )


def _units(protocol: Protocol, item: Item) -> str:
    if not item.units:
        return item.shows_unit
    first = next(iter(item.units))
    shown = protocol.shown_unit
    said = [_conversion(shown(first), shown(unit), how) for unit, how in item.units.items() if unit != first]
    return "; ".join([f"{shown(first)} ({first})", *said])


def _conversion(first: str, unit: str, how: Any) -> str:
    if isinstance(how, Mapping):
        plus = f" + {how['plus']}" if how.get("plus") else ""
        return f"amount in {first} = {how['times']} × amount in {unit}{plus}"
    return f"1 {first} = {plain(Decimal(str(how)))} {unit}"


def _accepted(protocol: Protocol, item: Item) -> str:
    unit = protocol.shown_unit(next(iter(item.units), "")) or item.shows_unit
    ranges = [(unit, item.accepts)] if item.accepts else []
    ranges += [(protocol.shown_unit(other), limits) for other, limits in item.accepts_in.items()]
    return "; ".join(_range(limits, unit) for unit, limits in ranges)


def _range(limits: Limits, unit: str) -> str:
    said = f"{plain(limits.lowest)} to {plain(limits.highest)} {unit}".rstrip()
    if limits.usual is None:
        return said
    return f"{said}, a question outside {plain(limits.usual[0])} to {plain(limits.usual[1])}"


def _marks(protocol: Protocol, item: Item) -> Iterator[str]:
    for threshold in protocol.thresholds.get(item.id, ()):
        yield f"{cutoff(protocol, threshold)} {threshold.rule.flag_says or threshold.rule.flag}"


def cutoff(protocol: Protocol, threshold: Threshold) -> str:
    """`≤ 75 ng/mL`, in each unit that it is published in."""
    sign = {"<=": "≤", ">=": "≥"}.get(threshold.op, threshold.op)
    said = [f"{plain(amount)} {protocol.shown_unit(unit)}".strip() for amount, unit in threshold.marks]
    return f"{sign} {' or '.join(said)}"


def _way(protocol: Protocol, how: Computation) -> str:
    when = f", where {in_words(protocol, how.when)} [{how.when}]" if how.when else ""
    unit = f" in {protocol.shown_unit(how.unit)}" if how.unit else ""
    return f"{how.says or 'as written'} [{how.gives}]{unit}{when}."


def _asked(protocol: Protocol, item: Item) -> str:
    return f"only where {in_words(protocol, item.asked_when)} [{item.asked_when}]" if item.asked_when else ""
