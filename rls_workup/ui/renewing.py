"""A store of an earlier version is brought to this one: a large one while a dialog says so."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QApplication

from rls_workup.store.inspecting import size_of
from rls_workup.store.opening import at_once
from rls_workup.store.progress import Progress
from rls_workup.ui.store_work import waited_for
from rls_workup.ui.words import say

LARGE: Final = 8_000_000
"""Bytes that take about two seconds."""


def renewed(path: Path, work: Callable[[Progress], object], *, may_stop: bool = True) -> None:
    """Do the work; of a large store in a thread of its own. Raises Cancelled where the person stops it."""
    if size_of(path) < LARGE:
        at_once(path, work)
        return
    words = say(
        "The work-ups here were kept by an earlier version of the program. A backup is made, then the store "
        "is brought to this version; very many work-ups take some minutes."
    )
    waited_for(QApplication.activeWindow(), words, work, may_stop=may_stop)
