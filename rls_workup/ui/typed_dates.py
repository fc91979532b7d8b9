"""Dates as they are typed in the window: in the order of the practice, months also in its language."""

from __future__ import annotations

from datetime import date

from rls_workup.exchange import typed_days
from rls_workup.exchange.typed_days import ASK, ReadDay
from rls_workup.ui import words
from rls_workup.ui.settings import Settings

_order = ASK


def take(settings: Settings) -> None:
    """Read 3/4/2026 from now on as the settings say."""
    global _order
    _order = settings.date_order


def read_day(text: str, today: date) -> ReadDay:
    """The day that was typed. Raises Untold, a ValueError with a sentence."""
    return typed_days.read_day(text, today, _order, words.current.wording)


def read_past_day(text: str, today: date) -> ReadDay:
    """As `read_day`, for what has already happened."""
    return typed_days.read_past_day(text, today, _order, words.current.wording)
