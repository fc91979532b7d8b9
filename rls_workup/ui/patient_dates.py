"""Dates as people type them: `18/11/26`, `18.11.2026`, `18 nov`, `t-3`; the ambiguous ones are asked back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from rls_workup.domain.text import MONTHS, shown_day
from rls_workup.domain.workup import age_on, iso_date

_RELATIVE: Final = re.compile(r"(?:t|today)\s*(?:(?P<sign>[-+−])\s*(?P<days>\d{1,4}))?\Z")
_YEAR_FIRST: Final = re.compile(r"(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})\Z")
_FIGURES: Final = re.compile(
    r"(?P<one>\d{1,2})\s*(?P<mark>[-/. ])\s*(?P<other>\d{1,2})(?:\s*(?P=mark)\s*(?P<year>\d{4}|\d{2}))?\.?\Z"
)
_RUN: Final = re.compile(r"(?P<one>\d{2})(?P<other>\d{2})(?P<year>\d{4})\Z")
_DAY_MONTH: Final = re.compile(r"(\d{1,2})\.?[-/. ]*([a-zäéû]{3,9})\.?[-/., ]*(\d{4}|\d{2})?\Z")
_MONTH_DAY: Final = re.compile(r"([a-z]{3,9})\.?[-/. ]*(\d{1,2})(?:st|nd|rd|th)?(?:[-/., ]+(\d{4}|\d{2}))?\Z")
_MONTH_NAMES: Final = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)


@dataclass(frozen=True, slots=True)
class Day:
    """A date that was understood, and its full form that is echoed beside the field."""

    date: date

    @property
    def echo(self) -> str:
        return shown_day(self.date)


def read_day(text: str, today: date) -> Day:
    """The day that a text means. Raises ValueError with a sentence; an ambiguous text is asked back."""
    given = " ".join(text.strip().casefold().split())
    for read in (_relative, _iso, _figures, _named):
        if (found := read(given, today)) is not None:
            return Day(found)
    raise ValueError(f"“{text.strip()[:24]}” is not a date. Write it like 18-Nov-2026, 18 nov, t or t-3.")


def shown_with_age(born: date, day: date) -> str:
    """`14-Jul-1961 (65y)`; months below two years; the date alone where it lies ahead."""
    age = age_on(born, day)
    if age is None:
        return shown_day(born)
    return f"{shown_day(born)} ({f'{age[0]}y' if age[0] >= 2 else f'{age[1]}m'})"


def _relative(given: str, today: date) -> date | None:
    found = _RELATIVE.match(given)
    if found is None:
        return None
    days = int(found["days"] or 0)
    return today + timedelta(days if found["sign"] == "+" else -days)


def _iso(given: str, _today: date) -> date | None:
    found = _YEAR_FIRST.match(given)
    return _made(int(found[1]), int(found[2]), int(found[3]), given) if found else None


def _figures(given: str, today: date) -> date | None:
    found = _FIGURES.match(given) or _RUN.match(given)
    if found is None:
        return None
    one, other, year = int(found["one"]), int(found["other"]), found["year"]
    points = "." in given  # written with points, the day stands first
    meant = [(day, month) for day, month in ((one, other), (other, one)) if month <= 12]
    if len(meant) == 2 and one != other and not points:
        raise ValueError(_which(meant, year, today))
    day, month = meant[0] if meant and not points else (one, other)
    return _of_year(day, month, year, today, given)


def _which(meant: Sequence[tuple[int, int]], year: str | None, today: date) -> str:
    readings = [f"{day:02}-{MONTHS[month - 1]}-{_full_year(year, today)}" for day, month in meant]
    return f"Is it {readings[0]} or {readings[1]}? Write the month as letters, such as {readings[0]}."


def _named(given: str, today: date) -> date | None:
    for pattern, day, month in ((_DAY_MONTH, 1, 2), (_MONTH_DAY, 2, 1)):
        found = pattern.match(given)
        if found and (number := _month(found[month])):
            return _of_year(int(found[day]), number, found[3], today, given)
    return None


def _month(word: str) -> int:
    """The number of a month by its English name or the beginning of it; 0 where it is none."""
    known = "sep" if word == "sept" else word
    return next((number for number, name in enumerate(_MONTH_NAMES, 1) if name.startswith(known)), 0)


def _full_year(year: str | None, today: date) -> int:
    if not year:
        return today.year
    if len(year) == 4:
        return int(year)
    century = today.year - today.year % 100 + int(year)
    return century if century <= today.year + 1 else century - 100


def _of_year(day: int, month: int, year: str | None, today: date, given: str) -> date:
    full = _full_year(year, today)
    made = _made(full, month, day, given)
    # Without a year the latest such day is meant: results lie behind us.
    if year is None and made > today:
        return _made(full - 1, month, day, given)
    return made


def _made(year: int, month: int, day: int, given: str) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(f"“{given}” is no day of the calendar. Check day and month.") from None


def shown_or_given(text: str) -> str:
    """A stored date for a field: the full form of ISO 8601 text, anything else as given."""
    day = iso_date(text)
    return shown_day(day) if day else text
