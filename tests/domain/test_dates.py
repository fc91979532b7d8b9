"""Days and moments as they are shown, in one form everywhere."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from rls_workup.domain.dates import MONTHS, later, shown_day, shown_moment


def test_a_day_has_its_month_in_letters_so_that_nobody_can_swap_the_numbers() -> None:
    assert [shown_day(date(1980, month, 4)) for month in range(1, 13)] == [
        f"04-{name}-1980" for name in MONTHS
    ]
    assert shown_day(date(987, 1, 31)) == "31-Jan-0987"


def test_a_moment_has_hours_and_minutes() -> None:
    assert shown_moment(datetime(1980, 8, 14, 9, 5)) == "14-Aug-1980 09:05"  # noqa: DTZ001  a local clock, as printed


@pytest.mark.parametrize(
    ("day", "number", "counted_in", "expected"),
    [
        (date(2026, 11, 20), 12, "weeks", date(2027, 2, 12)),
        (date(2026, 11, 20), 3, "months", date(2027, 2, 20)),
        (date(2026, 11, 30), 3, "months", date(2027, 2, 28)),
        (date(2027, 11, 30), 3, "months", date(2028, 2, 29)),
        (date(2026, 12, 31), 12, "months", date(2027, 12, 31)),
        (date(9999, 12, 1), 12, "weeks", date.max),
        (date(9999, 12, 1), 1, "months", date.max),
    ],
)
def test_weeks_and_months_later_end_on_a_day_that_exists(
    day: date, number: int, counted_in: str, expected: date
) -> None:
    assert later(day, number, counted_in) == expected
