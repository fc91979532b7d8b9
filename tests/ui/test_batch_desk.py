"""The sheets of many work-ups at once: written in the background, told, stopped, and none replaced."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pypdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinterInfo
from PySide6.QtWidgets import QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from rls_workup.domain.workup import Answer, Patient
from rls_workup.errors import WorkupError
from rls_workup.exchange.workup_file import new_workup, read_workup
from rls_workup.papers import Order
from rls_workup.store.accesses import accesses_to
from rls_workup.store.progress import Progress
from rls_workup.ui.batch_desk import MATTER, BatchDesk
from rls_workup.ui.casework import Casework
from rls_workup.ui.marked_papers import papers_of, written
from rls_workup.ui.printing import printer_for
from rls_workup.ui.program import Program


@pytest.fixture
def casework(program: Program) -> Casework:
    assert program.window.casework is not None
    return program.window.casework


def begun(casework: Casework, count: int) -> list[str]:
    """Saved work-ups, marked in the worklist."""
    ids = []
    for number in range(count):
        workup = new_workup(casework.protocol, Patient(f"Brown{number}"), casework.window.today())
        casework.show_workup(workup.answered("urge", Answer("yes")), 0)
        ids.append(workup.id)
    casework.perform("worklist")
    casework.window.worklist.search.setText("brown")
    casework.window.worklist.table.selectAll()
    return ids


def said(casework: Casework) -> str:
    return casework.window.notices.text_about(MATTER)


def choose(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_asked: str(folder))


@pytest.mark.parametrize("count", [3, 9])
def test_every_marked_row_has_its_sheet(
    qtbot: QtBot, casework: Casework, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    ids = begun(casework, count)
    out = tmp_path / "out"
    out.mkdir()
    choose(monkeypatch, out)
    casework.perform("write_sheets")
    bar = casework.paper.batch.bar
    assert bar.marked.text() == f"{count} marked work-ups:"
    bar.write_button.click()
    assert said(casework).startswith(f"Writing: 0 of {count}")
    qtbot.waitUntil(lambda: not casework.paper.batch.busy, timeout=60_000)
    assert said(casework) == f"{count} papers are in {out}."
    carried = {read_workup(path, casework.protocol).id for path in out.glob("*.pdf")}
    assert carried == set(ids)
    casework.log.flush()
    noted = accesses_to(casework.window.store.engine, ids[0])
    assert ("export", "workup") in [(entry.what, entry.detail) for entry in noted]


def test_every_marked_row_is_printed_as_a_job_of_its_own(
    qtbot: QtBot, casework: Casework, tmp_path: Path
) -> None:
    ids = begun(casework, 2)
    printer = printer_for("a4")
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    casework.paper.batch.print_on(printer, casework.window.worklist.chosen_rows())
    assert said(casework).startswith("Printing: 0 of 2")
    with pytest.raises(WorkupError, match="being made already"):
        casework.paper.batch.ask_and_print()
    qtbot.waitUntil(lambda: not casework.paper.batch.busy, timeout=60_000)
    assert said(casework) == "2 papers went to the printer."
    assert len(pypdf.PdfReader(tmp_path / "out.pdf").pages) > 0
    casework.log.flush()
    noted = accesses_to(casework.window.store.engine, ids[0])
    assert ("print", "workup") in [(entry.what, entry.detail) for entry in noted]


def test_what_the_printer_does_not_take_is_told(qtbot: QtBot, casework: Casework, tmp_path: Path) -> None:
    begun(casework, 1)
    printer = printer_for("a4")
    printer.setOutputFileName(str(tmp_path / "no folder" / "out.pdf"))
    casework.paper.batch.print_on(printer, casework.window.worklist.chosen_rows())
    qtbot.waitUntil(lambda: not casework.paper.batch.busy, timeout=60_000)
    assert said(casework).startswith("0 papers went to the printer.\nNot made: Brown0")


def test_without_a_printer_a_sentence_says_so(casework: Casework, monkeypatch: pytest.MonkeyPatch) -> None:
    begun(casework, 1)
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", list)
    with pytest.raises(WorkupError, match="No printer is set up"):
        casework.paper.batch.ask_and_print()


def test_what_is_there_is_not_replaced(qtbot: QtBot, casework: Casework, tmp_path: Path) -> None:
    begun(casework, 1)
    rows = casework.window.worklist.chosen_rows()
    for _again in range(2):
        casework.paper.batch.write(rows, tmp_path)
        qtbot.waitUntil(lambda: not casework.paper.batch.busy)
    assert said(casework) == f"1 paper is in {tmp_path}."
    first, second = sorted(tmp_path.glob("*.pdf"), key=lambda path: len(path.name))
    assert second.stem == f"{first.stem}-2"


def test_what_was_not_written_is_told_with_why(qtbot: QtBot, casework: Casework, tmp_path: Path) -> None:
    begun(casework, 4)
    casework.paper.batch.write(casework.window.worklist.chosen_rows(), tmp_path / "nowhere")
    qtbot.waitUntil(lambda: not casework.paper.batch.busy)
    lines = said(casework).splitlines()
    assert lines[0] == f"0 papers are in {tmp_path / 'nowhere'}."
    assert lines[1].startswith("Not made: Brown")
    assert lines[-1] == "And 1 more were not made."


def test_it_stops_when_asked_and_only_one_runs(qtbot: QtBot, casework: Casework, tmp_path: Path) -> None:
    begun(casework, 6)
    rows = casework.window.worklist.chosen_rows()
    casework.paper.batch.write(rows, tmp_path)
    with pytest.raises(WorkupError, match="being made already"):
        casework.paper.batch.write(rows, tmp_path)
    stop = next(b for b in casework.window.notices.findChildren(QPushButton) if b.text() == "Stop")
    stop.click()
    qtbot.waitUntil(lambda: not casework.paper.batch.busy)
    assert said(casework).startswith("Stopped.")
    assert len(list(tmp_path.glob("*.pdf"))) < 6


def test_before_the_key_is_dropped_it_ends(casework: Casework, tmp_path: Path) -> None:
    begun(casework, 5)
    casework.paper.batch.write(casework.window.worklist.chosen_rows(), tmp_path)
    casework.saving.resting.emit()
    assert not casework.paper.batch.busy
    assert said(casework) == ""


def test_another_edition_is_written_under_its_own_protocol(casework: Casework, tmp_path: Path) -> None:
    begun(casework, 2)
    about = casework.protocol.about.model_copy(update={"version": "2027.01"})
    order = Order(casework.window.today())
    papers = papers_of(casework, casework.window.worklist.chosen_rows(), order, tmp_path)
    papers[0] = papers[0]._replace(protocol=replace(casework.protocol, about=about))
    assert written(papers, order, casework.protocol, Progress()) == []
    printed = ["2027.01" in pypdf.PdfReader(paper.task.out).pages[0].extract_text() for paper in papers]
    assert printed == [True, False]


KINDS = [
    ("workup", "de", "RLS-checklist_*.pdf"),
    ("referral_sleep", "en", "RLS-referral-sleep_*.pdf"),
    ("handout", "de", "RLS-handout_*.pdf"),
    ("note", "en", "RLS-note_*.txt"),
    ("blank", "en", "RLS-blank_*.pdf"),
]


@pytest.mark.parametrize(("kind", "language", "name"), KINDS)
def test_the_kind_and_the_language_that_are_chosen_are_written_and_remembered(
    qtbot: QtBot, casework: Casework, tmp_path: Path, kind: str, language: str, name: str
) -> None:
    begun(casework, 2)
    casework.perform("write_sheets")
    bar = casework.paper.batch.bar
    for box, value in ((bar.kind, kind), (bar.language, language), (bar.paper, "letter")):
        box.setCurrentIndex(box.findData(value))
    assert bar.print_button.isEnabled() is (kind != "note")
    casework.paper.batch.write(casework.window.worklist.chosen_rows(), tmp_path)
    qtbot.waitUntil(lambda: not casework.paper.batch.busy, timeout=20_000)
    assert said(casework) == f"2 papers are in {tmp_path}."
    out = sorted(tmp_path.glob(name))
    assert len(out) == 2
    if out[0].suffix == ".pdf":
        first = pypdf.PdfReader(out[0])
        assert round(first.pages[0].mediabox.width) == 612
        assert first.trailer["/Root"]["/Lang"].startswith(language)  # type: ignore[index]
    assert (casework.window.settings.batch_kind, casework.window.settings.batch_language) == (kind, language)
    casework.perform("write_sheets")
    again = casework.paper.batch.bar
    assert (again.kind.currentData(), again.language.currentData()) == (kind, language)


def test_the_line_follows_the_rows_and_goes_with_escape_and_with_the_language(
    qtbot: QtBot, casework: Casework
) -> None:
    begun(casework, 3)
    table = casework.window.worklist.table
    casework.perform("print_sheets")
    bar = casework.paper.batch.bar
    assert bar.isVisible()
    table.clearSelection()  # with Ctrl held, as a test before may have left it, a row would come besides
    table.selectRow(1)
    assert bar.marked.text() == "1 marked work-up:"
    table.clearSelection()
    assert not bar.write_button.isEnabled()
    assert not bar.print_button.isEnabled()
    qtbot.keyClick(bar, Qt.Key.Key_Escape)
    assert not bar.isVisible()
    assert casework.window.focusWidget() is table
    casework.perform("print_sheets")
    german = casework.window.settings
    casework.window.take_settings(replace(german, language="de"))
    assert casework.paper.batch._bar is None


def test_nothing_marked_asks_nothing(casework: Casework, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_asked: object) -> str:
        raise AssertionError("asked")

    monkeypatch.setattr(QFileDialog, "getExistingDirectory", refuse)
    casework.window.worklist.search.setText("nobody at all")
    BatchDesk(casework).ask_and_write()
