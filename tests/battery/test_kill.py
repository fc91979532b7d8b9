"""Killed at any moment, the program has lost nothing that it called saved."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.battery.figures import Times, Told
from tests.battery.programs import run


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL")
def test_every_acknowledged_edit_is_there_after_kill_9(tmp_path: Path, times: Times, figures: Told) -> None:
    rounds = times(20, 500)
    found = run("killing", tmp_path, rounds, 20261122)
    figures(
        f"kill -9 × {rounds} while typing",
        "0 lost, 0 corrupt; ≥ 5,000 acknowledged in 500",
        f"{found['acknowledged']:,} acknowledged, {found['lost']} lost, {found['corrupt']} corrupt, "
        f"{found['unheard']:,} on disk but not yet said; {found['at_start']} killed at the start",
    )
    assert (found["lost"], found["corrupt"]) == (0, 0)
    assert found["acknowledged"] >= times(60, 5000), "hardly anything was saved, so hardly anything was tried"
