"""The next step of a work-up as of today: days are kept, ages counted when shown. Light, for the start."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from rls_workup.domain.dates import iso_date, shown_day

_WAITING: Final = (" ordered", " collected", " pending")
RECHECK_SOON_DAYS: Final = 14
"""A recheck that lies so near is listed among those due."""


@dataclass(frozen=True, slots=True)
class Listing:
    """The next step in words, how many results are awaited, since when the oldest is, the day of a recheck.

    The days are ISO 8601 text, so that their age is counted when the list is shown.
    """

    next_step: str
    awaited: int
    pending_since: str
    recheck_due: str = ""


def aged(listed: Listing, today: date, *, closed: bool = False) -> str:
    """`B12 pending 9 days`, `Ready to print · recheck due 14-Feb-2027`: the next step as of today."""
    recheck = _recheck_words(listed.recheck_due, today)
    step = _with_wait(listed, today)
    # What is signed has no other next step than the recheck.
    parts = (recheck, step) if closed else (step, recheck)
    words = " · ".join(part for part in parts if part)
    return words[:1].upper() + words[1:]


def _with_wait(listed: Listing, today: date) -> str:
    since = iso_date(listed.pending_since)
    if since is None or not listed.awaited or since > today:
        return listed.next_step
    days = (today - since).days
    waited = "since today" if days == 0 else _days(days)
    if listed.next_step.endswith(_WAITING):
        return f"{listed.next_step} {waited}"
    # “awaited” is said, since the next step is something else than the result.
    return f"{listed.next_step} · awaited {waited}"


def _recheck_words(due: str, today: date) -> str:
    day = iso_date(due)
    if day is None:
        return ""
    if day < today:
        return f"recheck overdue {_days((today - day).days)}"
    return "recheck due today" if day == today else f"recheck due {shown_day(day)}"


def _days(days: int) -> str:
    return f"{days} day{'' if days == 1 else 's'}"
