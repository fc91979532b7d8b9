"""Files that come in: work-ups, our PDFs, locked ones, a laboratory's file, several at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from rls_workup.domain.assessment import assess
from rls_workup.domain.workup import Answer, Patient, Workup
from rls_workup.exchange.workup_file import new_workup, workup_text, write_workup
from rls_workup.report import put_file, sheet_bytes
from rls_workup.ui import taking_many
from rls_workup.ui.casework import Casework
from rls_workup.ui.commands import WORKLIST, WORKUP
from rls_workup.ui.paper_password import PaperPassword
from rls_workup.ui.program import Program


@pytest.fixture
def casework(program: Program) -> Casework:
    assert program.window.casework is not None
    return program.window.casework


def person(casework: Casework, family: str) -> Workup:
    workup = new_workup(casework.protocol, Patient(family), casework.window.today())
    return workup.answered("urge", Answer("yes"))


def sheet(casework: Casework, path: Path, family: str, password: str = "") -> Workup:
    workup = person(casework, family)
    assessment = assess(casework.protocol, workup, casework.window.today())
    document = workup_text(workup).encode()
    put_file(path, sheet_bytes(casework.protocol, workup, assessment, document=document, password=password))
    return workup


def answering(*passwords: str) -> QTimer:
    """Give these passwords one after the other, then leave."""
    timer, left = QTimer(), list(passwords)

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, PaperPassword):
            return
        if left:
            dialog.line.setText(left.pop(0))
            dialog.open_button.click()
        else:
            dialog.reject()

    timer.timeout.connect(look)
    timer.start(5)
    return timer


def said(casework: Casework) -> str:
    return casework.window.notices.text_about("told")


def test_our_pdf_opens_the_work_up_that_it_carries(casework: Casework, tmp_path: Path) -> None:
    workup = sheet(casework, tmp_path / "a.pdf", "Brown")
    casework.take_in(tmp_path / "a.pdf")
    assert casework.session is not None
    assert casework.session.workup.answers["urge"] == workup.answers["urge"]


@pytest.mark.parametrize(
    ("passwords", "opened"), [(["open sesame"], True), (["wrong", "open sesame"], True), (["wrong"], False)]
)
def test_a_locked_one_asks_for_its_password(
    casework: Casework, tmp_path: Path, passwords: list[str], opened: bool
) -> None:
    sheet(casework, tmp_path / "a.pdf", "Brown", "open sesame")
    timer = answering(*passwords)
    casework.take_in(tmp_path / "a.pdf")
    timer.stop()
    assert (casework.session is not None) is opened
    assert said(casework) == ""


def a_text(path: Path) -> None:
    path.write_text("Ferritin 38 ug/L", encoding="utf-8")


def an_hl7(path: Path) -> None:
    path.write_bytes(b"\x0bMSH|^~\\&|LAB\rPID|1\r")


def a_bundle(path: Path) -> None:
    path.write_text('{"resourceType": "Bundle"}', encoding="utf-8")


def a_picture(path: Path) -> None:
    path.write_bytes(b"\x89PNG\r\n\x1a\n\0\0")


@pytest.mark.parametrize(
    ("name", "write", "expected"),
    [
        ("results.txt", a_text, "no work-up that these results could be for"),
        ("results.dat", an_hl7, "cannot be read as results"),
        ("results.json", a_bundle, "cannot be read as results"),
        ("picture.png", a_picture, "cannot be read as a work-up"),
        ("folder", Path.mkdir, "it is a folder"),
        ("nowhere.pdf", lambda path: None, "there is no such file"),
    ],
)
def test_what_is_not_read_is_said(
    casework: Casework, tmp_path: Path, name: str, write: Callable[[Path], object], expected: str
) -> None:
    write(tmp_path / name)
    casework.take_in(tmp_path / name)
    assert expected in said(casework)
    assert casework.session is None


def test_of_several_it_is_told_what_came_of_each(casework: Casework, tmp_path: Path) -> None:
    write_workup(tmp_path / "a.rlsworkup", person(casework, "Brown"))
    sheet(casework, tmp_path / "b.pdf", "Cole")
    for number in range(5):
        a_picture(tmp_path / f"{number}.png")
    casework.window.take_files(sorted(tmp_path.glob("*.*")))
    assert casework.window.on_screen == WORKLIST
    lines = said(casework).splitlines()
    assert (lines[0], lines[-1]) == ("2 work-ups in the worklist.", "And 2 more like that.")


def dropped(casework: Casework, path: Path, where: QUrl | None = None) -> bool:
    window, mime = casework.window, QMimeData()
    mime.setUrls([where or QUrl.fromLocalFile(str(path))])
    given = (Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    enter = QDragEnterEvent(window.rect().center(), *given)
    QApplication.sendEvent(window, enter)
    QApplication.sendEvent(window, QDropEvent(QPointF(9, 9), *given))
    return enter.isAccepted()


def test_a_file_is_dropped_on_the_window(casework: Casework, tmp_path: Path) -> None:
    sheet(casework, tmp_path / "a.pdf", "Brown")
    assert dropped(casework, tmp_path / "a.pdf")
    assert casework.window.on_screen == WORKUP


def test_an_address_or_anything_behind_the_lock_is_not_taken(casework: Casework, tmp_path: Path) -> None:
    assert not dropped(casework, tmp_path, QUrl("https://example.org/a.rlsworkup"))
    casework.window.layers.setCurrentIndex(1)
    write_workup(tmp_path / "a.rlsworkup", person(casework, "Brown"))
    assert not dropped(casework, tmp_path / "a.rlsworkup")
    assert casework.session is None


def test_a_folder_stands_for_the_work_ups_in_it(casework: Casework, tmp_path: Path) -> None:
    folder = tmp_path / "practice"
    folder.mkdir()
    write_workup(folder / "a.rlsworkup", person(casework, "Brown"))
    sheet(casework, folder / "b.PDF", "Cole")
    a_picture(folder / "c.png")
    assert dropped(casework, folder)
    assert said(casework) == "2 work-ups in the worklist."


def test_another_patient_dropped_on_an_open_work_up_never_mixes(casework: Casework, tmp_path: Path) -> None:
    brown, cole = person(casework, "Brown"), person(casework, "Cole")
    casework.show_workup(brown, 0)
    write_workup(tmp_path / "a.rlsworkup", cole.answered("urge", Answer("no")))
    assert dropped(casework, tmp_path / "a.rlsworkup")
    assert casework.session is not None
    assert casework.session.workup.patient.family_name == "Cole"
    casework.open_stored(brown.id)
    assert casework.session.workup.answers == brown.answers


@pytest.mark.parametrize("stops", [False, True])
def test_many_go_on_beside_the_window_and_can_be_stopped(
    qtbot: QtBot, casework: Casework, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stops: bool
) -> None:
    monkeypatch.setattr(taking_many, "AT_ONCE", 2)
    for number in range(4):
        write_workup(tmp_path / f"{number}.rlsworkup", person(casework, f"Brown{number}"))
    casework.window.take_files([tmp_path])
    notices = casework.window.notices
    assert notices.text_about(taking_many.MATTER) == "Taking in: 0 of 4 done."
    if stops:
        next(b for b in notices.findChildren(QPushButton) if b.text() == "Stop").click()
    qtbot.waitUntil(lambda: said(casework) != "")
    expected = "Stopped." if stops else "4 work-ups in the worklist."
    assert (said(casework), notices.text_about(taking_many.MATTER)) == (expected, "")


def test_the_lock_ends_it_and_no_command_comes_back_behind_the_lock(
    qtbot: QtBot, casework: Casework, program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking_many, "AT_ONCE", 2)
    for number in range(40):
        write_workup(tmp_path / f"{number}.rlsworkup", person(casework, f"Brown{number}"))
    casework.show_workup(person(casework, "Open"), 0)
    casework.window.take_files([tmp_path])
    qtbot.waitUntil(lambda: casework.window.store.count() > 1)
    program.guard.lock()
    qtbot.waitUntil(lambda: said(casework) != "")
    assert said(casework).startswith("Stopped.")
    assert casework.window.on_screen == WORKUP
    assert not casework.window.commands.actions["new"].isEnabled()
