"""Days: of ISO 8601 text, shown in one form, and the age on a day. Light, for the start of the window."""

from __future__ import annotations

from datetime import date, datetime, timedelta

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def iso_date(text: str) -> date | None:
    """The date of an ISO 8601 text `2026-11-20`; None where it is no such date."""
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None


def age_on(born: date, day: date) -> tuple[int, int] | None:
    """Completed years and completed months of life on a day; None before birth."""
    if day < born:
        return None
    months = (day.year - born.year) * 12 + day.month - born.month - (day.day < born.day)
    return months // 12, months


def shown_day(day: date) -> str:
    """`14-Aug-1980`, in every language."""
    return f"{day.day:02}-{MONTHS[day.month - 1]}-{day.year:04}"


def later(day: date, number: int, counted_in: str) -> date:
    """The day so many weeks or months later; the last of a month where that month is shorter.

    Past the last day of the calendar (a mistyped year), that last day.
    """
    from calendar import monthrange

    months = day.year * 12 + day.month - 1 + number
    year, month = months // 12, months % 12 + 1
    try:
        if counted_in == "weeks":
            return day + timedelta(weeks=number)
        return date(year, month, min(day.day, monthrange(year, month)[1]))
    except (OverflowError, ValueError):
        return date.max


def shown_moment(moment: datetime) -> str:
    """`14-Aug-1980 09:05`."""
    return f"{shown_day(moment.date())} {moment.hour:02}:{moment.minute:02}"
