"""Dragged out: rows of the worklist, the paper and the note; what lies on the disk meanwhile, and what is left of it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pypdf
import pytest
from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from rls_workup.domain.workup import Answer, Patient
from rls_workup.errors import CannotWrite, WorkupError
from rls_workup.exchange.workup_file import new_workup, read_workup
from rls_workup.store.accesses import accesses_to
from rls_workup.ui import dragging
from rls_workup.ui.casework import Casework
from rls_workup.ui.clipboard import CONCEALED
from rls_workup.ui.preview import Preview
from rls_workup.ui.private_files import PrivateFiles
from rls_workup.ui.program import Program


@pytest.fixture
def casework(program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Casework:
    (tmp_path / "runtime").mkdir()
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "runtime"))
    assert program.window.casework is not None
    return program.window.casework


def begun(casework: Casework, *families: str) -> list[str]:
    """Saved work-ups, marked in the worklist."""
    ids = []
    for family in families:
        workup = new_workup(casework.protocol, Patient(family), casework.window.today())
        casework.show_workup(workup.answered("urge", Answer("yes")), 0)
        ids.append(workup.id)
    casework.perform("worklist")
    casework.window.worklist.table.selectAll()
    return ids


def looked_at(qtbot: QtBot, casework: Casework, kind: str = "workup") -> Preview:
    casework.perform("preview")
    preview = casework.paper.preview
    preview.bar.kind.setCurrentIndex(preview.bar.kind.findData(kind))
    qtbot.waitUntil(preview.is_ready, timeout=20_000)
    return preview


class Carried:
    """Stands where the other program is: looks at what is dragged to it, and takes it or not."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *, taken: bool) -> None:
        self.names: list[str] = []
        self.contents: list[bytes] = []
        self.text = ""
        answer = Qt.DropAction.CopyAction if taken else Qt.DropAction.IgnoreAction

        def carry(drag: QDrag, _offered: Qt.DropAction) -> Qt.DropAction:
            self._look(drag.mimeData())
            return answer

        monkeypatch.setattr(QDrag, "exec", carry)

    def _look(self, content: QMimeData) -> None:
        paths = [Path(url.toLocalFile()) for url in content.urls()]
        assert all(path.stat().st_mode & 0o777 == 0o600 for path in paths)
        assert all(path.parent.stat().st_mode & 0o777 == 0o700 for path in paths)
        self.names = [path.name for path in paths]
        self.contents = [path.read_bytes() for path in paths]
        self.text = content.text() if not paths else ""


def pulled(widget: QWidget) -> None:
    """Pressed with the mouse and moved."""
    where, far = QPointF(widget.width() / 2, 20), QPointF(widget.width() / 2 + 60, 60)
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    kinds = QEvent.Type
    for kind, at, button, held in (
        (kinds.MouseButtonPress, where, left, left),
        (kinds.MouseMove, far, none, left),
        (kinds.MouseMove, far, none, left),
        (kinds.MouseButtonRelease, far, left, none),
    ):
        given = QMouseEvent(kind, at, widget.mapToGlobal(at), button, held, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(widget, given)


def left_on_disk(tmp_path: Path) -> list[Path]:
    return [path for path in (tmp_path / "runtime").rglob("*") if path.is_file()]


def test_a_row_goes_out_as_its_sheet_and_its_file(
    casework: Casework, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = begun(casework, "Brown", "Cole")
    carried = Carried(monkeypatch, taken=True)
    pulled(casework.window.worklist.table.viewport())
    assert [Path(name).suffix for name in carried.names] == [".pdf", ".rlsworkup"] * 2
    assert not any("brown" in name.lower() or "cole" in name.lower() for name in carried.names)
    for name, content in zip(carried.names, carried.contents, strict=True):
        (tmp_path / name).write_bytes(content)
    read = {read_workup(tmp_path / name, casework.protocol).id for name in carried.names}
    assert read == set(ids)
    casework.log.flush()
    noted = accesses_to(casework.window.store.engine, ids[0])
    assert ("export", "workup") in [(entry.what, entry.detail) for entry in noted]
    assert len(left_on_disk(tmp_path)) == 4, "the other program may still read them"
    casework.saving.resting.emit()
    assert left_on_disk(tmp_path) == []


def test_what_nobody_takes_is_removed_at_once_and_not_noted(
    casework: Casework, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (workup_id,) = begun(casework, "Brown")
    carried = Carried(monkeypatch, taken=False)
    pulled(casework.window.worklist.table.viewport())
    assert len(carried.names) == 2
    assert left_on_disk(tmp_path) == []
    casework.log.flush()
    assert "export" not in [entry.what for entry in accesses_to(casework.window.store.engine, workup_id)]


def test_many_rows_are_for_another_command(casework: Casework, monkeypatch: pytest.MonkeyPatch) -> None:
    begun(casework, "Brown", "Cole")
    monkeypatch.setattr(dragging, "MOST_ROWS", 1)
    carried = Carried(monkeypatch, taken=True)
    casework.paper.dragging.rows_out()
    assert carried.names == []
    assert "At most 1 rows" in casework.window.notices.text_about("told")


@pytest.mark.parametrize("by", ["page", "button"])
def test_the_paper_goes_out_as_it_would_be_saved(
    qtbot: QtBot, casework: Casework, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, by: str
) -> None:
    begun(casework, "Brown")
    preview = looked_at(qtbot, casework, "handout")
    preview.bar.options.password.setText("open sesame")
    carried = Carried(monkeypatch, taken=True)
    pulled(preview.bar.drag_button if by == "button" else preview.pages._pages[0])
    (name,) = carried.names
    assert name.startswith("RLS-handout_")
    (tmp_path / name).write_bytes(carried.contents[0])
    assert pypdf.PdfReader(tmp_path / name).is_encrypted


def test_the_note_goes_out_as_concealed_text(
    qtbot: QtBot, casework: Casework, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun(casework, "Brown")
    preview = looked_at(qtbot, casework, "note")
    carried = Carried(monkeypatch, taken=True)
    pulled(preview.bar.drag_button)
    assert carried.text == preview.shown_note()
    assert set(CONCEALED) <= set(casework.paper.dragging.of_preview().formats())


def test_a_click_says_what_the_button_is_for(qtbot: QtBot, casework: Casework) -> None:
    begun(casework, "Brown")
    preview = looked_at(qtbot, casework)
    preview.bar.drag_button.click()
    assert "Pull this" in casework.window.notices.text_about("told")


@pytest.mark.parametrize("there", [True, False])
def test_the_paper_opens_in_the_program_for_pdf(
    qtbot: QtBot, casework: Casework, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: bool
) -> None:
    begun(casework, "Brown")
    preview = looked_at(qtbot, casework)
    asked: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: asked.append(url) or there)
    preview.bar.open_button.click()
    assert Path(asked[0].toLocalFile()).name.startswith("RLS-checklist_")
    assert len(left_on_disk(tmp_path)) == there
    assert ("no program" in casework.window.notices.text_about("told")) is not there


def test_files_of_a_program_that_was_killed_are_taken_away(tmp_path: Path) -> None:
    dead = subprocess.run(
        [sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True
    )
    left = tmp_path / f"rls-workup-files-{int(dead.stdout)}-abc"
    running = tmp_path / f"rls-workup-files-{os.getppid()}-abc"
    for folder in (left, running):
        folder.mkdir()
        (folder / "sheet.pdf").touch()
    files = PrivateFiles(tmp_path)
    first, second = files.put("a.pdf", b"1"), files.put("a.pdf", b"2")
    assert (left.exists(), running.exists()) == (False, True)
    assert (first.read_bytes(), second.name) == (b"1", "a-2.pdf")
    files.clear()
    assert not first.exists()


def test_a_place_that_takes_no_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match="No file can be made in"):
        PrivateFiles(tmp_path / "nowhere").put("a.pdf", b"1")


def test_where_the_second_file_cannot_be_made_the_first_does_not_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = PrivateFiles(tmp_path)
    (files.folder() / "b.pdf").mkdir()
    monkeypatch.setattr("rls_workup.ui.private_files.free_path", lambda folder, name, _taken: folder / name)
    with pytest.raises(CannotWrite):
        files.put_all([("a.pdf", b"1"), ("b.pdf", b"2")])
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_work_up_that_cannot_be_read_is_told_and_nothing_is_dragged(
    casework: Casework, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun(casework, "Brown")
    carried = Carried(monkeypatch, taken=True)

    def unreadable(_workup_id: str) -> None:
        raise WorkupError("It is damaged.")

    monkeypatch.setattr(casework.window.store, "read", unreadable)
    casework.paper.dragging.rows_out()
    assert (carried.names, casework.window.notices.text_about("told")) == ([], "It is damaged.")
