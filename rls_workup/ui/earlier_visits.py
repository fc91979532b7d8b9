"""A person's other work-ups, looked up in a thread of its own when one is opened; the window never waits."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from rls_workup.domain.earlier import Earlier, earlier_results, same_person
from rls_workup.domain.revisit import FOLLOWS
from rls_workup.domain.workup import Workup
from rls_workup.errors import WorkupError
from rls_workup.exchange.workup_file import workup_from_text
from rls_workup.store.wanted import Wanted
from rls_workup.ui.store_work import StoreWork

if TYPE_CHECKING:
    from rls_workup.domain.protocol import Protocol
    from rls_workup.store import Store

_MOST: Final = 24  # work-ups of one person that are looked into
Results = Mapping[str, tuple[Earlier, ...]]


class EarlierVisits(QObject):
    """`found` brings the earlier results by item, with the id of the work-up that they were looked up for."""

    found = Signal(str, object)

    def __init__(self, another: Callable[[], Store], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._another = another
        self._work: StoreWork | None = None

    def look_for(self, protocol: Protocol, workup: Workup) -> None:
        """Begin to look; a search that is still under way is let go of."""
        self.stop()
        own = workup.id
        work = self._work = StoreWork(lambda _progress: self._results(protocol, workup), self)
        work.ended.connect(lambda result: self._ended(work, own, result))
        work.begin()

    def stop(self) -> None:
        """What is found from now on is not told."""
        self._work = None

    def _ended(self, work: StoreWork, own: str, result: object) -> None:
        if work is self._work and isinstance(result, dict):
            self.found.emit(own, result)
        work.deleteLater()

    def _results(self, protocol: Protocol, workup: Workup) -> Results:
        store = self._another()
        try:
            return dict(earlier_results(protocol, workup, _others(store, protocol, workup)))
        finally:
            store.close()


def _others(store: Store, protocol: Protocol, workup: Workup) -> Iterator[Workup]:
    """The person's other work-ups: what this one follows, and those of the same number and birth date."""
    linked = workup
    seen = {workup.id}
    while (before := linked.extra.get(FOLLOWS)) and isinstance(before, str) and before not in seen:
        seen.add(before)
        read = _read(store, protocol, before)
        if read is None:
            break
        linked = read
        yield read
    patient = workup.patient
    if not patient.identifier.strip() or patient.born is None:
        return
    for row in store.listed(Wanted(patient.identifier), None, _MOST).rows:
        if row.id not in seen and row.date_of_birth == patient.date_of_birth:
            read = _read(store, protocol, row.id)
            if read is not None and same_person(workup, read):
                yield read


def _read(store: Store, protocol: Protocol, workup_id: str) -> Workup | None:
    """A work-up read by the protocol at hand; None where that cannot be done."""
    try:
        return workup_from_text(store.read(workup_id).document, protocol)
    except WorkupError:
        return None
