"""An item as fields of a form: their names, what may be chosen, and how a known answer stands in them.

The names never change: a form that was printed or sent out comes back much later.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from rls_workup.domain.operands import choices_of
from rls_workup.domain.parts import Item
from rls_workup.domain.quantity import Quantity, plain
from rls_workup.domain.reading import Reader
from rls_workup.domain.text import shown_date
from rls_workup.domain.workup import Answer, State

FORM: Final = "rls-form/1"
ABOUT: Final = "rls-form"
"""The field that says which form it is: format, protocol, version and the work-up it was made for."""
PATIENT: Final = ("family_name", "given_name", "date_of_birth", "sex", "identifier")
SEXES: Final = ("female", "male", "other", "unknown")
VISIT: Final = "visit_date"
CHOSEN: Final = "on"
SPANS: Final = ("weeks", "months", "years")
NO_PRESCRIPTION: Final = "over_the_counter"
NOW, STOPPED = "now", "stopped"
_STATE: Final = "state-"
_MOST_BOXES: Final = 4


def field(item: str, part: str = "") -> str:
    """The name of a field; no id of an item holds a hyphen."""
    return f"{item}-{part}" if part else item


def patient_field(particular: str) -> str:
    """The field of one of the patient's particulars."""
    return field("patient", particular)


def line_field(item: str, number: int, part: str) -> str:
    """The field of one part of a line of a list, from 1."""
    return field(item, f"{number}-{part}")


def option(text: str) -> str:
    """A unit as the name of a box: letters and figures as they are, every other sign by its number."""
    return "".join(sign if sign.isascii() and sign.isalnum() else f"-{ord(sign):X}-" for sign in text)


def state_option(state: State) -> str:
    """A state as the name of a box."""
    return f"{_STATE}{state}"


def state_in(chosen: str) -> State | None:
    """The state that a box stands for; None for a value."""
    name = chosen.removeprefix(_STATE)
    return State(name) if name != chosen and name in tuple(State) else None


def boxes_of(item: Item) -> tuple[str, ...]:
    """The values that are boxes; none where the value is written on a line."""
    limits = item.accepts
    if item.kind == "score" and limits and limits.highest - limits.lowest < _MOST_BOXES:
        return tuple(str(number) for number in range(int(limits.lowest), int(limits.highest) + 1))
    return choices_of(item)


def states_of(item: Item) -> tuple[State, ...]:
    """Where the item can stand without a value, as far as the form has boxes for it."""
    if item.kind == "request":
        return (State.ORDERED, State.PENDING, State.NOT_APPLICABLE, State.UNKNOWN, State.DECLINED)
    if item.orderable:
        return (State.PENDING, State.UNKNOWN, State.DECLINED)
    return () if item.kind == "text" else (State.UNKNOWN, State.DECLINED)


def state_field(item: Item) -> str:
    """The field with the state's boxes: that of the value's boxes, so that only one can be chosen."""
    return item.id if boxes_of(item) else field(item.id, "state")


def has_day(item: Item) -> bool:
    """Whether the form asks for the day of the sample."""
    return item.orderable and item.kind != "request"


def has_note(item: Item) -> bool:
    """Whether the form has a line for a note."""
    return not has_day(item) and item.kind not in ("quantity", "text", "medications")


def filled(reader: Reader, item: Item, answer: Answer) -> dict[str, str]:
    """The fields that hold an answer; none where the form has no way to show it."""
    fields = _value_fields(reader, item, answer)
    if fields is None or not all(map(_can_be_written, (*fields.values(), answer.note))):
        return {}
    day = answer.collected if answer.state is State.ANSWERED else answer.since
    if has_day(item) and day:
        fields[field(item.id, "day")] = shown_date(day)
    if has_note(item) and answer.note:
        fields[field(item.id, "note")] = answer.note
    return fields


def _value_fields(reader: Reader, item: Item, answer: Answer) -> dict[str, str] | None:
    if answer.state in states_of(item):
        return {state_field(item): state_option(answer.state)}
    reading = reader.read(item, answer)
    if answer.state is not State.ANSWERED or reading.value is None or reading.partly:
        return None
    if isinstance(reading.value, Quantity):
        amount = f"{reading.value.comparator}{plain(reading.value.amount)}"
        return {item.id: amount, field(item.id, "unit"): option(reading.value.unit)}
    if item.kind == "medications":
        return list_fields(item.id, answer.value)
    return {item.id: plain(reading.value) if isinstance(reading.value, Decimal) else str(reading.value)}


def list_fields(item: str, lines: Sequence[Any]) -> dict[str, str] | None:
    """The fields of a list of medicines; None where one of its lines cannot be shown in them."""
    if not lines:
        return {field(item, "none"): CHOSEN}
    fields: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        parts = line_parts(line)
        if parts is None:
            return None
        fields |= {line_field(item, number, part): text for part, text in parts.items() if text}
    return fields


def line_parts(line: Any) -> dict[str, str] | None:
    """One medicine as the parts of its line on the form; None where they cannot show it."""
    given: Mapping[str, Any] = {"name": line} if isinstance(line, str) else line
    spans = [span for span in SPANS if given.get(span) not in (None, "")]
    known = {part: given.get(part) for part in ("name", "dose", "route", "weeks_ago", "note")}
    if len(spans) > 1 or not all(isinstance(value, str | int | Decimal | None) for value in known.values()):
        return None
    parts = {part: _written(value) for part, value in known.items()}
    if spans:
        parts |= {"length": _written(given[spans[0]]), "span": spans[0]}
    if "current" in given:
        parts["current"] = NOW if given["current"] in (True, "yes") else STOPPED
    if given.get(NO_PRESCRIPTION) in (True, "yes"):
        parts[NO_PRESCRIPTION] = CHOSEN
    return parts


def _written(value: Any) -> str:
    if isinstance(value, Decimal) and value.is_finite() and -20 < value.adjusted() < 20:
        return plain(value)
    return "" if value is None else str(value)


def _can_be_written(text: str) -> bool:
    """Not half a character, which no file holds."""
    return not any("\ud800" <= sign <= "\udfff" for sign in text)
