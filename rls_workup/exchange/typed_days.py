"""Dates as people type them, read strictly: what could be two days is asked about, never guessed."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from rls_workup.domain.dates import MONTHS, iso_date, shown_day
from rls_workup.domain.wording import ENGLISH, Untold, Wording

ASK: Final = "ask"
DAY_FIRST: Final = "dmy"
MONTH_FIRST: Final = "mdy"

_TODAY: Final = re.compile(r"(?:t|today)(?:\s*(?P<sign>[+-])\s*(?P<days>[0-9]{1,3}))?\Z")
_NUMBERS: Final = re.compile(
    r"(?P<one>[0-9]{1,2})(?P<mark>[./-])(?P<two>[0-9]{1,2})(?P=mark)(?P<year>[0-9]{4}|[0-9]{2})\Z"
)
_DAY_MONTH: Final = re.compile(
    r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?[ ./-]*(?P<month>[^\W\d_]{3,9})\.?,?[ ./-]*"
    r"(?P<year>[0-9]{4}|[0-9]{2})?\Z"
)
_MONTH_DAY: Final = re.compile(
    r"(?P<month>[^\W\d_]{3,9})\.?[ ./-]*(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
    r"(?:[ ,./-]+(?P<year>[0-9]{4}|[0-9]{2}))?\Z"
)
_EIGHT: Final = re.compile(r"[0-9]{8}\Z")
_NAMES: Final = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_EARLIEST: Final = 1900


@dataclass(frozen=True, slots=True)
class ReadDay:
    """A day that was typed, and how it is shown back, `18-Nov-2026`."""

    date: date
    echo: str


class Ambiguous(Untold):
    """It could be either of two days; the sentence asks which."""


def read_day(text: str, today: date, order: str = ASK, wording: Wording = ENGLISH) -> ReadDay:
    """The day that `text` names; without a year the latest such day up to today. `t-3` is three days ago.

    Months are read in English and in the language of `wording`. What could be either of two days is read by
    `order`. Raises Untold, a ValueError with a sentence, where it names none, or two and `order` is ASK.
    """
    words = unicodedata.normalize("NFC", " ".join(text.split())).casefold()
    if not words:
        raise Untold("There is no date here. Write it like 18-Nov-2026.")
    day = (
        _relative(words, today, wording)
        or iso_date(words)
        or _in_numbers(words, today, order)
        or _in_words(words, today, wording)
    )
    if day is None or day.year < _EARLIEST:
        raise Untold("“{text}” is no date. Write it like 18-Nov-2026.", text=_short(text))
    return ReadDay(day, shown_day(day))


def read_past_day(text: str, today: date, order: str = ASK, wording: Wording = ENGLISH) -> ReadDay:
    """As `read_day`, for what has already happened. Raises Untold for a day after today as well."""
    read = read_day(text, today, order, wording)
    if read.date > today:
        raise Untold("{date} lies in the future. Check the date.", date=read.echo)
    return read


def shown_again(text: str) -> str:
    """A stored date as it is typed, `18-Nov-2026`; other text as it was given."""
    day = iso_date(text)
    return shown_day(day) if day else text


def _relative(words: str, today: date, wording: Wording) -> date | None:
    if words in wording.day_words:
        return today + timedelta(days=wording.day_words[words])
    if words == "yesterday":
        return today - timedelta(days=1)
    found = _TODAY.match(words)
    if not found:
        return None
    days = int(found["days"] or 0)
    return today + timedelta(days=days if found["sign"] == "+" else -days)


def _in_numbers(words: str, today: date, order: str) -> date | None:
    if _EIGHT.match(words):
        return _eight_figures(words, order)
    found = _NUMBERS.match(words)
    if not found:
        return None
    year = _year(found["year"], today)
    one, two = int(found["one"]), int(found["two"])
    day_first = _day(year, two, one)
    # With points the day comes first in every country; with other marks it depends.
    return day_first if found["mark"] == "." else _the_only(day_first, _day(year, one, two), order)


def _eight_figures(words: str, order: str) -> date | None:
    year_first = _day(int(words[:4]), int(words[4:6]), int(words[6:]))
    if year_first is not None and year_first.year >= _EARLIEST:
        return year_first
    one, two, year = int(words[:2]), int(words[2:4]), int(words[4:])
    return _the_only(_day(year, two, one), _day(year, one, two), order)


def _the_only(one: date | None, other: date | None, order: str) -> date | None:
    """`one` is the reading with the day first."""
    if one is not None and other is not None and one != other:
        if order in (DAY_FIRST, MONTH_FIRST):
            return one if order == DAY_FIRST else other
        raise Ambiguous(
            "Is this {date} or {other}? Write the month as a word.",
            date=shown_day(one),
            other=shown_day(other),
        )
    return one or other


def _in_words(words: str, today: date, wording: Wording) -> date | None:
    found = _DAY_MONTH.match(words) or _MONTH_DAY.match(words)
    month = (_month(found["month"]) or wording.months.get(found["month"], 0)) if found else 0
    if not found or not month:
        return None
    if found["year"]:
        return _day(_year(found["year"], today), month, int(found["day"]))
    # A leap day may lie up to eight years back.
    recent = (_day(today.year - back, month, int(found["day"])) for back in range(9))
    return next((day for day in recent if day is not None and day <= today), None)


def _month(word: str) -> int:
    whole = "september" if word == "sept" else word
    known = [*_NAMES, *(name.casefold() for name in MONTHS)]
    return known.index(whole) % 12 + 1 if whole in known else 0


def _year(figures: str, today: date) -> int:
    if len(figures) == 4:
        return int(figures)
    year = today.year // 100 * 100 + int(figures)
    return year if year <= today.year + 1 else year - 100


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 40 else line[:40] + "…"
