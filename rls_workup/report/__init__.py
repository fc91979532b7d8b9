"""The papers: a work-up as a PDF sheet, the same bytes for the same work-up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from rls_workup.domain.assessment import Assessment
from rls_workup.domain.earlier import Earlier
from rls_workup.domain.protocol import Protocol
from rls_workup.domain.workup import Workup
from rls_workup.report.carrying import carrying, locked
from rls_workup.report.press import printed
from rls_workup.report.reading import Sheet
from rls_workup.report.writing import put_file

__all__ = ["NOTES", "Sheet", "note_bytes", "page_bytes", "put_file", "sheet_bytes", "write_sheet"]

NOTES = ("note", "note_short")
"""The kinds that are plain text rather than pages."""


def sheet_bytes(
    protocol: Protocol,
    workup: Workup,
    assessment: Assessment,
    *,
    kind: str = "workup",
    paper: str = "a4",
    printed_at: datetime | None = None,
    printed_by: str = "",
    revision: int = 0,
    head: str = "",
    link: str = "",
    document: bytes | None = None,
    password: str = "",
    earlier: Mapping[str, tuple[Earlier, ...]] | None = None,
) -> bytes:
    """The paper as PDF. Raises WorkupError for a kind or paper that is not there.

    `document` is the work-up's own file, to travel inside; `password` locks the paper;
    `earlier` are the results of other visits, by item. Without `printed_at`
    no clock is shown: the same work-up gives the same bytes, unless they are locked.
    """
    about = (kind, paper, printed_at, printed_by, revision, head, link, document is not None, earlier or {})
    pdf = printed(Sheet(protocol, workup, assessment, *about))
    pdf = pdf if document is None else carrying(pdf, document)
    return locked(pdf, password) if password else pdf


def note_bytes(sheet: Sheet) -> bytes:
    """The note for the record as UTF-8 text, short where the sheet's kind is `note_short`."""
    from rls_workup.report.note import note_text

    return note_text(sheet, short=sheet.kind == "note_short").encode()


def page_bytes(sheet: Sheet) -> bytes:
    """The work-up sheet as an HTML page, for screen readers."""
    from rls_workup.report.web_page import web_page

    return web_page(sheet)


def write_sheet(out: Path, sheet: Sheet) -> None:
    """Write the paper as PDF. Raises CannotWrite and leaves what was there, or WorkupError as sheet_bytes."""
    put_file(out, printed(sheet))
