"""The pages on paper: Qt's own print dialog, and the pages of the preview as fine as the printer can."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRect
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QWidget

from rls_workup.errors import CannotWrite
from rls_workup.ui.words import say

FINEST_DPI = 300
_SIZES = {"a4": QPageSize.PageSizeId.A4, "letter": QPageSize.PageSizeId.Letter}


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


def asked_printer(parent: QWidget, paper: str) -> QPrinter | None:
    """The printer that the person chooses; None where they think better. Raises CannotWrite where none is."""
    if not QPrinterInfo.availablePrinterNames():
        raise CannotWrite(
            say(
                "No printer is set up on this computer, or the printing system (CUPS) is not installed. "
                "Save the PDF and print it from another program."
            )
        )
    printer = printer_for(paper)
    dialog = QPrintDialog(printer, parent)
    return printer if dialog.exec() == QDialog.DialogCode.Accepted else None


def printer_for(paper: str) -> QPrinter:
    """A printer that prints to the very edge of the paper, so that the margins of the sheet are its own."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(say("RLS checklist"))  # print queues show the name: never the patient's
    printer.setPageSize(QPageSize(_SIZES.get(paper, QPageSize.PageSizeId.A4)))
    printer.setFullPage(True)
    printer.setPageOrientation(QPageLayout.Orientation.Portrait)
    return printer


def paint(printer: QPrinter, pages: Sequence[QImage]) -> None:
    """Put one picture on each page. Raises CannotWrite where the printer refuses."""
    painter = QPainter()
    if not painter.begin(printer):
        raise CannotWrite(
            say("The printer did not take the sheet. Check the printer, or save the PDF instead.")
        )
    try:
        for number, page in enumerate(pages):
            if number:
                printer.newPage()
            area = printer.paperRect(QPrinter.Unit.DevicePixel).toRect()
            painter.drawImage(QRect(0, 0, area.width(), area.height()), page)
    finally:
        painter.end()
