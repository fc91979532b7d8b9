"""A screen of its own for the real program: Xvfb, a bus, and a person's empty folders."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

DESKTOP_PYTHON = "/usr/bin/python3"  # the one that Debian's packages are for


def lacking(*programs: str) -> str:
    """Which of these and of what a screen needs is not here; "" for nothing."""
    needed = ("Xvfb", "xvfb-run", "xauth", "dbus-run-session", "openbox", *programs)
    return ", ".join(name for name in needed if shutil.which(name) is None)


def lacking_ears() -> str:
    """As `lacking`, for a desktop that speaks."""
    look = "import gi; gi.require_version('Atspi', '2.0'); from gi.repository import Atspi"
    if missing := lacking():
        return missing
    done = subprocess.run([DESKTOP_PYTHON, "-c", look], capture_output=True, check=False)
    return "gir1.2-atspi-2.0, python3-gi" if done.returncode else ""


def program(home: Path) -> list[str]:
    """The command that starts the program on a store in this home."""
    return [sys.executable, "-P", "-m", "rls_workup", "--store", str(home / "workups.db")]


def on_a_screen(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a command with a screen and a bus of its own."""
    screen = ["xvfb-run", "-a", "-s", "-screen 0 1440x900x24", "dbus-run-session", "--"]
    return subprocess.run(
        [*screen, *words],
        env=surroundings(home),
        cwd=home,
        capture_output=True,
        text=True,
        check=False,
        timeout=170,
    )


def surroundings(home: Path) -> dict[str, str]:
    """A person's own folders, empty but for the language; the language of the desktop does not matter."""
    (home / "config" / "rls-workup").mkdir(parents=True)
    kept = {"language": "en", "passphrase_later": True, "introduced": True}
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
