"""A work-up for the same patient's next visit: who and what lasts is carried over, results are not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from rls_workup.domain.dates import age_on, shown_day
from rls_workup.domain.protocol import Protocol
from rls_workup.domain.quantity import NotANumber, read_amount
from rls_workup.domain.workup import Answer, State, Workup

FOLLOWS = "follows"
"""Under this name the new work-up tells the id of the one before."""


def next_visit_of(earlier: Workup, protocol: Protocol, new_id: str, visit: date) -> Workup:
    """A new work-up with the answers to the items that last, each marked with where it is from."""
    about = protocol.about
    return Workup(
        new_id,
        about.id,
        about.version,
        protocol.mark,
        visit_date=visit.isoformat(),
        patient=earlier.patient,
        answers=dict(_carried(earlier, protocol, visit)),
        sample=earlier.sample,
        extra={FOLLOWS: earlier.id},
    )


def _carried(earlier: Workup, protocol: Protocol, visit: date) -> Mapping[str, Answer]:
    before = earlier.visit
    source = f"the visit of {shown_day(before)}" if before else "an earlier visit"
    kept: dict[str, Answer] = {}
    for name, answer in earlier.answers.items():
        item = protocol.items.get(protocol.renamed.get(name, name))
        if item is None or not item.lasts or answer.value is None or answer.state is not State.ANSWERED:
            continue
        value = answer.value
        if item.kind == "medications" and before is not None and isinstance(value, list):
            value = [_taken_longer(line, before, visit) for line in value]
        kept[item.id] = replace(answer, value=value, source=answer.source or source, typed="")
    return kept


def _taken_longer(line: Any, before: date, visit: date) -> Any:
    """A medicine's line, taken for as many months more as passed; one that is no longer taken is left so."""
    passed = age_on(before, visit)
    if not isinstance(line, Mapping) or line.get("current") in (False, "no") or passed is None:
        return line
    more = Decimal(passed[1])
    rest = {key: given for key, given in line.items() if key not in ("months", "years", "weeks")}
    if "months" in line:
        return {**line, "months": _sum(line["months"], 1, more)}
    if "years" in line:
        longer = _sum(line["years"], 12, more)
        return line if longer is line["years"] else {**rest, "months": longer}
    if "weeks" in line:
        return {**line, "weeks": _sum(line["weeks"], 1, Decimal((visit - before).days // 7))}
    return line


def _sum(given: Any, times: int, more: Decimal) -> Any:
    """The number so many times and more; what is no plain number stays as it is."""
    try:
        sign, amount = read_amount(str(given))
    except NotANumber:
        return given
    return given if sign else amount * times + more
