"""Every clinical case of tests/cases/*.toml, read as a work-up and assessed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from rls_workup.domain.assessment import Assessment, assess
from rls_workup.domain.quantity import Quantity, plain
from tests.clinical_cases import TODAY, Case, clinical_cases, protocol, workup_of


@pytest.mark.parametrize("case", [pytest.param(case, id=case.id) for case in clinical_cases()])
def test_case(case: Case) -> None:
    """The findings that a clinician would expect are there, the others are not."""
    assert case.says
    assert case.sources
    assert case.named or case.values, "a case must expect something"
    assessment = assess(protocol(), workup_of(case.id), TODAY)
    found = {finding.id for finding in assessment.findings}
    assert case.fires <= found
    assert not case.quiet & found
    if case.undecided:
        open_terms = {term for term in protocol().terms if assessment.facts.truths[term] is None}
        assert case.undecided <= {undecided.id for undecided in assessment.undecided} | open_terms
    assert {term: assessment.facts.truths[term] for term in case.holds} == dict.fromkeys(case.holds, True)
    assert {term: assessment.facts.truths[term] for term in case.fails} == dict.fromkeys(case.fails, False)
    for item, expected in case.values.items():
        _assert_value(assessment, item, expected)


def _assert_value(assessment: Assessment, item: str, expected: str) -> None:
    value = assessment.standings[item].value
    amount = value.amount if isinstance(value, Quantity) else value
    assert isinstance(amount, Decimal)
    assert plain(amount, len(expected.partition(".")[2])) == plain(Decimal(expected))
