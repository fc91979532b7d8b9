"""The whole window on a real store: opened, filled in, looked at, closed, and met by another window."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pypdf
import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QColor, QGuiApplication, QImage, QKeySequence
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from rls_workup.domain.workup import Answer, Patient, Workup
from rls_workup.exchange.workup_file import new_workup, workup_text, write_workup
from rls_workup.ui.casework import Casework
from rls_workup.ui.commands import COMMANDS, PREVIEW, WORKLIST, WORKUP
from rls_workup.ui.file_questions import sheet_name
from rls_workup.ui.keys_sheet import keys_text
from rls_workup.ui.main_window import MainWindow
from rls_workup.ui.new_workup import PatientDialog, ReasonDialog
from rls_workup.ui.paper_making import note_of
from rls_workup.ui.program import Program

SMALL = Path(__file__).parent.parent / "small_protocol"


@pytest.fixture
def window(program: Program) -> MainWindow:
    return program.window


@pytest.fixture
def casework(window: MainWindow) -> Casework:
    assert window.casework is not None
    return window.casework


def begun(casework: Casework, family: str = "Brown") -> Workup:
    """A new work-up on the screen."""
    window = casework.window
    workup = new_workup(
        casework.protocol, Patient(family, "Margaret", "1961-07-14", "female", "999"), window.today()
    )
    casework.show_workup(workup, 0)
    return workup


def text_item(casework: Casework) -> str:
    return next(item.id for item in casework.protocol.items.values() if item.kind == "text")


def meanwhile(qtbot: QtBot, kind: type[QWidget], act: Callable[[QWidget], object]) -> QTimer:
    """While a dialog of this kind is open, do something with it."""
    timer = QTimer()

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, kind):
            timer.stop()
            act(dialog)

    timer.timeout.connect(look)
    timer.start(10)
    return timer


def press(words: str) -> Callable[[QWidget], object]:
    def act(dialog: QWidget) -> None:
        button = next(
            b for b in dialog.findChildren(QPushButton) if b.text().replace("&", "").startswith(words)
        )
        button.click()

    return act


def test_every_command_is_in_a_menu_and_no_two_share_a_key(window: MainWindow) -> None:
    in_menus = {action for menu in window.menuBar().actions() for action in menu.menu().actions()}  # type: ignore[attr-defined]
    assert set(window.commands.actions.values()) <= in_menus
    keys = [QKeySequence(key).toString() for command in COMMANDS for key in command.keys]
    assert len(keys) == len(set(keys))
    for key in (
        "Ctrl+N",
        "Ctrl+O",
        "Ctrl+S",
        "Ctrl+P",
        "Ctrl+Q",
        "Ctrl+,",
        "F8",
        "F6",
        "F1",
        "Ctrl+F",
        "Esc",
    ):
        assert key in keys
    assert "Ctrl+P" in keys_text()


def test_only_what_can_be_done_here_is_on_offer(window: MainWindow, casework: Casework) -> None:
    actions = window.commands.actions
    assert (actions["new"].isEnabled(), actions["undo"].isEnabled()) == (True, False)
    begun(casework)
    assert window.on_screen == WORKUP
    assert (actions["preview"].isEnabled(), actions["undo"].isEnabled()) == (True, False)


def test_undo_says_what_it_undoes(window: MainWindow, casework: Casework) -> None:
    begun(casework)
    assert casework.session is not None
    casework.session.answer(text_item(casework), Answer("a & b"))
    words = window.commands.actions["undo"].text()
    assert words.startswith("&Undo ")
    assert "a && b" in words
    window.perform("undo")
    assert text_item(casework) not in casework.session.workup.answers
    assert window.commands.actions["redo"].isEnabled()
    window.perform("redo")
    assert casework.session.workup.answers[text_item(casework)].value == "a & b"


def test_a_new_work_up_through_the_dialog(qtbot: QtBot, window: MainWindow, casework: Casework) -> None:
    def fill(dialog: QWidget) -> None:
        assert isinstance(dialog, PatientDialog)
        qtbot.keyClicks(dialog.family, "Brown")
        qtbot.keyClicks(dialog.born, "14.7.1961")
        press("Female")(dialog)
        press("Begin")(dialog)

    waiting = meanwhile(qtbot, PatientDialog, fill)
    window.perform("new")
    waiting.stop()
    assert casework.session is not None
    patient = casework.session.workup.patient
    assert (patient.family_name, patient.date_of_birth, patient.sex) == ("Brown", "1961-07-14", "female")
    assert casework.session.workup.visit_date == window.today().isoformat()
    qtbot.waitUntil(lambda: window.store.count() == 1)


@pytest.mark.parametrize(
    ("typed", "echo", "accepted"),
    [
        ("", " ", True),
        ("14-Jul-1961", "14-Jul-1961 · 65 years", True),
        ("1961-07-14", "14-Jul-1961 · 65 years", True),
        ("14/07/61", "four figures", False),
        ("31.02.1961", "no date", False),
        ("14.07.2061", "future", False),
        ("14.07.1861", "no date", False),
        ("soon", "four figures", False),
    ],
)
def test_a_date_of_birth_is_echoed_or_refused(
    qtbot: QtBot, window: MainWindow, typed: str, echo: str, accepted: bool
) -> None:
    from datetime import date

    dialog = PatientDialog(window, Patient(), "2026-11-22", date(2026, 11, 22), new=True)
    qtbot.addWidget(dialog)
    qtbot.keyClicks(dialog.born, typed)
    assert echo in dialog.born_echo.text()
    assert dialog._accept.isEnabled() == accepted
    if not accepted:
        assert dialog.patient().date_of_birth == ""
        assert dialog.born.text() == typed


def test_the_sex_is_chosen_by_its_letter_and_the_keys_go_on(window: MainWindow, qtbot: QtBot) -> None:
    dialog = PatientDialog(window, Patient(), "2026-11-22", window.today(), new=True)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    dialog.sexes.buttons()[0].setFocus()
    qtbot.keyClick(dialog.sexes.buttons()[0], "k")
    assert dialog.patient().sex == "unknown"
    assert dialog.focusWidget() is dialog.identifier
    dialog.sexes.buttons()[2].setFocus()
    qtbot.keyClick(dialog.sexes.buttons()[2], "f")
    assert dialog.patient().sex == "female"


def test_what_a_file_gave_is_kept_where_nobody_changed_it(qtbot: QtBot, window: MainWindow) -> None:
    given = Patient("A", "B", "not known", "intersex", "9", extra={"title": "Dr"})
    dialog = PatientDialog(window, given, "", window.today(), new=False)
    qtbot.addWidget(dialog)
    assert dialog.patient() == given


def test_half_done_closed_and_taken_up_again(qtbot: QtBot, window: MainWindow, casework: Casework) -> None:
    workup = begun(casework)
    assert casework.session is not None
    casework.session.answer(text_item(casework), Answer("half"))
    casework.session.keep_typing(text_item(casework), "half typ")
    window.perform("back")
    assert window.on_screen == WORKLIST
    assert casework.session is None
    assert window.worklist.model.rowCount() == 1
    qtbot.keyClick(window.worklist.table, Qt.Key.Key_Return)
    assert window.on_screen == WORKUP
    again = casework.session
    assert again is not None
    assert again.workup.id == workup.id
    assert again.workup.answers[text_item(casework)].typed == "half typ"


def test_the_status_line_says_saved_with_the_time(
    qtbot: QtBot, window: MainWindow, casework: Casework
) -> None:
    begun(casework)
    qtbot.waitUntil(lambda: window.status.state.text().startswith("Saved "))
    window.perform("saved")
    assert "saved as you give it" in window.notices.text_about("told")
    assert "Protocol" in window.status.protocol.text()


def test_taken_off_the_list_with_a_reason(qtbot: QtBot, window: MainWindow, casework: Casework) -> None:
    workup = begun(casework)

    def give(dialog: QWidget) -> None:
        assert isinstance(dialog, ReasonDialog)
        assert not dialog._accept.isEnabled()
        dialog.line.setText("begun twice")
        press("Take off")(dialog)

    waiting = meanwhile(qtbot, ReasonDialog, give)
    window.perform("void")
    waiting.stop()
    assert window.worklist.model.rowCount() == 0
    assert window.store.revisions(workup.id)[-1].note == "begun twice"


def test_a_file_is_taken_in_once_and_a_different_one_becomes_a_copy(
    window: MainWindow, casework: Casework, tmp_path: Path
) -> None:
    workup = new_workup(casework.protocol, Patient("Filed"), window.today())
    path = tmp_path / "a.rlsworkup"
    write_workup(path, workup)
    casework.take_in(path)
    casework.take_in(path)
    assert "in the worklist already" in window.notices.text_about("told")
    assert window.store.count() == 1
    write_workup(path, workup.answered(text_item(casework), Answer("more")))
    casework.take_in(path)
    assert "added as a copy" in window.notices.text_about("told")
    assert window.store.count() == 2
    assert json.loads(window.store.read(workup.id).document) == json.loads(workup_text(workup))


@pytest.mark.parametrize("content", [b"", b"\0\1\2", b"{}", b'{"format": "rls-workup/9"}', b"[" * 100_000])
def test_a_file_that_is_no_work_up_is_a_banner(
    window: MainWindow, casework: Casework, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "bad.rlsworkup"
    path.write_bytes(content)
    casework.take_in(path)
    assert str(path) in window.notices.text_about("told")
    assert path.read_bytes() == content
    assert window.store.count() == 0


@pytest.fixture
def other(qtbot: QtBot, begin_program: Callable[..., Program], program: Program, tmp_path: Path) -> Program:
    """A second program on the same store."""
    other = begin_program(program.store.path, SMALL, tmp_path / "settings" / "other.json")
    qtbot.waitUntil(lambda: other.window.casework is not None)
    return other


def _both_open(qtbot: QtBot, casework: Casework, other: Program) -> Casework:
    workup = begun(casework)
    qtbot.waitUntil(lambda: casework.saving.version == 1)
    other.window.open_stored(workup.id)
    theirs = other.window.casework
    assert theirs is not None
    assert theirs.session is not None
    theirs.session.answer(text_item(casework), Answer("theirs"))
    assert theirs.saving.flush()
    assert casework.session is not None
    casework.session.answer(text_item(casework), Answer("mine"))
    qtbot.waitUntil(lambda: bool(casework.window.notices.text_about("conflict")))
    return theirs


def _answers(window: MainWindow, item: str) -> list[str]:
    documents = [json.loads(window.store.read(row.id).document) for row in window.store.page().rows]
    return sorted(document["answers"][item]["value"] for document in documents)


@pytest.mark.parametrize(
    ("way", "stored", "shown"),
    [("Keep mine as a copy", ["mine", "theirs"], "mine"), ("Show the other version", ["theirs"], "theirs")],
)
def test_two_windows_overwrite_nothing(
    qtbot: QtBot, casework: Casework, other: Program, way: str, stored: list[str], shown: str
) -> None:
    window, item = casework.window, text_item(casework)
    _both_open(qtbot, casework, other)
    assert "another window" in window.notices.text_about("conflict")
    assert window.status.state.text() == "NOT SAVED"
    assert _answers(window, item) == ["theirs"]
    press(way)(window.notices)
    assert casework.saving.flush()
    assert _answers(window, item) == stored
    assert casework.session is not None
    assert casework.session.workup.answers[item].value == shown
    assert window.notices.text_about("conflict") == ""


def test_leaving_unsaved_answers_is_a_decision(qtbot: QtBot, casework: Casework, other: Program) -> None:
    window = casework.window
    _both_open(qtbot, casework, other)
    waiting = meanwhile(qtbot, QMessageBox, press("Stay"))
    assert not window.close()
    waiting.stop()
    assert window.isVisible()
    waiting = meanwhile(qtbot, QMessageBox, press("Leave without saving"))
    assert window.close()
    waiting.stop()
    assert _answers(window, text_item(casework)) == ["theirs"]


def test_the_preview_is_the_real_pdf(
    qtbot: QtBot, window: MainWindow, casework: Casework, tmp_path: Path
) -> None:
    begun(casework)
    window.perform("preview")
    preview = casework.paper.preview
    qtbot.waitUntil(lambda: preview.pages_shown() > 0, timeout=10_000)
    assert window.on_screen == PREVIEW
    assert preview.bar.standing.text().startswith("PARTIAL")
    assert casework.session is not None
    name = sheet_name(casework.session.workup)
    assert re.fullmatch(r"RLS-checklist_\d{4}-\d\d-\d\d_\w{4}\.pdf", name)
    preview.write(tmp_path / "out.pdf")
    assert (tmp_path / "out.pdf").read_bytes().startswith(b"%PDF")
    preview.write(tmp_path / "nowhere" / "out.pdf")
    assert "nowhere" in window.notices.text_about("told")
    window.perform("back")
    assert window.on_screen == WORKUP


@pytest.mark.parametrize(
    ("kind", "language", "pages"),
    [("referral_sleep", "en", 1), ("referral_neurology", "de", 1), ("handout", "de", 2)],
)
def test_the_preview_offers_every_paper_in_the_languages_that_there_are(
    qtbot: QtBot, window: MainWindow, casework: Casework, kind: str, language: str, pages: int
) -> None:
    begun(casework)
    window.perform("preview")
    preview = casework.paper.preview
    preview.bar.kind.setCurrentIndex(preview.bar.kind.findData(kind))
    preview.bar.language.setCurrentIndex(preview.bar.language.findData(language))
    qtbot.waitUntil(lambda: preview.pages_shown() == pages, timeout=20_000)
    assert preview.bar.language.itemText(preview.bar.language.findData("de")) == "Deutsch"
    assert preview.bar.print_button.isEnabled()
    assert preview.bar.copy_button.isVisibleTo(preview)
    window.perform("back")
    window.perform("preview")
    assert preview.bar.language.currentData() == "en"


def test_the_note_is_shown_copied_and_saved_as_text(
    qtbot: QtBot, window: MainWindow, casework: Casework, tmp_path: Path
) -> None:
    begun(casework)
    assert casework.session is not None
    window.perform("copy_note")
    assert note_of(casework.session) == QGuiApplication.clipboard().text()
    assert "30 seconds" in window.notices.text_about("told")
    window.perform("preview")
    preview = casework.paper.preview
    preview.bar.kind.setCurrentIndex(preview.bar.kind.findData("note_short"))
    preview.bar.language.setCurrentIndex(preview.bar.language.findData("de"))
    qtbot.waitUntil(lambda: "Noch ausstehend" in preview.shown_note(), timeout=20_000)
    assert not preview.bar.print_button.isEnabled()
    preview.bar.copy_button.click()
    assert QGuiApplication.clipboard().text() == preview.shown_note()
    preview.write(tmp_path / "note.txt")
    assert (tmp_path / "note.txt").read_text("utf-8") == preview.shown_note()
    name = sheet_name(casework.session.workup, "note_short")
    assert re.fullmatch(r"RLS-note-short_\d{4}-\d\d-\d\d_\w{4}\.txt", name)


def test_letter_is_wider_and_is_remembered(qtbot: QtBot, window: MainWindow, casework: Casework) -> None:
    begun(casework)
    window.perform("preview")
    preview = casework.paper.preview
    qtbot.waitUntil(lambda: preview.pages_shown() > 0, timeout=10_000)
    preview.bar.zoom.setCurrentIndex(preview.bar.zoom.findData(100))
    preview.bar.paper.setCurrentIndex(preview.bar.paper.findData("letter"))
    wide = round(8.5 * 96)
    qtbot.waitUntil(lambda: abs(preview._sheet.pictures[0].width() - wide) <= 1, timeout=10_000)
    assert window.settings.paper == "letter"


def test_without_a_printer_a_sentence(qtbot: QtBot, window: MainWindow, casework: Casework) -> None:
    begun(casework)
    window.perform("preview")
    qtbot.waitUntil(lambda: casework.paper.preview.pages_shown() > 0, timeout=10_000)
    from PySide6.QtPrintSupport import QPrinterInfo

    if QPrinterInfo.availablePrinterNames():
        pytest.skip("this computer has a printer")
    casework.paper.preview.bar.print_button.click()
    assert "No printer" in window.notices.text_about("told")


def _red(picture: QImage) -> int:
    red = QColor("#ff0000").rgb()
    return sum(
        picture.pixel(x, y) == red
        for x in range(0, picture.width(), 2)
        for y in range(0, picture.height(), 2)
    )


def test_markup_in_every_field_stays_text(
    qtbot: QtBot, window: MainWindow, casework: Casework, tmp_path: Path
) -> None:
    picture = QImage(64, 64, QImage.Format.Format_RGB32)
    picture.fill(QColor("#ff0000"))
    assert picture.save(str(tmp_path / "red.png"))
    assert _red(picture) > 0
    hostile = f"<img src='{tmp_path}/red.png'><b>&\u202e"
    patient = Patient(hostile, hostile, hostile, hostile, hostile)
    workup = new_workup(casework.protocol, patient, window.today())
    for item in casework.protocol.items.values():
        workup = workup.answered(item.id, Answer(hostile, note=hostile, since=hostile, collected=hostile))
    casework.show_workup(workup, 0)
    shots = [window.grab().toImage()]
    for number in range(1, len(casework.protocol.sections) + 1):
        casework.workup_screen.show_section(number)
        shots.append(window.grab().toImage())
    dialogs: list[QDialog] = [PatientDialog(window, patient, hostile, window.today(), new=False)]
    for dialog in dialogs:
        qtbot.addWidget(dialog)
        assert isinstance(dialog.findChild(QLineEdit), QLineEdit)
        shots.append(dialog.grab().toImage())
    window.tell(hostile)
    window.tell_fault(hostile, hostile)
    window.status.show_state("trouble", hostile)
    window.perform("preview")
    qtbot.waitUntil(lambda: casework.paper.preview.pages_shown() > 0, timeout=20_000)
    shots.append(window.grab().toImage())
    window.perform("back")
    window.perform("back")
    shots.append(window.grab().toImage())
    assert [_red(shot) for shot in shots] == [0] * len(shots)


def test_looks_and_text_sizes_are_taken_live(window: MainWindow) -> None:
    light = window.styleSheet()
    window.commands.look_chosen.emit("dark")
    assert window.styleSheet() != light
    assert window.settings.theme == "dark"
    for expected in (125, 150, 200, 200):
        window.perform("larger")
        assert window.settings.text_percent == expected
    for expected in (150, 125, 100, 100):
        window.perform("smaller")
        assert window.settings.text_percent == expected


def test_on_the_first_run_the_sample_is_there_and_stays_off_when_taken_off(
    qtbot: QtBot, begin_program: Callable[..., Program], tmp_path: Path
) -> None:
    for expected in (1, 0):
        program = begin_program(tmp_path / "s" / "w.db", None, tmp_path / "window.json")
        window = program.window
        qtbot.waitUntil(lambda window=window: window.casework is not None, timeout=20_000)  # type: ignore[misc]
        rows = program.store.page().rows
        assert len(rows) == expected
        for row in rows:
            assert row.sample
            assert "SAMPLE · " in window.worklist.model.index(0, 1).data()
            program.store.void(row.id, row.version, "a", "s", "seen")


def test_a_faulty_protocol_is_a_banner_and_the_list_works(
    qtbot: QtBot, begin_program: Callable[..., Program], tmp_path: Path
) -> None:
    folder = tmp_path / "protocol"
    folder.mkdir()
    (folder / "protocol.toml").write_text("[about]\nid = 3\n")
    window = begin_program(tmp_path / "s" / "w.db", folder, tmp_path / "window.json").window
    qtbot.waitUntil(lambda: bool(window.notices.text_about("protocol")))
    assert "protocol.toml" in window.notices.text_about("protocol")
    window.perform("new")
    assert window.casework is None


def test_the_form_is_offered_with_what_is_known_and_empty(
    qtbot: QtBot, window: MainWindow, casework: Casework, tmp_path: Path
) -> None:
    begun(casework)
    window.perform("preview")
    preview = casework.paper.preview
    out, names = tmp_path / "shown.pdf", {}

    def fields() -> dict[str, str]:
        preview.write(out)
        return pypdf.PdfReader(out).get_form_text_fields() if out.stat().st_size else {}

    for kind in ("blank", "blank_empty"):
        preview.bar.kind.setCurrentIndex(preview.bar.kind.findData(kind))
        qtbot.waitUntil(lambda: bool(fields()), timeout=30_000)
        names[kind] = next(text for name, text in fields().items() if "family" in name)
        preview.bar.kind.setCurrentIndex(preview.bar.kind.findData("handout"))
        qtbot.waitUntil(lambda: not fields(), timeout=30_000)
    assert names["blank"]
    assert not names["blank_empty"]
