"""Killed at any moment, the program has lost nothing that it called saved."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.battery.figures import Times, Told
from tests.battery.programs import run


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL")
def test_every_acknowledged_edit_is_there_after_kill_9(tmp_path: Path, times: Times, figures: Told) -> None:
    found = run("killing", tmp_path, times(20, 500), times(100, 5000))
    figures(
        f"kill -9 × {found['rounds']} while typing",
        "0 lost, 0 corrupt",
        f"{found['acknowledged']:,} acknowledged, {found['lost']} lost, {found['corrupt']} corrupt, "
        f"{found['unheard']:,} on disk but not yet said; {found['at_start']} killed at the start",
    )
    assert (found["lost"], found["corrupt"]) == (0, 0)
