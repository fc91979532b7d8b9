"""Days and moments as they are shown, in one form everywhere."""

from __future__ import annotations

from datetime import date, datetime

from rls_workup.domain.dates import MONTHS, shown_day, shown_moment


def test_a_day_has_its_month_in_letters_so_that_nobody_can_swap_the_numbers() -> None:
    assert [shown_day(date(1980, month, 4)) for month in range(1, 13)] == [
        f"04-{name}-1980" for name in MONTHS
    ]
    assert shown_day(date(987, 1, 31)) == "31-Jan-0987"


def test_a_moment_has_hours_and_minutes() -> None:
    assert shown_moment(datetime(1980, 8, 14, 9, 5)) == "14-Aug-1980 09:05"  # noqa: DTZ001  a local clock, as printed
