"""A program killed at any moment loses nothing that it called saved."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from rls_workup.store import open_store

ROUNDS = 25

VICTIM = """
import hashlib, os, sys
from rls_workup.store import Outcome, Summary, Writer, open_store

def acknowledge(outcome):
    # One write to the pipe, whole or not at all.
    os.write(1, b"%d\\n" % outcome.saved.version if outcome.saved else b"trouble\\n")

store = open_store(sys.argv[1])
seed = int(sys.argv[2])
version = store.read("w1").version if store.count() else 0
writer = Writer(store.another, acknowledge)
os.write(1, b"ready\\n")
for number in range(version + 1, 10**9):
    document = '{"seed":%d,"number":%d,"text":"%s"}' % (seed, number, "x" * (number * 37 % 900))
    writer.submit("w1", version, document, Summary("in-progress"), "", "")
    if number % 3:
        writer.flush(10)
"""


def killed_after(path: Path, number: int, delay: float) -> list[str]:
    """Let a program save, kill it `delay` seconds after its first word, and return what it had said."""
    with subprocess.Popen(
        [sys.executable, "-c", VICTIM, path, str(number)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as victim:
        assert victim.stdout is not None
        assert victim.stderr is not None
        assert victim.stdout.readline() == "ready\n", victim.stderr.read()
        time.sleep(delay)
        assert victim.poll() is None, "the victim was dead already: " + victim.stderr.read()
        victim.kill()
        said = victim.stdout.read().split()
        assert victim.wait() == -signal.SIGKILL
    return said


def killed_at_its_start(path: Path, delay: float) -> None:
    with subprocess.Popen([sys.executable, "-c", VICTIM, path, "0"], stdout=subprocess.DEVNULL) as victim:
        time.sleep(delay)
        assert victim.poll() is None, "the victim was dead already"
        victim.kill()


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL")
def test_a_store_killed_while_it_is_made_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    for number in range(12):
        path = tmp_path / f"{number}.db"
        killed_at_its_start(path, 0.05 + number * 0.01)
        store = open_store(path)
        assert store.check() == []
        store.close()


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL")
def test_every_acknowledged_save_is_there_after_kill_9(tmp_path: Path) -> None:
    path = tmp_path / "workups.db"
    chance = random.Random(20261122)
    acknowledged = 0
    for number in range(ROUNDS):
        said = killed_after(path, number, chance.random() * 0.25)
        assert "trouble" not in said
        store = open_store(path)
        have = {revision.version for revision in store.revisions("w1")}
        assert {int(version) for version in said} <= have
        acknowledged += len(said)
        assert len(have) >= acknowledged
        store.close()
    store = open_store(path)
    assert acknowledged > 10 * ROUNDS, "hardly anything was saved, so hardly anything was tried"
    assert store.check() == []
    store.close()
    assert [found.name for found in tmp_path.iterdir()] == ["workups.db"]
