"""Earlier results of the same person, by item, and the line that is drawn from them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from smallprotocol import small, workup

from rls_workup.domain.earlier import Earlier, earlier_results, same_person, trend_of
from rls_workup.domain.quantity import Quantity
from rls_workup.domain.workup import Workup

BROWN = {"identifier": "999 000", "date_of_birth": "1961-07-14"}


def visit(day: str, ident: str = "", **answers: Any) -> Workup:
    return replace(workup(BROWN, day, **answers), id=ident or day)


def ferritin(value: Any, unit: str = "ng/mL", **more: Any) -> dict[str, Any]:
    return {"value": value, "unit": unit, **more}


@pytest.mark.parametrize(
    ("patient", "same"),
    [
        (BROWN, True),
        ({**BROWN, "identifier": "999000"}, True),
        ({**BROWN, "identifier": "999 001"}, False),
        ({**BROWN, "date_of_birth": "1961-07-15"}, False),
        ({"identifier": "999 000"}, False),
        ({"date_of_birth": "1961-07-14"}, False),
    ],
)
def test_a_person_is_the_same_by_number_and_birth_date_only(patient: dict[str, str], same: bool) -> None:
    assert same_person(workup(BROWN), workup(patient)) is same
    assert same_person(workup(patient), workup(BROWN)) is same


def test_two_without_a_number_are_not_the_same_and_a_sample_is_nobody() -> None:
    assert not same_person(workup({"date_of_birth": "1961-07-14"}), workup({"date_of_birth": "1961-07-14"}))
    assert not same_person(workup(BROWN), replace(workup(BROWN), sample=True))


NOW = visit("2026-11-20")


@pytest.mark.parametrize(
    ("others", "found"),
    [
        ([], {}),
        ([visit("2026-05-20", ferritin=ferritin(52))], {"ferritin": [("2026-05-20", "52 ng/mL")]}),
        (
            [visit("2026-05-20", ferritin=ferritin(52)), visit("2025-11-02", ferritin=ferritin(61, "ug/L"))],
            {"ferritin": [("2025-11-02", "61 ug/L"), ("2026-05-20", "52 ng/mL")]},
        ),
        (
            [visit("2026-05-20", ferritin=ferritin(52, collected="2026-05-11"))],
            {"ferritin": [("2026-05-11", "52 ng/mL")]},
        ),
        # carried from one work-up into the next: one result, not two
        (
            [
                visit("2026-05-20", ferritin=ferritin(52, collected="2026-05-11")),
                visit("2026-06-20", ferritin=ferritin(52, collected="2026-05-11")),
            ],
            {"ferritin": [("2026-05-11", "52 ng/mL")]},
        ),
        ([visit("2026-05-20", ferritin={"state": "ordered"}, urge="yes", not_an_item=5)], {}),
        ([visit("2026-05-20", ferritin=ferritin(52, "furlong"))], {}),
        ([visit("2026-11-20", "same day", ferritin=ferritin(52))], {}),
        ([visit("2027-01-20", ferritin=ferritin(52))], {}),
        ([visit("", "no day", ferritin=ferritin(52))], {}),
        ([replace(NOW, answers=visit("2026-05-20", ferritin=ferritin(52)).answers)], {}),
    ],
)
def test_what_is_older_than_this_visit(others: list[Workup], found: dict[str, list[tuple[str, str]]]) -> None:
    told = earlier_results(small(), NOW, others)
    assert {
        item: [(each.day.isoformat(), str(each.value)) for each in results] for item, results in told.items()
    } == found


def test_where_this_visit_has_no_day_all_others_are_earlier() -> None:
    told = earlier_results(small(), visit("", "now"), [visit("2027-01-20", ferritin=ferritin(52))])
    assert list(told) == ["ferritin"]


BEFORE = [
    Earlier(date(2025, 11, 2), Quantity(Decimal("224.7"), "pmol/L")),
    Earlier(date(2026, 5, 20), Quantity(Decimal(52), "ng/mL")),
]


@pytest.mark.parametrize(
    ("now", "unit", "amounts", "current", "marks"),
    [
        (Quantity(Decimal(38), "ug/L"), "ug/L", [100, 52], 38, [75]),
        (None, "ng/mL", [100, 52], None, [75]),
        (Quantity(Decimal(100), "pmol/L"), "pmol/L", [224.7, 116.844], 100, [168.525]),
    ],
)
def test_the_line_is_in_one_unit_with_its_cut_offs(
    now: Quantity | None, unit: str, amounts: list[float], current: float | None, marks: list[float]
) -> None:
    trend = trend_of(small(), small().items["ferritin"], BEFORE, now)
    assert (trend.unit, trend.now) == (unit, current)
    assert [amount for _, amount in trend.earlier] == pytest.approx(amounts)
    assert list(trend.marks) == pytest.approx(marks)


def test_an_item_without_cut_offs_has_a_line_all_the_same() -> None:
    before = [Earlier(date(2026, 5, 20), Quantity(Decimal(5), "mg/L"))]
    trend = trend_of(small(), small().items["crp"], before, Quantity(Decimal(3), "mg/L"))
    assert (trend.marks, trend.now, len(trend.earlier)) == ((), 3, 1)
