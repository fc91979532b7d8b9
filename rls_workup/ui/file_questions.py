"""Which file to open or write: Qt's own dialogs, with names that never say who the patient is."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from rls_workup.domain.workup import Workup


def file_to_open(parent: QWidget) -> Path | None:
    """The work-up file to open; None where the person thinks better of it."""
    kinds = "Work-ups (*.rlsworkup);;All files (*)"
    name, _kind = QFileDialog.getOpenFileName(parent, "Open a work-up file", "", kinds)
    return Path(name) if name else None


def file_for_copy(parent: QWidget, workup: Workup) -> Path | None:
    """Where a copy of this work-up goes."""
    kinds = "Work-ups (*.rlsworkup)"
    name, _kind = QFileDialog.getSaveFileName(
        parent, "Save a copy as file", f"RLS-workup_{_mark(workup)}", kinds
    )
    return _ending(name, ".rlsworkup")


def file_for_sheet(parent: QWidget, workup: Workup) -> Path | None:
    """Where the PDF of this work-up goes."""
    name, _kind = QFileDialog.getSaveFileName(parent, "Save PDF", sheet_name(workup), "PDF (*.pdf)")
    return _ending(name, ".pdf")


def sheet_name(workup: Workup) -> str:
    """`RLS-checklist_2026-11-20_c018.pdf`."""
    return f"RLS-checklist_{_mark(workup)}.pdf"


def _mark(workup: Workup) -> str:
    day = workup.visit
    return f"{day.isoformat() if day else 'undated'}_{''.join(filter(str.isalnum, workup.id))[-4:]}"


def _ending(name: str, ending: str) -> Path | None:
    if not name:
        return None
    return Path(name if name.lower().endswith(ending) else f"{name}{ending}")
