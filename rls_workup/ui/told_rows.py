"""Banners that tell of several work-ups, and list just those where the person wants to see them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

from rls_workup.ui.commands import WORKLIST
from rls_workup.ui.notices import Choice
from rls_workup.ui.words import say

if TYPE_CHECKING:
    from rls_workup.ui.main_window import MainWindow

RESULTS: Final = "results"
_MOST_NAMED: Final = 3


class Arrived(NamedTuple):
    """A work-up for which results came in: how many of how many awaited, and for whom."""

    workup_id: str
    name: str
    came: int
    awaited: int


def tell_of(
    window: MainWindow,
    matter: str,
    tone: str,
    words: str,
    ids: Sequence[str],
    more: Sequence[Choice] = (),
    *,
    stays: bool = False,
) -> None:
    """A banner with a way to list the work-ups of these ids."""
    show = partial(show_rows, window, tuple(ids))
    window.notices.show_notice(matter, tone, words, [(say("Show them"), show), *more], stays=stays)


def show_rows(window: MainWindow, ids: Sequence[str]) -> None:
    """List these work-ups only; an open one is laid away first."""
    if window.on_screen != WORKLIST:
        window.perform("worklist")
    if window.on_screen == WORKLIST:
        window.worklist.show_these(ids)


def tell_results(window: MainWindow, arrived: Sequence[Arrived]) -> None:
    """Say for whom results came in. Nothing where none did."""
    if not arrived:
        return
    names = [
        say("{name} ({came} of {awaited} awaited)", name=each.name, came=each.came, awaited=each.awaited)
        for each in arrived[:_MOST_NAMED]
    ]
    if len(arrived) > _MOST_NAMED:
        names.append(say("and {count} more", count=len(arrived) - _MOST_NAMED))
    words = say("Results in: {names}.", names="; ".join(names))
    tell_of(window, RESULTS, "ok", words, [each.workup_id for each in arrived])
