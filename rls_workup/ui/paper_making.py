"""What is made of the open work-up: the pages of a paper or the text of a note, in the chosen language."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale
from PySide6.QtGui import QGuiApplication

from rls_workup.domain.wording import word
from rls_workup.papers import BLANK, CARRIER
from rls_workup.ui.page_pictures import Made
from rls_workup.ui.tongues import Tongues
from rls_workup.ui.words import current as in_use
from rls_workup.ui.words import window_languages

if TYPE_CHECKING:
    from rls_workup.report import Sheet
    from rls_workup.ui.session import Session

EMPTY_FORM = "blank_empty"
KINDS = (
    ("workup", word("Work-up sheet")),
    ("referral_sleep", word("Letter to the sleep laboratory")),
    ("referral_neurology", word("Letter to neurology")),
    ("handout", word("Handout for the patient")),
    ("note", word("Note for the record")),
    ("note_short", word("Short note")),
    ("blank", word("Form to fill in")),
    (EMPTY_FORM, word("Empty form")),
)

COPIED = word("The note is copied. It is on the clipboard for 30 seconds, then it is cleared.")


def made_from(sheet: Sheet, tongues: Tongues, language: str, *, with_data: bool = False) -> Made:
    """The paper, with whether the work-up is complete in words for the screen. Raises WorkupError.

    `with_data`: the sheet carries its work-up; no other paper does, since they go to other people.
    """
    from rls_workup.exchange.workup_file import workup_text
    from rls_workup.report import NOTES, note_bytes, sheet_bytes
    from rls_workup.report.standing_words import completeness

    standing = completeness(sheet.assessment, sheet.workup, in_use.wording)
    words = standing.word if standing.complete else f"{standing.word} · {standing.counts}"
    told = in_language_of_paper(_emptied(sheet) if sheet.kind == EMPTY_FORM else sheet, tongues, language)
    if sheet.kind in NOTES:
        return Made(b"", words, standing.complete, note_bytes(told).decode())
    pdf = sheet_bytes(
        told.protocol,
        told.workup,
        told.assessment,
        kind=told.kind,
        paper=told.paper,
        printed_at=told.printed_at,
        printed_by=told.printed_by,
        revision=told.revision,
        link=told.link,
        earlier=told.earlier,
        document=workup_text(told.workup).encode() if with_data and told.kind == CARRIER else None,
    )
    return Made(pdf, words, standing.complete)


def _emptied(sheet: Sheet) -> Sheet:
    """The form for anybody: of the same protocol, with nothing filled in."""
    from rls_workup.domain.assessment import assess
    from rls_workup.domain.workup import Workup

    protocol = sheet.protocol
    nobody = Workup("", protocol.about.id, protocol.about.version)
    assessment = assess(protocol, nobody, sheet.assessment.facts.today)
    return replace(sheet, workup=nobody, assessment=assessment, kind=BLANK, revision=0, link="", earlier={})


def in_language_of_paper(sheet: Sheet, tongues: Tongues, language: str) -> Sheet:
    """The sheet with its protocol told in another language."""
    if language == sheet.protocol.language:
        return sheet
    from rls_workup.domain.assessment import assess

    protocol = tongues.told(sheet.protocol, language)
    assessment = assess(protocol, sheet.workup, sheet.assessment.facts.today)
    return replace(sheet, protocol=protocol, assessment=assessment)


def note_of(session: Session) -> str:
    """The note for the record, as text."""
    from rls_workup.report import Sheet, note_bytes

    return note_bytes(Sheet(session.protocol, session.workup, session.assessment, "note")).decode()


def copy_text(text: str) -> None:
    """Put a text on the clipboard; clipboard.py conceals and clears it."""
    QGuiApplication.clipboard().setText(text)


def languages_of_papers(practice: Path | None) -> list[tuple[str, str]]:
    """The languages that papers can be told in, each by its own name."""
    from rls_workup.protocols import languages

    known = window_languages()
    return [
        (code, known.get(code) or _own_name(code)) for code in sorted({*languages(), *languages(practice)})
    ]


def _own_name(code: str) -> str:
    name = QLocale(code).nativeLanguageName().partition(" (")[0]
    return f"{name[:1].upper()}{name[1:]}" or code
