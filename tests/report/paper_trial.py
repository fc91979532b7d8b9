"""A small protocol of the papers' own, a half-complete work-up, and what to read a PDF with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pypdfium2

from rls_workup.domain.assessment import assess
from rls_workup.domain.protocol import Protocol
from rls_workup.exchange.workup_file import workup_from
from rls_workup.protocols import load_protocol
from rls_workup.report import Sheet, sheet_bytes

TODAY = date(2026, 11, 22)
HALF: Mapping[str, Any] = {
    "urge_to_move": "yes",
    "ferritin": {"value": 38, "unit": "ug/L", "collected": "2026-11-18"},
    "haemoglobin": {"value": 68, "unit": "g/L", "collected": "2026-11-18"},
    "iron": {"value": 7, "unit": "umol/L", "collected": "2026-11-18"},
    "tibc": {"value": 50, "unit": "umol/L", "collected": "2026-11-18"},
    "crp": {"state": "pending", "since": "2026-11-18"},
    "vibration": "normal",
    "gait": {"value": "ataxic", "note": "wide-based"},
    "medications": [{"name": "Nightline", "dose": "25 mg at night", "months": 30}, {"name": "moonroot tea"}],
    "sleep_referral": {"state": "ordered", "since": "2026-11-19"},
    "irls": 24,
}
WHOLE: Mapping[str, Any] = {
    **HALF,
    "worse_at_rest": "yes",
    "haemoglobin": {"value": 135, "unit": "g/L"},
    "crp": {"value": 2, "unit": "mg/L"},
    "sleep_referral": {"state": "not_applicable"},
}
PATIENT = {
    "family_name": "Brown",
    "given_name": "Margaret",
    "date_of_birth": "1961-07-14",
    "sex": "female",
    "identifier": "999 000 0018",
}


@cache
def trial_protocol() -> Protocol:
    return load_protocol(Path(__file__).parent / "protocol")


def sheet_of(answers: Mapping[str, Any] = HALF, **more: Any) -> Sheet:
    """The sheet of a work-up with these answers; `patient` and top-level keys may be given, and Sheet's own."""
    own = {
        key: more.pop(key)
        for key in ("kind", "paper", "printed_at", "printed_by", "revision", "head", "link")
        if key in more
    }
    document = {
        "format": "rls-workup/1",
        "id": "0192f0c1-7f3k",
        "visit_date": "2026-11-20",
        "patient": PATIENT,
        "answers": dict(answers),
        **more,
    }
    workup = workup_from(document, trial_protocol())
    return Sheet(trial_protocol(), workup, assess(trial_protocol(), workup, TODAY), **own)


def pdf_of(sheet: Sheet) -> bytes:
    own = {
        key: getattr(sheet, key)
        for key in ("kind", "paper", "printed_at", "printed_by", "revision", "head", "link")
    }
    return sheet_bytes(sheet.protocol, sheet.workup, sheet.assessment, **own)


def page_texts(pdf: bytes) -> list[str]:
    """The text of each page, spaces and line breaks folded."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    finally:
        document.close()


def text_of(pdf: bytes) -> str:
    return " ".join(page_texts(pdf))
