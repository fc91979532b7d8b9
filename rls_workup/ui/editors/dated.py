"""The date beside a result: when it was collected or, while it is awaited, since when."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date

from rls_workup.domain.text import shown_date, shown_day
from rls_workup.domain.workup import Answer, iso_date
from rls_workup.ui.patient_dates import read_day


def date_of(answer: Answer | None) -> str:
    """The date of an answer, for its field."""
    if answer is None:
        return ""
    return shown_date(answer.since if answer.state.awaited else answer.collected)


def dated(answer: Answer, text: str, today: date) -> Answer:
    """The answer with this date; what cannot be read as a date is kept as typed."""
    kept = text.strip()
    if kept and iso_date(kept) is None:
        with suppress(ValueError):  # said beside the field by `date_trouble`
            kept = read_day(kept, today).date.isoformat()
    return replace(answer, since=kept) if answer.state.awaited else replace(answer, collected=kept)


def date_trouble(answer: Answer | None, today: date) -> str:
    """A sentence about the date of an answer that cannot be read, or lies ahead; empty where it is right."""
    if answer is None:
        return ""
    text = answer.since if answer.state.awaited else answer.collected
    if not text:
        return ""
    day = iso_date(text)
    if day is None:
        try:
            day = read_day(text, today).date
        except ValueError as trouble:
            return str(trouble)
    return f"{shown_day(day)} lies in the future. Check the date." if day > today else ""
