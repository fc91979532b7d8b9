"""Opening, taking in, saving a copy, printing: each leaves a line, and none of them makes the window wait."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from rls_workup.domain.workup import Patient
from rls_workup.errors import StoreTrouble
from rls_workup.exchange.workup_file import new_workup, write_workup
from rls_workup.store import Store, open_store
from rls_workup.store.accesses import accesses_to
from rls_workup.ui.access_log import AccessLog
from rls_workup.ui.history_dialog import HistoryDialog
from rls_workup.ui.program import Program


def test_what_is_done_with_a_work_up_is_noted_by_whom_and_where(
    qtbot: QtBot, program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = program.window
    casework = window.casework
    assert casework is not None
    workup = new_workup(casework.protocol, Patient("ZZQXSECRET"), window.today())
    write_workup(tmp_path / "a.rlsworkup", workup)
    casework.take_in(tmp_path / "a.rlsworkup")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "b"), ""))
    casework.perform("save_copy")
    casework.perform("preview")
    qtbot.waitUntil(lambda: bool(casework.paper.preview.bar.standing.text()), timeout=10_000)
    casework.paper.preview.write(tmp_path / "c.pdf")
    assert casework.log.flush(10)
    seen = accesses_to(window.store.engine, workup.id)
    assert [(entry.what, entry.detail) for entry in seen] == [
        ("import", "file"),
        ("open", ""),
        ("export", "file"),
        ("export", "workup"),
    ]
    assert {(entry.author, entry.station) for entry in seen} == {
        (casework.saving.author, casework.saving.station)
    }
    assert "ZZQXSECRET" not in str(seen)
    assert casework.session is not None
    dialog = HistoryDialog(casework, casework.session)
    before = dialog.list.topLevelItemCount()
    dialog.also_seen.setChecked(True)
    assert dialog.list.topLevelItemCount() == before + 4
    dialog.deleteLater()


def test_what_cannot_be_noted_now_waits(tmp_path: Path) -> None:
    away = [True]

    def another() -> Store:
        if away[0]:
            raise StoreTrouble("away")
        return open_store(tmp_path / "workups.db")

    log = AccessLog(another, lambda: ("Dr Who", "Room 1"))
    log.note("open", "w1")
    assert not log.flush()
    away[0] = False
    log.note("print", "w1", "workup")
    assert log.flush()
    store = another()
    assert [entry.what for entry in accesses_to(store.engine, "w1")] == ["open", "print"]
    store.close()
