"""A work-up is taken off the worklist and kept, or erased for good; each for a reason."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from rls_workup.domain.workup import Patient
from rls_workup.errors import StoreTrouble
from rls_workup.exchange.workup_file import new_workup
from rls_workup.store.accesses import accesses_to
from rls_workup.store.purging import was_purged
from rls_workup.ui.casework import Casework
from rls_workup.ui.new_workup import ReasonDialog
from rls_workup.ui.program import Program


@pytest.fixture
def casework(program: Program) -> Casework:
    assert program.window.casework is not None
    return program.window.casework


def because(reason: str) -> QTimer:
    """Give this reason to the next question, or none."""
    timer = QTimer()

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, ReasonDialog):
            timer.stop()
            dialog.line.setText(reason)
            dialog.accept() if reason else dialog.reject()

    timer.timeout.connect(look)
    timer.start(5)
    return timer


def begun(casework: Casework) -> str:
    workup = new_workup(casework.protocol, Patient("ZZQXSECRET"), casework.window.today())
    casework.show_workup(workup, 0)
    assert casework.saving.flush()
    return workup.id


def test_erased_for_good_only_the_reason_stays(casework: Casework) -> None:
    workup_id = begun(casework)
    timer = because("asked for by law")
    casework.perform("erase")
    timer.stop()
    store = casework.window.store
    assert was_purged(store.engine, workup_id)
    with pytest.raises(StoreTrouble):
        store.read(workup_id)
    assert [(entry.what, entry.detail) for entry in accesses_to(store.engine, workup_id)] == [
        ("purge", "asked for by law")
    ]
    assert casework.session is None


def test_thinking_better_of_it_erases_nothing(casework: Casework) -> None:
    workup_id = begun(casework)
    timer = because("")
    casework.perform("erase")
    timer.stop()
    assert casework.window.store.read(workup_id).version == 1
    assert casework.session is not None


def test_taken_off_it_stays_in_the_store(casework: Casework) -> None:
    workup_id = begun(casework)
    timer = because("begun twice")
    casework.perform("void")
    timer.stop()
    last = casework.window.store.revisions(workup_id)[-1]
    assert (last.kind, last.note) == ("void", "begun twice")
