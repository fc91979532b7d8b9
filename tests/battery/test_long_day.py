"""A program that stays open all day holds no more at its end than after its first hour."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.battery.figures import Times, Told
from tests.battery.programs import run

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="memory as Linux counts it")


def test_edits_do_not_pile_up(tmp_path: Path, times: Times, figures: Told) -> None:
    count = times(1500, 50_000)
    held = run("staying", "edits", tmp_path, count)["held"]
    growth = (held[-1] - held[2]) / 1024 / (0.8 * count / 10_000)  # the first fifth fills what is filled once
    figures(f"{count:,} edits in a row", "< 1 MiB for each 10,000", f"{growth:.2f} MiB for each 10,000")
    assert growth < times(30, 1), held  # a short run sees more of what is filled once


def test_forms_opened_and_closed_leave_nothing(tmp_path: Path, times: Times, figures: Told) -> None:
    count = times(30, 200)
    held = run("staying", "forms", tmp_path, count)["held"]
    growth = (held[-1] - held[3]) / (0.7 * count)
    figures(
        f"{count} work-ups opened and closed in the window",
        "flat (one left behind costs > 1 MiB)",
        f"{growth:.0f} KiB each",
    )
    assert growth < times(300, 60), held
