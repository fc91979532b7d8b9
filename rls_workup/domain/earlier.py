"""Earlier results of the same person beside today's, in today's unit where they can be converted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from rls_workup.domain.conditions import Cutoff
from rls_workup.domain.dates import iso_date
from rls_workup.domain.parts import Item
from rls_workup.domain.protocol import Protocol
from rls_workup.domain.quantity import Quantity
from rls_workup.domain.workup import Workup

_MOST_RULES = 2  # as many cut-offs as stand beside the question


class Earlier(NamedTuple):
    """An earlier result: the day of its sample, else of its visit, and the value as it was given."""

    day: date
    value: Quantity


def same_person(one: Workup, other: Workup) -> bool:
    """Whether two work-ups are surely of one person: the same number and the same date of birth."""
    mine, theirs = one.patient, other.patient
    known = bool(mine.identifier.strip() and mine.born)
    number = _plain(mine.identifier) == _plain(theirs.identifier)
    return known and number and mine.born == theirs.born and one.sample == other.sample


def _plain(identifier: str) -> str:
    return "".join(identifier.split()).casefold()


def earlier_results(
    protocol: Protocol, workup: Workup, others: Iterable[Workup]
) -> Mapping[str, tuple[Earlier, ...]]:
    """By item, the results of a person's other work-ups that are older than this visit, oldest first."""
    found: dict[str, dict[tuple[date, str], Earlier]] = {}
    for other in others:
        if other.id == workup.id or other.visit is None:
            continue
        for name, answer in other.answers.items():
            item = protocol.items.get(protocol.renamed.get(name, name))
            if item is None or item.kind != "quantity":
                continue
            value = protocol.reader.read(item, answer).value
            day = iso_date(answer.collected) or other.visit
            if isinstance(value, Quantity) and (workup.visit is None or day < workup.visit):
                found.setdefault(item.id, {})[day, str(value)] = Earlier(day, value)
    return {item: tuple(sorted(results.values(), key=_day)) for item, results in found.items()}


def _day(result: Earlier) -> date:
    return result.day


class Trend(NamedTuple):
    """Amounts of one item in one unit: earlier ones by day, today's (None: not known), and its cut-offs."""

    unit: str
    earlier: tuple[tuple[date, float], ...]
    now: float | None
    marks: tuple[float, ...]


def trend_of(protocol: Protocol, item: Item, earlier: Sequence[Earlier], now: Quantity | None) -> Trend:
    """What a line is drawn from, in the unit of today's value, else of the last one."""
    unit = now.unit if now is not None else earlier[-1].value.unit
    rules = list(dict.fromkeys(threshold.rule.id for threshold in protocol.thresholds.get(item.id, ())))
    leading = [each for each in protocol.thresholds.get(item.id, ()) if each.rule.id in rules[:_MOST_RULES]]
    marks = (Cutoff(each.op, each.marks).mark_for(unit) for each in leading if each.marks)
    return Trend(
        unit,
        tuple((each.day, _in(item, each.value.amount, each.value.unit, unit)) for each in earlier),
        None if now is None else float(now.amount),
        tuple(dict.fromkeys(_in(item, amount, published, unit) for amount, published in marks)),
    )


def _in(item: Item, amount: Decimal, unit: str, wanted: str) -> float:
    scales = item.scales
    return float(scales[wanted].from_first(scales[unit].to_first(amount)))
