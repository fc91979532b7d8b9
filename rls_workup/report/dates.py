"""Dates on paper: `14-Aug-1980` in every language, from a month table of our own."""

from __future__ import annotations

from datetime import date, datetime

from rls_workup.domain.workup import iso_date

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def shown_day(day: date) -> str:
    """`14-Aug-1980`."""
    return f"{day.day:02d}-{_MONTHS[day.month - 1]}-{day.year:04d}"


def shown_date(text: str) -> str:
    """An ISO date as `14-Aug-1980`; the text itself where it is no such date."""
    day = iso_date(text)
    return shown_day(day) if day else text


def shown_moment(moment: datetime) -> str:
    """`14-Aug-1980 09:05`."""
    return f"{shown_day(moment.date())} {moment.hour:02d}:{moment.minute:02d}"
