"""Comparisons with a cut-off: exact, in the unit given where the cut-off is published in it."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

import pytest

from rls_workup.domain.comparisons import Against, Beside
from rls_workup.domain.conditions import Cutoff
from rls_workup.domain.quantity import Quantity, Scale

UNITS = {"ng/mL": Scale(), "ug/L": Scale(), "pmol/L": Scale(1 / Fraction("2.247"))}
HBA1C = {"%": Scale(), "mmol/mol": Scale(Fraction("0.09148"), Fraction("2.152"))}


def known(value: object) -> Any:
    return SimpleNamespace(values={"it": value})


def against(op: str, amount: str, unit: str = "ng/mL", units: Any = UNITS) -> Against:
    return Against("it", Cutoff(op, ((Decimal(amount), unit),)), units)


@pytest.mark.parametrize(
    ("value", "op", "expected"),
    [
        ("74.9", "<=", True),
        ("75", "<=", True),
        ("75.0", "<=", True),
        ("75.1", "<=", False),
        ("75", "<", False),
        ("75", ">=", True),
        ("75", ">", False),
        ("75", "=", True),
        ("75", "!=", False),
    ],
)
def test_comparators_mean_what_they_say(value: str, op: str, expected: bool) -> None:
    assert against(op, "75").holds(known(Quantity(Decimal(value), "ng/mL"))) is expected


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        ("75", "ug/L", True),
        ("168.525", "pmol/L", True),
        ("168.526", "pmol/L", False),
        ("168.524", "pmol/L", True),
    ],
)
def test_conversion_is_exact_at_the_cut_off(value: str, unit: str, expected: bool) -> None:
    assert against("<=", "75").holds(known(Quantity(Decimal(value), unit))) is expected


def test_a_unit_with_an_offset_is_converted_exactly() -> None:
    at = Quantity(Decimal("47.52951464801049"), "mmol/mol")
    assert against("<", "6.5", "%", HBA1C).holds(known(at)) is True
    assert HBA1C["mmol/mol"].from_first(HBA1C["mmol/mol"].to_first(Decimal(48))) == 48


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Quantity(Decimal("75"), "ng/mL"), True),
        (Quantity(Decimal("75.75"), "ng/mL"), True),
        (Quantity(Decimal("74.25"), "ug/L"), True),
        (Quantity(Decimal("75.76"), "ng/mL"), False),
        (Quantity(Decimal("74.24"), "ng/mL"), False),
        (Quantity(Decimal("170.21"), "pmol/L"), True),
        (Quantity(Decimal("170.22"), "pmol/L"), False),
        (Quantity(Decimal("75"), "ng/mL", "<"), False),
        (None, False),
    ],
)
def test_near_a_cut_off_is_within_one_per_cent_or_equal(value: Quantity | None, expected: bool) -> None:
    assert against("<=", "75").is_near(known(value)) is expected


@pytest.mark.parametrize(("value", "expected"), [("15", True), ("15.15", True), ("15.16", False)])
def test_a_plain_number_can_be_near_too(value: str, expected: bool) -> None:
    at = Beside("it", Cutoff(">", ((Decimal(15), ""),)), measured=True)
    assert at.is_near(known(Decimal(value))) is expected
    assert not at.is_near(known(None))
