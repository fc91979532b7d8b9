"""The open work-up as a file for other programs: FHIR, a table, text or JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rls_workup.exchange.exporting import ENDINGS, exported
from rls_workup.report import put_file
from rls_workup.store.accesses import EXPORT
from rls_workup.ui.file_questions import file_for_export
from rls_workup.ui.words import say

if TYPE_CHECKING:
    from rls_workup.ui.casework import Casework


def export(casework: Casework) -> None:
    """Ask for a place and a format, and write the file. Raises CannotWrite."""
    session = casework.session
    if session is None:
        return
    casework.workup_screen.form.commit()
    chosen = file_for_export(casework.window, session.workup, ENDINGS)
    if chosen is None:
        return
    path, form = chosen
    put_file(path, exported(form, session.protocol, session.workup, session.assessment).encode("utf-8"))
    casework.log.note(EXPORT, session.workup.id, form)
    words = say("Exported to {path}. The file is not encrypted.", path=path)
    casework.window.notices.show_notice("told", "ok", words)
