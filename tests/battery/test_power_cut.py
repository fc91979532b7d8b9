"""The power fails at any moment: what was called saved is there when it is back."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from rls_workup.errors import WorkupError
from rls_workup.store.unlocking import open_unlocked
from tests.battery.disk import Disk, Event, events
from tests.battery.figures import Times, Told
from tests.battery.programs import run

SAVES = 300
CHECKED_WHOLE_EVERY = 20
DOCUMENTS = "SELECT workup_id, version, document_sha FROM revision"
pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or not shutil.which("gcc"), reason="the calls are noted on Linux, by a C library"
)


@pytest.fixture(scope="session")
def crashlog(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library that notes what the disk is asked."""
    library = tmp_path_factory.mktemp("crashlog") / "crashlog.so"
    source = Path(__file__).with_name("crashlog.c")
    words = ["gcc", "-O1", "-shared", "-fPIC", "-o", str(library), str(source), "-ldl", "-lpthread"]
    subprocess.run(words, check=True)
    return library


def noted(crashlog: Path, place: Path, saves: int, synchronous: str) -> list[Event]:
    """What the disk was asked while a store was made and saved into."""
    (folder := place / "victim").mkdir()
    env = {"LD_PRELOAD": str(crashlog), "CRASH_DIR": str(folder), "CRASH_LOG": str(place / "log")}
    run("saving_on", folder, saves, synchronous, env=env)
    return list(events(place / "log"))


def said_until(some: list[Event]) -> dict[tuple[str, int], str]:
    """The acknowledgements among the calls, by work-up and version."""
    acks = next((event.file for event in some if event.what == "C" and event.content == b"acks"), None)
    words = [event.content.decode().split() for event in some if event.file == acks and event.what == "W"]
    return {(workup_id, int(version)): digest for workup_id, version, digest in words}


def outcome_of(files: dict[str, bytes], said: dict[tuple[str, int], str], place: Path, whole: bool) -> str:
    """What became of the store: "", or what is wrong with it."""
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    for name, content in files.items():
        (place / name).write_bytes(content)
    try:
        store = open_unlocked(place / "workups.db")
    except WorkupError as trouble:
        return f"corrupt: {trouble}"
    found = store.engine.connection.execute(DOCUMENTS).fetchall()
    have = {(workup_id, version): digest.hex() for workup_id, version, digest in found}
    wrong = store.check() if whole else list(store.engine.faults())
    store.close()
    lost = sum(have.get(key) != digest for key, digest in said.items())
    return f"corrupt: {wrong[0]}" if wrong else f"lost: {lost}" if lost else ""


def cut(some: list[Event], count: int, place: Path, seed: int) -> list[str]:
    """What was wrong after each of `count` power cuts, "" where nothing was."""
    chance, disk, done = random.Random(seed), Disk(), []
    cuts = Counter(chance.choices(range(1, len(some) + 1), k=count))
    for number, event in enumerate(some, start=1):
        disk.take(event)
        for _ in range(cuts[number]):
            said = said_until(some[:number])
            whole = len(done) % CHECKED_WHOLE_EVERY == 0
            done.append(outcome_of(disk.after_a_cut(chance), said, place / "after", whole))
    return done


def test_a_power_cut_loses_nothing_that_was_acknowledged(
    crashlog: Path, tmp_path: Path, times: Times, figures: Told
) -> None:
    saves, cuts = times(90, SAVES), times(60, 1000)
    wrong = [told for told in cut(noted(crashlog, tmp_path, saves, "FULL"), cuts, tmp_path, 1) if told]
    lost = sum(told.startswith("lost") for told in wrong)
    figures(
        f"power cut × {cuts:,}, {saves} saves, un-synced writes torn and reordered",
        "0 lost, 0 corrupt",
        f"{lost} lost, {len(wrong) - lost} corrupt",
    )
    assert wrong == []


def test_the_simulated_disk_does_lose_what_is_not_synced(
    crashlog: Path, tmp_path: Path, times: Times, figures: Told
) -> None:
    cuts = times(20, 200)
    wrong = [told for told in cut(noted(crashlog, tmp_path, 90, "NORMAL"), cuts, tmp_path, 2) if told]
    figures(
        f"the same × {cuts} with synchronous = NORMAL, which the program does not use",
        "> 0 lost, or the trial is none",
        f"{len(wrong)} cuts with loss",
    )
    assert wrong
