"""The recovery sheet out of the program: onto paper, or into a file where the person says."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from rls_workup.ui.words import say


def sheet_pdf(groups: Sequence[str], check: str, paper: str) -> bytes:
    """The recovery sheet as PDF, in memory only."""
    from rls_workup.report.recovery_sheet import recovery_sheet

    return recovery_sheet(groups, check, datetime.now().astimezone().date(), paper)


def print_pdf(parent: QWidget, pdf: bytes, paper: str) -> str:
    """Ask for the printer and print; a word about it, "" where they think better. Raises CannotWrite."""
    from rls_workup.ui.page_pictures import pictures_of
    from rls_workup.ui.printing import print_sheet

    return say("Printed.") if print_sheet(parent, lambda dpi: pictures_of(pdf, dpi), paper) else ""


def save_pdf(parent: QWidget, pdf: bytes) -> str:
    """Write the sheet where the person says; a sentence about it, "" where they think better of it."""
    from rls_workup.report.writing import put_file

    name, _kind = QFileDialog.getSaveFileName(
        parent, say("Save PDF"), "RLS-recovery-sheet.pdf", say("PDF (*.pdf)")
    )
    if not name:
        return ""
    put_file(Path(name), pdf)
    return say("Saved: {name}. Print it, put it into the safe, and delete the file.", name=name)
