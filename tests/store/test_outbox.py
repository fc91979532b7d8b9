"""While the server is away, what is typed lies on this computer's disk, encrypted; it arrives once, unmerged."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rls_workup.errors import Conflict, StoreTrouble, Unreachable
from rls_workup.store import Outcome, Store, Submission, Summary, Writer, open_store
from rls_workup.store.outbox import Outbox, outbox_of
from tests.cluster import Cluster
from tests.line import AFTER, Line, line_to
from tests.store.conftest import UNHURRIED

LISTED = Summary("in-progress", family_name="ZZQXSECRET")
WAIT = 20.0


@pytest.fixture
def line(cluster: Cluster, address: str) -> Iterator[Line]:
    with line_to(cluster) as opened:
        yield opened


@pytest.fixture
def far(cluster: Cluster, line: Line) -> Iterator[Store]:
    with closing(open_store(line.address(cluster.emptied_name))) as opened:
        yield opened


@pytest.fixture
def near(address: str) -> Iterator[Store]:
    """The same store, over a line that is never cut."""
    with closing(open_store(address)) as opened:
        yield opened


@pytest.fixture
def outcomes() -> list[Outcome]:
    return []


@pytest.fixture
def opener(far: Store, tmp_path: Path) -> Callable[[], Outbox]:
    found = outbox_of(far, tmp_path / "data")
    assert found is not None
    return found


@pytest.fixture
def begin(
    far: Store, opener: Callable[[], Outbox], outcomes: list[Outcome]
) -> Iterator[Callable[[], Writer]]:
    begun: list[Writer] = []

    def go() -> Writer:
        begun.append(Writer(far.another, outcomes.append, opener))
        return begun[-1]

    yield go
    for writer in begun:
        writer.close(WAIT)


@pytest.fixture
def writer(begin: Callable[[], Writer]) -> Writer:
    return begin()


def submit(writer: Writer, document: str, workup_id: str = "w1", base: int = 0) -> int:
    return writer.submit(workup_id, base, document, LISTED, "Dr Who", "Room 1")


def until(there: Callable[[], bool]) -> None:
    """Wait for another thread; the test's own time limit ends what never comes."""
    while not there():
        time.sleep(0.005)


def kept_now(opener: Callable[[], Outbox]) -> list[Submission]:
    with closing(opener()) as outbox:
        return outbox.of_others("nobody")


def test_a_store_in_a_file_needs_no_outbox(tmp_path: Path) -> None:
    with closing(open_store(tmp_path / "workups.db")) as store:
        assert outbox_of(store, tmp_path) is None


def test_what_the_server_has_is_not_kept_any_longer(
    near: Store, writer: Writer, opener: Callable[[], Outbox]
) -> None:
    submit(writer, '"first"')
    assert writer.flush(WAIT)
    assert near.read("w1").document == '"first"'
    assert writer.close(WAIT)
    assert kept_now(opener) == []


def test_while_the_server_is_away_all_is_kept_and_said_to_be(
    near: Store, line: Line, writer: Writer, opener: Callable[[], Outbox], outcomes: list[Outcome]
) -> None:
    submit(writer, '"first"')
    assert writer.flush(WAIT)
    line.break_()
    submit(writer, '"second"')
    submit(writer, '"other"', "w2")
    assert writer.flush(WAIT), "it is safe, though not on the server"
    assert writer.unsaved() == ()
    assert writer.waits()
    assert {one.document for one in kept_now(opener)} == {'"second"', '"other"'}
    until(lambda: {one.workup_id for one in outcomes if one.kept} == {"w1", "w2"})
    told = [one for one in outcomes if one.kept]
    assert all(one.trouble is None and one.saved is None for one in told)
    line.restore()
    until(lambda: writer.flush(WAIT) and not writer.waits())
    assert (near.read("w1").document, near.read("w1").version) == ('"second"', 2)
    assert near.read("w2").document == '"other"'
    writer.close(WAIT)
    assert kept_now(opener) == []


def test_what_cannot_be_kept_is_not_called_kept(line: Line, far: Store, outcomes: list[Outcome]) -> None:
    def no_outbox() -> Outbox:
        raise StoreTrouble("The disk is full.")

    writer = Writer(far.another, outcomes.append, no_outbox)
    line.break_()
    submit(writer, '"lost?"')
    assert writer.flush(WAIT) is False
    assert writer.unsaved() == ("w1",)
    assert isinstance(outcomes[-1].trouble, Unreachable)
    assert outcomes[-1].kept == ""
    line.restore()
    assert writer.flush(WAIT)
    writer.close(WAIT)


def test_what_a_window_left_behind_is_sent_by_the_next(
    near: Store,
    line: Line,
    begin: Callable[[], Writer],
    opener: Callable[[], Outbox],
    outcomes: list[Outcome],
) -> None:
    first = begin()
    submit(first, '"first"')
    assert first.flush(WAIT)
    line.break_()
    submit(first, '"second"')
    assert first.close(WAIT)
    line.restore()
    second = begin()
    while near.read("w1").version < 2:
        second.flush(WAIT)
    assert near.read("w1").document == '"second"'
    second.close(WAIT)
    (sent,) = [one for one in outcomes if one.left]
    assert sent.saved is not None
    assert kept_now(opener) == []


def test_what_was_left_behind_is_never_merged_silently(
    near: Store,
    line: Line,
    begin: Callable[[], Writer],
    opener: Callable[[], Outbox],
    outcomes: list[Outcome],
) -> None:
    near.save("w1", 0, '"first"', LISTED, "Dr Who", "Room 1")
    first = begin()
    line.break_()
    submit(first, '"mine"', base=1)
    assert first.close(WAIT)
    near.save("w1", 1, '"theirs"', LISTED, "Dr No", "Room 2")
    line.restore()
    second = begin()
    while not any(one.left for one in outcomes):
        second.flush(0.1)
    (told,) = [one for one in outcomes if one.left]
    assert isinstance(told.trouble, Conflict)
    assert "by Dr No on Room 2" in str(told.trouble)
    submit(second, '"theirs, and more"', base=2)
    assert second.flush(WAIT)
    assert near.read("w1").document == '"theirs, and more"'
    while len(kept_now(opener)) > 1:  # the keeper takes out what was sent a moment after it arrived
        second.flush(0.1)
    (still,) = kept_now(opener)
    assert still.document == '"mine"'
    second.forget_left(still)
    second.close(WAIT)
    assert kept_now(opener) == []


def test_a_conflict_of_this_window_stays_on_disk_until_the_person_has_chosen(
    near: Store, writer: Writer, opener: Callable[[], Outbox], outcomes: list[Outcome]
) -> None:
    near.save("w1", 0, '"theirs"', LISTED, "Dr No", "Room 2")
    submit(writer, '"mine"')
    writer.flush(WAIT)
    assert isinstance(outcomes[-1].trouble, Conflict)
    assert [one.document for one in kept_now(opener)] == ['"mine"']
    writer.forget("w1")
    assert writer.close(WAIT)
    assert kept_now(opener) == []


def test_a_save_whose_answer_was_lost_before_the_window_ended_is_no_conflict_for_the_next(
    near: Store, line: Line, begin: Callable[[], Writer], opener: Callable[[], Outbox]
) -> None:
    first = begin()
    submit(first, '"before"')
    assert first.flush(WAIT)
    line.cut = (AFTER, b"COMMIT\0")
    line.stays_broken = True
    submit(first, '"arrived"')
    assert first.flush(WAIT)
    assert near.read("w1").document == '"arrived"'
    submit(first, '"newer"')
    assert first.close(WAIT)
    assert [one.document for one in kept_now(opener)] == ['"newer"']
    line.restore()
    second = begin()
    while near.read("w1").version < 3:
        second.flush(WAIT)
    assert near.read("w1").document == '"newer"'
    second.close(WAIT)
    assert kept_now(opener) == []


VICTIM = """
import os, sys, time
from pathlib import Path
from rls_workup.store import Summary, Writer, open_store
from rls_workup.store.outbox import outbox_of

store = open_store(sys.argv[1])
told = lambda outcome: os.write(1, b"kept\\n" if outcome.kept else b"saved\\n" if outcome.saved else b"trouble\\n")
writer = Writer(store.another, told, outbox_of(store, Path(sys.argv[2])))
writer.submit("w1", 0, '"saved"', Summary("in-progress", "ZZQXSECRET"), "", "")
sys.stdin.readline()
writer.submit("w1", 0, '"ZZQXSECRET kept"', Summary("in-progress", "ZZQXSECRET"), "", "")
time.sleep(60)
"""


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL")
def test_what_was_kept_survives_kill_9_and_cannot_be_read(
    cluster: Cluster,
    near: Store,
    line: Line,
    begin: Callable[[], Writer],
    opener: Callable[[], Outbox],
    tmp_path: Path,
) -> None:
    command = [sys.executable, "-c", VICTIM, line.address(cluster.emptied_name), str(tmp_path / "data")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as victim:
        assert victim.stdout is not None
        assert victim.stdin is not None
        assert victim.stdout.readline() == "saved\n"
        line.break_()
        victim.stdin.write("\n")
        victim.stdin.flush()
        assert victim.stdout.readline() == "kept\n"
        victim.kill()
        assert victim.wait() == -signal.SIGKILL
    for path in (tmp_path / "data").iterdir():
        assert b"ZZQXSECRET" not in path.read_bytes()
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    line.restore()
    writer = begin()
    while near.read("w1").version < 2:
        writer.flush(WAIT)
    assert near.read("w1").document == '"ZZQXSECRET kept"'
    writer.close(WAIT)
    assert kept_now(opener) == []


@pytest.fixture(scope="module")
def box(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Outbox]:
    with closing(Outbox(tmp_path_factory.mktemp("box") / "outbox.db", bytes(32))) as opened:
        yield opened


TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"]))
SUBMISSIONS = st.builds(
    Submission,
    st.sampled_from(["a", "b"]),
    st.integers(1, 5),
    st.sampled_from(["w1", "w2"]),
    st.integers(0, 3),
    TEXT,
    st.builds(Summary, TEXT, TEXT, awaited=st.integers(0, 9), sample=st.booleans()),
    TEXT,
    TEXT,
    TEXT,
    TEXT,
    st.lists(TEXT).map(tuple),
)


@UNHURRIED
@given(st.lists(SUBMISSIONS), st.integers(0, 5))
def test_an_outbox_holds_the_newest_of_each_window_and_work_up(
    box: Outbox, kept: list[Submission], dropped: int
) -> None:
    for slot in (("a", "w1"), ("a", "w2"), ("b", "w1"), ("b", "w2")):
        box.drop(slot, 99)
    box.keep(kept)
    newest = {one.slot: one for one in kept}
    key = lambda one: one.slot  # noqa: E731
    assert sorted(box.of_others("c"), key=key) == sorted(newest.values(), key=key)
    box.drop(("a", "w1"), dropped)
    if ("a", "w1") in newest and newest["a", "w1"].ticket <= dropped:
        del newest["a", "w1"]
    assert sorted(box.of_others("c"), key=key) == sorted(newest.values(), key=key)
    assert {one.holder for one in box.of_others("a")} <= {"b"}
