"""Results in FHIR R4: a Bundle, or one Observation or DiagnosticReport, as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from rls_workup.domain.quantity import fold_unit, plain_or_short
from rls_workup.domain.wording import word
from rls_workup.errors import UnreadableFile
from rls_workup.exchange.fhir_models import (
    UCUM,
    Amount,
    DiagnosticReport,
    Measured,
    Observation,
    Patient,
    Reference,
    Specimen,
)
from rls_workup.exchange.results import NO_STATUS, NOT_FINAL, Laboratory, Report, Result, Whose, short
from rls_workup.exchange.strict_json import read_json

Spoken = TypeVar("Spoken", bound=BaseModel)
Resource = Mapping[str, Any]
_FINAL = ("final", "amended", "corrected")
_OTHER_NAMES = ("maiden", "old", "nickname", "anonymous", "temp")
_WITHDRAWN = ("entered-in-error", "cancelled")
_SEVERAL = word("it holds results of several patients; ask the laboratory for a file of each")


@dataclass
class _Found:
    """The resources of a file, each Observation and Specimen with the place where it stands."""

    patients: list[Resource] = field(default_factory=list)
    patient_names: set[str] = field(default_factory=set)
    observations: list[tuple[str, tuple[str, ...], Resource]] = field(default_factory=list)
    reports: list[Resource] = field(default_factory=list)
    withdrawn: list[tuple[str, set[str]]] = field(default_factory=list)
    specimens: dict[str, Resource] = field(default_factory=dict)
    others: list[str] = field(default_factory=list)


def read_fhir(content: bytes, laboratory: Laboratory) -> Report:
    """The results of a file. Raises UnreadableFile with a sentence that quotes nothing of its content."""
    document = read_json(content)
    if not isinstance(document, dict) or not isinstance(document.get("resourceType"), str):
        raise UnreadableFile(word("it is no FHIR resource"))
    found = _Found()
    for where, names, resource in _resources(document, laboratory):
        _sort(found, where, names, resource)
    if not found.observations:
        raise UnreadableFile(word("it holds no results (no Observation)"))
    readings = [_Reading(laboratory, found, *observed) for observed in found.observations]
    results = tuple(result for reading in readings for result in reading.results())
    subjects = [reading.observation.subject for reading in readings if reading.observation]
    reports = [report for given in found.reports if (report := _read(DiagnosticReport, given))]
    subjects += [report.subject for report in reports]
    return Report(_whose(found, subjects), results, tuple(found.others))


def _resources(document: Resource, laboratory: Laboratory) -> Iterator[tuple[str, tuple[str, ...], Resource]]:
    """Every resource with its place and the names by which others refer to it."""
    entries = document.get("entry", []) if document["resourceType"] == "Bundle" else [{"resource": document}]
    if not isinstance(entries, list):
        raise UnreadableFile(word("its entries are no list"))
    for number, entry in enumerate(entries, 1):
        where = laboratory.say("entry {number}", number=number)
        resource = entry.get("resource") if isinstance(entry, dict) else None
        if not isinstance(resource, dict):
            continue
        url = entry.get("fullUrl")
        yield where, (str(url) if isinstance(url, str) else "", _local(resource)), resource
        contained = resource.get("contained")
        for inner in contained if isinstance(contained, list) else ():
            if isinstance(inner, dict):
                name = f"#{inner.get('id', '')}"  # known in this entry only
                yield where, (name, f"{where}{name}"), inner


def _local(resource: Resource) -> str:
    return f"{resource.get('resourceType', '')}/{resource.get('id', '')}"


def _sort(found: _Found, where: str, names: tuple[str, ...], resource: Resource) -> None:
    match resource.get("resourceType"):
        case "Patient":
            found.patients.append(resource)
            found.patient_names |= set(filter(None, names))
        case "Observation":
            found.observations.append((where, names, resource))
        case "DiagnosticReport":
            found.reports.append(resource)
            if resource.get("status") in _WITHDRAWN:
                found.withdrawn.append((str(resource["status"]), _results_of(resource)))
        case "Specimen":
            found.specimens |= dict.fromkeys(filter(None, names), resource)
        case "Bundle":
            raise UnreadableFile(word("it holds a Bundle within a Bundle"))
        case other:
            found.others.append(f"{where}: {short(other)}")


def _results_of(report: Resource) -> set[str]:
    """What a report refers to as its results; whatever else it holds."""
    listed = report.get("result")
    parts = [part for part in listed if isinstance(part, dict)] if isinstance(listed, list) else []
    return {reference for part in parts if isinstance(reference := part.get("reference"), str)}


def _read(kind: type[Spoken], resource: Resource) -> Spoken | None:
    try:
        return kind.model_validate(resource)
    except ValidationError:
        return None


class _Reading:
    """One Observation as results: its own value, and that of each component."""

    def __init__(
        self, laboratory: Laboratory, found: _Found, where: str, names: tuple[str, ...], resource: Resource
    ) -> None:
        self.laboratory, self.found = laboratory, found
        self.where, self.names, self.resource = where, names, resource
        self.say = laboratory.say
        self.observation = _read(Observation, resource)

    def results(self) -> Iterator[Result]:
        """What it says; a part that cannot be read is one result that cannot be taken."""
        observation = self.observation
        if observation is None:
            test = _name_at_all(self.resource)
            said = self.say("This entry is not as FHIR has it, so it cannot be read.")
            result = Result(test, self.where, test, problem=said)
            yield self.laboratory.recognised(result, [test], [])
            return
        parts = [(observation, self.resource)]
        raw = self.resource.get("component", [])
        parts += [(part, raw[at]) for at, part in enumerate(observation.component)]  # type: ignore[misc]
        panel = bool(observation.component or observation.hasMember)
        for part, given in parts:
            kinds = [key for key in given if key.startswith("value") and given[key] is not None]
            if kinds or part is not observation or not panel:
                yield self._result(observation, part, kinds)

    def _result(self, observation: Observation, part: Measured, kinds: list[str]) -> Result:
        result = Result(
            short(part.code) or self.say("a test without a name"),
            self.where,
            "",
            status=short(observation.status),
            flag=short(", ".join(str(flag) for flag in part.interpretation)),
            reference=short("; ".join(_limits(part))),
        )
        result = self._valued(result, part, kinds)
        result = self.laboratory.recognised(result, part.code.names, part.code.loinc)
        result = self.laboratory.dated(result, self._day(observation))
        result = self.laboratory.sampled(result, self._samples(observation))
        notes = " ".join(note.text for note in observation.note if note.text.strip())
        said = self.say("The laboratory adds: {note}", note=short(notes)) if notes else ""
        return self._final(observation, result.remarked(said))

    def _valued(self, result: Result, part: Measured, kinds: list[str]) -> Result:
        amount = part.valueQuantity
        if len(kinds) > 1:
            return result.refused(self.say("It has several values."))
        if part.dataAbsentReason and not kinds:
            why = short(part.dataAbsentReason)
            return replace(result, given=why).refused(self.say("It has no value: {why}", why=why))
        if amount is not None and amount.value is not None:
            return self._measured(result, amount)
        if part.valueInteger is not None:
            return replace(result, value=str(part.valueInteger), given=str(part.valueInteger))
        text = part.valueString if part.valueString is not None else str(part.valueCodeableConcept or "")
        if text.strip():
            return replace(result, value=text.strip(), given=short(text))
        return result.refused(self.say("It has no value that can be read."))

    def _measured(self, result: Result, amount: Amount) -> Result:
        value = Decimal(amount.value or 0)
        number = str(value) if -20 < value.adjusted() < 20 else plain_or_short(value)
        coded = amount.code if amount.system == UCUM else ""
        unit_of = self.laboratory.unit_of
        said = [unit for unit in (coded, amount.unit) if unit]
        known = [unit for unit in said if unit_of(unit)]
        result = replace(
            result,
            value=value,
            comparator=amount.comparator,
            unit=short(next(iter((*known, *said)), "")),
            given=short(f"{amount.comparator}{number} {' / '.join(dict.fromkeys(said))}"),
        )
        if len({unit_of(unit) or fold_unit(unit) for unit in known}) > 1 or (coded and coded not in known):
            return result.refused(self.say("Its unit cannot be told: {units}.", units=short(", ".join(said))))
        return result

    def _day(self, observation: Observation) -> str:
        period = observation.effectivePeriod
        if period.start and period.start[:10] != period.end[:10]:
            return f"{period.start[:10]}/{period.end[:10]}"
        return observation.effectiveDateTime or observation.effectiveInstant or period.start

    def _samples(self, observation: Observation) -> list[str]:
        reference = observation.specimen.reference
        inner = f"{self.where}{reference}" if reference.startswith("#") else reference
        given = self.found.specimens.get(inner)
        specimen = _read(Specimen, given) if given else None
        named = specimen.type.names if specimen else []
        return named or [observation.specimen.display]

    def _final(self, observation: Observation, result: Result) -> Result:
        own = {f"#{observation.id}", *self.names}
        for status, withdrawn in self.found.withdrawn:
            if not withdrawn or own & withdrawn:
                return result.not_final(self.say(NOT_FINAL, status=status))
        if observation.status not in _FINAL:
            sentence = NOT_FINAL if observation.status else NO_STATUS
            return result.not_final(self.say(sentence, status=short(observation.status)))
        return result


def _name_at_all(resource: Resource) -> str:
    code = resource.get("code")
    text = code.get("text") if isinstance(code, dict) else None
    return short(text) if isinstance(text, str) and text else "Observation"


def _limits(part: Measured) -> Iterator[str]:
    for limit in part.referenceRange:
        edges = [
            str(edge.value) if edge and edge.value is not None else "" for edge in (limit.low, limit.high)
        ]
        yield limit.text or "-".join(edges)


def _whose(found: _Found, subjects: list[Reference]) -> Whose:
    """The one patient of all results. Raises UnreadableFile where they may be of several."""
    referred = {subject.reference for subject in subjects if subject.reference}
    if found.patients:
        everybody = {_particulars(patient) for patient in found.patients}
        whose = everybody.pop()
        if everybody or not referred <= found.patient_names or (len(found.patients) > 1 and not whose.sure):
            raise UnreadableFile(_SEVERAL)
        return whose
    named = {(subject.display, subject.identifier.value) for subject in subjects} - {("", "")}
    if len(referred) > 1 or len(named) > 1:
        raise UnreadableFile(_SEVERAL)
    display, number = next(iter(named), ("", ""))
    return Whose(name=display, numbers=(number,) if number else ())


def _particulars(given: Resource) -> Whose:
    patient = _read(Patient, given)
    if patient is None:
        raise UnreadableFile(word("its Patient is not as FHIR has it"))
    named = [name for name in patient.name if name.use not in _OTHER_NAMES and (name.family or name.text)]
    name = next(iter(named), None)
    return Whose(
        name.text if name and not name.family else "",
        name.family if name else "",
        " ".join(name.given) if name else "",
        patient.birthDate,
        patient.gender,
        tuple(identifier.value for identifier in patient.identifier if identifier.value),
    )
