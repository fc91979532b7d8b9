"""At a threshold, not classifiable: only by cut-offs that can be for this patient."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from smallprotocol import TODAY

from rls_workup.domain.assessment import Assessment, assess
from rls_workup.domain.protocol import Protocol
from rls_workup.exchange.workup_file import workup_from
from rls_workup.protocols import load_protocol

ADULT, CHILD = (
    {"date_of_birth": "1980-05-01", "sex": "female"},
    {"date_of_birth": "2018-05-01", "sex": "female"},
)


@cache
def shipped() -> Protocol:
    return load_protocol()


def assessed(patient: dict[str, str], **answers: Any) -> Assessment:
    document = {"format": "rls-workup/1", "visit_date": "2026-11-20", "patient": patient, "answers": answers}
    return assess(shipped(), workup_from(document, shipped()), TODAY)


def words(assessment: Assessment, kind: str, item: str) -> list[str]:
    """The cut-offs that are named for an item."""
    found = [finding for finding in assessment.findings if (finding.id, finding.item) == (kind, item)]
    return [part.rule for finding in found for part in finding.because]


@pytest.mark.parametrize(
    ("patient", "answers", "cutoffs"),
    [
        (ADULT, {"ferritin": "75 ng/mL"}, ["≤ 75 ng/mL", "> 75 ng/mL"]),
        (ADULT, {"ferritin": "50 ng/mL"}, []),
        (CHILD, {"ferritin": "50 ng/mL"}, ["< 50 ng/mL", "≥ 50 ng/mL"]),
        ({}, {"ferritin": "50 ng/mL"}, ["< 50 ng/mL", "≥ 50 ng/mL"]),
        (CHILD, {"ferritin": "75 ng/mL"}, []),
        (ADULT, {"ferritin": "200 ng/mL"}, ["< 200 ng/mL"]),
        (ADULT, {"ferritin": "200 ng/mL", "on_dialysis": "yes"}, ["< 200 ng/mL"]),
        (ADULT, {"ferritin": "200 ng/mL", "on_dialysis": "no", "egfr": "80 mL/min/1.73 m2"}, []),
        (ADULT, {"ferritin": "200 ng/mL", "on_dialysis": "no"}, ["< 200 ng/mL"]),
        (ADULT, {"ferritin": "200 ng/mL", "on_dialysis": "no", "chronic_kidney_disease": "no"}, []),
        (CHILD, {"ferritin": "200 ng/mL", "on_dialysis": "yes"}, []),
        (ADULT, {"ferritin": "75.76 ng/mL"}, []),
        (ADULT, {"tsat": "45 %"}, ["≤ 45 %", "> 45 %"]),
        (ADULT, {"plm_index": "15"}, ["> 15 per hour", "≤ 15 per hour"]),
    ],
)  # fmt: skip
def test_a_value_is_at_a_threshold_of_rules_that_can_be_for_the_patient(
    patient: dict[str, str], answers: dict[str, Any], cutoffs: list[str]
) -> None:
    assert set(words(assessed(patient, **answers), "at_threshold", next(iter(answers)))) == set(cutoffs)


@pytest.mark.parametrize(
    ("patient", "ferritin", "cutoffs"),
    [
        (ADULT, "<5 ng/mL", []),
        (ADULT, "<30 ng/mL", []),
        (ADULT, "<76 ng/mL", ["30 ng/mL", "75 ng/mL"]),
        (ADULT, ">100 ng/mL", ["200 ng/mL", "300 ng/mL"]),
        (ADULT, ">2000 ng/mL", []),
        (CHILD, "<50 ng/mL", ["30 ng/mL"]),
        (CHILD, "<51 ng/mL", ["30 ng/mL", "50 ng/mL"]),
    ],
)
def test_a_censored_result_on_both_sides_of_a_cut_off_is_not_classifiable(
    patient: dict[str, str], ferritin: str, cutoffs: list[str]
) -> None:
    got = assessed(patient, ferritin=ferritin)
    assert set(words(got, "not_classifiable", "ferritin")) == set(cutoffs)
    assert words(got, "at_threshold", "ferritin") == []


def test_what_a_censored_result_cannot_decide_stays_undecided() -> None:
    got = assessed(ADULT, ferritin="<76 ng/mL", tsat="30 %")
    assert "iron_ferritin_low_for_rls" in {rule.id for rule in got.undecided}
    assert got.verdict("iron_ferritin_low_for_rls").waits == ("ferritin",)
