"""Which file to open or write: Qt's own dialogs, with names that never say who the patient is."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from rls_workup.domain.workup import Workup
from rls_workup.ui.words import say


def file_to_open(parent: QWidget) -> Path | None:
    """The work-up file to open; None where the person thinks better of it."""
    kinds = say("Work-ups (*.rlsworkup);;All files (*)")
    name, _kind = QFileDialog.getOpenFileName(parent, say("Open a work-up file"), "", kinds)
    return Path(name) if name else None


def form_to_open(parent: QWidget) -> Path | None:
    """The filled form to read."""
    name, _kind = QFileDialog.getOpenFileName(parent, say("Read a filled form"), "", say("PDF (*.pdf)"))
    return Path(name) if name else None


def results_to_open(parent: QWidget) -> list[Path]:
    """The files with results to read, one after the other."""
    kinds = say("Results (*.json *.hl7 *.oru *.txt *.csv *.tsv);;All files (*)")
    names, _kind = QFileDialog.getOpenFileNames(parent, say("Read results"), "", kinds)
    return [Path(name) for name in names]


def file_for_copy(parent: QWidget, workup: Workup) -> Path | None:
    """Where a copy of this work-up goes."""
    kinds = say("Work-ups (*.rlsworkup)")
    name, _kind = QFileDialog.getSaveFileName(
        parent, say("Save a copy as file"), f"RLS-workup_{_mark(workup)}", kinds
    )
    return _ending(name, ".rlsworkup")


def file_for_export(parent: QWidget, workup: Workup, endings: Mapping[str, str]) -> tuple[Path, str] | None:
    """Where this work-up is exported to, and which of the formats was chosen."""
    words = {
        "fhir": say("FHIR R4, for other programs (*.fhir.json)"),
        "csv": say("Table of the answers (*.csv)"),
        "text": say("Text (*.txt)"),
        "json": say("JSON with the findings (*.json)"),
    }
    name, chosen = QFileDialog.getSaveFileName(
        parent, say("Export"), f"RLS-workup_{_mark(workup)}", ";;".join(words.values())
    )
    form = next((form for form, kind in words.items() if kind == chosen), "fhir")
    path = _ending(name, endings[form])
    return (path, form) if path else None


def file_for_sheet(parent: QWidget, workup: Workup, kind: str = "workup") -> Path | None:
    """Where the paper of this work-up goes: a PDF, or the text of a note."""
    name = sheet_name(workup, kind)
    note = name.endswith(".txt")
    title = say("Save note") if note else say("Save PDF")
    files = say("Text (*.txt)") if note else say("PDF (*.pdf)")
    chosen, _kind = QFileDialog.getSaveFileName(parent, title, name, files)
    return _ending(chosen, name[-4:])


def sheet_name(workup: Workup, kind: str = "workup") -> str:
    """`RLS-checklist_2026-11-20_c018.pdf`."""
    name = "checklist" if kind == "workup" else kind.replace("_", "-")
    return f"RLS-{name}_{_mark(workup)}.{'txt' if kind.startswith('note') else 'pdf'}"


def free_path(folder: Path, name: str, taken: Collection[Path]) -> Path:
    """A place in the folder that no file has and that is not taken: `name-2.pdf` where `name.pdf` is."""
    place, number = folder / name, 1
    while place in taken or place.exists():
        number += 1
        place = (folder / name).with_stem(f"{Path(name).stem}-{number}")
    return place


def _mark(workup: Workup) -> str:
    day = workup.visit
    return f"{day.isoformat() if day else 'undated'}_{''.join(filter(str.isalnum, workup.id))[-4:]}"


def _ending(name: str, ending: str) -> Path | None:
    if not name:
        return None
    return Path(name if name.lower().endswith(ending) else f"{name}{ending}")
