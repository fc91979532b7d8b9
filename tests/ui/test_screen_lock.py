"""The desktop's own lock is heard, on a bus that this test starts."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from rls_workup.ui.screen_lock import session_label

LISTENING = """
import sys, time
from PySide6.QtCore import QCoreApplication, SLOT
from PySide6.QtDBus import QDBusConnection, QDBusMessage
from rls_workup.ui.screen_lock import ScreenLock
app = QCoreApplication([])
lock, heard = ScreenLock(), []
lock.left.connect(lambda: heard.append(True))
assert lock.listen() >= 4
for on in (False, True):
    told = QDBusMessage.createSignal("/ScreenSaver", "org.freedesktop.ScreenSaver", "ActiveChanged")
    told.setArguments([on])
    assert QDBusConnection.sessionBus().send(told)
    end = time.monotonic() + (0.3 if not on else 20)
    while time.monotonic() < end and not heard:
        app.processEvents()
    print(len(heard))
"""


def test_a_locked_screen_is_heard_and_an_unlocked_one_is_not() -> None:
    done = subprocess.run(
        ["dbus-run-session", "--", sys.executable, "-c", LISTENING],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert done.stdout.split() == ["0", "1"], done.stderr


@pytest.mark.parametrize(
    ("name", "label"), [("2", "_32"), ("c1", "c1"), ("12", "_312"), ("a-b", "a_2db"), ("", "")]
)
def test_a_session_is_named_as_logind_names_it(name: str, label: str) -> None:
    assert session_label(name) == label
