"""Results in HL7 version 2: ORU messages, one or several, of one patient."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rls_workup.domain.wording import word
from rls_workup.errors import UnreadableFile
from rls_workup.exchange.hl7_segments import Segment, segments_in
from rls_workup.exchange.results import NO_STATUS, NOT_FINAL, Laboratory, Report, Result, Whose, short

_FINAL = ("F", "C", "A", "U")  # final, corrected, amended, changed to final
_NUMBERS = ("NM",)
_TEXTS = ("ST", "TX", "FT")
_CODED = ("CE", "CWE", "CNE", "IS", "ID", "CF")
_LOINC = ("LN", "LOINC", "LNC")
_SIGNS = ("<", "<=", ">", ">=")
_SEVERAL = word("it holds results of several patients; ask the laboratory for a file of each")
_SILENT = ("FHS", "BHS", "BTS", "FTS", "MSH", "SFT", "PID", "PD1", "PV1", "PV2", "ORC", "OBR", "OBX", "NTE")


@dataclass
class _Group:
    """An order with its results, and what stands beside each of them."""

    order: Segment | None
    results: list[tuple[Segment, list[Segment]]]
    samples: list[Segment]
    notes: list[Segment]


def read_hl7(content: bytes, laboratory: Laboratory) -> Report:
    """The results of a file. Raises UnreadableFile with a sentence that quotes nothing of its content."""
    groups, unread = [_Group(None, [], [], [])], []
    whose, patient, patients = set[Whose](), Whose(), 0
    for segment in segments_in(content):
        if segment.name == "MSH":
            _check_kind(segment)
            groups.append(_Group(None, [], [], []))
            patient = Whose()
        elif segment.name == "PID":
            patient = _whose(segment)
            whose.add(patient)
            patients += 1
        elif segment.name == "OBR":
            groups.append(_Group(segment, [], [], []))
        elif segment.name == "SPM":
            groups[-1].samples.append(segment)
        elif segment.name == "OBX":
            groups[-1].results.append((segment, []))
            whose.add(patient)
        elif segment.name == "NTE":
            (groups[-1].results[-1][1] if groups[-1].results else groups[-1].notes).append(segment)
        if segment.name not in (*_SILENT, "SPM"):
            unread.append(laboratory.say("line {number}: {text}", number=segment.line, text=segment.name))
    if len(whose) > 1 or (patients > 1 and not patient.sure):
        raise UnreadableFile(_SEVERAL)
    found = [_Reading(laboratory, group, *result).result() for group in groups for result in group.results]
    if not found:
        raise UnreadableFile(word("it holds no results (no OBX segment)"))
    return Report(next(iter(whose), Whose()), tuple(found), tuple(unread))


def _check_kind(header: Segment) -> None:
    kind = header.parts(9)[0]
    if kind not in ("ORU", ""):
        raise UnreadableFile(word("it is an HL7 message of another kind; results come as ORU"))


def _whose(segment: Segment) -> Whose:
    family, given, middle = segment.parts(5)[:3]
    born = segment.text(7)[:8]
    numbers = [parts[0].strip() for field in (3, 2) for parts in segment.repeated(field) if parts[0].strip()]
    return Whose(
        "",
        family.split(segment.marks.inner)[0].strip(),
        " ".join(part for part in (given.strip(), middle.strip()) if part),
        f"{born[:4]}-{born[4:6]}-{born[6:8]}" if len(born) == 8 and born.isdigit() else "",
        {"F": "female", "M": "male"}.get(segment.text(8).upper(), ""),
        tuple(dict.fromkeys(numbers)),
    )


class _Reading:
    """One OBX segment as a result, with its order, its sample and the notes under it."""

    def __init__(
        self, laboratory: Laboratory, group: _Group, segment: Segment, notes: Sequence[Segment]
    ) -> None:
        self.laboratory, self.group, self.segment, self.notes = laboratory, group, segment, notes
        self.say = laboratory.say

    def result(self) -> Result:
        code = self.segment.parts(3)
        coded = [(code[0], code[2]), (code[3], code[5])]
        names = [name for name in (code[1], code[4]) if name.strip()]
        result = Result(
            short(next(iter((*names, *(own for own, _ in coded if own))), ""))
            or self.say("a test without a name"),
            self.say("line {number}", number=self.segment.line),
            "",
            status=short(self.segment.text(11)),
            flag=short(", ".join(filter(None, (parts[0].strip() for parts in self.segment.repeated(8))))),
            reference=short(self.segment.text(7)),
        )
        result = self._valued(result)
        loinc = [own.strip() for own, system in coded if own.strip() and system.strip().upper() in _LOINC]
        result = self.laboratory.recognised(result, names or [code[0]], loinc)
        result = self._dated(result)
        result = self.laboratory.sampled(result, self._samples())
        notes = (*self.group.notes, *self.notes) if self.group.order else self.notes
        noted = " ".join(part for note in notes for parts in note.repeated(3) for part in parts if part)
        result = result.remarked(self.say("The laboratory adds: {note}", note=short(noted)) if noted else "")
        return self._final(result)

    def _valued(self, result: Result) -> Result:
        kind, values = self.segment.text(2), self.segment.repeated(5)
        parts = [part.strip() for part in values[0]] + [""] * 4
        unit = self._unit()
        said = " ".join(part for part in parts if part)
        result = replace(result, given=short(f"{said} {unit}".strip()), unit=unit)
        if len(values) > 1:
            return result.refused(self.say("It has several values."))
        if not said:
            return result.refused(self.say("It has no value that can be read."))
        if kind == "SN":
            return self._structured(result, parts)
        if kind in _NUMBERS or kind in _TEXTS:
            return replace(result, value=short(said))
        if kind in _CODED:
            return replace(result, value=short(parts[1] or parts[0]))
        return result.refused(
            self.say("Its value is of a kind that is not read: “{kind}”.", kind=short(kind))
        )

    def _structured(self, result: Result, parts: Sequence[str]) -> Result:
        """A number with a comparator, HL7's SN; a ratio or a range is no result here."""
        sign, number = parts[0], parts[1]
        if parts[2] or parts[3] or sign not in ("", "=", *_SIGNS):
            return result.refused(self.say("Its value is of a kind that is not read: “{kind}”.", kind="SN"))
        return replace(result, value=number, comparator=sign if sign in _SIGNS else "")

    def _unit(self) -> str:
        code, text = self.segment.parts(6)[:2]
        known = self.laboratory.unit_of
        return short(text if known(text) and not known(code) and not code.strip() else code or text).strip()

    def _dated(self, result: Result) -> Result:
        """The day of the sample: that of the result, or else of the order."""
        order = self.group.order
        days = [self.segment.text(14), order.text(7) if order else ""]
        days += [sample.text(17) for sample in self.group.samples]
        told = [day[:8] for day in days if day]
        result = self.laboratory.dated(result, next(iter(filter(None, days)), "")[:8])
        if len(set(told)) > 1:
            return result.remarked(self.say("The order names another day than the result."))
        return result

    def _samples(self) -> list[str]:
        named = [part for sample in self.group.samples for part in sample.parts(4)[:2]]
        order = self.group.order
        if order is not None and not any(named):
            named = [part.split(order.marks.inner)[0] for part in order.parts(15)[:2]]
        return [part for part in named if part.strip()]

    def _final(self, result: Result) -> Result:
        order = self.group.order
        if order is not None and order.text(25) == "X":
            return result.not_final(self.say(NOT_FINAL, status="X"))
        status = self.segment.text(11)
        if status not in _FINAL:
            return result.not_final(self.say(NOT_FINAL if status else NO_STATUS, status=short(status)))
        return result
