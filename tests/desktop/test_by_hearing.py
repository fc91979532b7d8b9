"""The real program on a screen, worked through the accessibility tree alone, as a screen reader or a voice does."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

HEARING = Path(__file__).with_name("hearing.py")
DESKTOP_PYTHON = "/usr/bin/python3"  # the one that Debian's packages are for
NEEDED = ("Xvfb", "xvfb-run", "dbus-run-session", "openbox")


def lacking() -> str:
    """What is missing here for a desktop that speaks; "" for nothing."""
    programs = [name for name in NEEDED if shutil.which(name) is None]
    look = "import gi; gi.require_version('Atspi', '2.0'); from gi.repository import Atspi"
    if (
        not programs
        and subprocess.run([DESKTOP_PYTHON, "-c", look], capture_output=True, check=False).returncode
    ):
        programs = ["gir1.2-atspi-2.0", "python3-gi"]
    return ", ".join(programs)


def on_a_desktop(home: Path, *words: str) -> list[str]:
    """The command on a screen and a bus of its own."""
    screen = ["xvfb-run", "-a", "-s", "-screen 0 1440x900x24", "dbus-run-session", "--"]
    program = [sys.executable, "-P", "-m", "rls_workup", "--store", str(home / "workups.db")]
    return [*screen, *words, *program]


def surroundings(home: Path) -> dict[str, str]:
    """A person's own folders, empty but for the language; the language of the desktop does not matter."""
    (home / "config" / "rls-workup").mkdir(parents=True)
    kept = {"language": "en", "passphrase_later": True}
    (home / "config" / "rls-workup" / "window.json").write_text(json.dumps(kept))
    (home / "run").mkdir(mode=0o700)
    left_out = ("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "NO_AT_BRIDGE")
    return {
        **{name: value for name, value in os.environ.items() if name not in left_out},
        "HOME": str(home),
        "XDG_RUNTIME_DIR": str(home / "run"),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_DATA_HOME": str(home / "data"),
        "QT_QPA_PLATFORM": "xcb",
        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }


@pytest.fixture
def heard(tmp_path: Path) -> dict[str, Any]:
    if missing := lacking():
        pytest.skip(f"There is no desktop that speaks here: {missing} not found.")
    done = subprocess.run(
        on_a_desktop(tmp_path, DESKTOP_PYTHON, str(HEARING)),
        env=surroundings(tmp_path),
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=170,
    )
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
