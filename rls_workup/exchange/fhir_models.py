"""The few FHIR R4 resources that results are read from, as narrow and as strict as they are needed."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, ConfigDict

LOINC = "http://loinc.org"
UCUM = "http://unitsofmeasure.org"


class Spoken(BaseModel):
    """A part of a resource: no type is made to fit; what is not named here is left unread."""

    model_config = ConfigDict(extra="ignore", strict=True, frozen=True, hide_input_in_errors=True)


class Coding(Spoken):
    system: str = ""
    code: str = ""
    display: str = ""


class Concept(Spoken):
    """FHIR's CodeableConcept."""

    coding: list[Coding] = []
    text: str = ""

    @property
    def names(self) -> list[str]:
        """What it is called: its text first, then the words of its codes."""
        return [name for name in (self.text, *(coding.display for coding in self.coding)) if name]

    @property
    def loinc(self) -> list[str]:
        """Its LOINC codes."""
        return [coding.code for coding in self.coding if coding.system == LOINC and coding.code]

    def __str__(self) -> str:
        return next(iter((*self.names, *(coding.code for coding in self.coding if coding.code))), "")


class Amount(Spoken):
    """FHIR's Quantity. `unit` is for people, `code` in `system` for machines."""

    value: Decimal | int | None = None
    comparator: Literal["", "<", "<=", ">", ">="] = ""
    unit: str = ""
    system: str = ""
    code: str = ""


class Identifier(Spoken):
    value: str = ""


class Reference(Spoken):
    reference: str = ""
    display: str = ""
    identifier: Identifier = Identifier()


class Period(Spoken):
    start: str = ""
    end: str = ""


class Limit(Spoken):
    text: str = ""
    low: Amount | None = None
    high: Amount | None = None


class Measured(Spoken):
    """What an Observation and each of its components have."""

    code: Concept = Concept()
    valueQuantity: Amount | None = None
    valueString: str | None = None
    valueInteger: int | None = None
    valueCodeableConcept: Concept | None = None
    dataAbsentReason: Concept | None = None
    interpretation: list[Concept] = []
    referenceRange: list[Limit] = []


class Note(Spoken):
    text: str = ""


class Observation(Measured):
    id: str = ""
    status: str = ""
    subject: Reference = Reference()
    specimen: Reference = Reference()
    effectiveDateTime: str = ""
    effectiveInstant: str = ""
    effectivePeriod: Period = Period()
    component: list[Measured] = []
    hasMember: list[Reference] = []
    note: list[Note] = []


class DiagnosticReport(Spoken):
    status: str = ""
    subject: Reference = Reference()
    result: list[Reference] = []


class Specimen(Spoken):
    id: str = ""
    type: Concept = Concept()


class HumanName(Spoken):
    use: str = ""
    text: str = ""
    family: str = ""
    given: list[str] = []


class Patient(Spoken):
    id: str = ""
    name: list[HumanName] = []
    birthDate: str = ""
    gender: str = ""
    identifier: list[Identifier] = []
