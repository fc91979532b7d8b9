"""What goes into the store and what comes out of it: frozen values, light enough to load at the start."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from rls_workup.errors import WorkupError


class Summary(NamedTuple):
    """What the worklist shows of a work-up; given by the caller at each save, "" where not known."""

    status: str
    family_name: str = ""
    given_name: str = ""
    date_of_birth: str = ""
    sex: str = ""
    identifier: str = ""
    next_step: str = ""
    awaited: int = 0
    pending_since: str = ""
    sample: bool = False
    note: str = ""
    recheck_due: str = ""


class Row(NamedTuple):
    """One line of the worklist: the summary as last saved, with its id, version and time (UTC, `...Z`)."""

    id: str
    version: int
    status: str
    family_name: str
    given_name: str
    date_of_birth: str
    sex: str
    identifier: str
    next_step: str
    awaited: int
    pending_since: str
    sample: bool
    note: str
    recheck_due: str
    saved_by: str
    updated_at: str


class Page(NamedTuple):
    """Some rows, in the order asked for, and the row to go on after (None: this was the last page).

    `place` is where that row stands in the order: for `Store.listed`.
    """

    rows: tuple[Row, ...]
    next: Row | None
    place: tuple[str, str] | None = None


class Kept(NamedTuple):
    """A work-up as it lies in the store; `document` is its JSON text, exactly as it was saved."""

    id: str
    version: int
    document: str
    updated_at: str


class Saved(NamedTuple):
    """A commit that is on disk: its version, its time (UTC, `...Z`) and the chain's head (64 hex digits)."""

    version: int
    at: str
    head: str


class Attempt(NamedTuple):
    """The time of a save, and the times at which it or an older state was tried and no answer came."""

    at: str
    earlier: tuple[str, ...] = ()


class Submission(NamedTuple):
    """A work-up to be saved, as it was when submitted; what `Store.save` takes, and who waits for it.

    `holder` is the window it was typed in, `ticket` its number there. `at` is its time, `earlier` the times
    of older states of which it is not known whether they arrived.
    """

    holder: str
    ticket: int
    workup_id: str
    base_version: int
    document: str
    summary: Summary
    author: str
    station: str
    kind: str
    at: str
    earlier: tuple[str, ...] = ()

    @property
    def slot(self) -> tuple[str, str]:
        """What it waits under: a newer one takes its place only where both are of one window."""
        return self.holder, self.workup_id


class Outcome(NamedTuple):
    """How the saving of a submission ended: `saved`, or `trouble` with the sentence to show.

    `ticket` is the submission that was tried; all earlier ones of the same work-up went with it.
    `kept`: the server does not answer, and the work-up, as of that time (UTC), is kept on this computer.
    `left`: it was not typed in this window, but left behind by an earlier one.
    """

    workup_id: str
    ticket: int
    saved: Saved | None = None
    trouble: WorkupError | None = None
    kept: str = ""
    left: Submission | None = None


class Revision(NamedTuple):
    """One save as it was recorded; `patch` is JSON text, `snapshot` the whole document where one was kept."""

    version: int
    at: str
    author: str
    station: str
    kind: str
    note: str
    patch: str | None
    snapshot: str | None
    head: str


def revision_of(columns: Sequence[Any]) -> Revision:
    """A revision from its columns, in the order of its members, with the head as bytes."""
    return Revision(*(*columns[:8], columns[8].hex()))
