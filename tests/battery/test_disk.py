"""A disk that is full, may not be written or fails: said in a sentence, nothing lost, well again afterwards."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from rls_workup.errors import StoreTrouble
from rls_workup.store import Summary
from rls_workup.store.unlocking import open_unlocked
from tests.battery.figures import Times, Told
from tests.battery.programs import ROOT, run

LIBFIU = [Path("/usr/lib/fiu") / f"fiu_{part}_preload.so" for part in ("posix", "run")]
GOAL = "a sentence each, 0 lost, works again"
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="limits, mounts and faults as Linux has them")


def judged(trial: str, found: dict[str, Any], figures: Told) -> None:
    figures(trial, GOAL, f"{found['saved']} saved, {found['refused']} refused, {found['lost']} lost")
    assert (found["lost"], found["wrong"], found["again"]) == (0, [], True), found
    assert all(len(sentence.split()) > 4 for sentence in found["said"])


def test_files_that_may_not_grow(tmp_path: Path, times: Times, figures: Told) -> None:
    found = run("refused", tmp_path / "workups.db", "full", times(150, 300))
    judged("disk full (a limit of 512 KiB)", found, figures)
    assert found["refused"] > 0


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 2 MiB of its own."""
    (place := tmp_path / "disk").mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(place)], capture_output=True, check=False
    )
    if done.returncode:
        pytest.skip("only root may mount a small disk")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_disk_that_somebody_else_fills(small_disk: Path, times: Times, figures: Told) -> None:
    words = [sys.executable, "-m", "tests.battery.refused", str(small_disk / "workups.db"), "elsewhere"]
    words.append(str(times(60, 300)))
    with subprocess.Popen(
        words, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as program:
        assert program.stdin is not None
        assert program.stdout is not None
        assert program.stdout.readline() == "ready\n"
        filled = small_disk / "somebody's holiday pictures"
        _fill(filled)
        print(file=program.stdin, flush=True)
        assert program.stdout.readline() == "done\n"
        filled.unlink()
        print(file=program.stdin, flush=True)
        found = json.loads(program.stdout.read().splitlines()[-1])
    judged("disk full (2 MiB, filled by others)", found, figures)
    assert found["refused"] > 0
    assert any("full" in sentence for sentence in found["said"]), found["said"]


def _fill(path: Path) -> None:
    with open(path, "wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError:
            return


def test_a_disk_that_may_only_be_read(small_disk: Path, figures: Told) -> None:
    path = small_disk / "workups.db"
    store = open_unlocked(path)
    store.save("w1", 0, "{}", Summary("in-progress"), "me", "here")
    store.close()
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    for _ in range(2):
        with pytest.raises(StoreTrouble, match="may be written"):
            open_unlocked(path)
    subprocess.run(["mount", "-o", "remount,rw", str(small_disk)], check=True)
    store = open_unlocked(path)
    assert store.read("w1").version == 1
    assert store.save("w1", 1, '{"a":1}', Summary("in-progress"), "me", "here").version == 2
    assert store.check() == []
    store.close()
    figures("disk that may only be read", GOAL, "refused when opened, 0 lost")


@pytest.mark.skipif(
    not all(part.exists() for part in LIBFIU), reason="libfiu (Debian: fiu-utils) is not here"
)
@pytest.mark.parametrize(
    "fault",
    [
        "posix/io/rw/pwrite=0.2",
        "posix/io/rw/pread=0.1",
        "posix/io/sync/fsync=0.2",
        "posix/io/oc/open=0.3",
    ],
)
def test_a_disk_that_fails_now_and_then(tmp_path: Path, fault: str, times: Times, figures: Told) -> None:
    env = {"LD_PRELOAD": " ".join(map(str, LIBFIU))}
    found = run("refused", tmp_path / "workups.db", fault, times(60, 300), env=env)
    point, share = fault.split("=")
    judged(f"{point.rsplit('/', 1)[1]} fails, {float(share):.0%} of all", found, figures)
