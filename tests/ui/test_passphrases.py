"""The way in, the first passphrase and the users, as a person does them in the window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QPushButton
from pytestqt.qtbot import QtBot

from rls_workup.errors import NoKeys, WorkupError
from rls_workup.store import open_store
from rls_workup.store.backups import back_up, folder_for
from rls_workup.store.keyfile import keys_path
from rls_workup.store.recovery import recovery_groups
from rls_workup.store.sealing import Cost
from rls_workup.store.unlocking import key_for, open_unlocked, unlocked, users_of
from rls_workup.store.users import protection_of, set_passphrase
from rls_workup.ui import first_passphrase
from rls_workup.ui.entrance import Entrance, Turned, way_in
from rls_workup.ui.first_passphrase import FirstPassphrase
from rls_workup.ui.keys_dialog import KeysDialog
from rls_workup.ui.one_passphrase import OnePassphrase
from rls_workup.ui.program import Program
from rls_workup.ui.recovery_dialog import RecoveryDialog

ANN, BOB = "correct horse battery", "another long passphrase"
CHEAP = Cost(n=2**10)


@pytest.fixture
def where(tmp_path: Path) -> Path:
    """A store that Ann's passphrase opens."""
    path = tmp_path / "s" / "w.db"
    open_unlocked(path).close()
    key = key_for(path)
    assert key is not None
    set_passphrase(path, key, "Ann", ANN, CHEAP)
    return path


def soon(do: Callable[[QDialog], None]) -> None:
    """Do something with the dialog that opens next."""

    def now() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QDialog):
            do(dialog)
        else:
            QTimer.singleShot(5, now)

    QTimer.singleShot(0, now)


def button(dialog: QDialog, words: str) -> QPushButton:
    return next(
        one for one in dialog.findChildren(QPushButton) if one.text().replace("&", "").startswith(words)
    )


def test_at_the_start_the_passphrase_is_asked(where: Path, dressed: None) -> None:
    said: list[str] = []

    def try_twice(dialog: QDialog) -> None:
        assert isinstance(dialog, Entrance)
        for passphrase in ("wrong one here", ANN):
            dialog.page.passphrase.setText(passphrase)
            dialog.page.unlock.click()
            said.append(dialog.page.told.text())

    soon(try_twice)
    failed: list[str] = []
    opening = way_in(where, failed)
    assert len(failed) == 1
    assert opening.user == "Ann"
    assert "not the right one" in said[0]


def test_who_closes_the_page_does_not_come_in(where: Path, dressed: None) -> None:
    soon(lambda dialog: dialog.reject())
    with pytest.raises(Turned):
        way_in(where, [])


def test_the_recovery_sheet_lets_in_and_names_the_group_with_a_slip(where: Path, dressed: None) -> None:
    groups = list(recovery_groups(unlocked(where, ANN).key or b""))
    keys_path(where).unlink()
    said: list[str] = []

    def type_it(dialog: QDialog) -> None:
        assert isinstance(dialog, RecoveryDialog)
        slip = "A" if groups[4][0] != "A" else "B"
        dialog.new.name.setText("Bob")
        dialog.new.first.setText(BOB)
        assert not dialog.enter.isEnabled()
        dialog.new.again.setText(BOB)
        for fifth in (slip + groups[4][1:], groups[4]):
            dialog.code.setPlainText(" ".join([*groups[:4], fifth, *groups[5:]]))
            dialog.enter.click()
            said.append(dialog.told.text())

    soon(type_it)
    assert way_in(where, []).user == "Bob"
    assert "slip in group 5" in said[0]
    assert users_of(where) == ("Bob",)


def test_without_the_sheet_the_sentence_about_the_lost_keys_stays(where: Path, dressed: None) -> None:
    keys_path(where).unlink()
    soon(lambda dialog: dialog.reject())
    with pytest.raises(NoKeys, match="not beside it"):
        way_in(where, [])


def test_the_first_run_offers_a_passphrase_and_takes_a_later(program: Program) -> None:
    assert program.window.status.protection.text() == "Protected by your computer account only"
    assert "passphrase takes a minute" in program.window.notices.text_about("protection")
    program.guard.keys._later()
    assert program.window.notices.text_about("protection") == ""
    assert program.window.settings.passphrase_later
    assert program.window.status.protection.text() == "Protected by your computer account only"


def test_the_first_passphrase_is_set_when_the_sheet_was_read_back(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = tmp_path / "sheet.pdf"
    monkeypatch.setattr(
        "PySide6.QtWidgets.QFileDialog.getSaveFileName", lambda *_words: (str(sheet), "PDF (*.pdf)")
    )
    where = Path(program.access.where)
    backup = folder_for(where) / "one.rlsbackup"
    backup.parent.mkdir()
    assert program.access.key is not None
    key = bytes(program.access.key)
    back_up(where, key, backup)
    assert key.hex().encode() in backup.read_bytes()

    def walk_through(dialog: QDialog) -> None:
        assert isinstance(dialog, FirstPassphrase)
        dialog.new.name.setText("Ann")
        dialog.new.first.setText(ANN)
        dialog.new.again.setText(ANN[:-1])
        assert not dialog.next.isEnabled()
        dialog.new.again.setText(ANN)
        dialog.next.click()
        assert not dialog.next.isEnabled()
        dialog.save_button.click()
        assert sheet.read_bytes().startswith(b"%PDF")
        dialog.next.click()
        dialog.lines[0].setText("9999")
        assert f"not group {dialog.asked[0] + 1}" in dialog.told.text()
        for at, line in zip(dialog.asked, dialog.lines, strict=True):
            assert not dialog.next.isEnabled()
            line.setText(recovery_groups(program.access.key or b"")[at].lower())
        assert protection_of(where).by_account_only
        dialog.next.click()

    soon(walk_through)
    program.window.commands.actions["passphrases"].trigger()
    assert users_of(where) == ("Ann",)
    assert key.hex().encode() not in backup.read_bytes()
    assert program.window.status.protection.text() == ""
    assert program.window.notices.text_about("protection") == ""
    casework = program.window.casework
    assert casework is not None
    assert casework.saving.author == "Ann"


def test_later_changes_nothing(program: Program) -> None:
    soon(lambda dialog: button(dialog, "Later").click())
    program.window.commands.actions["passphrases"].trigger()
    assert protection_of(program.access.where).by_account_only


def test_without_a_printer_the_step_says_so(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_words: object) -> str:
        raise WorkupError("No printer is set up on this computer.")

    monkeypatch.setattr(first_passphrase, "print_pdf", refuse)
    assert program.access.key is not None
    dialog = FirstPassphrase(program.window, program.access.key, "Ann", "a4", lambda _user, _word: None)
    dialog.print_button.click()
    assert "No printer" in dialog.told.text()
    assert not dialog._on_paper


def test_users_are_added_changed_and_removed(program: Program) -> None:
    assert program.access.key is not None
    set_passphrase(program.access.where, program.access.key, "Ann", ANN, CHEAP)
    program.access.user = "Ann"
    dialog = KeysDialog(program.window, program.access, "a4")

    def fill(old: str, name: str, new: str) -> Callable[[QDialog], None]:
        def typed(one: QDialog) -> None:
            assert isinstance(one, OnePassphrase)
            if name:
                one.new.name.setText(name)
            one.old.setText(old)
            for line in (one.new.first, one.new.again):
                line.setText(new)
            one.done_button.click()
            if one.isVisible():
                dialog.told.setText(one.told.text())
                one.reject()

        return typed

    soon(fill("", "Bob", BOB))
    dialog.add.click()
    assert users_of(program.access.where) == ("Ann", "Bob")
    soon(fill("", "Bob", BOB))
    dialog.add.click()
    assert "already" in dialog.told.text()
    soon(fill("not the old one", "", f"{BOB}!"))
    dialog._change("Bob")
    assert "not the right one" in dialog.told.text()
    soon(fill(BOB, "", f"{BOB}!"))
    dialog._change("Bob")
    assert unlocked(program.access.where, f"{BOB}!").user == "Bob"
    dialog._remove("Bob")
    assert users_of(program.access.where) == ("Ann",)
    assert not button(dialog, "Remove").isEnabled()


def test_a_store_from_before_is_offered_encryption(
    begin_program: Callable[..., Program], tmp_path: Path, qtbot: QtBot
) -> None:
    where = tmp_path / "store" / "w.db"
    open_store(where).close()
    program = begin_program(where, Path(__file__).parent.parent / "small_protocol", tmp_path / "window.json")
    qtbot.waitUntil(lambda: program.window.casework is not None)
    assert program.window.status.protection.text() == "Not encrypted"
    assert "not encrypted" in program.window.notices.text_about("protection")
    before = program.store.count()
    program.window.commands.actions["passphrases"].trigger()
    assert not where.read_bytes().startswith(b"SQLite")
    assert program.store.count() == before
    assert program.window.status.protection.text() == "Protected by your computer account only"
    assert "still there" in program.window.notices.text_about("old store")
    old = next(where.parent.glob("*unencrypted*"))
    delete = [one for one in program.window.notices.findChildren(QPushButton) if "Delete" in one.text()]
    delete[0].click()
    assert not old.exists()
    assert program.window.notices.text_about("old store") == ""


def test_the_minutes_until_it_locks_can_be_chosen(program: Program) -> None:
    idle = program.guard.idle
    idle._last -= 14 * 60
    program.window.take_settings(replace(program.window.settings, lock_minutes=15))
    idle._look()
    assert not program.guard.locked
    program.window.take_settings(replace(program.window.settings, lock_minutes=10))
    idle._look()
    assert program.guard.locked
