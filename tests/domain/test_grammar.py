"""The rule language: what it says, and the sentence for what it cannot say."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from smallprotocol import TODAY, small, workup

from rls_workup.domain.conditions import Verdict, judge
from rls_workup.domain.facts import WorkupFacts
from rls_workup.domain.grammar import parse, parse_amount
from rls_workup.domain.operands import Vocabulary
from rls_workup.domain.tokens import Mistake

P = small()
WORDS = Vocabulary(
    items={**P.items, **P.facts},
    named=frozenset({*P.terms, "low", "too_much", "total_high"}),
    flags=frozenset(P.flags),
    drugs=frozenset(P.drugs),
    units=frozenset(P.units),
)


def verdict(condition: str, patient: dict[str, str] | None = None, **answers: Any) -> Verdict:
    facts, read = WorkupFacts(P, workup(patient, **answers), TODAY), parse(condition, WORDS)
    return judge(read, facts, read.holds(facts))


YES, NO = "yes", "no"
DRUG = [{"name": "Elavil 25 mg"}]


@pytest.mark.parametrize(
    ("condition", "answers", "expected"),
    [
        ("urge", {"urge": YES}, True),
        ("urge", {"urge": NO}, False),
        ("urge", {}, None),
        ("urge = no", {"urge": NO}, True),
        ("urge != no", {"urge": NO}, False),
        ("not urge", {}, None),
        ("urge and pregnant", {"urge": NO}, False),
        ("urge and pregnant", {"urge": YES}, None),
        ("urge or pregnant", {"urge": YES}, True),
        ("urge or pregnant", {"urge": NO}, None),
        ("urge or pregnant", {"urge": NO, "pregnant": NO}, False),
        ("urge and pregnant or earlier", {"earlier": YES}, True),
        ("urge and (pregnant or earlier)", {"urge": YES, "earlier": YES}, True),
        ("not (urge and pregnant)", {"pregnant": NO}, True),
        ("not not urge", {"urge": YES}, True),
        ("vibration in (reduced, absent)", {"vibration": "absent"}, True),
        ("vibration in (reduced, absent)", {"vibration": "normal"}, False),
        ("abnormal(vibration, gait)", {"vibration": "normal", "gait": "ataxic"}, True),
        ("abnormal(vibration, gait)", {"vibration": "normal"}, None),
        ("ferritin <= 75 ng/mL", {"ferritin": "75 ng/mL"}, True),
        ("ferritin <= 75 ng/mL", {"ferritin": "<76 ng/mL"}, None),
        ("ferritin < 75 ng/mL | 168 pmol/L", {"ferritin": "168 pmol/L"}, False),
        ("ferritin < 75 ng/mL", {"ferritin": "168 pmol/L"}, True),
        ("score >= 10", {"score": 10}, True),
        ("score - 2 * 3 > 3", {"score": 10}, True),
        ("score / 2 = 5", {"score": 10}, True),
        ("score / part_1 = 5", {"score": 10, "part_1": 0}, None),
        ("score ^ 2 = 100", {"score": 10}, True),
        ("score ^ 0 = 1", {"score": 0}, None),
        ("10 ^ (score * score * score * score * score) > 1", {"score": 40}, None),
        ("min(score, 5) = 5", {"score": 10}, True),
        ("max(score, 5) = 10", {"score": 10}, True),
        ("abs(5 - score) = 5", {"score": 10}, True),
        ("score > -1", {"score": 0}, True),
        ("score > - -1", {"score": 0}, False),
        ("total = 4", {"part_1": 1, "part_2": 3}, True),
        ("total = 4", {"part_1": 1}, None),
        ("total = 2", {"total": 2, "part_1": 1, "part_2": 3}, True),
        ("computed(total) = 4", {"total": 2, "part_1": 1, "part_2": 3}, True),
        ("computed(total) = 4", {"total": 2}, None),
        ("abs(tsat as % - computed(tsat) as %) > 2", {"tsat": "18 %", "iron": "10 umol/L", "tibc": "50 umol/L", "pregnant": NO}, False),
        ("abs(tsat as % - computed(tsat) as %) > 2", {"tsat": "17.9 %", "iron": "10 umol/L", "tibc": "50 umol/L", "pregnant": NO}, True),
        ("iron as ug/dL <= tibc as ug/dL", {"iron": "50 ug/dL", "tibc": "10 umol/L"}, True),
        ("iron as ug/dL <= 60", {"iron": "<50 ug/dL"}, None),
        ("tsat < 20 %", {"iron": "10 umol/L", "tibc": "50 umol/L", "pregnant": NO}, False),
        ("tsat < 20 %", {"iron": "10 umol/L", "tibc": "50 umol/L", "pregnant": YES}, None),
        ("tsat >= 20 %", {"iron": "10 umol/L", "tibc": "0 umol/L", "pregnant": NO}, None),
        ("known(ferritin)", {}, False),
        ("known(ferritin)", {"ferritin": "5 ng/mL"}, True),
        ("awaited(ferritin)", {"ferritin": {"state": "pending"}}, True),
        ("awaited(ferritin)", {"ferritin": {"state": "declined"}}, False),
        ("awaited(ferritin)", {}, False),
        ("count(urge, pregnant, earlier) >= 2", {"urge": YES, "pregnant": YES}, True),
        ("count(urge, pregnant, earlier) >= 2", {"urge": YES}, None),
        ("count(urge, pregnant, earlier) >= 2", {"urge": NO, "pregnant": NO}, False),
        ("any(urge, pregnant)", {"urge": YES}, True),
        ("all(urge, pregnant)", {"urge": NO}, False),
        ("takes(worsens)", {"medications": DRUG}, True),
        ("takes(worsens)", {"medications": []}, False),
        ("takes(worsens)", {}, None),
        ("takes(worsens)", {"medications": ["mystery"]}, None),
        ("takes(worsens)", {"medications": [{"name": "Elavil", "current": False}]}, False),
        ("took(worsens)", {"medications": [{"name": "Elavil", "current": "no"}]}, True),
        ("takes(lowers)", {"medications": [{"name": "metformin", "months": 4}]}, False),
        ("takes(lowers)", {"medications": [{"name": "metformin", "years": 1}]}, True),
        ("takes(lowers)", {"medications": [{"name": "metformin"}]}, True),
        ("takes_drug(metformin)", {"medications": ["Glucophage"]}, True),
        ("takes_drug(metformin)", {"medications": DRUG}, False),
        ("offers(bupropion)", {"medications": DRUG}, True),
        ("offers(bupropion)", {"medications": ["bupropion"]}, False),
        ("urge unless pregnant", {"urge": YES}, True),
        ("urge unless pregnant", {"urge": YES, "pregnant": NO}, True),
        ("urge unless pregnant", {"urge": YES, "pregnant": YES}, False),
        ("urge or earlier unless pregnant or vibration = absent", {"urge": YES, "vibration": "absent"}, False),
        ("index > 15", {"index": {"value": 15, "unit": "/h"}}, False),
        ("low", {}, None),
    ],
)  # fmt: skip
def test_truth_has_three_values(condition: str, answers: dict[str, Any], expected: bool | None) -> None:
    assert verdict(condition, **answers).truth is expected


@pytest.mark.parametrize(
    ("condition", "patient", "expected"),
    [
        ("adult", {"date_of_birth": "2008-11-20"}, True),
        ("adult", {"date_of_birth": "2008-11-21"}, False),
        ("adult", {}, None),
        ("age_months = 11", {"date_of_birth": "2025-11-21"}, True),
        ("sex = female", {"sex": "female"}, True),
        ("sex = female", {"sex": "unknown"}, None),
    ],
)
def test_facts_of_the_patient(condition: str, patient: dict[str, str], expected: bool | None) -> None:
    assert verdict(condition, patient).truth is expected


def test_the_age_in_years_stands_in_where_no_date_of_birth_is_known() -> None:
    assert verdict("adult", age_years=18).truth is True


@pytest.mark.parametrize(
    ("condition", "answers", "rested", "waits"),
    [
        ("urge and ferritin <= 75 ng/mL", {"urge": YES, "ferritin": "5 ng/mL"}, [("urge", "urge"), ("ferritin", "ferritin <= 75 ng/mL")], []),
        ("urge and ferritin <= 75 ng/mL", {"urge": NO}, [("urge", "urge")], []),
        ("ferritin <= 75 ng/mL and urge", {"urge": NO}, [("urge", "urge")], []),
        ("urge or pregnant", {"urge": YES, "pregnant": NO}, [("urge", "urge or pregnant")], []),
        ("(urge or pregnant) and earlier", {"urge": YES}, [("urge", "urge or pregnant")], ["earlier"]),
        ("not adult", {}, [], ["age"]),
        ("not too_much", {"tsat": "20 %"}, [("tsat", "not (tsat > 45 %)")], []),
        ("count(urge, pregnant) >= 1", {"urge": YES, "pregnant": NO}, [("urge", "count(urge, pregnant) >= 1")], []),
        ("count(urge, pregnant) >= 1", {"urge": NO, "pregnant": NO}, [("urge", "count(urge, pregnant) >= 1"), ("pregnant", "count(urge, pregnant) >= 1")], []),
        ("count(urge, pregnant) >= 2", {"urge": YES}, [("urge", "count(urge, pregnant) >= 2")], ["pregnant"]),
        ("ferritin <= 75 ng/mL", {"ferritin": "<80 ng/mL"}, [], ["ferritin"]),
        ("iron as ug/dL < 60", {"iron": "<80 ug/dL"}, [], ["iron"]),
        ("(urge) and (pregnant) or (earlier)", {"earlier": YES}, [("earlier", "(urge) and (pregnant) or (earlier)")], []),
    ],
)  # fmt: skip
def test_a_verdict_tells_what_it_rested_on_and_waits_for(
    condition: str, answers: dict[str, Any], rested: list[tuple[str, str]], waits: list[str]
) -> None:
    told = verdict(condition, **answers)
    assert list(told.rested) == rested
    assert list(told.waits) == waits


@pytest.mark.parametrize(
    ("condition", "sentence"),
    [
        ("ferrtin <= 75 ng/mL", "ferrtin is not known: did you mean ferritin?"),
        ("ferritin <= 75 ng/ml", "ng is no known unit"),
        ("ferritin <= 75xyz", "xyz is no known unit"),
        ("ferritin <= 75", "ferritin has a unit"),
        ("ferritin <= 75 %", "ferritin is not measured in %"),
        ("ferritin <= 75 ng/mL | 5", "ferritin is not measured in a plain number"),
        ("ferritin <= 75 ng/mL |", "A number was expected"),
        ("score >= 5 ng/mL", "score has no unit"),
        ("5 ng/mL < ferritin", "A plain number was expected"),
        ("vibration = norml", "vibration has no choice “norml”: did you mean normal?"),
        ("vibration < normal", "use = or !="),
        ("vibration in (normal, odd)", "no choice “odd”"),
        ("score in (normal)", "no choice"),
        ("vibration", "vibration is no yes/no item"),
        ("note > 5", "note is no number"),
        ("5", "A comparison is missing"),
        ("count(urge)", "A comparison is missing"),
        ("urge and", "the end was not expected"),
        ("", "was not expected here"),
        ("(urge", "“)” was expected before the end"),
        ("urge)", "was not expected"),
        ("urge pregnant", "“pregnant” was not expected"),
        ("urge unless pregnant earlier", "“earlier” was not expected"),
        ("urge # pregnant", "is not understood here"),
        ("surely(urge)", "surely(…) is not known"),
        ("known(urge, pregnant)", "One item's id was expected"),
        ("known(5)", "An item's id was expected"),
        ("known()", "Nothing stands between the brackets"),
        ("count(urge pregnant) > 1", "“,” was expected"),
        ("any(nothing_*)", "No item is named like nothing_*"),
        ("part_* , urge", "belongs alone between commas"),
        ("takes(worsen)", "worsen is no drug flag: did you mean worsens?"),
        ("takes_drug(5)", "This is no drug"),
        ("abnormal(urge)", "no choice marked as abnormal"),
        ("iron as furlong < 5", "A unit was expected after “as”"),
        ("iron as ng/mL < 5", "iron is not measured in ng/mL"),
        ("score as ng/mL < 5", "it has no unit"),
        ("(urge) + 5 > 3", "urge is no number"),
        ("(urge and earlier) + 5 > 3", "this is true or false"),
        ("count(urge) + 5 > 3", "this is true or false"),
        ("-(urge) > 3", "A plain number was expected"),
        ("(" * 60 + "urge" + ")" * 60, "nested more than 40 deep"),
        ("not " * 60 + "urge", "nested more than 40 deep"),
    ],
)  # fmt: skip
def test_a_mistake_is_a_sentence_with_a_guess(condition: str, sentence: str) -> None:
    with pytest.raises(Mistake) as told:
        parse(condition, WORDS)
    assert sentence in str(told.value)


def test_a_computed_amount_must_be_a_whole_line() -> None:
    with pytest.raises(Mistake, match="was not expected"):
        parse_amount("score score", WORDS)


def test_a_language_without_units_still_reads_numbers() -> None:
    bare = Vocabulary(P.items, frozenset(), frozenset(), frozenset(), frozenset())
    assert parse("score > 5", bare)
    with pytest.raises(Mistake, match="A unit was expected"):
        parse("iron as ug/dL > 5", bare)


@given(st.text(alphabet=" abcdefgurnotpd()<>=!|+-*/^,.0159%*_", max_size=40))
def test_any_line_is_a_condition_or_a_mistake(line: str) -> None:
    with suppress(Mistake):
        read, facts = parse(line, WORDS), WorkupFacts(P, workup(), TODAY)
        assert judge(read, facts, read.holds(facts)).truth in (True, False, None)


@given(
    st.dictionaries(st.sampled_from(["urge", "pregnant", "earlier"]), st.sampled_from([YES, NO])),
    st.sampled_from(["urge and not pregnant or earlier", "not (urge or pregnant)", "count(urge, pregnant, earlier) = 2", "urge or pregnant and earlier"]),
    st.sampled_from(["urge", "pregnant", "earlier"]),
    st.sampled_from([YES, NO]),
)  # fmt: skip
def test_a_decided_condition_stays_decided_when_more_is_answered(
    answers: dict[str, str], condition: str, item: str, given_answer: str
) -> None:
    before = verdict(condition, **answers).truth
    after = verdict(condition, **{item: given_answer, **answers}).truth
    assert before is None or after is before
