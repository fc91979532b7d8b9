"""Cut-offs out of a rule's words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from rls_workup.domain.assessment import assess
from rls_workup.domain.workup import Answer, Patient, Workup
from rls_workup.protocols import load_protocol
from rls_workup.report import Sheet
from rls_workup.report.item_words import ItemWords
from rls_workup.report.thresholds import _cutoffs_in, _one_unit


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("hb < 120 g/L | 12.0 g/dL", [("<", [("120", "g/L"), ("12.0", "g/dL")])]),
        ("hb >= 80 fL; hb <= 100 fL", [(">=", [("80", "fL")]), ("<=", [("100", "fL")])]),
        ("(hb < 15 mL/min/{1.73_m2} or other < 2 %)", [("<", [("15", "mL/min/{1.73_m2}")])]),
        ("other_hb < 3 %", []),
        ("hb as umol/L < 3", []),
        ("known(hb)", []),
    ],
)
def test_every_cut_off_of_the_item_is_found(
    clause: str, expected: list[tuple[str, list[tuple[str, str]]]]
) -> None:
    found = [(cutoff.op, list(cutoff.marks)) for cutoff in _cutoffs_in(clause, "hb")]
    assert found == [(op, [(Decimal(amount), unit) for amount, unit in marks]) for op, marks in expected]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([], ""),
        (["> 271 nmol/L"], "> 271 nmol/L"),
        (["> 271 nmol/L", "> 400 nmol/L"], "> 271; > 400 nmol/L"),
        (["< 15 g/L", "< 2 %"], "< 15 g/L; < 2 %"),
    ],
)
def test_a_unit_that_all_have_is_said_once(words: list[str], expected: str) -> None:
    assert _one_unit(words) == expected


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize(
    ("sex", "amount", "threshold"),
    [
        ("female", "11.6", "< 12 g/dL"),
        ("female", "12.5", "< 12 g/dL"),
        ("male", "12.5", "< 13 g/dL"),
        ("male", "14.1", "< 13 g/dL"),
        ("male", "6.5", "< 7; < 8 g/dL"),
    ],
)
def test_haemoglobin_is_read_against_the_line_for_this_patient(
    language: str, sex: str, amount: str, threshold: str
) -> None:
    """The line stands in a term for age and sex; a more severe one is not shown in its place."""
    protocol = load_protocol(None, language)
    answer = Answer(Decimal(amount), unit="g/dL")
    patient = Patient(date_of_birth="1961-07-14", sex=sex)
    workup = Workup("1", visit_date="2026-11-20", patient=patient, answers={"haemoglobin": answer})
    sheet = Sheet(protocol, workup, assess(protocol, workup, date(2026, 11, 22)))
    assert ItemWords(sheet, protocol.items["haemoglobin"]).threshold == threshold
