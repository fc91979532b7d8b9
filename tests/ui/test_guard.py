"""The window locks: drafts are safe first, nothing is readable then, and it opens at the same place."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from rls_workup.domain.workup import Patient
from rls_workup.errors import Locked
from rls_workup.exchange.workup_file import new_workup
from rls_workup.store.accesses import newest_accesses
from rls_workup.store.keyfile import keys_path
from rls_workup.store.sealing import Cost
from rls_workup.store.users import set_passphrase
from rls_workup.ui.commands import WORKUP
from rls_workup.ui.idle import Idle, seconds_now
from rls_workup.ui.new_workup import PatientDialog
from rls_workup.ui.program import Program
from rls_workup.ui.unlock_page import UnlockPage, wait_after

ANN, BOB = "correct horse battery", "another long passphrase"
SECRET = "ZZQXSECRET"
CHEAP = Cost(n=2**10)


def give(program: Program, user: str, passphrase: str) -> None:
    assert program.access.key is not None
    set_passphrase(program.access.where, program.access.key, user, passphrase, CHEAP)


def begin_work(program: Program) -> str:
    """A work-up with a text that nobody else is to read; the id of its text item."""
    casework = program.window.casework
    assert casework is not None
    casework.show_workup(new_workup(casework.protocol, Patient(SECRET, "Ana"), program.window.today()), 0)
    assert casework.session is not None
    item = next(item.id for item in casework.protocol.items.values() if item.kind == "text")
    casework.session.keep_typing(item, SECRET)
    return str(item)


def enter(page: UnlockPage, passphrase: str, user: str = "") -> None:
    if user:
        page.user.setCurrentText(user)
    page.passphrase.setText(passphrase)
    page.unlock.click()


def on_top(part: QWidget, window: QWidget) -> bool:
    """Whether the part is shown and nothing lies over it."""
    if part.visibleRegion().isEmpty():
        return False
    found = window.childAt(part.mapTo(window, part.visibleRegion().boundingRect().center()))
    return found is not None and (found is part or part.isAncestorOf(found))


def readable(program: Program) -> str:
    """Every word that a person could read now."""
    said = []
    for window in QApplication.topLevelWidgets():
        if not window.isVisible():
            continue
        said.append(window.windowTitle())
        for part in window.findChildren(QWidget):
            if isinstance(part, (QLabel, QLineEdit, QPushButton)) and on_top(part, window):
                said.append(part.text())
    return "\n".join(said)


def test_what_is_typed_is_saved_and_then_nothing_can_be_read(program: Program) -> None:
    give(program, "Ann", ANN)
    item = begin_work(program)
    key = program.access.key
    assert SECRET in readable(program).upper()
    program.window.commands.actions["lock"].trigger()
    assert program.guard.locked
    assert key == bytes(32)
    assert program.access.key is None
    assert SECRET not in readable(program).upper()
    assert not program.window.menuBar().isVisible()
    assert not any(
        program.window.commands.actions[name].isEnabled()
        for name in ("preview", "undo", "new", "open_file", "lock")
    )
    with pytest.raises(Locked):
        program.store.page()
    enter(program.guard.page, ANN)
    assert not program.guard.locked
    assert program.window.on_screen == WORKUP
    assert SECRET in readable(program).upper()
    kept = program.store.page().rows
    assert SECRET in [row.family_name for row in kept]
    casework = program.window.casework
    assert casework is not None
    assert casework.session is not None
    assert casework.session.workup.answers[item].typed == SECRET
    assert SECRET in program.store.read(casework.session.workup.id).document


def test_a_wrong_passphrase_is_told_at_once_and_opens_nothing(program: Program) -> None:
    give(program, "Ann", ANN)
    program.guard.lock()
    enter(program.guard.page, "something else")
    assert program.guard.locked
    assert "not the right one" in program.guard.page.told.text()
    assert program.guard.page.passphrase.text() == ""
    enter(program.guard.page, ANN)
    assert not program.guard.locked
    assert [entry.what for entry in newest_accesses(program.store.engine)] == ["unlock failed"]


def test_after_some_wrong_ones_the_next_waits_a_little(program: Program) -> None:
    give(program, "Ann", ANN)
    program.guard.lock()
    page = program.guard.page
    for _ in range(3):
        enter(page, "something else")
    assert "Try again in 1 second." in page.told.text()
    assert not page.unlock.isEnabled()
    page._tick()
    assert page.unlock.isEnabled()
    enter(page, ANN)
    assert not program.guard.locked
    assert [wait_after(wrong) for wrong in range(9)] == [0, 0, 0, 1, 2, 4, 8, 16, 30]


def test_a_work_up_that_another_window_let_go_stays_in_its_section(program: Program) -> None:
    begin_work(program)
    casework = program.window.casework
    assert casework is not None
    assert casework.session is not None
    casework.workup_screen.show_section(2)
    section, before = casework.workup_screen.form.section, casework.session
    casework.saving.flush()
    casework.courtesy.freed.emit(before.workup.id)
    assert casework.session is not before
    assert casework.workup_screen.form.section == section


def test_who_unlocks_is_the_author_from_then_on(program: Program) -> None:
    give(program, "Ann", ANN)
    give(program, "Bob", BOB)
    item = begin_work(program)
    program.guard.lock()
    assert program.guard.page.user.isVisibleTo(program.guard.page)
    enter(program.guard.page, BOB, "Bob")
    casework = program.window.casework
    assert casework is not None
    assert casework.saving.author == "Bob"
    assert casework.session is not None
    casework.session.keep_typing(item, "more")
    casework.saving.flush()
    assert program.store.revisions(casework.session.workup.id)[-1].author == "Bob"


def test_without_a_passphrase_it_hides_and_opens_by_a_click_or_enter(program: Program, qtbot: QtBot) -> None:
    program.guard.lock()
    page = program.guard.page
    assert not page.passphrase.isVisibleTo(page)
    assert "No passphrase is set" in page.about.text()
    page.unlock.click()
    assert not program.guard.locked
    assert program.access.key is not None
    program.window.worklist.reload()
    program.guard.lock()
    qtbot.keyClick(page.unlock, Qt.Key.Key_Return)
    assert not program.guard.locked


def test_a_dialog_that_is_open_is_covered_and_keeps_what_was_typed(program: Program, qtbot: QtBot) -> None:
    give(program, "Ann", ANN)
    seen: list[str] = []

    def lock_and_look() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, PatientDialog)
        dialog.family.setText(SECRET)
        program.guard.lock()
        seen.append(readable(program))
        top = QApplication.activeModalWidget()
        assert top is not dialog
        QTest.keyClick(top, Qt.Key.Key_Escape)
        assert program.guard.locked
        enter(program.guard.page, ANN)
        seen.append(dialog.family.text())
        dialog.reject()

    QTimer.singleShot(0, lock_and_look)
    program.window.perform("new")
    assert SECRET not in seen[0]
    assert seen[1] == SECRET
    assert not program.guard.locked


def test_what_cannot_be_saved_is_kept_until_it_can(program: Program) -> None:
    give(program, "Ann", ANN)
    item = begin_work(program)
    casework = program.window.casework
    assert casework is not None
    assert casework.session is not None
    casework.saving.flush()
    other = program.store.another()
    other._connection.begin()
    casework.session.keep_typing(item, "last words")
    casework.saving._writer._let_go()
    casework.saving.flush(0)
    program.guard.lock()
    assert "not on disk yet" in program.guard.page.about.text()
    other.close()
    enter(program.guard.page, ANN)
    assert casework.saving.flush(10)
    assert "last words" in program.store.read(casework.session.workup.id).document


def test_a_fault_while_saving_hides_the_window_all_the_same(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin_work(program)
    casework = program.window.casework
    assert casework is not None

    def faulty() -> bool:
        raise RuntimeError("a fault")

    monkeypatch.setattr(casework.saving, "rest", faulty)
    with pytest.raises(RuntimeError):
        program.guard.lock()
    assert program.guard.locked
    assert SECRET not in readable(program).upper()
    assert program.access.key is None


def test_a_store_that_went_away_meanwhile_is_told(program: Program) -> None:
    give(program, "Ann", ANN)
    program.guard.lock()
    where = Path(program.access.where)
    aside = where.with_name("aside")
    where.rename(aside)
    enter(program.guard.page, ANN)
    assert program.guard.locked
    assert "no longer there" in program.guard.page.told.text()
    aside.rename(where)
    keys_path(where).rename(aside)
    enter(program.guard.page, ANN)
    assert "Put that back" in program.guard.page.told.text()
    aside.rename(keys_path(where))
    enter(program.guard.page, ANN)
    assert not program.guard.locked


def test_it_locks_when_it_is_left_alone(program: Program, qtbot: QtBot) -> None:
    idle = program.guard.idle
    idle._last -= 5 * 60 - 0.2
    idle._look()
    qtbot.waitUntil(lambda: program.guard.locked, timeout=20_000)


def test_touching_a_key_puts_it_off(qtbot: QtBot, dressed: None) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    window, opened_later = QLineEdit(), QLineEdit()
    for widget in (window, opened_later):
        qtbot.addWidget(widget)
    window.show()
    minutes = [1.0]
    idle = Idle(app, lambda: minutes[0])
    heard: list[float] = []
    idle.left.connect(lambda: heard.append(minutes[0]))
    idle.begin()
    opened_later.show()
    opened_later.activateWindow()
    qtbot.waitUntil(opened_later.isActiveWindow)
    for chosen, waited, touched, left in (
        (1, 61, window, False),
        (1, 61, opened_later, False),
        (1, 61, None, True),
        (0, 59, None, False),
        (0, 61, None, True),
        (15, 14 * 60, None, False),
        (15, 2, None, False),
        (1000, 29 * 60, None, False),
        (1000, 31 * 60, None, True),
    ):
        minutes[0] = chosen
        heard.clear()
        if not idle.watching:
            idle.begin()
        idle._last = seconds_now() - waited
        if touched is not None:
            QTest.keyClick(touched.windowHandle(), Qt.Key.Key_A)
        idle._look()
        assert bool(heard) == left, (chosen, waited, touched)
    idle.end()


def test_caps_lock_is_noticed(qtbot: QtBot, dressed: None) -> None:
    page = UnlockPage("Locked")
    qtbot.addWidget(page)
    page.ask(["Ann"], "Ann")
    page.show()
    press = QEvent.Type.KeyPress
    none, shift = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
    for modifier, letter, noticed in (
        (none, "A", True),
        (none, "a", False),
        (shift, "a", True),
        (shift, "A", False),
    ):
        page.passphrase.keyPressEvent(QKeyEvent(press, Qt.Key.Key_A, modifier, letter))
        assert (page.told.text() == "Caps lock is on.") == noticed
