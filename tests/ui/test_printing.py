"""A sheet goes to a printer of CUPS by the window's own way; what it does not take, or what is stopped, is told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import CDLL
from pathlib import Path
from types import SimpleNamespace

import pypdf
import pytest
from print_queue import DESK, REFUSING, STOPPED, PrintQueue
from print_queue import program as cupsd
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from rls_workup.domain.workup import Answer, Patient
from rls_workup.errors import CannotWrite
from rls_workup.exchange.workup_file import new_workup
from rls_workup.store.accesses import accesses_to
from rls_workup.ui.batch_desk import MATTER
from rls_workup.ui.casework import Casework
from rls_workup.ui.page_pictures import pictures_of
from rls_workup.ui.printing import paint, printer_for
from rls_workup.ui.program import Program

pytestmark = pytest.mark.skipif(
    cupsd() is None, reason="CUPS is not installed; on Debian: apt-get install cups-daemon"
)


@pytest.fixture(scope="module")
def running() -> Iterator[PrintQueue]:
    queue = PrintQueue()
    yield queue
    queue.close()


@pytest.fixture
def queue(running: PrintQueue, monkeypatch: pytest.MonkeyPatch) -> PrintQueue:
    """The printers that the program finds; nothing is on paper or in a queue yet."""
    monkeypatch.setenv("CUPS_SERVER", str(running.socket))
    running.ask_here()
    running.empty()
    return running


@pytest.fixture
def casework(program: Program) -> Casework:
    casework = program.window.casework
    assert casework is not None
    workup = new_workup(casework.protocol, Patient("Brown", "Margaret"), program.window.today())
    long = Answer("yes", note="Told at length. " * 900)  # more than one page
    casework.show_workup(workup.answered("urge", long), 0)
    return casework


def looked_at(qtbot: QtBot, casework: Casework) -> bytes:
    """The preview with its pages; the PDF that it shows."""
    casework.perform("preview")
    qtbot.waitUntil(lambda: casework.paper.preview.pages_shown() > 0, timeout=20_000)
    return casework.paper.preview._sheet.made.pdf


@contextmanager
def answering(printer: str, pages: tuple[int, int] = (0, 0)) -> Iterator[None]:
    """Qt's print dialog is answered with this printer and these pages; "" closes it. It must have been asked."""
    timer, asked = QTimer(), []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QPrintDialog):
            return
        timer.stop()
        asked.append(printer)
        if printer:
            dialog.printer().setPrinterName(printer)
        if pages[0]:
            dialog.printer().setPrintRange(QPrinter.PrintRange.PageRange)
            dialog.printer().setFromTo(*pages)
        # Not `accept`, which would ask the widgets of the dialog for the printer again.
        QPrintDialog.done(dialog, QPrintDialog.DialogCode(1 if printer else 0))

    timer.timeout.connect(look)
    timer.start(5)
    yield
    timer.stop()
    assert asked


def printed(qtbot: QtBot, casework: Casework) -> str:
    """Print by the button; what is said when it is over."""
    casework.paper.preview.bar.print_button.click()
    qtbot.waitUntil(lambda: not casework.paper.preview.bar.printing.busy, timeout=20_000)
    return casework.window.notices.text_about("told")


def _small(page: QImage) -> bytes:
    how = (Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
    return bytes(page.scaled(200, 280, *how).convertToFormat(QImage.Format.Format_Grayscale8).constBits())


def likeness(one: QImage, other: QImage) -> float:
    """The share of the points that are dark in both, of those dark in either, at the same size."""
    first, second = ({at for at, light in enumerate(_small(page)) if light < 200} for page in (one, other))
    return len(first & second) / len(first | second)


def test_the_pages_that_are_shown_come_out_of_the_printer(
    qtbot: QtBot, casework: Casework, queue: PrintQueue
) -> None:
    pdf = looked_at(qtbot, casework)
    ours = pictures_of(pdf, 100)
    with answering(DESK):
        assert printed(qtbot, casework) == f"{len(ours)} pages went to desk."
    (paper,) = queue.papers()
    assert paper.stem.endswith(" RLS checklist"), "the queue shows no patient's name"
    came = pictures_of(paper.read_bytes(), 100)
    assert len(came) == len(ours)
    assert min(likeness(one, other) for one, other in zip(ours, came, strict=True)) > 0.8
    assert casework.session is not None
    casework.log.flush()
    noted = accesses_to(casework.window.store.engine, casework.session.workup.id)
    assert ("print", "workup") in [(entry.what, entry.detail) for entry in noted]


def test_only_the_pages_that_are_chosen_come_out(qtbot: QtBot, casework: Casework, queue: PrintQueue) -> None:
    pdf = looked_at(qtbot, casework)
    with answering(DESK, (2, 2)):
        assert printed(qtbot, casework) == "1 page went to desk."
    (paper,) = queue.papers()
    (came,) = pictures_of(paper.read_bytes(), 100)
    assert likeness(pictures_of(pdf, 100)[1], came) > 0.8


@pytest.mark.parametrize(
    ("printer", "told", "waiting"),
    [
        (REFUSING, 'The printing system says: Destination "refusing" is not accepting jobs.', 0),
        (STOPPED, "That printer is stopped: they are printed when it runs again.", 1),
        ("", "", 0),
    ],
)
def test_what_is_not_printed_is_told(
    qtbot: QtBot, casework: Casework, queue: PrintQueue, printer: str, told: str, waiting: int
) -> None:
    looked_at(qtbot, casework)
    with answering(printer):
        said = printed(qtbot, casework)
    assert told in said if told else said == ""
    assert len(queue.queued()) == waiting
    assert casework.paper.preview.bar.print_button.isEnabled()


def test_it_can_be_stopped_while_the_pages_are_prepared(
    qtbot: QtBot, casework: Casework, queue: PrintQueue
) -> None:
    looked_at(qtbot, casework)
    with answering(DESK):
        casework.paper.preview.bar.print_button.click()
    assert casework.paper.preview.bar.printing.isVisible()
    assert not casework.paper.preview.bar.print_button.isEnabled()
    casework.paper.preview.bar.printing.stop_button.click()
    qtbot.waitUntil(lambda: not casework.paper.preview.bar.printing.busy)
    assert casework.window.notices.text_about("told") == "Stopped. Nothing was printed."
    assert queue.queued() == []


def test_each_marked_row_is_a_job_and_a_refusing_printer_is_told_for_each(
    qtbot: QtBot, casework: Casework, queue: PrintQueue
) -> None:
    casework.show_workup(new_workup(casework.protocol, Patient("Cole"), casework.window.today()), 0)
    casework.perform("worklist")
    casework.window.worklist.table.selectAll()
    rows = casework.window.worklist.chosen_rows()
    for printer, expected in ((DESK, f"{len(rows)} papers went to desk."), (REFUSING, "0 papers went")):
        casework.perform("print_sheets")
        with answering(printer):
            casework.paper.batch.bar.print_button.click()
        qtbot.waitUntil(lambda: not casework.paper.batch.busy, timeout=20_000)
        said = casework.window.notices.text_about(MATTER)
        assert said.startswith(expected)
    assert "is not accepting jobs" in said
    papers = queue.papers(len(rows))
    assert [pypdf.PdfReader(paper).metadata.title for paper in papers] == ["RLS checklist"] * len(rows)  # type: ignore[union-attr]


def test_a_folder_that_is_full_is_told_before_a_page_is_cut_short(
    qtbot: QtBot, queue: PrintQueue, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _folder: SimpleNamespace(free=2**20))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with pytest.raises(CannotWrite, match="too little room"):
        paint(printer_for("a4"), [QImage(10, 10, QImage.Format.Format_Grayscale8)])


def test_without_cups_it_is_said_in_place(
    qtbot: QtBot, casework: Casework, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CUPS_SERVER", "/nowhere/socket")
    CDLL("libcups.so.2").cupsSetServer(None)
    looked_at(qtbot, casework)
    assert printed(qtbot, casework).startswith("No printer is set up on this computer")
