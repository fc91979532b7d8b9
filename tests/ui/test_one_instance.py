"""A second start hands its files to the first one, whose window takes them, and ends."""

from __future__ import annotations

import contextlib
import os
import socket
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from rls_workup.domain.workup import Patient
from rls_workup.exchange.workup_file import new_workup, write_workup
from rls_workup.ui.one_instance import OneInstance, first_of
from rls_workup.ui.program import Program

SECOND = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from rls_workup.ui.one_instance import first_of
app = QCoreApplication([])
instance = first_of(sys.argv[1], [Path(name) for name in sys.argv[3:]], Path(sys.argv[2]))
print("first" if instance else "handed over", flush=True)
if instance:
    sys.stdin.read()
"""


def started(where: Path, place: Path, *files: str) -> subprocess.Popen[str]:
    words = [sys.executable, "-c", SECOND, str(where), str(place), *files]
    return subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder with a name that is short enough for a socket."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


@pytest.fixture
def first(qtbot: QtBot, place: Path) -> Iterator[OneInstance]:
    instance = first_of(place / "w.db", [], place)
    assert instance is not None
    yield instance
    instance.close()


def test_a_second_start_hands_its_files_over(qtbot: QtBot, place: Path, first: OneInstance) -> None:
    with qtbot.waitSignal(first.asked) as asked:
        second = started(place / "w.db", place, str(place / "a é.rlsworkup"))
    assert asked.args == [[place / "a é.rlsworkup"]]
    assert second.communicate()[0] == "handed over\n"


def test_another_store_is_another_window(place: Path, first: OneInstance) -> None:
    other = started(place / "other.db", place)
    assert other.communicate("")[0] == "first\n"


def test_the_place_of_a_killed_one_is_taken_over(qtbot: QtBot, place: Path) -> None:
    killed = started(place / "w.db", place)
    assert killed.stdout is not None
    assert killed.stdout.readline() == "first\n"
    killed.kill()
    killed.communicate()
    instance = first_of(place / "w.db", [], place)
    assert instance is not None
    with qtbot.waitSignal(instance.asked):
        second = started(place / "w.db", place)
    assert second.communicate()[0] == "handed over\n"
    instance.close()


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps its pipes itself.")
def test_nobody_else_can_connect_and_nonsense_is_dropped(
    qtbot: QtBot, place: Path, first: OneInstance
) -> None:
    (found,) = place.glob("*.socket")
    assert stat.S_IMODE(found.stat().st_mode) & 0o077 == 0
    heard: list[object] = []
    first.asked.connect(heard.append)
    for nonsense in (b"\xff\n", b'{"files": 1}\n', b"[1]\n", b"[" * 300_000):
        with socket.socket(socket.AF_UNIX) as client:
            client.connect(str(found))
            client.setblocking(False)
            with contextlib.suppress(BlockingIOError):
                client.send(nonsense)
            qtbot.waitUntil(lambda client=client: dropped(client))  # type: ignore[misc]
    assert heard == []


def dropped(client: socket.socket) -> bool:
    try:
        return client.recv(1) == b""
    except BlockingIOError:
        with contextlib.suppress(BlockingIOError):
            client.send(b"[" * 65536)
        return False
    except (ConnectionResetError, BrokenPipeError):
        return True


def test_the_window_takes_what_is_handed_over(program: Program, tmp_path: Path) -> None:
    casework = program.window.casework
    assert casework is not None
    file = tmp_path / "a.rlsworkup"
    workup = new_workup(casework.protocol, Patient("Brown"), program.window.today())
    write_workup(file, workup)
    program.hand_over([file])
    assert casework.session is not None
    assert casework.session.workup.id == workup.id


def test_behind_the_lock_they_wait(program: Program, tmp_path: Path) -> None:
    casework = program.window.casework
    assert casework is not None
    file = tmp_path / "a.rlsworkup"
    write_workup(file, new_workup(casework.protocol, Patient("Brown"), program.window.today()))
    program.guard.locked = True
    program.hand_over([file])
    assert casework.session is None
    program.guard.locked = False
    program.guard.unlocked_now.emit()
    assert casework.session is not None
