"""A save on a server is there once and only once, whatever becomes of the line; nobody overwrites anybody."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rls_workup.errors import Conflict, NewerFormat, StoreTrouble, Unreachable
from rls_workup.store import Store, Summary, open_store
from rls_workup.store.recording import ENTER
from rls_workup.store.server_connection import Impatient, ServerConnection
from tests.cluster import Cluster
from tests.line import AFTER, BEFORE, Line, line_to
from tests.store.conftest import UNHURRIED

LISTED = Summary("in-progress")


@pytest.fixture
def line(cluster: Cluster, address: str) -> Iterator[Line]:
    with line_to(cluster) as opened:
        yield opened


@pytest.fixture
def far(cluster: Cluster, line: Line) -> Iterator[Store]:
    """A store on the server, over a line that can be cut."""
    with closing(open_store(line.address(cluster.emptied_name))) as opened:
        yield opened


def save(store: Store, base: int, document: str = '"text"', workup_id: str = "w1") -> int:
    return store.save(workup_id, base, document, LISTED, "Dr Who", "Room 1").version


CUTS = [
    # when the line breaks, at which word of the save
    (BEFORE, b"BEGIN"),
    (BEFORE, b"INSERT INTO revision"),
    (AFTER, b"INSERT INTO revision"),
    (BEFORE, b"COMMIT\0"),
    (AFTER, b"COMMIT\0"),
]


@pytest.mark.parametrize("base", [0, 1])
@pytest.mark.parametrize("cut", CUTS)
def test_a_save_is_there_once_wherever_the_line_breaks(
    line: Line, far: Store, cut: tuple[str, bytes], base: int
) -> None:
    for number in range(base):
        save(far, number)
    line.cut = cut
    assert save(far, base, '"broken"') == base + 1
    assert line.cuts == 1, "the line was not cut, so nothing was tried"
    assert len(far.revisions("w1")) == base + 1
    assert far.read("w1").document == '"broken"'
    assert far.check() == []


@pytest.mark.parametrize("cut", CUTS)
def test_voiding_is_done_once_wherever_the_line_breaks(
    line: Line, far: Store, cut: tuple[str, bytes]
) -> None:
    save(far, 0)
    line.cut = cut
    assert far.void("w1", 1, "Dr Who", "Room 1", "entered twice").version == 2
    assert line.cuts == 1
    assert [revision.kind for revision in far.revisions("w1")] == ["edit", "void"]


def test_somebody_elses_save_while_the_line_was_broken_is_a_conflict(far: Store, line: Line) -> None:
    save(far, 0)
    with closing(far.another()) as other:
        line.cut = (BEFORE, b"COMMIT\0")
        other_saves = threading.Thread(
            target=lambda: other.save("w1", 1, '"theirs"', LISTED, "Dr No", "Room 2")
        )
        far.engine.renew = _then(other_saves, far.engine.renew)  # type: ignore[method-assign]
        with pytest.raises(Conflict, match="by Dr No on Room 2"):
            save(far, 1, '"mine"')
    assert far.read("w1").document == '"theirs"'


def _then(first: threading.Thread, then: object) -> object:
    def both() -> None:
        first.start()
        first.join()
        then()  # type: ignore[operator]

    return both


def test_an_attempt_that_arrived_is_not_a_conflict_for_the_newer_text_after_it(far: Store) -> None:
    first = far.save("w1", 0, '"first"', LISTED, "Dr Who", "Room 1", at="2026-11-22T10:00:00.000000Z")
    newer = far.save("w1", 0, '"newer"', LISTED, "Dr Who", "Room 1", earlier=(first.at,))
    assert newer.version == 2
    with pytest.raises(Conflict):
        far.save("w1", 0, '"newer"', LISTED, "Dr No", "Room 1", earlier=(first.at,))


def test_an_administrator_may_end_the_connection_at_any_time(cluster: Cluster, far: Store) -> None:
    for number in range(5):
        assert cluster.hang_up(cluster.emptied_name) >= 1
        assert save(far, number) == number + 1
        assert cluster.hang_up(cluster.emptied_name) >= 1
        assert far.read("w1").version == number + 1


def test_connections_ended_at_random_lose_nothing_and_save_nothing_twice(
    cluster: Cluster, far: Store
) -> None:
    ended: list[int] = []

    def end() -> None:
        while sum(ended) < 25:
            ended.append(cluster.hang_up(cluster.emptied_name))

    killer = threading.Thread(target=end)
    killer.start()
    version = 0
    earlier: tuple[str, ...] = ()
    while version < 60 or killer.is_alive():
        at = f"2026-11-22T10:00:00.{version:06}Z"
        try:
            saved = far.save(
                "w1", version, f'"{version}"', LISTED, "Dr Who", "Room 1", at=at, earlier=earlier
            )
        except Unreachable:  # twice in one save; whoever saves tries again
            earlier = (at,)
        else:
            version, earlier = version + 1, ()
            assert saved.version == version
    killer.join()
    assert len(far.revisions("w1")) == version
    assert far.check() == []


def test_a_server_that_is_away_is_a_sentence_and_its_return_is_noticed(line: Line, far: Store) -> None:
    save(far, 0)
    line.break_()
    with pytest.raises(Unreachable, match="does not answer"):
        save(far, 1)
    with pytest.raises(Unreachable):
        far.page()
    with pytest.raises(Unreachable):
        far.another()
    line.restore()
    while True:  # it is not tried again at once
        try:
            assert save(far, 1) == 2
            break
        except Unreachable:
            time.sleep(0.05)


def test_a_server_that_falls_silent_is_given_up(
    line: Line, far: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rls_workup.store.server_connection.PATIENCE_SECONDS", 0.3)
    monkeypatch.setattr(Impatient, "patience", 0.3)
    monkeypatch.setitem(far.engine._address.parameters, "connect_timeout", "2")  # type: ignore[attr-defined]
    line.hold()
    with pytest.raises(Unreachable):
        save(far, 0)


def test_a_server_that_stops_in_the_middle_keeps_what_was_saved(
    cluster: Cluster, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(open_store(address)) as store:
        for number in range(20):
            save(store, number)
        cluster.stop()
        with pytest.raises(Unreachable):
            save(store, 20)
        cluster.start()
        monkeypatch.setattr(store.engine._address.line, "silent_until", 0.0)  # type: ignore[attr-defined]
        assert save(store, 20) == 21
        assert store.check() == []


COUNT_UP = """
import json, sys
from rls_workup.errors import Conflict
from rls_workup.store import Summary, open_store
store, conflicts = open_store(sys.argv[1]), 0
for _ in range(int(sys.argv[2])):
    while True:
        kept = store.read("counter")
        document = json.dumps({"count": json.loads(kept.document)["count"] + 1})
        try:
            store.save("counter", kept.version, document, Summary("in-progress"), "Dr Who", "Room 1")
            break
        except Conflict as conflict:
            assert "by Dr Who on Room 1" in str(conflict)
            conflicts += 1
print(conflicts)
"""
WRITERS, TIMES = 4, 60


def test_four_programs_count_up_one_work_up_and_no_step_is_lost(
    store: Store, request: pytest.FixtureRequest
) -> None:
    save(store, 0, '{"count": 0}', "counter")
    where = str(store.path or request.getfixturevalue("address"))
    command = [sys.executable, "-c", COUNT_UP, where, str(TIMES)]
    programs = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(WRITERS)]
    conflicts = [int(program.communicate()[0]) for program in programs]
    assert json.loads(store.read("counter").document) == {"count": WRITERS * TIMES}
    assert store.read("counter").version == WRITERS * TIMES + 1
    assert sum(conflicts) > 0, "nobody got in anybody's way, so nothing was tried"
    assert store.check() == []


WAITS = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
ROW = (*("x",) * 7, 0, "", 0, "", "", "", "", 1, "2026", b"", '"theirs"', "w1")


@pytest.mark.parametrize(("ends", "document"), [("COMMIT", '"theirs"'), ("ROLLBACK", '"mine"')])
def test_two_who_make_the_same_work_up_at_once_do_not_overwrite_each_other(
    cluster: Cluster, far: Store, ends: str, document: str
) -> None:
    with closing(far.another()) as other, ThreadPoolExecutor(1) as elsewhere:
        other._connection.begin()
        other._connection.execute(ENTER, ROW)
        mine = elsewhere.submit(save, far, 0, '"mine"')
        while cluster.tell(WAITS) == [(0,)]:
            assert not mine.done()
        other._connection.execute(ends)
        if ends == "COMMIT":
            with pytest.raises(Conflict):
                mine.result()
        assert (mine.exception() is None) is (ends == "ROLLBACK")
        assert other.read("w1").document == document


@pytest.mark.parametrize("ends", ["COMMIT", "ROLLBACK"])
def test_two_who_save_at_once_do_not_overwrite_each_other(cluster: Cluster, far: Store, ends: str) -> None:
    save(far, 0)
    with closing(far.another()) as other, ThreadPoolExecutor(1) as elsewhere:
        other._connection.begin()
        other._connection.execute("UPDATE workup SET version = 2, document = '2'")
        mine = elsewhere.submit(save, far, 1, '"mine"')
        while cluster.tell(WAITS) == [(0,)]:
            assert not mine.done()
        other._connection.execute(ends)
        assert isinstance(mine.exception(), Conflict if ends == "COMMIT" else type(None))
        assert other.read("w1").document == ("2" if ends == "COMMIT" else '"mine"')


def test_eight_programs_may_make_the_same_tables_at_once(address: str) -> None:
    def use(number: int) -> None:
        with closing(open_store(address)) as store:
            save(store, 0, workup_id=f"w{number}")

    threads = [threading.Thread(target=use, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with closing(open_store(address)) as store:
        assert store.count() == 8


@pytest.fixture(scope="module")
def practice(cluster: Cluster) -> Iterator[Store]:
    with closing(open_store(cluster.address(cluster.database()))) as opened:
        yield opened


ANY_TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"]) | st.sampled_from("\0\ufdd0%?\\'\"0"))


@UNHURRIED
@given(name=ANY_TEXT, document=ANY_TEXT, search=st.text())
def test_any_text_comes_back_from_a_server_as_it_went(
    practice: Store, name: str, document: str, search: str
) -> None:
    workup_id = f"w{practice.count()}"
    practice.save(workup_id, 0, document, Summary("in-progress", name), name, name)
    row = practice.page().rows[0]
    assert (row.id, row.family_name, practice.read(workup_id).document) == (workup_id, name, document)
    assert practice.document_at(workup_id, 1) == document
    assert practice.revisions(workup_id)[0].author == name
    practice.page(search=search)


def test_a_newer_schema_is_refused_and_left_as_it_is(address: str) -> None:
    with closing(open_store(address)) as store:
        store._connection.put_schema(99)
        with pytest.raises(NewerFormat, match="schema 99"):
            open_store(address)
        assert store._connection.schema() == 99


def test_another_store_in_its_place_is_noticed(cluster: Cluster, address: str) -> None:
    with closing(open_store(address)) as store:
        cluster.emptied()
        open_store(address).close()
        with pytest.raises(StoreTrouble, match="was replaced"):
            save(store, 0)


def test_what_the_server_says_of_a_row_is_not_repeated(address: str) -> None:
    with closing(open_store(address)) as store:
        save(store, 0)
        store._connection.execute("ALTER TABLE workup ADD CHECK (family_name <> 'ZZQXSECRET')")
        with pytest.raises(RuntimeError, match="23514") as caught:
            store.save("w2", 0, '"ZZQXSECRET"', Summary("in-progress", "ZZQXSECRET"), "", "")
        assert "ZZQXSECRET" not in repr(caught.value)
        assert caught.value.__cause__ is None
        assert caught.value.__suppress_context__
        assert store.count() == 1


def test_a_connection_does_not_show_its_password(address: str) -> None:
    with closing(open_store(address)) as store:
        engine = store.engine
        assert isinstance(engine.connection, ServerConnection)
        engine._address = engine._address.with_password("ZZQXSECRET")  # type: ignore[attr-defined]
        assert "ZZQXSECRET" not in repr(engine._address) + engine.where + repr(store)  # type: ignore[attr-defined]
