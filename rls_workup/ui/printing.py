"""The pages on paper: Qt's own print dialog, and the pages of the preview as fine as the printer can."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Sequence

from PySide6.QtCore import QRect
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QWidget
from shiboken6 import delete

from rls_workup.domain.wording import word
from rls_workup.errors import CannotWrite
from rls_workup.ui.print_queue import why_refused
from rls_workup.ui.words import say

FINEST_DPI = 300
_SIZES = {"a4": QPageSize.PageSizeId.A4, "letter": QPageSize.PageSizeId.Letter}
_BYTES_A_PAGE = 8 * 2**20  # several times what a page of ours was seen to need
_NOT_TAKEN = word("The printer did not take the sheet. Check the printer, or save the PDF instead.")


def print_sheet(parent: QWidget, render: Callable[[float], Sequence[QImage]], paper: str) -> bool:
    """Ask which printer and print; False where the person thinks better. Raises CannotWrite where none is."""
    printer = asked_printer(parent, paper)
    if printer is None:
        return False
    paint(printer, render(dpi_for(printer)))
    return True


def dpi_for(printer: QPrinter) -> float:
    """How fine the pictures for this printer are, in dots an inch."""
    return min(FINEST_DPI, printer.resolution())


def asked_printer(parent: QWidget, paper: str, pages: int = 1) -> QPrinter | None:
    """The printer that the person chooses; None where they think better. Raises CannotWrite where none is.

    `pages`: how many there are, so that some of them can be chosen.
    """
    if not QPrinterInfo.availablePrinterNames():
        raise CannotWrite(
            say(
                "No printer is set up on this computer, or the printing system (CUPS) is not installed. "
                "Save the PDF and print it from another program."
            )
        )
    printer = printer_for(paper)
    dialog = QPrintDialog(printer, parent)
    options = QAbstractPrintDialog.PrintDialogOption
    dialog.setOption(options.PrintToFile, on=False)  # it would be pictures; “Save” writes the PDF itself
    dialog.setOption(options.PrintPageRange, on=pages > 1)
    if pages > 1:
        dialog.setMinMax(1, pages)
    accepted = dialog.exec() == QDialog.DialogCode.Accepted
    delete(dialog)  # at once: it holds on to the printer, which may be gone before its parent is
    return printer if accepted else None


def printer_for(paper: str) -> QPrinter:
    """A printer that prints to the very edge of the paper, so that the margins of the sheet are its own."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(say("RLS checklist"))  # print queues show the name: never the patient's
    printer.setPageSize(QPageSize(_SIZES.get(paper, QPageSize.PageSizeId.A4)))
    printer.setFullPage(True)
    printer.setPageOrientation(QPageLayout.Orientation.Portrait)
    return printer


def paint(printer: QPrinter, pages: Sequence[QImage]) -> int:
    """Put one picture on each page that was chosen; how many. CannotWrite: the printer does not take it."""
    chosen = chosen_pages(printer, pages)
    _refuse_without_room(len(chosen))
    painter = QPainter()
    if not painter.begin(printer):
        raise CannotWrite(say(_NOT_TAKEN))
    # As JPEG, which is Qt's way otherwise, letters get a grey fringe and the job more bytes.
    painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)
    try:
        for number, page in enumerate(chosen):
            if number:
                printer.newPage()
            area = printer.paperRect(QPrinter.Unit.DevicePixel).toRect()
            painter.drawImage(QRect(0, 0, area.width(), area.height()), page)
    finally:
        painter.end()
    _refuse_where_refused(printer)
    return len(chosen)


def chosen_pages(printer: QPrinter, pages: Sequence[QImage]) -> Sequence[QImage]:
    """The pages from the first to the last that the person asked for; all where they did not say."""
    if printer.printRange() != QPrinter.PrintRange.PageRange or not printer.fromPage():
        return pages
    return pages[printer.fromPage() - 1 : printer.toPage()] or pages


def _refuse_without_room(pages: int) -> None:
    """Raise CannotWrite where the job, which the printing system reads from a file, would be cut short."""
    folder = os.environ.get("TMPDIR") or "/tmp"
    if os.path.isdir(folder) and shutil.disk_usage(folder).free < pages * _BYTES_A_PAGE:
        raise CannotWrite(
            say(
                "There is too little room in {folder} to print. Make room there, or print fewer pages.",
                folder=folder,
            )
        )


def _refuse_where_refused(printer: QPrinter) -> None:
    why = why_refused() if printer.outputFormat() == QPrinter.OutputFormat.NativeFormat else ""
    if why:
        raise CannotWrite(
            say(
                "{printer} did not take the pages. The printing system says: {why}. "
                "Choose another printer, or save the PDF instead.",
                printer=printer.printerName(),
                why=why,
            )
        )


def sent_to(printer: QPrinter, pages: int) -> tuple[str, str]:
    """How it went, as a tone and a sentence: how many pages, to which printer, whether they wait there."""
    name = printer.printerName()
    every = printer.printRange() == QPrinter.PrintRange.AllPages
    if every and not printer.pageRanges().isEmpty():  # the printing system picks them
        words = say("The pages that you chose went to {printer}.", printer=name)
    elif pages == 1:
        words = say("1 page went to {printer}.", printer=name)
    else:
        words = say("{count} pages went to {printer}.", count=pages, printer=name)
    if QPrinterInfo(printer).state() != QPrinter.PrinterState.Error:
        return "ok", words
    return "warn", f"{words} {say('That printer is stopped: they are printed when it runs again.')}"
