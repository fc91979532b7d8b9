"""Who has a work-up open: a courtesy to others, for thirty seconds at a time; the version is the safety."""

from __future__ import annotations

from dataclasses import dataclass

from rls_workup.store.engine import writing
from rls_workup.store.store import Store

SECONDS = 30
RENEWED_EVERY_SECONDS = 10

TAKE = (
    "INSERT INTO lease(workup_id, holder, author, station, since, until) VALUES (?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (workup_id) DO UPDATE SET holder = excluded.holder, author = excluded.author,"
    " station = excluded.station, until = excluded.until,"
    " since = CASE WHEN lease.holder = excluded.holder THEN lease.since ELSE excluded.since END"
)
UNLESS_HELD = " WHERE lease.holder = excluded.holder OR lease.until < excluded.since"
HELD = "SELECT holder, author, station, since FROM lease WHERE workup_id = ?"
RELEASE = "DELETE FROM lease WHERE workup_id = ? AND holder = ?"


@dataclass(frozen=True, slots=True)
class Lease:
    """Another window has the work-up open; `since` is UTC, `...Z`, by the store's own clock."""

    author: str
    station: str
    since: str


def take(
    store: Store, workup_id: str, holder: str, author: str, station: str, *, over: bool = False
) -> Lease | None:
    """Take or renew the lease for a window, the `holder`; the lease of another window where that one has it.

    `over`: take it from the other one. Raises StoreTrouble.
    """
    with store.engine.told(), writing(connection := store.engine.connection):
        since, until = connection.clock(0), connection.clock(SECONDS)
        mine = (workup_id, holder, author, station, since, until)
        if connection.execute(TAKE if over else TAKE + UNLESS_HELD, mine).rowcount:
            return None
        found = connection.execute(HELD, (workup_id,)).fetchone()
    return Lease(*found[1:]) if found and found[0] != holder else None


def release(store: Store, workup_id: str, holder: str) -> None:
    """Give the lease back, where this window has it. Raises StoreTrouble."""
    with store.engine.told(), writing(store.engine.connection):
        store.engine.connection.execute(RELEASE, (workup_id, holder))
