"""Cut-offs out of a rule's words."""

from __future__ import annotations

from decimal import Decimal

import pytest

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
