"""An edit is assessed from the assessment before it, and the outcome is that of a whole one."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from smallprotocol import TODAY, small, workup

from rls_workup.domain.assessment import Assessment, assess
from rls_workup.domain.parts import Item
from rls_workup.domain.protocol import Protocol
from rls_workup.domain.workup import Answer, Patient, State, Workup
from rls_workup.protocols import load_protocol


@cache
def shipped() -> Protocol:
    return load_protocol()


def same(one: Assessment, other: Assessment) -> None:
    """Equal in all that can be asked of them, also in what is worked out on demand."""
    assert one == other
    assert one.undecided == other.undecided
    rules = [rule.id for rule in one.facts.protocol.rules.values() if not rule.for_each]
    assert [one.verdict(rule) for rule in rules] == [other.verdict(rule) for rule in rules]
    assert dict(one.facts.values) == dict(other.facts.values)


STATES = st.sampled_from([None, *(Answer(state=state) for state in State if state is not State.ANSWERED)])
NUMBERS = st.one_of(st.integers(0, 500).map(str), st.sampled_from(["<5", ">2000", "74.9", "75", "x", ""]))
LINES = ["Elavil", "metformin", "pramipexole", "ferrous sulfate", {"name": "omeprazole", "years": 3}, "x"]


def answers(item: Item) -> st.SearchStrategy[Answer | None]:
    if item.kind == "medications":
        given = st.lists(st.sampled_from(LINES), max_size=3).map(Answer)
    elif item.kind == "quantity":
        given = st.builds(
            lambda number, unit: Answer(number, unit=unit), NUMBERS, st.sampled_from([*item.units, ""])
        )
    elif item.kind in ("number", "score"):
        given = NUMBERS.map(Answer)
    else:
        words = [choice.id for choice in item.choices] or ["yes", "no", "words"]
        given = st.sampled_from(words).map(Answer)
    return st.one_of(given, given, given, STATES)


def edits(protocol: Protocol, items: list[str]) -> st.SearchStrategy[list[tuple[str, Any]]]:
    """Answers to these items, often to the same few; and what is known of the patient."""
    one = st.sampled_from(items).flatmap(lambda item: st.tuples(st.just(item), answers(protocol.items[item])))
    patients = st.builds(
        Patient,
        sex=st.sampled_from(["", "female", "male"]),
        date_of_birth=st.sampled_from(["", "1980-05-01", "2016-02-29", "1940-01-01"]),
    )
    return st.lists(st.one_of(one, one, one, st.tuples(st.just(""), patients)), min_size=1, max_size=8)


def edited(before: Workup, item: str, given: Any) -> Workup:
    return before.answered(item, given) if item else replace(before, patient=given)


RESTING = ["iron", "tibc", "tsat", "transferrin", "ferritin", "pregnant", "creatinine", "egfr", "on_dialysis", "haemoglobin", "phq9_1", "phq9", "b12_total", "medications", "urge_to_move", "weight", "height", "age_years"]  # fmt: skip


@settings(deadline=None, max_examples=40)
@given(st.one_of(edits(shipped(), RESTING), edits(shipped(), list(shipped().items))))
def test_an_edit_assessed_from_the_one_before_is_the_whole_assessment(changes: list[tuple[str, Any]]) -> None:
    now = Workup("w", patient=Patient(sex="female", date_of_birth="1980-05-01"), visit_date="2026-11-20")
    told = assess(shipped(), now, TODAY)
    for item, given_now in changes:
        now = edited(now, item, given_now)
        told = assess(shipped(), now, TODAY, told)
        same(told, assess(shipped(), now, TODAY))


@settings(deadline=None, max_examples=60)
@given(edits(small(), list(small().items)))
def test_it_is_so_under_any_protocol(changes: list[tuple[str, Any]]) -> None:
    now = workup({"sex": "female"})
    told = assess(small(), now, TODAY)
    for item, given_now in changes:
        now = edited(now, item, given_now)
        told = assess(small(), now, TODAY, told)
        same(told, assess(small(), now, TODAY))


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ({"iron": "300 ug/dL", "tibc": "300 ug/dL"}, {"iron": "420 ug/dL", "tibc": "300 ug/dL"}),
        ({"iron": "420 ug/dL", "tibc": "300 ug/dL"}, {"iron": "300 ug/dL", "tibc": "300 ug/dL"}),
        ({"iron": "420 ug/dL", "tibc": "300 ug/dL"}, {"iron": "421 ug/dL", "tibc": "300 ug/dL"}),
        ({"tsat": "30 %", "iron": "10 umol/L", "tibc": "50 umol/L"}, {"iron": "10 umol/L", "tibc": "50 umol/L"}),
        ({"tsat": "30 %", "iron": "10 umol/L", "tibc": "50 umol/L"}, {"tsat": "31 %", "iron": "10 umol/L", "tibc": "50 umol/L"}),
        ({"urge_old": "yes"}, {"urge": "no", "urge_old": "yes"}),
        ({"medications": ["Elavil"]}, {"medications": ["Elavil", "Elavil 25 mg"]}),
        ({"ferritin": "50 ng/mL"}, {}),
        ({}, {"ferritin": {"state": "pending"}}),
    ],
)  # fmt: skip
def test_contradictions_come_and_go_with_an_edit(first: dict[str, Any], then: dict[str, Any]) -> None:
    before = workup({"sex": "female", "date_of_birth": "1980-05-01"}, pregnant="no", **first)
    after = workup({"sex": "female", "date_of_birth": "1980-05-01"}, pregnant="no", **then)
    same(assess(small(), after, TODAY, assess(small(), before, TODAY)), assess(small(), after, TODAY))


def test_what_rests_on_no_changed_answer_is_taken_over() -> None:
    before = assess(small(), workup(ferritin="5 ng/mL", part_1="2", part_2="2"), TODAY)
    after = assess(
        small(), before.facts.workup.answered("ferritin", Answer("6", unit="ng/mL")), TODAY, before
    )
    assert [one.id for one in before.findings] == [one.id for one in after.findings]
    assert after.by_rule["total_high"] is before.by_rule["total_high"]
    assert after.standings["part_1"] is before.standings["part_1"]
    assert after.sections["questions"] is before.sections["questions"]
    assert after.standings["ferritin"] != before.standings["ferritin"]


def test_under_another_protocol_all_is_assessed_anew() -> None:
    other = replace(small(), mark="another")
    before = assess(other, workup(ferritin="5 ng/mL"), TODAY)
    same(
        assess(small(), workup(ferritin="80 ng/mL"), TODAY, before),
        assess(small(), workup(ferritin="80 ng/mL"), TODAY),
    )
