"""Several workstations at one work-up: no step is lost, on a file and on a server."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from rls_workup.store.unlocking import open_unlocked
from tests.battery.counting import COUNTER, LISTED
from tests.battery.figures import Times, Told
from tests.battery.programs import run

WRITERS = 4


@pytest.mark.parametrize("engine", ["file", "server"])
def test_four_writers_lose_no_step(
    engine: str, request: pytest.FixtureRequest, tmp_path: Path, times: Times, figures: Told
) -> None:
    steps = times(60, 500)
    where = request.getfixturevalue("address") if engine == "server" else str(tmp_path / "workups.db")
    store = open_unlocked(where)
    store.save(COUNTER, 0, '{"count": 0}', LISTED, "me", "here")
    with ThreadPoolExecutor(WRITERS) as together:
        all_steps = [
            step
            for some in together.map(lambda _: run("counting", where, steps), range(WRITERS))
            for step in some
        ]
    conflicts, refused = (sum(told) for told in zip(*all_steps, strict=True))
    counted, version = json.loads(store.read(COUNTER).document)["count"], store.read(COUNTER).version
    wrong = store.check()
    store.close()
    figures(
        f"{WRITERS} writers × {steps}, {engine}",
        "no step lost",
        f"{counted:,} of {WRITERS * steps:,}, {conflicts:,} conflicts and {refused} waits of over 5 s told",
    )
    assert (counted, version, wrong) == (WRITERS * steps, WRITERS * steps + 1, [])
    assert conflicts or steps < 500, "nobody got in anybody's way, so nothing was tried"
