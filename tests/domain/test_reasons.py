"""What a finding rests on, put together when asked for."""

from __future__ import annotations

from smallprotocol import TODAY, small, workup

from rls_workup.domain.assessment import assess
from rls_workup.domain.finding import Finding


def low(ferritin: str) -> Finding:
    got = assess(small(), workup({"date_of_birth": "1980-05-01"}, ferritin=ferritin), TODAY)
    return next(finding for finding in got.findings if finding.id == "low")


def test_it_is_a_sequence_of_inputs() -> None:
    because = low("5 ng/mL").because
    assert [part.item for part in because] == ["age", "ferritin"]
    assert (len(because), because[1].unit) == (2, "ng/mL")
    assert [part.item for part in because[:1]] == ["age"]
    assert repr(because) == repr(tuple(because))


def test_findings_are_equal_where_they_rest_on_the_same() -> None:
    assert low("5 ng/mL") == low("5 ng/mL")
    assert low("5 ng/mL").because != low("6 ng/mL").because
    assert low("5 ng/mL").because != "5 ng/mL"
