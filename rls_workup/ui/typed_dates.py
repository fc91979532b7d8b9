"""Dates as they are typed in the window: in the order of the practice, months also in its language.

Light, for the start: what reads them is imported when one is typed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rls_workup.ui import words
from rls_workup.ui.settings import Settings

if TYPE_CHECKING:
    from datetime import date

    from rls_workup.exchange.typed_days import ReadDay

_order = Settings().date_order


def take(settings: Settings) -> None:
    """Read 3/4/2026 from now on as the settings say."""
    global _order
    _order = settings.date_order


def read_day(text: str, today: date) -> ReadDay:
    """The day that was typed. Raises Untold, a ValueError with a sentence."""
    from rls_workup.exchange import typed_days

    return typed_days.read_day(text, today, _order, words.current.wording)


def read_past_day(text: str, today: date) -> ReadDay:
    """As `read_day`, for what has already happened."""
    from rls_workup.exchange import typed_days

    return typed_days.read_past_day(text, today, _order, words.current.wording)
