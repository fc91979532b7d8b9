"""The next step of a work-up as of today: days are kept, ages counted when shown. Light, for the start."""

from __future__ import annotations

from datetime import date
from typing import Final, NamedTuple

from rls_workup.domain.dates import iso_date, shown_day
from rls_workup.domain.wording import ENGLISH, Wording, word

WAITS: Final = {
    "ordered": word("{items} ordered"),
    "collected": word("{items} collected"),
    "pending": word("{items} pending"),
}
"""What the next step says of a result that is waited for, by the state of its item."""
_OF_A_RESULT: Final = (word("{step} since today"), word("{step} 1 day"), word("{step} {days} days"))
# “awaited” is said where the next step is something else than the result.
_OF_OTHERS: Final = (
    word("{step} · awaited since today"),
    word("{step} · awaited 1 day"),
    word("{step} · awaited {days} days"),
)
RECHECK_SOON_DAYS: Final = 14
"""A recheck that lies so near is listed among those due."""


class Listing(NamedTuple):
    """The next step in words, how many results are awaited, since when the oldest is, the day of a recheck.

    The days are ISO 8601 text, so that their age is counted when the list is shown.
    """

    next_step: str
    awaited: int
    pending_since: str
    recheck_due: str = ""


def aged(listed: Listing, today: date, *, closed: bool = False, wording: Wording = ENGLISH) -> str:
    """`B12 pending 9 days`, `Ready to print · recheck due 14-Feb-2027`: the next step as of today."""
    recheck = _recheck_words(listed.recheck_due, today, wording)
    step = _with_wait(listed, today, wording)
    # What is signed has no other next step than the recheck.
    parts = (recheck, step) if closed else (step, recheck)
    words = " · ".join(part for part in parts if part)
    return words[:1].upper() + words[1:]


def _with_wait(listed: Listing, today: date, wording: Wording) -> str:
    since = iso_date(listed.pending_since)
    if since is None or not listed.awaited or since > today:
        return listed.next_step
    today_, one, many = _OF_A_RESULT if _says_waiting(listed.next_step, wording) else _OF_OTHERS
    days = (today - since).days
    english = today_ if days == 0 else one if days == 1 else many
    return wording.say(english, step=listed.next_step, days=days)


def _says_waiting(step: str, wording: Wording) -> bool:
    """Whether the next step is the awaited result itself, as written in this language or in English."""
    said = (each for waits in WAITS.values() for each in (waits, wording.say(waits)))
    return step.endswith(tuple(each.removeprefix("{items}") for each in said))


def _recheck_words(due: str, today: date, wording: Wording) -> str:
    day = iso_date(due)
    if day is None:
        return ""
    if day < today:
        days = (today - day).days
        overdue = wording.say("recheck overdue {days} days", days=days)
        return wording.say("recheck overdue 1 day") if days == 1 else overdue
    due_later = wording.say("recheck due {date}", date=shown_day(day))
    return wording.say("recheck due today") if day == today else due_later
