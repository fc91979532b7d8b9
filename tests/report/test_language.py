"""A sheet in another language: nothing of ours stays in English, and what a person gave stays as it was."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any

import pytest
from own_words import english_in_code
from report.paper_trial import HALF, PATIENT, WHOLE, page_texts

from rls_workup.domain.assessment import assess
from rls_workup.domain.dates import MONTHS
from rls_workup.domain.protocol import Protocol
from rls_workup.domain.wording import Wording
from rls_workup.exchange.assessment_text import assessment_text
from rls_workup.exchange.workup_file import workup_from
from rls_workup.protocols import load_protocol
from rls_workup.protocols.translation import retold
from rls_workup.report import sheet_bytes
from rls_workup.resources import folder

TODAY = date(2026, 11, 22)
SIMILAR = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "абцдефгхийклмнопкрстувъкузАБЦДЕФГХИЙКЛМНОПКРСТУВЪКУЗ",
)
REJECTED: Mapping[str, Any] = {
    **HALF,
    "ferritin": 75,
    "tsat": {"value": 140, "unit": "%"},
    "haemoglobin": "about 12",
    "b12_total": {"value": 1, "unit": "furlong"},
    "crp": {"value": "<5", "unit": "mg/L", "collected": "2031-01-01", "comparator": ">"},
    "vibration": "sideways",
    "urge_to_move": 5,
    "medications": [
        {"name": "omeprazle"},
        {"name": "amitriptyline", "months": "soon", "current": "perhaps"},
        {},
    ],
    "irls": "24.5",
    "gone": 1,
}


def in_cyrillic(text: str) -> str:
    """A language that nobody speaks: what is still in Latin letters was not translated."""
    return "".join(
        part if part.startswith("{") else part.translate(SIMILAR)
        for part in re.split(r"(\{[a-z0-9_]*\})", text)
    )


@cache
def cyrillic() -> Protocol:
    words = {english: in_cyrillic(english) for english in english_in_code()}
    return retold(load_protocol(), lambda _path, text: in_cyrillic(text), Wording("qaa", words, ","))


def left_in_latin(said: str, given: str) -> set[str]:
    """The Latin words that no person gave and that are neither codes, units, months nor citations."""
    protocol = cyrillic()
    known = [
        given,
        *MONTHS,
        *(source.cite for source in protocol.sources.values()),
        *(source.short for source in protocol.sources.values()),
    ]
    known += [unit.shows for unit in protocol.units.values()]
    known += [protocol.about.id, protocol.about.version, *protocol.drugs, "yes"]
    known += [choice.id for item in protocol.items.values() for choice in item.choices]
    spoken = {word for text in known for word in re.findall("[A-Za-z]+", text)}
    return {word for word in re.findall("[A-Za-z]{3,}", said) if word not in spoken}


def _values(given: object) -> Iterator[str]:
    if isinstance(given, dict):
        for key, value in given.items():
            yield from (key, *_values(value))
    elif isinstance(given, (list, tuple)):
        for value in given:
            yield from _values(value)
    else:
        yield from (str(given), str(given).upper())


@pytest.mark.parametrize(
    "answers", [None, HALF, WHOLE, REJECTED, {}], ids=["sample", "half", "whole", "rejected", "empty"]
)
def test_nothing_of_ours_stays_in_english(answers: Mapping[str, Any] | None) -> None:
    protocol = cyrillic()
    document = {"format": "rls-workup/1", "visit_date": "2026-11-20", "patient": PATIENT, "answers": answers}
    if answers is None:
        document = json.loads((folder("sample") / "brown-margaret.rlsworkup").read_text())
    workup = workup_from(document, protocol)
    assessment = assess(protocol, workup, TODAY)
    given = " ".join(
        (workup.id, *_values(document["answers"]), *_values(document["patient"]), *workup.answers)
    )
    paper = " ".join(page_texts(sheet_bytes(protocol, workup, assessment)))
    paper = re.sub(r"\b[0-9A-F]{4}-[0-9A-F]{4}\b", "", paper)
    assert left_in_latin(paper, given) == set()
    form = " ".join(page_texts(sheet_bytes(protocol, workup, assessment, kind="blank")))
    form = re.sub(r"\b[0-9A-F]{4}-[0-9A-F]{4}\b", "", form)
    assert left_in_latin(form, given) == set()
    ids = " ".join((*protocol.items, *protocol.rules))
    text = re.sub(r"\[[a-z0-9_]+\]", "", assessment_text(protocol, assessment))
    assert left_in_latin(text, f"{given} {ids}") == set()
