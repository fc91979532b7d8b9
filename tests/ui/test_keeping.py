"""Backups made by the window, restoring in it, and the start on a damaged store."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog
from pytestqt.qtbot import QtBot

from rls_workup.domain.workup import Patient
from rls_workup.errors import Cancelled, NewerFormat, StoreTrouble
from rls_workup.exchange.workup_file import new_workup
from rls_workup.store.backup_file import manifest_of
from rls_workup.store.backups import back_up, back_up_by_itself, backups_in, due, folder_for
from rls_workup.store.progress import Progress
from rls_workup.store.unlocking import Opening, key_for, open_unlocked
from rls_workup.ui.casework import Casework
from rls_workup.ui.damaged import DamagedPage
from rls_workup.ui.entrance import Turned, entered
from rls_workup.ui.keeping import looked_at
from rls_workup.ui.main_window import MainWindow
from rls_workup.ui.program import Program
from rls_workup.ui.refused import refusal, tell_refused
from rls_workup.ui.restore_dialog import RestoreDialog
from rls_workup.ui.store_work import StoreWork, waited_for


@pytest.fixture
def window(program: Program) -> MainWindow:
    return program.window


def begun(window: MainWindow, family: str) -> str:
    casework = window.casework
    assert isinstance(casework, Casework)
    workup = new_workup(casework.protocol, Patient(family), window.today())
    casework.show_workup(workup, 0)
    assert casework.saving.flush()
    return workup.id


def during(kind: type[QDialog], act: object) -> QTimer:
    timer = QTimer()

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, kind):
            timer.stop()
            act(dialog)  # type: ignore[operator]

    timer.timeout.connect(look)
    timer.start(5)
    return timer


def test_a_backup_of_the_day_is_made_in_the_background(qtbot: QtBot, program: Program) -> None:
    begun(program.window, "Brown")
    path = program.store.path
    assert path is not None
    assert due(path, datetime.now(UTC), "")
    program.keeping.back_up_where_due()
    qtbot.waitUntil(lambda: bool(backups_in(folder_for(path))) and program.keeping._work is None)
    assert program.window.notices.text_about("backup") == ""
    program.keeping.back_up_where_due()
    assert program.keeping._work is None


def test_at_the_end_only_what_changed_is_backed_up(program: Program) -> None:
    begun(program.window, "Brown")
    path = program.store.path
    assert path is not None
    program.keeping.at_end()
    program.keeping.at_end()
    assert len(backups_in(folder_for(path))) == 1


def test_a_backup_on_request_goes_where_the_person_says(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun(program.window, "Brown")
    out = tmp_path / "mine"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    program.window.perform("back_up")
    assert manifest_of(tmp_path / "mine.rlsbackup").workups == program.store.count()
    assert "was read again" in program.window.notices.text_about("told")


def test_restoring_shows_what_would_be_missing_then_swaps_and_goes_on(
    program: Program, tmp_path: Path
) -> None:
    window = program.window
    kept = begun(window, "Kept")
    path = program.store.path
    assert path is not None
    back_up(path, program.access.key, tmp_path / "a.rlsbackup")
    lost = begun(window, "Lost")
    seen: list[str] = []

    def agree(dialog: RestoreDialog) -> None:
        seen.append(dialog.findChildren(type(dialog.looked))[0].text())
        assert not dialog._accept.isEnabled()
        dialog.looked.setChecked(True)
        dialog._accept.click()

    timer = during(RestoreDialog, agree)
    program.keeping.restore_from(tmp_path / "a.rlsbackup")
    timer.stop()
    assert seen
    ids = {row.id for row in program.store.page().rows}
    assert kept in ids
    assert lost not in ids
    assert "is restored" in window.notices.text_about("told")
    begun(window, "After")
    assert program.store.check() == []


def test_thinking_better_of_it_changes_nothing(program: Program, tmp_path: Path) -> None:
    begun(program.window, "Brown")
    path = program.store.path
    assert path is not None
    back_up(path, program.access.key, tmp_path / "a.rlsbackup")
    lost = begun(program.window, "Lost")
    timer = during(RestoreDialog, lambda dialog: dialog.reject())
    program.keeping.restore_from(tmp_path / "a.rlsbackup")
    timer.stop()
    assert program.store.read(lost).version == 1
    assert not list(path.parent.glob("*.replaced-*"))


def test_what_the_backup_lacks_is_named_on_the_screen(program: Program, tmp_path: Path) -> None:
    path = program.store.path
    assert path is not None
    back_up(path, program.access.key, tmp_path / "a.rlsbackup")
    begun(program.window, "Missingham")
    with ExitStack() as laid_out:
        ready = looked_at(program.window, tmp_path / "a.rlsbackup", path, program.access.key, laid_out)
        dialog = RestoreDialog(program.window, ready.comparison)
        from PySide6.QtWidgets import QPlainTextEdit

        (listed,) = dialog.findChildren(QPlainTextEdit)
        assert "Missingham" in listed.toPlainText()
        assert "not in the backup" in listed.toPlainText()
        dialog.deleteLater()


def damage(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[100:140] = bytes(40)
    path.write_bytes(data)


@pytest.fixture
def damaged(dressed: None, tmp_path: Path) -> Path:
    path = tmp_path / "workups.db"
    store = open_unlocked(path)
    from rls_workup.store import Summary

    store.save("w1", 0, "{}", Summary("in-progress", "Brown"), "", "")
    store.close()
    back_up_by_itself(path, key_for(path), "day")
    damage(path)
    return path


def test_on_a_damaged_store_the_newest_backup_is_restored_on_the_persons_word(damaged: Path) -> None:
    timers = [during(RestoreDialog, lambda dialog: dialog._accept.click())]
    timers.append(during(DamagedPage, lambda page: page.restore.click()))
    access = entered(damaged)
    assert [row.id for row in access.store.page().rows] == ["w1"]
    access.lock()
    assert len(list(damaged.parent.glob("*.damaged-*Z"))) == 1
    for timer in timers:
        timer.stop()


def test_or_begun_empty_or_left_as_it_is(damaged: Path) -> None:
    timer = during(DamagedPage, lambda page: page.reject())
    before = damaged.read_bytes()
    with pytest.raises(Turned):
        entered(damaged)
    assert damaged.read_bytes() == before
    timer = during(DamagedPage, lambda page: page.empty.click())
    access = entered(damaged)
    timer.stop()
    assert access.store.count() == 0
    access.lock()
    assert len(list(damaged.parent.glob("*.damaged-*Z"))) == 1


def test_enter_on_a_damaged_store_begins_no_empty_one(damaged: Path) -> None:
    backup = next(folder_for(damaged).glob("*.rlsbackup"))
    for expected in ("Look at the newest backup", "Leave it and quit"):
        page = DamagedPage(damaged, Opening(None), "Page 3 is damaged.")
        page.show()
        (default,) = [button for button in page.buttons.buttons() if button.isDefault()]
        assert default.text().replace("&", "").startswith(expected)
        assert page.focusWidget() is default
        page.deleteLater()
        backup.unlink(missing_ok=True)


def test_long_work_can_be_cancelled_and_its_faults_are_told(qtbot: QtBot, dressed: None) -> None:
    def endless(progress: Progress) -> object:
        while True:
            progress.at(0.5)

    job = StoreWork(endless)
    with qtbot.waitSignal(job.ended) as ended:
        job.begin()
        job.cancel()
    assert isinstance(ended.args[0], Cancelled)

    def refused(_progress: Progress) -> object:
        raise StoreTrouble("no")

    with pytest.raises(StoreTrouble, match="no"):
        waited_for(None, "Working…", refused)
    assert waited_for(None, "Working…", lambda _progress: 7) == 7


def test_the_store_is_read_whole_on_request(program: Program) -> None:
    workup_id = begun(program.window, "Brown")
    program.window.perform("verify")
    assert "is in order" in program.window.notices.text_about("told")
    program.store.engine.connection.execute("UPDATE workup SET document = '{}' WHERE id = ?", (workup_id,))
    program.window.perform("verify")
    assert workup_id in program.window.notices.text_about("backup")


def test_a_copy_of_each_backup_goes_into_the_second_folder(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    begun(program.window, "Brown")
    second = tmp_path / "stick"
    second.mkdir()
    program.window.keep(replace(program.window.settings, second_backups=str(second)))
    program.keeping.at_end()
    assert len(list(second.glob("*.rlsbackup"))) == 1


def test_a_second_folder_that_is_away_is_told(qtbot: QtBot, program: Program, tmp_path: Path) -> None:
    begun(program.window, "Brown")
    program.window.keep(replace(program.window.settings, second_backups=str(tmp_path / "none")))
    program.keeping.back_up_where_due()
    qtbot.waitUntil(lambda: "cannot be written" in program.window.notices.text_about("backup"))
    path = program.store.path
    assert path is not None
    assert len(backups_in(folder_for(path))) == 1


def test_why_the_window_does_not_open_is_said_with_one_way_out(qtbot: QtBot, dressed: None) -> None:
    trouble = NewerFormat("Written by a newer version. Please update.")
    box = refusal(trouble)
    assert box.informativeText() == str(trouble)
    assert [button.text() for button in box.buttons()] == ["Quit"]
    tell_refused(trouble)  # nobody would see it here, so it does not wait
    box.deleteLater()
