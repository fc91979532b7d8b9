"""Which work-up results are for when none is open: the one of that patient that awaits them, or a choice."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from rls_workup.domain.text import shown_date
from rls_workup.domain.workup import Patient
from rls_workup.exchange.results import Whose
from rls_workup.exchange.same_person import Likeness, compared_with
from rls_workup.ui.palette import Entry, Palette
from rls_workup.ui.words import awaited_words, say

if TYPE_CHECKING:
    from rls_workup.store import Row, Store
    from rls_workup.ui.main_window import MainWindow

_MOST: Final = 100
_NAMESAKES: Final = 1000
"""Among so many of one name the patient is looked for; the list is as short as the work-ups that are hers."""


def the_awaiting_one(store: Store, whose: Whose) -> Row | None:
    """The only work-up of this patient that awaits results; None where there is none, or several."""
    found = [row for row in of_patient(store, whose) if row.awaited]
    return found[0] if len(found) == 1 else None


def of_patient(store: Store, whose: Whose) -> list[Row]:
    """The work-ups that are surely of this patient, the last saved first. Raises StoreTrouble."""
    sought = [whose.family or whose.name, *whose.numbers]
    rows = {row.id: row for text in sought if text.strip() for row in store.page(text, limit=_NAMESAKES).rows}
    return [row for row in rows.values() if _likeness(row, whose) is Likeness.SAME]


def _likeness(row: Row, whose: Whose) -> Likeness:
    patient = Patient(row.family_name, row.given_name, row.date_of_birth, row.sex, row.identifier)
    return compared_with(patient, whose).likeness


def choose_place(window: MainWindow, whose: Whose, opened: Callable[[str], object]) -> bool:
    """Let the person choose among the patient's work-ups, else among those that await results.

    False where there are none.
    """
    rows = of_patient(window.store, whose) or list(window.store.page(pending=True, limit=_MOST).rows)
    entries = [Entry(_name(row), _beside(row), partial(opened, row.id)) for row in rows]
    if entries:
        Palette(entries, say("Which work-up are these results for?"), window).show_over(window.screens)
    return bool(entries)


def _name(row: Row) -> str:
    parts = (row.family_name.upper(), row.given_name)
    return ", ".join(part for part in parts if part.strip()) or say("No name yet")


def _beside(row: Row) -> str:
    born = say("born {date}", date=shown_date(row.date_of_birth)) if row.date_of_birth else ""
    awaited = awaited_words(row.awaited) if row.awaited else ""
    return " · ".join(part for part in (born, row.identifier, awaited) if part)
