"""Dates on paper."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from rls_workup.report.dates import shown_date, shown_day, shown_moment


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("1980-08-14", "14-Aug-1980"),
        ("2026-11-02", "02-Nov-2026"),
        ("0900-01-01", "01-Jan-0900"),
        ("2026-02-30", "2026-02-30"),
        ("yesterday", "yesterday"),
        ("", ""),
    ],
)
def test_an_iso_date_is_shown_with_its_month_in_letters(given: str, expected: str) -> None:
    assert shown_date(given) == expected


def test_every_month_has_its_own_three_letters() -> None:
    months = {shown_day(date(2026, month, 1))[3:6] for month in range(1, 13)}
    assert len(months) == 12
    assert all(len(month) == 3 for month in months)


def test_a_moment_is_shown_to_the_minute() -> None:
    assert shown_moment(datetime(2026, 11, 22, 9, 5, 59)) == "22-Nov-2026 09:05"  # noqa: DTZ001
