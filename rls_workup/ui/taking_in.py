"""Files that come in: opened, dropped on the window, or handed over by a second start."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rls_workup.errors import NeedsPassword, WorkupError
from rls_workup.exchange.results_in import may_be_results
from rls_workup.store.accesses import IMPORT
from rls_workup.ui import desk
from rls_workup.ui.form_reading import took_form
from rls_workup.ui.paper_password import PaperPassword
from rls_workup.ui.results_reading import take_results
from rls_workup.ui.taking_many import TakingMany
from rls_workup.ui.words import said_of

if TYPE_CHECKING:
    from rls_workup.ui.casework import Casework

_OURS: Final = (".rlsworkup", ".pdf")


def take_in(casework: Casework, paths: Sequence[Path]) -> None:
    """Take files into the worklist: one is opened, of several it is told what came of each.

    A folder stands for the work-ups and the sheets in it.
    """
    paths = _unfolded(paths)
    results = [path for path in paths if may_be_results(path)]
    take_results(casework, results)
    paths = [path for path in paths if path not in results]
    if len(paths) == 1:
        if not _was_form(casework, paths[0]):
            _open(casework, paths[0])
    elif paths:
        TakingMany(casework, paths, taken).begin()


def _unfolded(paths: Sequence[Path]) -> list[Path]:
    """Each folder by what of ours is in it; one without anything stays, so that it is told of."""
    found: list[Path] = []
    for path in paths:
        inside = sorted(path.glob("*.*")) if path.is_dir() else []
        found += [file for file in inside if file.suffix.lower() in _OURS and file.is_file()] or [path]
    return found


def _open(casework: Casework, path: Path) -> None:
    try:
        workup_id, words = taken(casework, path)
    except WorkupError as trouble:
        casework.window.tell(said_of(trouble))
        return
    if workup_id:
        casework.open_stored(workup_id)
        if words:
            casework.window.notices.show_notice("told", "note", words)


def _was_form(casework: Casework, path: Path) -> bool:
    """Whether the file is a filled form; then it is read, or it is told why it cannot be."""
    try:
        return took_form(casework, path)
    except WorkupError as trouble:
        casework.window.tell(said_of(trouble))
        return True


def taken(casework: Casework, path: Path) -> tuple[str, str]:
    """The id in the store and what to tell; both "" where the password was not given. Raises WorkupError."""
    window = casework.window

    def take(password: str) -> tuple[str, str]:
        return desk.take_in(
            window.store, casework.protocol, path, casework.saving, window.today(), password=password
        )

    try:
        workup_id, words = take("")
    except NeedsPassword:
        workup_id, words = PaperPassword.asked(window, path.name, take) or ("", "")
    if workup_id:
        casework.log.note(IMPORT, workup_id, "file")
    return workup_id, words
