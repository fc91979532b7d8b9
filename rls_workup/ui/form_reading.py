"""A filled form comes in: it belongs to the open work-up, to one of the store, or begins a new one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from rls_workup.domain.proposals import Standing, compared
from rls_workup.errors import UnreadableFile, WorkupError
from rls_workup.exchange.filled_form import FilledForm, beside_the_items, in_form, is_form, read_form
from rls_workup.exchange.pdf_fields import content_of
from rls_workup.exchange.whose import check_patient
from rls_workup.exchange.workup_file import new_workup
from rls_workup.store.accesses import IMPORT
from rls_workup.ui import desk
from rls_workup.ui.commands import WORKUP
from rls_workup.ui.file_questions import form_to_open
from rls_workup.ui.form_review import FormReview
from rls_workup.ui.new_workup import PatientDialog
from rls_workup.ui.words import said_of, say

if TYPE_CHECKING:
    from rls_workup.ui.casework import Casework


def ask_for_form(casework: Casework) -> None:
    """Ask for a file and read it. Raises WorkupError."""
    path = form_to_open(casework.window)
    if path is not None:
        with _named(path):
            content = content_of(path)
        _read(casework, path, content)


def took_form(casework: Casework, path: Path) -> bool:
    """Read the file if it is a form; False where it is none. Raises WorkupError."""
    try:
        content = content_of(path)
    except WorkupError:
        return False
    if not is_form(content):
        return False
    _read(casework, path, content)
    return True


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """What is wrong with a file becomes a sentence that names it."""
    try:
        yield
    except UnreadableFile as trouble:
        words = say(
            "{name} cannot be read as a filled form: {why}. Nothing was taken.",
            name=path.name,
            why=said_of(trouble),
        )
        raise UnreadableFile(words) from None


def _read(casework: Casework, path: Path, content: bytes) -> None:
    with _named(path):
        filled = read_form(content, casework.protocol, casework.window.today())
    if not (casework.window.on_screen == WORKUP and casework.session) and not _opened(casework, filled):
        return
    _review(casework, filled)


def _opened(casework: Casework, filled: FilledForm) -> bool:
    """Open the work-up that the form was made from, or begin one for its patient; False: neither."""
    store, today = casework.window.store, casework.window.today()
    if filled.made_for and desk.document_in(store, filled.made_for) is not None:
        casework.open_stored(filled.made_for)
        return casework.session is not None
    visit = filled.visit_date or today.isoformat()
    dialog = PatientDialog(casework.window, filled.patient, visit, today, new=True)
    if dialog.exec() != PatientDialog.DialogCode.Accepted:
        return False
    casework.show_workup(new_workup(casework.protocol, dialog.patient(), dialog.visit()), 0)
    return casework.session is not None


def _review(casework: Casework, filled: FilledForm) -> None:
    session = casework.session
    if session is None or casework.signing.refuses():
        return
    casework.workup_screen.form.commit()
    protocol, workup = session.protocol, session.workup
    check_patient(workup.patient, filled.patient)
    found = in_form(filled, protocol, workup, session.today())
    lines = [compared(protocol, workup, proposal) for proposal in found]
    if all(line.standing is Standing.AGREES for line in lines):
        words = say("The form says nothing that this work-up does not have.")
        casework.window.notices.show_notice("told", "note", words)
        return
    review = FormReview(casework.window, lines, beside_the_items(filled, protocol, workup))
    if review.exec() == FormReview.DialogCode.Accepted and casework.session is session:
        count = len(review.ticked())
        session.take(review.ticked(), say("filled form, {count} answers", count=count))
        casework.log.note(IMPORT, workup.id, "form")
        words = say("Taken from the form: {count}. Undo takes them back together.", count=count)
        casework.window.notices.show_notice("told", "ok", words)
