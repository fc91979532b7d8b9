"""Files that come in: opened, dropped on the window, or handed over by a second start."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rls_workup.errors import NeedsPassword, WorkupError
from rls_workup.exchange.results_in import may_be_results
from rls_workup.store.accesses import IMPORT
from rls_workup.ui import desk
from rls_workup.ui.commands import WORKLIST
from rls_workup.ui.form_reading import took_form
from rls_workup.ui.paper_password import PaperPassword
from rls_workup.ui.results_reading import take_results
from rls_workup.ui.words import said_of, say

if TYPE_CHECKING:
    from rls_workup.ui.casework import Casework

_MOST_TOLD: Final = 3


def take_in(casework: Casework, paths: Sequence[Path]) -> None:
    """Take files into the worklist: one is opened, of several it is told what came of each."""
    results = [path for path in paths if may_be_results(path)]
    take_results(casework, results)
    paths = [path for path in paths if path not in results]
    if not paths or (len(paths) == 1 and _was_form(casework, paths[0])):
        return
    taken: list[str] = []
    told: list[str] = []
    for path in paths:
        try:
            workup_id, words = _taken(casework, path)
        except WorkupError as trouble:
            told.append(said_of(trouble))
            continue
        if workup_id:
            taken.append(workup_id)
            casework.log.note(IMPORT, workup_id, "file")
        if words:
            told.append(words)
    if len(paths) == 1 and taken:
        casework.open_stored(taken[0])
        if told:
            casework.window.notices.show_notice("told", "note", told[0])
    elif len(paths) == 1:
        if told:
            casework.window.tell(told[0])
    else:
        _tell_of_many(casework, len(taken), told)


def _was_form(casework: Casework, path: Path) -> bool:
    """Whether the file is a filled form; then it is read, or it is told why it cannot be."""
    try:
        return took_form(casework, path)
    except WorkupError as trouble:
        casework.window.tell(said_of(trouble))
        return True


def _taken(casework: Casework, path: Path) -> tuple[str, str]:
    """The id in the store and what to tell; both empty where the person did not give the password."""
    window = casework.window

    def take(password: str) -> tuple[str, str]:
        return desk.take_in(
            window.store, casework.protocol, path, casework.saving, window.today(), password=password
        )

    try:
        return take("")
    except NeedsPassword:
        return PaperPassword.asked(window, path.name, take) or ("", "")


def _tell_of_many(casework: Casework, taken: int, told: list[str]) -> None:
    window = casework.window
    if taken and casework.lay_away():
        window.show_screen(WORKLIST)
    words = []
    if taken == 1:
        words.append(say("1 work-up in the worklist."))
    elif taken:
        words.append(say("{count} work-ups in the worklist.", count=taken))
    words += told[:_MOST_TOLD]
    if len(told) > _MOST_TOLD:
        words.append(say("And {count} more like that.", count=len(told) - _MOST_TOLD))
    window.notices.show_notice("told", "warn" if told else "ok", "\n".join(words))
