"""One marked patient goes through the whole program; nothing that it wrote, said or left behind names her."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest

SECRET = "ZZQXSECRET"
ROOT = Path(__file__).parent.parent
SEEN = [SECRET.encode(), SECRET.encode("utf-16-le"), SECRET.encode("utf-16-be"), SECRET.lower().encode()]

WINDOW = """
import sys, time
from pathlib import Path
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from rls_workup import cli
from rls_workup.ui.program import Program

SECRET, PASSPHRASE = "ZZQXSECRET", "correct horse battery"
given, killed = Path(sys.argv[1]), sys.argv[2] == "killed"
program = Program(cli.default_store(), None)
window, guard = program.window, program.guard
program.connect_ends()
window.show()
window.begin([given])

def rest(milliseconds):
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()

def wait(until):
    end = time.monotonic() + 30
    while not until():
        rest(10)
        assert time.monotonic() < end

wait(lambda: window.casework is not None and window.casework.session is not None)
casework = window.casework
session = casework.session
texts = [item.id for item in casework.protocol.items.values() if item.kind == "text"]
for item in texts[:3]:
    casework.workup_screen.focus_item(item)
    session.keep_typing(item, SECRET + " " + item)
casework.workup_screen.focus_item("ferritin")
field = QApplication.focusWidget()
if field is not None:
    QTest.keyClicks(field, SECRET)
casework.workup_screen.next_unanswered()
casework.saving.flush()
window.perform("undo")
window.worklist.start_search()
QGuiApplication.clipboard().setText(SECRET)

def slip():
    raise ValueError(SECRET)

QTimer.singleShot(0, slip)
rest(50)
window.take_settings(window.settings)
window.perform("preview")
rest(300)
guard.keys._set("Ann", PASSPHRASE)
titles = [SECRET in one.windowTitle() for one in QApplication.topLevelWidgets()]
guard.lock()
guard.page.passphrase.setText(PASSPHRASE)
guard.page.unlock.click()
assert not guard.locked
window.casework.take_in(given.with_name("damaged.rlsworkup"))
window.casework.take_in(given.with_name("none" + SECRET[:0] + ".rlsworkup"))
session.keep_typing(texts[0], SECRET + " at the end")
casework.saving.flush()
if killed:
    import os, signal
    os.kill(os.getpid(), signal.SIGKILL)
assert not any(titles)
assert program.end()
assert QGuiApplication.clipboard().text() == ""
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An empty home, where everything that the program chooses a place for ends up."""
    for name in ("home", "tmp", "given", "asked"):
        (tmp_path / name).mkdir()
    return tmp_path / "home"


@pytest.fixture
def given(home: Path) -> Path:
    """The marked patient's file, and a damaged one that names her too."""
    patient = {
        "family_name": SECRET,
        "given_name": SECRET,
        "identifier": SECRET,
        "date_of_birth": "1980-05-01",
    }
    answers = {
        "own_words": SECRET,
        "ferritin": {"value": SECRET, "unit": "ng/mL"},
        "tsat": {"value": 18, "unit": "%"},
    }
    document = {"format": "rls-workup/1", "visit_date": "2026-11-20", "patient": patient, "answers": answers}
    path = home.parent / "given" / "one.rlsworkup"
    path.write_text(json.dumps(document))
    path.with_name("damaged.rlsworkup").write_text(json.dumps(document)[:-9])
    path.with_name("odd.rlsworkup").write_text(
        json.dumps({**document, "patient": SECRET, "visit_date": SECRET})
    )
    return path


def run(home: Path, *words: str | Path) -> subprocess.CompletedProcess[str]:
    places = {
        "HOME": home,
        "XDG_DATA_HOME": home / ".local/share",
        "XDG_CONFIG_HOME": home / ".config",
        "XDG_CACHE_HOME": home / ".cache",
        "XDG_STATE_HOME": home / ".local/state",
        "XDG_RUNTIME_DIR": home.parent / "tmp",
        "TMPDIR": home.parent / "tmp",
    }
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "LD_LIBRARY_PATH") if name in os.environ}
    environment = {
        **kept,
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    environment |= {name: str(place) for name, place in places.items()}
    return subprocess.run(
        [sys.executable, *map(str, words)],
        capture_output=True,
        text=True,
        cwd=home,
        env=environment,
        timeout=110,
    )


def named(places: list[Path]) -> Iterator[str]:
    """Every file below these folders that names the patient, in itself or in its own name."""
    for place in places:
        for path in place.rglob("*"):
            if any(mark in os.fsencode(path.name) for mark in SEEN):
                yield f"its name: {path}"
            if path.is_file():
                content = path.read_bytes()
                yield from (f"{path} holds {mark!r}" for mark in SEEN if mark in content)


def open_to_others(place: Path) -> list[str]:
    own = place / ".local/share/rls-workup"
    return [str(path) for path in [own, *own.rglob("*")] if path.stat().st_mode & 0o077]


@pytest.mark.parametrize("ending", ["closed", "killed"])
def test_the_window_leaves_nothing_that_names_a_patient(home: Path, given: Path, ending: str) -> None:
    done = run(home, "-c", WINDOW, given, ending)
    assert done.returncode == (0 if ending == "closed" else -9), done.stderr[-2000:]
    assert (home / ".local/share/rls-workup/workups.db").exists()
    assert list(named([home, home.parent / "tmp"])) == []
    assert SECRET not in done.stdout + done.stderr
    assert open_to_others(home) == []


def test_the_subcommands_leave_nothing_that_names_a_patient(home: Path, given: Path) -> None:
    asked = home.parent / "asked"
    program = ("-m", "rls_workup")
    done = [
        run(home, *program, "assess", given),
        run(home, *program, "sheet", given, "-o", asked / "sheet.pdf"),
        run(home, *program, "worklist"),
        run(home, *program, "sheet", given, "-o", home / "none" / "sheet.pdf"),
        *(
            run(home, *program, "assess", given.with_name(f"{name}.rlsworkup"))
            for name in ("damaged", "odd", "none")
        ),
        run(home, *program, "worklist", "--store", given),
        run(home, *program, "assess", given, "--protocol", given.parent),
    ]
    assert len(list(named([given.parent]))) == 3  # the search itself does find
    assert [one.returncode for one in done[:3]] == [0, 0, 0]
    assert [SECRET in one.stderr for one in done] == [False] * len(done)
    assert "Traceback" not in "".join(one.stderr for one in done)
    assert list(named([home, home.parent / "tmp"])) == []
    assert open_to_others(home) == []
    with pikepdf.open(asked / "sheet.pdf") as pdf:
        assert SECRET not in str(dict(pdf.docinfo.items()))
        assert SECRET not in str(pdf.open_metadata())
