"""What is not needed for the first look at the worklist is imported after it is painted."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

WINDOW = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from rls_workup.ui.program import Program

class Painted(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            print(*sorted(sys.modules), flush=True)
            QTimer.singleShot(0, QCoreApplication.quit)
        return False

program = Program(sys.argv[1], None, Path(sys.argv[2]), Path(sys.argv[3]))
painted = Painted()
program.window.worklist.installEventFilter(painted)
program.run([])
"""
LATER = {
    "the protocol and its models": ["pydantic", "fractions", "decimal", "rls_workup.protocols", "rls_workup.domain.protocol", "rls_workup.domain.conditions"],
    "papers": ["reportlab", "pikepdf", "pypdfium2", "rls_workup.report", "PySide6.QtPrintSupport"],
    "keys that a person is asked for": ["cryptography", "keyring", "rls_workup.ui.unlock_page"],
    "a server": ["psycopg", "rls_workup.store.server"],
    "the work-up itself": ["rls_workup.ui.casework", "rls_workup.ui.session", "rls_workup.domain.assessment", "rls_workup.exchange.workup_file"],
    "backups": ["rls_workup.ui.keeping", "rls_workup.ui.damaged", "rls_workup.store.backups"],
    "what is attended to beside the work": ["rls_workup.ui.attending", "rls_workup.ui.unix_signals", "rls_workup.ui.focus_ring"],
    "what other modules would bring": ["html", "calendar", "platform", "rls_workup.ui.message_box"],
    "what is written": ["simplejson", "rls_workup.store.revisions"],
    "the palette": ["rls_workup.ui.palette", "rapidfuzz"],
}  # fmt: skip


@pytest.fixture(scope="module")
def at_first_paint(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The modules that are there when the worklist of an empty store is painted for the first time."""
    place = tmp_path_factory.mktemp("start")
    where = [str(place / name) for name in ("store.db", "window.json", "practice")]
    told = subprocess.run(
        [sys.executable, "-c", WINDOW, *where],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return set(told.stdout.split())


@pytest.mark.parametrize("what", LATER)
def test_it_is_imported_after_the_first_paint(what: str, at_first_paint: set[str]) -> None:
    assert "rls_workup.ui.worklist" in at_first_paint
    assert at_first_paint.isdisjoint(LATER[what])


def test_of_our_own_nothing_else_is_imported_before(at_first_paint: set[str]) -> None:
    """A module that the first look needs is put on the list; any other is imported where it is used."""
    allowed = set(Path(__file__).with_name("first_paint.txt").read_text("utf-8").split())
    assert {name for name in at_first_paint if name.startswith("rls_workup")} <= allowed
