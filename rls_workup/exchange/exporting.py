"""A work-up for other programs and people: FHIR, JSON, a table of its answers, or plain text."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Mapping
from io import StringIO
from typing import Final

from rls_workup.domain.assessment import Assessment
from rls_workup.domain.parts import Item
from rls_workup.domain.proposals import answer_to, in_words
from rls_workup.domain.protocol import Protocol
from rls_workup.domain.quantity import Quantity, plain
from rls_workup.domain.text import shown_date, visible
from rls_workup.domain.wording import word
from rls_workup.domain.workup import Answer, Workup, plain_value
from rls_workup.exchange.assessment_json import assessment_document
from rls_workup.exchange.assessment_text import assessment_text
from rls_workup.exchange.fhir_writing import fhir_document
from rls_workup.exchange.strict_json import write_json
from rls_workup.exchange.workup_file import document_of

FORMAT: Final = "rls-export/1"
ENDINGS: Final[Mapping[str, str]] = {"fhir": ".fhir.json", "json": ".json", "csv": ".csv", "text": ".txt"}
SAMPLE: Final = word("SAMPLE – no real patient")
_COLUMNS: Final = (
    *("section", "item", "question", "state", "comparator", "value", "unit", "collected", "since"),
    *("note", "source"),
)
# A spreadsheet takes a cell that begins so for a formula; full-width signs are folded into these by some.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NUMBER: Final = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


def exported(form: str, protocol: Protocol, workup: Workup, assessment: Assessment) -> str:
    """The work-up in one of the formats of `ENDINGS`."""
    return _WRITERS[form](protocol, workup, assessment)


def _fhir(protocol: Protocol, workup: Workup, _assessment: Assessment) -> str:
    return write_json(fhir_document(protocol, workup))


def _json(_protocol: Protocol, workup: Workup, assessment: Assessment) -> str:
    whole = {"format": FORMAT, "workup": document_of(workup), "assessment": assessment_document(assessment)}
    return write_json(whole)


def _csv(protocol: Protocol, workup: Workup, _assessment: Assessment) -> str:
    """One row an answer, in reading order, with a heading; no cell is a formula."""
    table = StringIO()
    writer = csv.writer(table, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    if workup.sample:  # among real ones, a table of nobody's answers would count
        writer.writerow(("", "sample", protocol.wording.say(SAMPLE), *[""] * (len(_COLUMNS) - 3)))
    for item, answer in _answers(protocol, workup):
        writer.writerow(safe_cell(text) for text in _row(protocol, item, answer))
    return table.getvalue()


def safe_cell(text: str) -> str:
    """Text that a spreadsheet shows as it is: what it would run as a formula has an apostrophe in front."""
    shown = visible(text, keep="\n\t")
    if not shown.lstrip(" \u00a0\u3000").startswith(_FORMULA) or _is_number(shown):
        return shown
    return f"'{shown}"


def _is_number(text: str) -> bool:
    return bool(_NUMBER.fullmatch(text))


def _answers(protocol: Protocol, workup: Workup) -> Iterator[tuple[Item, Answer]]:
    for section in sorted(protocol.sections, key=lambda section: section.order):
        for item in protocol.items_of(section.id):
            answer = answer_to(workup, item)
            if answer is not None:
                yield item, answer


def _row(protocol: Protocol, item: Item, answer: Answer) -> tuple[str, ...]:
    value = protocol.reader.read(item, answer).value
    if isinstance(value, Quantity):
        amount, unit, sign = plain(value.amount), value.unit, value.comparator
    else:
        amount, unit, sign = plain_value(answer.value), answer.unit, answer.comparator
    days = (answer.collected, answer.since)
    about = (item.section, item.id, item.asks, str(answer.state))
    return (*about, sign, amount, unit, *days, answer.note, answer.source)


def _text(protocol: Protocol, workup: Workup, assessment: Assessment) -> str:
    """Patient, answers by section, then the assessment."""
    lines = "\n".join(_lines(protocol, workup))
    return f"{visible(lines, keep=chr(10))}\n\n{assessment_text(protocol, assessment)}"


def _lines(protocol: Protocol, workup: Workup) -> Iterator[str]:
    patient, say = workup.patient, protocol.wording.say
    name = ", ".join(part for part in (patient.family_name.upper(), patient.given_name) if part.strip())
    born = f"{say('Date of birth')} {shown_date(patient.date_of_birth)}" if patient.date_of_birth else ""
    visit = f"{say('Date of the visit')} {shown_date(workup.visit_date)}" if workup.visit_date else ""
    sample = say(SAMPLE) if workup.sample else ""
    parts = (sample, name, born, patient.identifier, visit)
    yield " · ".join(" ".join(part.split()) for part in parts if part)
    section = ""
    for item, answer in _answers(protocol, workup):
        if item.section != section:
            section = item.section
            yield ""
            yield next(each.title for each in protocol.sections if each.id == section)
        yield f"  {item.label}: {in_words(protocol, item, answer)}"


_WRITERS: Final[Mapping[str, Callable[[Protocol, Workup, Assessment], str]]] = {
    "fhir": _fhir,
    "json": _json,
    "csv": _csv,
    "text": _text,
}
