"""A person at the keyboard of the screen: presses keys through X alone and sees nothing but the titles of windows.

`typing_keys.py OUT.pdf PROGRAM…` starts the program, begins and fills a routine work-up, saves its sheet, quits, and
prints how many keys that took.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

PATIENCE = 40.0
MAIN = "RLS Workup"
WORKUP = (
    *("ctrl+3", "y", "y", "y", "y", "y"),  # the criteria
    *("ctrl+f", "*ferritin", "Return", "*38 ug/L", "Return"),
    *("ctrl+f", "*haemoglobin", "Return", "*13.4 g/dL", "Return"),
    *("ctrl+f", "*b12, total", "Return", "o"),  # ordered
    *("ctrl+f", "*tsat", "Return", "ctrl+shift+o"),
)


class Typist:
    """`keys`: pressed so far; a chord counts each of its keys, a capital two."""

    def __init__(self) -> None:
        self.keys = 0

    def press(self, *keys: str) -> None:
        """Press keys by their X names; what begins with `*` is typed letter by letter."""
        for key in keys:
            if key.startswith("*"):
                _xdotool("type", "--delay", "40", key[1:])
                self.keys += sum(1 + letter.isupper() for letter in key[1:])
            else:
                _xdotool("key", "--delay", "40", key)
                self.keys += key.count("+") + 1
            time.sleep(0.25)  # a slow typist

    def until(self, title: str, act: Callable[[], object] = lambda: None) -> None:
        """Wait for a window of this title to be in front; `act` again and again until it is."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            act()
            for _look in range(8):
                if _is_front(title):
                    time.sleep(0.3)
                    return
                time.sleep(0.25)
        raise SystemExit(f"“{title}” never came to the front, but “{_title()}”.")


def _xdotool(*words: str) -> str:
    return subprocess.run(["xdotool", *words], capture_output=True, text=True, check=False).stdout.strip()


def _is_front(title: str) -> bool:
    """Whether the window in front is called so; Qt puts the program's name behind that of a dialog."""
    return _title() == title or (title != MAIN and _title().startswith(title))


def _title() -> str:
    return _xdotool("getactivewindow", "getwindowname")


def work(typist: Typist, out: Path) -> None:
    """A new patient, the work-up, the sheet in a file."""
    typist.until(MAIN)
    typist.until("New work-up", lambda: typist.press("ctrl+n"))
    typist.keys = 2  # the waiting for the program is not typing
    typist.press("*brown", "Tab", "*ann", "Tab", "*14071961", "Tab", "space", "Return")
    typist.until(MAIN)
    typist.press(*WORKUP, "ctrl+p")
    typed = typist.keys
    typist.until("Save PDF", lambda: typist.press("alt+a"))
    typist.keys = typed + 2
    typist.press("ctrl+a", f"*{out}", "Return")
    typist.until(MAIN)


def main() -> None:
    out = Path(sys.argv[1])
    running = [subprocess.Popen(["openbox"]), subprocess.Popen(sys.argv[2:])]
    typist = Typist()
    try:
        work(typist, out)
        end = time.monotonic() + PATIENCE
        while not out.exists() and time.monotonic() < end:
            time.sleep(0.2)
        keys = typist.keys
        typist.press("ctrl+q")
        running[1].wait(30)
        print(keys, running[1].returncode)
    finally:
        for one in reversed(running):
            one.terminate()
            one.wait(20)


if __name__ == "__main__":
    main()
