"""A filled form read back: whose it is, and each answer as typed, understood, or with a sentence why not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from rls_workup.domain import form_fields as form
from rls_workup.domain.parts import Item
from rls_workup.domain.proposals import Proposal, answer_to
from rls_workup.domain.protocol import Protocol
from rls_workup.domain.quantity import NotANumber, Quantity, read_amount
from rls_workup.domain.text import shown_date, visible
from rls_workup.domain.wording import Untold, word
from rls_workup.domain.workup import Answer, Patient, State, Workup
from rls_workup.errors import NewerFormat, UnreadableFile
from rls_workup.exchange.pdf_fields import Written, fields_in
from rls_workup.exchange.typed_days import read_day, read_past_day

SOURCE = "filled form"
_FORMAT = re.compile(r"rls-form/([0-9]{1,6})\Z")
_OTHER = word("this PDF is a form of another program")
_LINE = re.compile(r"([0-9]{1,4})-([a-z_]+)\Z")
_LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class FilledForm:
    """What a form holds, by field; `made_for` is the work-up that it was printed from, if any."""

    version: str
    made_for: str
    patient: Patient
    visit_date: str
    fields: Mapping[str, Written]


def read_form(content: bytes, protocol: Protocol, today: date, password: str = "") -> FilledForm:
    """The form in a PDF. Raises UnreadableFile, NeedsPassword or NewerFormat with a sentence."""
    fields = fields_in(content, password)
    about = fields.pop(form.ABOUT, Written("")).text.split(" ", 3)
    known = _FORMAT.match(about[0])
    if known is None or len(about) < 3:
        raise UnreadableFile(_OTHER)
    if int(known[1]) > 1:
        raise NewerFormat("This form was made by a newer version of this program; please update it.")
    if about[1] != protocol.about.id:
        raise UnreadableFile("it is a form of another protocol; give that protocol's folder with --protocol")
    texts = {name: written.text.strip() for name, written in fields.items()}
    particulars: dict[str, Any] = {name: texts.get(form.patient_field(name), "") for name in form.PATIENT}
    born = particulars["date_of_birth"]
    particulars["date_of_birth"] = _day_or_text(born, today, protocol)
    visit = _day_or_text(texts.get(form.VISIT, ""), today, protocol)
    return FilledForm(about[2], about[3] if len(about) > 3 else "", Patient(**particulars), visit, fields)


def is_form(content: bytes) -> bool:
    """Whether the bytes are a PDF with fields of this program's form, locked or not."""
    try:
        return form.ABOUT in fields_in(content)
    except UnreadableFile:
        return False


def _day_or_text(text: str, today: date, protocol: Protocol) -> str:
    try:
        return read_day(text, today, wording=protocol.wording).date.isoformat()
    except ValueError:
        return text


def in_form(filled: FilledForm, protocol: Protocol, workup: Workup, today: date) -> list[Proposal]:
    """What the form says of each item that it says something new of, in reading order."""
    return [
        proposal
        for section in sorted(protocol.sections, key=lambda section: section.order)
        for item in protocol.items_of(section.id)
        if (proposal := _Asked(filled, protocol, item, answer_to(workup, item), today).proposal())
    ]


def without_place(filled: FilledForm, protocol: Protocol) -> list[tuple[str, str]]:
    """The fields with something in them that no item of the protocol has, with their text."""
    known = {*protocol.items, *protocol.renamed, form.VISIT, "patient"}
    return [
        (visible(name), _said(written.text))
        for name, written in filled.fields.items()
        if name.split("-")[0] not in known and written.text
    ]


def beside_the_items(filled: FilledForm, protocol: Protocol, workup: Workup) -> list[str]:
    """What to know before anything is taken: another version, another visit, fields without a place."""
    said: list[str] = []
    say = protocol.wording.say
    if filled.version != protocol.about.version:
        said.append(
            say(
                "The form is of protocol version {version}, this is {at_hand}; it is read by the ids of "
                "its items.",
                version=filled.version,
                at_hand=protocol.about.version,
            )
        )
    if filled.visit_date and workup.visit_date and filled.visit_date != workup.visit_date:
        said.append(
            say(
                "The form is of the visit on {date}, the work-up of that on {other}.",
                date=shown_date(filled.visit_date),
                other=shown_date(workup.visit_date),
            )
        )
    said += [
        say("No item has the id “{name}”: {text}", name=name, text=text)
        for name, text in without_place(filled, protocol)
    ]
    return said


def _said(text: str) -> str:
    return " ".join(visible(text, keep="\n").split())


class _Misread(ValueError):
    """What a field holds cannot be taken; `str()` is the sentence."""


class _Asked:
    """The fields of one item, and what they amount to."""

    def __init__(
        self, filled: FilledForm, protocol: Protocol, item: Item, known: Answer | None, today: date
    ) -> None:
        self.protocol, self.item, self.known, self.today = protocol, item, known, today
        self.say = protocol.wording.say
        self.fields = next(filter(None, (_of(filled.fields, name) for name in (item.id, *item.was))), {})
        self.texts = {part: written.text.strip() for part, written in self.fields.items()}

    def proposal(self) -> Proposal | None:
        """None where the fields are empty, or as they were when the form was made."""
        changed = any(written.text != written.before for written in self.fields.values())
        troubles = list(self._troubles())
        if not (changed and any(self.texts.values())) and not troubles:
            return None
        try:
            if troubles:
                raise _Misread(troubles[0])
            return Proposal(self.item.id, self._given(), self._answer())
        except _Misread as trouble:
            return Proposal(self.item.id, self._given(), problem=str(trouble))

    def _troubles(self) -> Iterator[str]:
        for written in self.fields.values():
            if written.trouble:
                yield self.say("A field of {item} cannot be read.", item=self.item.label)
            if len(written.text) > _LONGEST:
                yield self.say("{item}: the text is longer than 20,000 characters.", item=self.item.label)

    def _given(self) -> str:
        """The fields as they stand, in a few words."""
        texts = [self._box_words(part, text) for part, text in self.texts.items() if text]
        return _said(" · ".join(texts))

    def _box_words(self, part: str, text: str) -> str:
        state = form.state_in(text)
        if state is not None:
            return self.say(_STATES.get(state, str(state)))
        if part == "unit":
            return self.protocol.shown_unit(self._units().get(text, text))
        if part == "" and form.boxes_of(self.item):
            return self.protocol.choice_shown(self.item.id, text)
        return self.say("No medicines.") if part == "none" else text

    def _units(self) -> dict[str, str]:
        return {form.option(unit): unit for unit in self.item.units}

    def _answer(self) -> Answer:
        value, state = self._value(), self._state()
        note = self.texts.get("note", "") if form.has_note(self.item) else ""
        if value is not None and state is not None:
            raise _Misread(
                self.say("{item} has a value and a ticked state. Choose one of them.", item=self.item.label)
            )
        if value is None and state is None:
            raise _Misread(self._incomplete())
        day = self._day()
        if state is not None:
            return Answer(None, state, since=day if state.awaited else "", note=note, source=SOURCE)
        answer = value if isinstance(value, Answer) else Answer(value)
        return Answer(
            answer.value,
            unit=answer.unit,
            comparator=answer.comparator,
            collected=day,
            note=note,
            source=SOURCE,
        )

    def _incomplete(self) -> str:
        if self.texts.get("unit"):
            return self.say("{item} has a unit, but no number.", item=self.item.label)
        return self.say("{item}: something stands beside it, but it has no answer.", item=self.item.label)

    def _state(self) -> State | None:
        boxed = bool(form.boxes_of(self.item))
        chosen = self.texts.get("" if boxed else "state", "")
        state = form.state_in(chosen)
        if state is None and chosen and not boxed:
            raise _Misread(self.say("A field of {item} cannot be read.", item=self.item.label))
        return state

    def _day(self) -> str:
        text = self.texts.get("day", "")
        if not text or not form.has_day(self.item):
            return ""
        try:
            return read_past_day(text, self.today, wording=self.protocol.wording).date.isoformat()
        except Untold as trouble:
            raise _Misread(f"{self.item.label}: {trouble.told(self.protocol.wording)}") from None

    def _value(self) -> Any:
        if self.item.kind == "medications":
            return self._medicines()
        text = self.fields[""].text if self.item.kind == "text" and "" in self.fields else self.texts.get("")
        if not text or form.state_in(text) is not None:
            return None
        unit = self._unit()
        answer = Answer(text, unit=unit)
        reading = self.protocol.reader.read(self.item, answer)
        if reading.rejected:
            raise _Misread(reading.rejected)
        if isinstance(reading.value, Quantity):
            amount = reading.value
            return Answer(amount.amount, unit=amount.unit, comparator=amount.comparator)
        return reading.value

    def _unit(self) -> str:
        chosen = self.texts.get("unit", "")
        if not chosen:
            return ""
        if chosen not in self._units():
            raise _Misread(self.say("The unit of {item} is not known.", item=self.item.label))
        return self._units()[chosen]

    def _medicines(self) -> list[Any] | None:
        lines: dict[int, dict[str, str]] = {}
        for part, text in self.texts.items():
            if (found := _LINE.match(part)) and text:
                lines.setdefault(int(found[1]), {})[found[2]] = text
        if lines and self.texts.get("none"):
            raise _Misread(self.say("Medicines are listed, and “No medicines.” is ticked too."))
        if not lines:
            return [] if self.texts.get("none") else None
        known = self.known.value if self.known and isinstance(self.known.value, (list, tuple)) else ()
        return [self._medicine(lines[number], known) for number in sorted(lines)]

    def _medicine(self, parts: dict[str, str], known: Any) -> Any:
        """One line; where the form says just what the work-up has, the work-up's own line."""
        for line in known:
            if _tidy(form.line_parts(line) or {}) == _tidy(parts):
                return line
        if not parts.get("name"):
            raise _Misread(self.say("A medicine has no name."))
        return {part: parts[part] for part in ("name", "dose", "route") if part in parts} | self._course(
            parts
        )

    def _course(self, parts: dict[str, str]) -> dict[str, Any]:
        name, more = parts["name"][:40], {}
        if ("length" in parts) != ("span" in parts):
            raise _Misread(self.say("{name}: a time needs a number and weeks, months or years.", name=name))
        if "length" in parts:
            if parts["span"] not in form.SPANS:
                raise _Misread(self.say("A field of {item} cannot be read.", item=self.item.label))
            more[parts["span"]] = self._count(name, parts["length"])
        if "current" in parts:
            more["current"] = parts["current"] == form.NOW
        if "weeks_ago" in parts:
            more["weeks_ago"] = self._count(name, parts["weeks_ago"])
        if form.NO_PRESCRIPTION in parts:
            more[form.NO_PRESCRIPTION] = True
        return more | ({"note": parts["note"]} if "note" in parts else {})

    def _count(self, name: str, text: str) -> Any:
        try:
            sign, amount = read_amount(text)
        except NotANumber as trouble:
            raise _Misread(f"{name}: {trouble.told(self.protocol.wording)}") from None
        if sign:
            raise _Misread(self.say("{name}: a plain number was expected.", name=name))
        return amount


_STATES = {
    State.PENDING: "awaited",
    State.ORDERED: "ordered",
    State.UNKNOWN: "not known",
    State.DECLINED: "declined",
    State.NOT_APPLICABLE: "not applicable",
}


def _tidy(parts: Mapping[str, str]) -> dict[str, str]:
    return {part: " ".join(text.split()) for part, text in parts.items() if text.strip()}


def _of(fields: Mapping[str, Written], item: str) -> dict[str, Written]:
    """The fields of an item by their part, "" for the value."""
    return {
        name[len(item) + 1 :]: written
        for name, written in fields.items()
        if name == item or name.startswith(f"{item}-")
    }
