"""The cases try the whole shipped protocol: every rule both ways, every number below, at and above.

Worked out from the protocol itself, so that a new rule or number without its cases fails here. Each number is
also moved, and its comparator turned, and some case must notice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

import pytest

from rls_workup.domain.assessment import assess
from rls_workup.domain.facts import WorkupFacts
from rls_workup.domain.grammar import parse
from rls_workup.domain.missing import applies
from rls_workup.domain.operands import Vocabulary
from rls_workup.domain.quantity import Quantity, plain
from rls_workup.domain.walk import items_in, names_in
from tests.clinical_cases import TODAY, Case, clinical_cases, facts_of, protocol, workup_of

RULES = [rule.id for rule in protocol().rules.values() if rule.when]
LINE_RULES = [rule.id for rule in protocol().rules.values() if rule.for_each]
LINES = {
    **{term.id: term.means for term in protocol().terms.values()},
    **{rule.id: rule.when for rule in protocol().rules.values() if rule.when},
}

_UNIT = r"(?!and\b|or\b|unless\b)[A-Za-z%\[\]][A-Za-z0-9%/\[\]{}._]*"
_MARK = rf"[0-9][0-9.]*(?: {_UNIT})?"
_CUTOFF = re.compile(
    rf"(?P<item>[a-z0-9_]+)(?: as (?P<unit>{_UNIT}))? (?P<op><=|>=|<|>|=|!=) (?P<marks>{_MARK}(?: \| {_MARK})*)"
)
_COUNTED = re.compile(r"\) (?P<op>>=|>|<) (?P<number>[0-9]+)")
_TURNED = {"<": "<=", "<=": "<", ">": ">=", ">=": ">", "=": ">=", "!=": "="}
_STEP = Decimal("0.05")


@dataclass(frozen=True)
class Number:
    """One published number in a line of the protocol: a cut-off in one of its units."""

    line: str
    item: str
    words: str
    amount: Decimal
    unit: str


def _numbers() -> Iterator[Number]:
    for line, text in LINES.items():
        for found in _cutoffs(text):
            for mark in found["marks"].split(" | "):
                amount, _, unit = mark.partition(" ")
                yield Number(line, found["item"], found[0], Decimal(amount), unit or found["unit"] or "")


def _cutoffs(text: str) -> Iterator[re.Match[str]]:
    known = {*protocol().items, *protocol().facts}
    return (found for found in _CUTOFF.finditer(text) if found["item"] in known)


@cache
def _rests_on(line: str) -> frozenset[str]:
    """The line and every term and rule that it rests on."""
    names = {line}
    for name in names_in(protocol().conditions[line]):
        names |= _rests_on(name)
    return frozenset(names)


@cache
def _items_of(line: str) -> frozenset[str]:
    return frozenset(item for name in _rests_on(line) for item in items_in(protocol().conditions[name]))


@cache
def _resting_on(line: str) -> frozenset[str]:
    return frozenset(other for other in LINES if line in _rests_on(other))


def _cases_about(line: str) -> list[Case]:
    return [case for case in clinical_cases() if case.named & _resting_on(line)]


def _all_known(case: Case, rule: str) -> bool:
    facts = facts_of(case.id)
    return all(
        facts.values[item] is not None or (item in protocol().items and not applies(protocol(), facts, item))
        for item in _items_of(rule)
    )


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_fires_in_one_case_and_is_quiet_in_another_although_all_is_known(rule: str) -> None:
    fired = [case.id for case in clinical_cases() if rule in case.fires or _rejects(case, rule)]
    quiet = [case.id for case in clinical_cases() if rule in case.quiet and _all_known(case, rule)]
    assert fired, f"no case fires {rule}"
    assert quiet, f"no case leaves {rule} quiet with all its inputs known"


def _rejects(case: Case, rule: str) -> bool:
    """A contradiction takes its values out, and is told as rejected input."""
    return "input_rejected" in case.fires and rule in facts_of(case.id).rejected_by.values()


@pytest.mark.parametrize("rule", LINE_RULES)
def test_every_rule_about_a_medicine_fires_in_one_case_and_is_quiet_in_another(rule: str) -> None:
    asked = [case for case in clinical_cases() if facts_of(case.id).lines]
    fired = [case.id for case in asked if rule in case.fires]
    quiet = [case.id for case in asked if rule in case.quiet]
    assert fired
    assert quiet


@pytest.mark.parametrize("number", list(_numbers()), ids=lambda number: f"{number.line}: {number.words}")
def test_every_number_is_tried_below_at_and_above_in_its_unit(number: Number) -> None:
    tried = {_side(value, number.amount) for value in _values_tried(number)}
    lowest = {"at", "above"} if number.amount == 0 else {"below", "at", "above"}
    assert tried >= lowest, f"{number.words} ({plain(number.amount)} {number.unit}) in {number.line}"


def _values_tried(number: Number) -> Iterator[Decimal]:
    for case in _cases_about(number.line):
        value = facts_of(case.id).values[number.item]
        if isinstance(value, Decimal):
            yield value
        elif isinstance(value, Quantity) and not value.comparator and _same_size(number, value.unit):
            yield value.amount


def _same_size(number: Number, unit: str) -> bool:
    """Whether amounts in two units are the same number, as ng/L and pg/mL are."""
    scales = protocol().items[number.item].scales
    return scales[unit] == scales[number.unit]


def _side(value: Decimal, amount: Decimal) -> str:
    return "at" if value == amount else "below" if value < amount else "above"


def _changed_lines() -> Iterator[tuple[str, str, str]]:
    """Each line with one comparator turned, or one number moved; and the item that it is about."""
    for line, text in LINES.items():
        for found in _cutoffs(text):
            yield line, _put(text, found.span("op"), _TURNED[found["op"]]), found["item"]
            marks = found["marks"].split(" | ")
            for place, mark in enumerate(marks):
                for moved in _moved(mark, plain_number=not found["unit"]):
                    put = " | ".join([*marks[:place], moved, *marks[place + 1 :]])
                    yield line, _put(text, found.span("marks"), put), found["item"]
        for counted in _COUNTED.finditer(text):
            for number in (int(counted["number"]) + 1, int(counted["number"]) - 1):
                yield line, _put(text, counted.span("number"), str(number)), ""


def _put(text: str, span: tuple[int, int], new: str) -> str:
    return text[: span[0]] + new + text[span[1] :]


def _moved(mark: str, *, plain_number: bool) -> Iterator[str]:
    """The number 5 % higher and lower; one higher and lower where it has no unit."""
    amount, _, unit = mark.partition(" ")
    number = Decimal(amount)
    step = Decimal(1) if plain_number and not unit else number * _STEP
    for moved in (number + step, number - step):
        if moved >= 0:
            yield f"{plain(moved)} {unit}".strip()


CHANGED = list(_changed_lines())


def test_there_are_numbers_to_change() -> None:
    assert len(CHANGED) > 600


@pytest.mark.parametrize("line", sorted({line for line, _, _ in CHANGED}))
def test_some_case_notices_when_a_number_or_its_comparator_changes(line: str) -> None:
    unnoticed = [
        text for changed, text, item in CHANGED if changed == line and not _noticed(line, text, item)
    ]
    assert not unnoticed, f"{line}: no case tells these from the protocol's own line"


def _noticed(line: str, text: str, item: str) -> bool:
    conditions = {**protocol().conditions, line: parse(text, _vocabulary())}
    changed = replace(protocol(), conditions=conditions)
    return any(
        not _as_expected(case, WorkupFacts(changed, workup_of(case.id), TODAY), _resting_on(line))
        for case in _cases_about(line)
        if not item or facts_of(case.id).values[item] is not None
    )


@cache
def _vocabulary() -> Vocabulary:
    return Vocabulary(
        items={**protocol().items, **protocol().facts},
        named=frozenset((*protocol().terms, *RULES)),
        flags=frozenset(protocol().flags),
        drugs=frozenset(protocol().drugs),
        units=frozenset(protocol().units),
    )


def _as_expected(case: Case, facts: WorkupFacts, lines: frozenset[str]) -> bool:
    return (
        all(facts.truths[name] is True for name in (case.fires | case.holds) & lines)
        and all(facts.truths[name] is not True for name in case.quiet & lines)
        and all(facts.truths[name] is False for name in case.fails & lines)
        and all(facts.truths[name] is None for name in case.undecided & lines)
    )


def test_every_case_has_its_own_id_and_names_sources_that_exist() -> None:
    ids = [case.id for case in clinical_cases()]
    assert len(ids) == len(set(ids))
    unknown = {source for case in clinical_cases() for source in case.sources} - set(protocol().sources)
    assert not unknown


def test_every_name_in_a_case_is_a_finding_or_a_term() -> None:
    """A misspelt id under `quiet` would never fail."""
    engine = {
        "at_threshold",
        "not_classifiable",
        "medicine_not_checked",
        "input_rejected",
        "input_soft_warning",
        "unit_required",
    }
    known = {*protocol().rules, *protocol().terms, *engine}
    assert not {name for case in clinical_cases() for name in case.named} - known


def test_every_value_with_a_flag_has_that_flag_in_some_case() -> None:
    flagged = {rule.id for rule in protocol().rules.values() if rule.flag}
    shown = set()
    for case in clinical_cases():
        for rule in flagged & case.fires - shown:
            standing = assess(protocol(), workup_of(case.id), TODAY).standings[protocol().rules[rule].about]
            if standing.flag:
                shown.add(rule)
    assert flagged == shown
