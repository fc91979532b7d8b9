"""Practice patients are put in, shown apart from real ones, dated anew while untouched, and removed at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from rls_workup.domain.workup import Answer, Patient, State
from rls_workup.errors import StoreTrouble
from rls_workup.exchange.workup_file import new_workup, workup_from_text
from rls_workup.store import Row
from rls_workup.store.purging import was_purged
from rls_workup.store.wanted import Only, Wanted
from rls_workup.ui.casework import Casework
from rls_workup.ui.program import Program


@pytest.fixture
def casework(qtbot: QtBot, begin_program: Callable[..., Program], tmp_path: Path) -> Casework:
    """On the whole protocol, with the first patient and one of the practice's own."""
    program = begin_program(tmp_path / "s" / "w.db", None, tmp_path / "window.json")
    window = program.window
    qtbot.waitUntil(lambda: window.casework is not None, timeout=20_000)
    casework = window.casework
    assert casework is not None
    workup = new_workup(casework.protocol, Patient("Real"), window.today())
    casework.show_workup(workup.answered("ferritin", Answer(state=State.PENDING, since="2026-11-01")), 0)
    casework.perform("worklist")
    return casework


def practising(casework: Casework) -> list[Row]:
    return list(casework.window.store.listed(Wanted(only=Only.PRACTICE)).rows)


def shown(casework: Casework) -> list[str]:
    model = casework.window.worklist.model
    return [model.row_at(line).family_name for line in range(model.rowCount())]


def answering(button: QMessageBox.ButtonRole, seen: list[str]) -> QTimer:
    """Answer the next question with the button of this role."""
    timer = QTimer()

    def look() -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            timer.stop()
            seen.append(box.informativeText())
            next(each for each in box.buttons() if box.buttonRole(each) is button).click()

    timer.timeout.connect(look)
    timer.start(5)
    return timer


def test_put_in_shown_apart_and_removed_in_one_act(casework: Casework) -> None:
    window, worklist = casework.window, casework.window.worklist
    assert worklist.chips.buttons[Only.PRACTICE].isVisibleTo(worklist), "the first patient is one of them"
    for _again in range(2):
        casework.perform("practice")
        assert len(practising(casework)) == 9
    assert "Real" not in shown(casework)
    assert all("SAMPLE · " in worklist.model.index(line, 1).data() for line in range(9))
    assert "SAMPLE" in window.notices.text_about("told")

    worklist.chips.buttons[Only.AWAITING].click()
    assert shown(casework) == ["Real"], "those who wait are real"
    worklist.chips.buttons[Only.ALL].click()
    assert len(shown(casework)) == 10

    seen: list[str] = []
    timer = answering(QMessageBox.ButtonRole.RejectRole, seen)
    casework.perform("practice_off")
    timer.stop()
    assert len(practising(casework)) == 9

    ids = [row.id for row in practising(casework)]
    casework.open_stored(next(row.id for row in practising(casework) if row.status == "completed"))
    timer = answering(QMessageBox.ButtonRole.DestructiveRole, seen)
    casework.perform("practice_off")
    timer.stop()
    assert "BROWN, Margaret" in seen[-1]
    assert shown(casework) == ["Real"]
    assert casework.session is None
    assert not worklist.chips.buttons[Only.PRACTICE].isVisibleTo(worklist)
    assert all(was_purged(window.store.engine, workup_id) for workup_id in ids)
    assert window.store.check() == []

    casework.perform("practice_off")
    assert "no practice patients" in window.notices.text_about("told")
    casework.perform("practice")
    assert len(practising(casework)) == 8


def visit_of(casework: Casework, row: Row) -> date | None:
    return workup_from_text(casework.window.store.read(row.id).document, casework.protocol).visit


def test_only_the_untouched_are_dated_anew_and_not_every_day(casework: Casework) -> None:
    casework.perform("practice")
    *others, touched = practising(casework)
    assert touched.family_name == "Brown"
    casework.open_stored(touched.id)
    assert casework.session is not None
    casework.session.set_patient(Patient("Changed", identifier=touched.identifier))
    casework.perform("worklist")
    days = {row.id: visit_of(casework, row) for row in [touched, *others]}
    today = casework.window.today()

    for passed, moved in ((6, 0), (7, 7), (8, 7), (14, 14)):
        casework.window.today = lambda day=today + timedelta(days=passed): day  # type: ignore[misc]
        casework.practice.begin()
        for row in others:
            before = days[row.id]
            assert before is not None
            assert visit_of(casework, row) == before + timedelta(days=moved)
        assert visit_of(casework, touched) == days[touched.id]
    assert casework.window.store.check() == []


def test_changed_elsewhere_meanwhile_one_stays_and_that_is_said(casework: Casework) -> None:
    (row,) = practising(casework)
    store = casework.window.store
    store.followed(row.id)
    kept = store.read(row.id)
    casework.saving.flush()
    casework.open_stored(row.id)
    assert casework.session is not None
    casework.session.set_patient(Patient("Changed"))
    casework.perform("worklist")
    with pytest.raises(StoreTrouble, match="elsewhere"):
        casework.practice.erase([row])
    assert store.read(row.id).version == kept.version + 1


def test_an_empty_list_offers_them(qtbot: QtBot, program: Program) -> None:
    worklist, asked = program.window.worklist, []
    worklist.practice_asked.connect(lambda: asked.append(True))
    for row in program.store.page().rows:
        program.store.void(row.id, row.version, "a", "s", "seen")
    worklist.reload()
    assert worklist._try.isVisibleTo(worklist)
    worklist.search.setText("nobody")
    assert not worklist._try.isVisibleTo(worklist)
    worklist.search.clear()
    worklist._try.click()
    assert asked == [True]


def test_a_notice_lists_the_work_ups_that_it_tells_of(casework: Casework) -> None:
    worklist = casework.window.worklist
    real = next(row.id for row in casework.window.store.page().rows if not row.sample)
    sample = practising(casework)[0].id
    for ids, expected in (([sample], ["Brown"]), ([real], ["Real"])):
        worklist.show_these(ids)
        assert shown(casework) == expected
    button = worklist.chips.buttons[Only.THESE]
    assert button.isVisibleTo(worklist)
    assert button.isChecked()
    worklist.chips.buttons[Only.ALL].click()
    assert len(shown(casework)) == 2
    assert not button.isVisibleTo(worklist)


def test_a_practice_with_another_protocol_is_told_that_they_do_not_fit(program: Program) -> None:
    program.window.perform("practice")
    assert "shipped protocol" in program.window.notices.text_about("told")
    assert program.store.count() == 0
