"""The day of the next visit, where a note names one: `14-Feb-2027`, `14.2.2027`, `in 3 months`."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from rls_workup.domain.dates import MONTHS, iso_date, later

_MONTH: Final = "|".join(MONTHS).lower()
_DAY: Final = re.compile(
    rf"\b(?P<iso>\d{{4}}-\d{{2}}-\d{{2}})\b"
    rf"|\b(?P<day>\d{{1,2}})[ .-]+(?P<name>{_MONTH})[a-z]*[ .,-]+(?P<year>\d{{4}})\b"
    r"|\b(?P<day2>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year2>\d{4})\b"
)
_AFTER: Final = re.compile(
    r"\bin\s+(?:about\s+|etwa\s+)?(?P<number>\d{1,2})\s+(?P<what>week|month|year|woche|monat|jahr)"
)
_UNITS: Final = {
    "week": (1, "weeks"),
    "woche": (1, "weeks"),
    "month": (1, "months"),
    "monat": (1, "months"),
    "year": (12, "months"),
    "jahr": (12, "months"),
}


def next_visit(text: str, visit: date | None) -> date | None:
    """The one day that a text names, counted from the visit where it says in how long; None if not sure."""
    words = text.casefold()
    days = {_named(found) for found in _DAY.finditer(words)}
    if visit is not None:
        days |= {_counted(found, visit) for found in _AFTER.finditer(words)}
    return days.pop() if len(days) == 1 else None


def _named(found: re.Match[str]) -> date | None:
    if found["iso"]:
        return iso_date(found["iso"])
    if found["name"]:
        month = [name.casefold() for name in MONTHS].index(found["name"]) + 1
        return _day(int(found["year"]), month, int(found["day"]))
    return _day(int(found["year2"]), int(found["month"]), int(found["day2"]))


def _counted(found: re.Match[str], visit: date) -> date:
    times, unit = _UNITS[found["what"]]
    return later(visit, times * int(found["number"]), unit)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
