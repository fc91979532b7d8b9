"""A lease tells others that a work-up is open, runs out by itself, and can be taken over."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from rls_workup.errors import StoreTrouble
from rls_workup.store import Store
from rls_workup.store.holding import Holding
from rls_workup.store.leases import SECONDS, Lease, release, take


def mine(store: Store, *, over: bool = False) -> Lease | None:
    return take(store, "w1", "a", "Dr Who", "Room 1", over=over)


def theirs(store: Store, *, over: bool = False) -> Lease | None:
    return take(store, "w1", "b", "Dr No", "Room 2", over=over)


def run_out(store: Store) -> None:
    store._connection.execute("UPDATE lease SET until = '2026-01-01T00:00:00.000000Z'")


def test_the_first_has_it_and_the_second_is_told_who(store: Store) -> None:
    assert mine(store) is None
    told = theirs(store)
    assert told is not None
    assert (told.author, told.station) == ("Dr Who", "Room 1")
    assert theirs(store) == told, "asking again must not take it"
    assert take(store, "w2", "b", "Dr No", "Room 2") is None


def test_renewing_keeps_the_time_since_when_it_is_open(store: Store) -> None:
    mine(store)
    first = theirs(store)
    mine(store)
    assert theirs(store) == first


def test_a_lease_that_ran_out_is_free(store: Store) -> None:
    mine(store)
    run_out(store)
    assert theirs(store) is None
    told = mine(store)
    assert told is not None
    assert told.author == "Dr No"


def test_taking_over_is_told_to_the_other(store: Store) -> None:
    mine(store)
    assert theirs(store, over=True) is None
    told = mine(store)
    assert told is not None
    assert (told.author, told.station) == ("Dr No", "Room 2")


def test_only_the_holder_gives_it_back(store: Store) -> None:
    mine(store)
    release(store, "w1", "b")
    assert theirs(store) is not None
    release(store, "w1", "a")
    assert theirs(store) is None


def test_the_times_are_those_of_the_store(store: Store) -> None:
    mine(store)
    ((since, until),) = store._connection.execute("SELECT since, until FROM lease").fetchall()
    began, ends = datetime.fromisoformat(since), datetime.fromisoformat(until)
    assert timedelta(seconds=SECONDS) <= ends - began < timedelta(seconds=SECONDS + 5)
    assert abs(began - datetime.now(UTC)) < timedelta(minutes=5)
    assert len(since) == len(until) == len("2026-11-22T10:31:00.000000Z")


def test_a_holding_holds_one_work_up_and_gives_it_back(store: Store) -> None:
    told: list[tuple[str, Lease | None]] = []
    holding = Holding(store.another, lambda workup_id, lease: told.append((workup_id, lease)))
    holding.hold("w1", "Dr Who", "Room 1")
    while not told:
        pass
    assert theirs(store) is not None
    holding.let_go(10)
    assert theirs(store) is None
    release(store, "w1", "b")
    holding.hold("w1", "Dr Who", "Room 1")
    holding.close(10)
    assert theirs(store) is None
    assert told[0] == ("w1", None)


def test_a_store_out_of_reach_ends_no_holding(store: Store) -> None:
    reachable, told = False, []

    def open_() -> Store:
        if not reachable:
            raise StoreTrouble("It is away.")
        return store.another()

    holding = Holding(open_, lambda *what: told.append(what))
    holding.hold("w1", "Dr Who", "Room 1")
    holding.let_go(10)
    reachable = True
    holding.hold("w1", "Dr Who", "Room 1")
    while not told:
        pass
    holding.close(10)
    with closing(store.another()) as other:
        assert theirs(other) is None


@pytest.mark.parametrize("times", [3])
def test_two_never_have_it_at_once(store: Store, times: int) -> None:
    for _ in range(times):
        assert [mine(store), theirs(store)].count(None) == 1
        run_out(store)
