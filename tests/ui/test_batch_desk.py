"""The sheets of many work-ups at once: written in the background, told, stopped, and none replaced."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pypdf
import pytest
from PySide6.QtPrintSupport import QPrinterInfo
from PySide6.QtWidgets import QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from rls_workup.domain.workup import Answer, Patient
from rls_workup.errors import WorkupError
from rls_workup.exchange.workup_file import new_workup, read_workup
from rls_workup.papers import Order
from rls_workup.store.accesses import accesses_to
from rls_workup.store.progress import Progress
from rls_workup.ui.batch_desk import MATTER, BatchDesk, _written
from rls_workup.ui.casework import Casework
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
    assert said(casework).startswith(f"Writing sheets: 0 of {count}")
    qtbot.waitUntil(lambda: not casework.paper.batch.busy, timeout=60_000)
    assert said(casework) == f"{count} sheets are in {out}."
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
    assert said(casework).startswith("Printing sheets: 0 of 2")
    with pytest.raises(WorkupError, match="being written already"):
        casework.paper.batch.ask_and_print()
    qtbot.waitUntil(lambda: not casework.paper.batch.busy, timeout=60_000)
    assert said(casework) == "2 sheets went to the printer."
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
    assert said(casework).startswith("0 sheets went to the printer.\nNot written: Brown0")


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
    assert said(casework) == f"1 sheet is in {tmp_path}."
    first, second = sorted(tmp_path.glob("*.pdf"), key=lambda path: len(path.name))
    assert second.stem == f"{first.stem}-2"


def test_what_was_not_written_is_told_with_why(qtbot: QtBot, casework: Casework, tmp_path: Path) -> None:
    begun(casework, 4)
    casework.paper.batch.write(casework.window.worklist.chosen_rows(), tmp_path / "nowhere")
    qtbot.waitUntil(lambda: not casework.paper.batch.busy)
    lines = said(casework).splitlines()
    assert lines[0] == f"0 sheets are in {tmp_path / 'nowhere'}."
    assert lines[1].startswith("Not written: Brown")
    assert lines[-1] == "And 1 more were not written."


def test_it_stops_when_asked_and_only_one_runs(qtbot: QtBot, casework: Casework, tmp_path: Path) -> None:
    begun(casework, 6)
    rows = casework.window.worklist.chosen_rows()
    casework.paper.batch.write(rows, tmp_path)
    with pytest.raises(WorkupError, match="being written already"):
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
    sheets = casework.paper.batch._sheets(casework.window.worklist.chosen_rows(), tmp_path)
    sheets[0] = sheets[0]._replace(protocol=replace(casework.protocol, about=about))
    assert _written(sheets, Order(casework.window.today()), casework.protocol, Progress()) == []
    printed = ["2027.01" in pypdf.PdfReader(sheet.task.out).pages[0].extract_text() for sheet in sheets]
    assert printed == [True, False]


def test_nothing_marked_asks_nothing(casework: Casework, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_asked: object) -> str:
        raise AssertionError("asked")

    monkeypatch.setattr(QFileDialog, "getExistingDirectory", refuse)
    casework.window.worklist.search.setText("nobody at all")
    BatchDesk(casework).ask_and_write()
