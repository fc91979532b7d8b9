"""A line of the medicines list as one text: how it is kept while it is being typed, and read again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from rls_workup.domain.quantity import NotANumber, plain, read_amount
from rls_workup.exchange.since import SINCE_WORDS

SPANS: Final = ("months", "years", "weeks")
_MARK: Final = " · "
_NO_PRESCRIPTION: Final = "no prescription"
_STOPPED: Final = "no longer taken"
_AGO: Final = " weeks ago"
_BESIDE: Final = (("route", "Route"), ("note", "Note"))
Medicine = dict[str, Any]


def text_of(value: Any) -> str:
    """A stored value for a field."""
    if isinstance(value, Decimal):
        return plain(value)
    return "" if value is None else str(value)


def number_or_text(text: str) -> Decimal | str:
    """A typed number; what is none stays text, for the Reader to refuse."""
    try:
        sign, amount = read_amount(text)
    except NotANumber:
        return text
    return text if sign else amount


def span_of(line: Mapping[str, Any]) -> str:
    """In what a line says how long it is taken: months where it does not say."""
    return next((span for span in SPANS if line.get(span) not in (None, "")), SPANS[0])


def since_words(text: str) -> str:
    """A text that says since when, with the word “since”; empty where it is none, such as a number."""
    words = " ".join(text.split())
    if re.fullmatch(r"(19|20)\d\d", words):
        return f"since {words}"
    return words if re.match(rf"{SINCE_WORDS}\s", words, re.IGNORECASE) else ""


def beside_the_fields(line: Mapping[str, Any]) -> str:
    """What a line says that has no field of its own: route and note."""
    return ". ".join(f"{word}: {text}" for key, word in _BESIDE if (text := text_of(line.get(key)).strip()))


def is_current(line: Mapping[str, Any]) -> bool:
    """Whether the medicine is still taken, as far as the line says."""
    return line.get("current", True) in (True, "yes")


def is_without_prescription(line: Mapping[str, Any]) -> bool:
    """Whether the medicine was bought without prescription."""
    return line.get("over_the_counter") in (True, "yes")


def line_text(line: Mapping[str, Any]) -> str:
    """`pramipexole · 0.18 mg · 3 years · no prescription · no longer taken`, empty ends left out."""
    return _MARK.join(_parts_of(line)).rstrip(_MARK)


def line_words(line: Mapping[str, Any]) -> str:
    """The same for a person to read, without empty places."""
    return _MARK.join(part for part in _parts_of(line) if part)


def _parts_of(line: Mapping[str, Any]) -> list[str]:
    span = span_of(line)
    length = text_of(line.get(span))
    return [
        text_of(line.get("name")),
        text_of(line.get("dose")),
        f"{length} {span}" if length else "",
        _NO_PRESCRIPTION if is_without_prescription(line) else "",
        _stopped_words(line),
    ]


def _stopped_words(line: Mapping[str, Any]) -> str:
    if is_current(line):
        return ""
    ago = text_of(line.get("weeks_ago"))
    return f"{_STOPPED}, {ago}{_AGO}" if ago else _STOPPED


def read_line_text(text: str) -> Medicine:
    """The line that `line_text` wrote; of any other text the whole is the name."""
    parts = [part.strip() for part in text.split(_MARK.strip())]
    parts += [""] * (5 - len(parts))
    name, dose, length, bought, stopped = parts[:5]
    number, _, span = length.rpartition(" ")
    line: Medicine = {"name": name}
    if dose:
        line["dose"] = dose
    if number:
        line[span if span in SPANS else SPANS[0]] = number_or_text(number)
    if bought == _NO_PRESCRIPTION:
        line["over_the_counter"] = True
    if stopped.startswith(_STOPPED):
        line["current"] = False
        ago = stopped.removeprefix(_STOPPED).removeprefix(", ").removesuffix(_AGO)
        line |= {"weeks_ago": number_or_text(ago)} if ago else {}
    return line
