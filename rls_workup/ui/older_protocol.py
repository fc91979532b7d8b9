"""After an update of the protocol, the worklist says which work-ups in progress rest on an earlier one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QObject, Qt

from rls_workup.domain.comparison import compared
from rls_workup.domain.protocol import Protocol
from rls_workup.exchange.strict_json import read_json
from rls_workup.exchange.workup_file import named_in
from rls_workup.store import Store
from rls_workup.store.progress import Progress
from rls_workup.store.wanted import Only, Wanted
from rls_workup.ui.editions import Editions
from rls_workup.ui.notices import Choice
from rls_workup.ui.store_work import StoreWork
from rls_workup.ui.told_rows import tell_of
from rls_workup.ui.words import say

if TYPE_CHECKING:
    from rls_workup.ui.casework import Casework

MATTER: Final = "older"
MOST: Final = 500  # the newest ones; a list of more is no work for a day


class Older(NamedTuple):
    """Work-ups that rest on another protocol than the one at hand, and the versions that they rest on."""

    ids: tuple[str, ...]
    versions: tuple[str, ...]


def older_in(open_: Callable[[], Store], current: Protocol, progress: Progress) -> Older:
    """Read the work-ups in progress, on a connection of its own. Raises StoreTrouble or Cancelled."""
    store = open_()
    try:
        if len(store.protocol_versions(current.about.id)) < 2:
            return Older((), ())
        return _looked(store, Editions(lambda: store, current), progress)
    finally:
        store.close()


def _looked(store: Store, editions: Editions, progress: Progress) -> Older:
    differs: dict[tuple[str, str], bool] = {}
    ids: list[str] = []
    for done, row in enumerate(store.listed(Wanted(only=Only.IN_PROGRESS), limit=MOST).rows):
        progress.at(done / MOST)
        document = read_json(store.read(row.id).document.encode("utf-8"))
        named = named_in(document)
        if named is None:
            continue
        edition = named.version, named.mark
        if edition not in differs:
            differs[edition] = bool(compared(editions.of(document), editions.current))
        if differs[edition]:
            ids.append(row.id)
    return Older(tuple(ids), tuple(sorted({version for (version, _mark), other in differs.items() if other})))


class OlderProtocol(QObject):
    """Looks beside the window, and says it until the person leaves it so or all are moved."""

    def __init__(self, casework: Casework) -> None:
        super().__init__(casework)
        self._casework = casework
        self._work: StoreWork | None = None
        casework.saving.resting.connect(self.stop)
        casework.saving.ended.connect(self.stop)

    def begin(self) -> None:
        """Look, unless the person has said of this protocol that they stay as they are."""
        casework = self._casework
        current = casework.reading.english()
        if self._work is not None or casework.window.settings.older_left == current.mark:
            return
        open_ = casework.window.store.another
        self._work = StoreWork(partial(older_in, open_, current), self)
        self._work.ended.connect(self._show, Qt.ConnectionType.QueuedConnection)
        self._work.begin()

    def stop(self) -> None:
        """Look no more, as before the store is locked."""
        if self._work is not None:
            self._work.stop()
            self._work = None

    def _show(self, result: object) -> None:
        if self._work is None or not isinstance(result, Older):  # stopped, or it will be looked for again
            self._work = None
            return
        self._work = None
        if not result.ids:
            self._casework.window.notices.take_back(MATTER)
            return
        leave: Choice = (say("Leave them so"), self._leave)
        words = older_words(result, self._casework.protocol.about.version)
        tell_of(self._casework.window, MATTER, "note", words, result.ids, [leave], stays=True)

    def _leave(self) -> None:
        window = self._casework.window
        window.keep(replace(window.settings, older_left=self._casework.protocol.mark))
        window.notices.take_back(MATTER)


def older_words(older: Older, version: str) -> str:
    """`12 work-ups in progress rest on protocol 2026.10, and 2026.11 is there now.` and what to do."""
    versions = ", ".join(older.versions)
    if len(older.ids) == 1:
        what = say(
            "1 work-up in progress rests on protocol {older}, and {newer} is there now.",
            older=versions,
            newer=version,
        )
    else:
        what = say(
            "{count} work-ups in progress rest on protocol {older}, and {newer} is there now.",
            count=len(older.ids) if len(older.ids) < MOST else say("{count} or more", count=MOST),
            older=versions,
            newer=version,
        )
    return f"{what} {say('Each stays as it is until you open it, see what changes, and move it.')}"
