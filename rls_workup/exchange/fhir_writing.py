"""A work-up as a FHIR R4 Bundle: the patient, all answers, and each measured value by itself."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from rls_workup.domain.dates import iso_date
from rls_workup.domain.parts import Item
from rls_workup.domain.proposals import answer_to, in_words
from rls_workup.domain.protocol import Protocol
from rls_workup.domain.quantity import Quantity
from rls_workup.domain.text import visible
from rls_workup.domain.workup import Answer, State, Status, Workup

LOINC = "http://loinc.org"
UCUM = "http://unitsofmeasure.org"
ITEM = "urn:x-rls-workup:item"
CHOICE = "urn:x-rls-workup:choice"
_QUESTIONNAIRE = "urn:x-rls-workup:protocol"
_ABSENT = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
_WHY_ABSENT = {
    State.UNKNOWN: "asked-unknown",
    State.DECLINED: "asked-declined",
    State.NOT_APPLICABLE: "not-applicable",
    State.ORDERED: "temp-unknown",
    State.COLLECTED: "temp-unknown",
    State.PENDING: "temp-unknown",
    State.REJECTED: "error",
}
_VALUES = {
    "yes_no": "valueBoolean",
    "choice": "valueCoding",
    "quantity": "valueQuantity",
    "number": "valueDecimal",
    "score": "valueInteger",
}
_PRIMITIVE = ("valueBoolean", "valueDecimal", "valueInteger", "valueString")
_ACT_REASON = "http://terminology.hl7.org/CodeSystem/v3-ActReason"
_SPACE = uuid.UUID("6f8c2f63-4d2a-5c5e-9a53-0c7d0b1d7e11")
_MOLES = "mol"
_CATEGORIES = "http://terminology.hl7.org/CodeSystem/observation-category"
_LABORATORY = {"coding": [{"system": _CATEGORIES, "code": "laboratory"}]}


def fhir_document(protocol: Protocol, workup: Workup) -> dict[str, Any]:
    """The Bundle. Values that were not accepted are told as absent, never as a result."""
    patient = _address(workup, "patient")
    entries = [(patient, _patient(workup))]
    entries += [(_address(workup, "answers"), _answers(protocol, workup, patient))]
    entries += [
        (_address(workup, item.id), _observation(protocol, workup, patient, item, answer, value))
        for item, answer, value in _measured(protocol, workup)
    ]
    tags = {"tag": [{"system": _ACT_REASON, "code": "HTEST", "display": "test health data"}]}
    return {
        "resourceType": "Bundle",
        **({"meta": tags} if workup.sample else {}),
        "identifier": {"system": "urn:ietf:rfc:3986", "value": _address(workup, "")},
        "type": "collection",
        "entry": [{"fullUrl": address, "resource": resource} for address, resource in entries],
    }


def _address(workup: Workup, part: str) -> str:
    return f"urn:uuid:{uuid.uuid5(_SPACE, f'{workup.id} {part}')}"


def _patient(workup: Workup) -> dict[str, Any]:
    patient = workup.patient
    name = {
        **({"family": _text(patient.family_name)} if patient.family_name.strip() else {}),
        **({"given": [_text(patient.given_name)]} if patient.given_name.strip() else {}),
    }
    sex = patient.known_sex or patient.sex.strip().casefold()
    return {
        "resourceType": "Patient",
        **({"identifier": [{"value": _text(patient.identifier)}]} if patient.identifier.strip() else {}),
        **({"name": [name]} if name else {}),
        **({"gender": sex} if sex in ("female", "male", "other", "unknown") else {}),
        **({"birthDate": patient.date_of_birth} if patient.born else {}),
    }


def _text(given: object) -> str:
    """Text that every reader of FHIR takes: nothing hidden, no blank edges."""
    return visible(str(given), keep="\n\t").strip()


def _status(workup: Workup) -> str:
    if workup.status is Status.AMENDED:
        return "amended"
    return "completed" if workup.closed else "in-progress"


def _answers(protocol: Protocol, workup: Workup, patient: str) -> dict[str, Any]:
    about = protocol.about
    sections = [
        {"linkId": f"section-{section.id}", "text": section.title, "item": items}
        for section in protocol.sections
        if (items := [*_items(protocol, workup, section.id)])
    ]
    return {
        "resourceType": "QuestionnaireResponse",
        "questionnaire": f"{_QUESTIONNAIRE}:{about.id}|{about.version}",
        "status": _status(workup),
        "subject": {"reference": patient},
        **({"authored": workup.visit_date} if workup.visit else {}),
        **({"item": sections} if sections else {}),
    }


def _items(protocol: Protocol, workup: Workup, section: str) -> Iterator[dict[str, Any]]:
    for item in protocol.items_of(section):
        answer = answer_to(workup, item)
        if answer is not None:
            yield {"linkId": item.id, "text": item.asks, "answer": [*_values(protocol, item, answer)]}


def _values(protocol: Protocol, item: Item, answer: Answer) -> Iterator[dict[str, Any]]:
    value = protocol.reader.read(item, answer).value
    kind = _VALUES.get(item.kind, "valueString")
    beside = _beside(protocol, item, answer)
    if value is None:
        why = {"extension": [{"url": _ABSENT, "valueCode": _WHY_ABSENT.get(answer.state, "unknown")}]}
        yield {f"_{kind}" if kind in _PRIMITIVE else kind: why, **beside}
    elif isinstance(value, tuple):
        lines = in_words(protocol, item, answer)
        yield {"valueString": _text(lines), **beside}
    else:
        yield {kind: _value(protocol, item, value), **beside}


def _value(protocol: Protocol, item: Item, value: object) -> Any:
    if isinstance(value, Quantity):
        return _quantity(protocol, value)
    if item.kind == "yes_no":
        return value == "yes"
    if item.kind == "choice":
        return {"system": CHOICE, "code": value, "display": protocol.choice_shown(item.id, str(value))}
    if isinstance(value, Decimal):
        return int(value) if item.kind == "score" else value
    return _text(value) or "-"


def _quantity(protocol: Protocol, value: Quantity) -> dict[str, Any]:
    return {
        "value": value.amount,
        **({"comparator": value.comparator} if value.comparator else {}),
        "unit": protocol.shown_unit(value.unit),
        "system": UCUM,
        "code": value.unit,
    }


def _beside(protocol: Protocol, item: Item, answer: Answer) -> dict[str, Any]:
    """What stands beside an answer: the value that was not accepted, the note, where it came from."""
    refused = in_words(protocol, item, answer) if answer.state is State.REJECTED else ""
    state = str(answer.state) if answer.state.awaited else ""
    told = {
        "as-given": refused,
        "state": state,
        "since": answer.since,
        "note": answer.note,
        "source": answer.source,
    }
    items = [
        {"linkId": f"{item.id}.{name}", "text": name, "answer": [{"valueString": _text(text)}]}
        for name, text in told.items()
        if text.strip()
    ]
    return {"item": items} if items else {}


def _measured(protocol: Protocol, workup: Workup) -> Iterator[tuple[Item, Answer, Quantity]]:
    for item in protocol.items.values():
        answer = answer_to(workup, item)
        value = protocol.reader.read(item, answer).value if answer else None
        if answer is not None and isinstance(value, Quantity):
            yield item, answer, value


def _observation(
    protocol: Protocol, workup: Workup, patient: str, item: Item, answer: Answer, value: Quantity
) -> dict[str, Any]:
    loinc = _loinc(item, value.unit)
    coding = [{"system": LOINC, "code": loinc}] if loinc else []
    status = {"completed": "final", "amended": "amended"}.get(_status(workup), "preliminary")
    return {
        "resourceType": "Observation",
        "status": status,
        **({"category": [_LABORATORY]} if item.orderable else {}),
        "code": {"coding": [*coding, {"system": ITEM, "code": item.id}], "text": item.label},
        "subject": {"reference": patient},
        **({"effectiveDateTime": answer.collected} if iso_date(answer.collected) else {}),
        "valueQuantity": _quantity(protocol, value),
        **({"note": [{"text": _text(answer.note)}]} if answer.note.strip() else {}),
    }


def _loinc(item: Item, unit: str) -> str:
    """The code whose kind of unit this is: one stands for a mass, the other for an amount of substance."""
    return item.loinc_si if _MOLES in unit else item.loinc
