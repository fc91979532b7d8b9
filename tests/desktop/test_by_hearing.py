"""The real program on a screen, worked through the accessibility tree alone, as a screen reader or a voice does."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.desktop.screen import DESKTOP_PYTHON, lacking_ears, on_a_screen, program

HEARING = Path(__file__).with_name("hearing.py")


@pytest.fixture
def heard(tmp_path: Path) -> dict[str, Any]:
    if missing := lacking_ears():
        pytest.skip(f"There is no desktop that speaks here: {missing} not found.")
    done = on_a_screen(tmp_path, DESKTOP_PYTHON, str(HEARING), *program(tmp_path))
    assert done.returncode == 0, done.stderr[-3000:]
    return dict(json.loads(done.stdout.splitlines()[-1]))


@pytest.mark.timeout(180)
def test_a_visit_is_worked_by_hearing_alone(heard: dict[str, Any]) -> None:
    wrong = [fault for walk in heard["walks"] for fault in walk["wrong"]]
    assert not wrong, "\n".join(wrong)
    counts = {walk["where"]: walk["count"] for walk in heard["walks"]}
    assert {"worklist", "new work-up", "preview", "settings", *heard["sections"]} == set(counts)
    assert min(counts.values()) > 10  # it did look
    assert [answer[1:] for answer in heard["answered"]] == [["Yes", "Answered"]] * 2
    assert heard["answered"][0][0].startswith("Do you get an urge to move your legs")
    assert heard["ferritin"] == "Low for RLS"
    assert heard["finding"][0] == "Caution: Iron low for RLS: consider iron"
    assert "Ferritin 20 µg/L" in heard["finding"][1]
    assert "Go to TSAT" in heard["missing"]
    assert heard["focused"] == "Yes"  # the first button of the item that was jumped to
    assert heard["announced"][0].startswith("Alert: ")
    assert "BROWN  14-Jul-1961" in heard["back"]
