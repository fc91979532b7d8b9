"""What people type or paste into a number field: `38`, `<5`, `38 ug/L 18 nov`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from rls_workup.domain.parts import Item
from rls_workup.domain.protocol import Protocol
from rls_workup.domain.quantity import NotANumber, fold_unit, read_amount
from rls_workup.domain.workup import Answer
from rls_workup.exchange.typed_days import Ambiguous
from rls_workup.ui.typed_dates import read_past_day
from rls_workup.ui.words import said_of

_SIGNS = {"<=": "≤", ">=": "≥"}


_NUMBER = re.compile(r"(?P<number>[<>≤≥=]{0,2}\s*[0-9][0-9.,]*)(?P<rest>.*)\Z")
# What a laboratory prints around a result: its own flag, its range in brackets, words before the day.
_FLAG = re.compile(r"(?:[*!+-]|l{1,2}|h{1,2}|low|high)\Z")
_RANGE = re.compile(r"[(\[]\s*[0-9<>≤≥.,\s–-]+[)\]]")
_BEFORE_A_DAY = frozenset({"on", "of", "am", "vom", "collected", "taken", "sampled", "date"})


@dataclass(frozen=True, slots=True)
class Pasted:
    """A result in one text: the number as typed, the unit's id and the day, empty where it is missing.

    `asks` is what must be asked, where the day could be two.
    """

    number: str
    unit: str = ""
    collected: str = ""
    asks: str = ""


def read_pasted(text: str, item: Item, protocol: Protocol, today: date) -> Pasted:
    """The parts of a typed or pasted result; what is not understood stays in the number, for the Reader."""
    whole = Pasted(" ".join(text.split()))
    found = _NUMBER.match(_without_name(whole.number, item))
    if found is None or not found["rest"].strip():
        return whole
    words = _RANGE.sub(" ", found["rest"]).replace(",", " ").replace(";", " ").split()
    unit, count = _unit_of(words, item, protocol)
    rest = " ".join(_without_print(words[count:])).strip("()")
    if not (unit or rest) or (rest and not item.orderable):
        return whole
    try:
        return Pasted(found["number"].strip(), unit, _day(rest, today))
    except Ambiguous as trouble:
        return Pasted(found["number"].strip(), unit, "", said_of(trouble))
    except ValueError:
        return whole


def _without_name(text: str, item: Item) -> str:
    """The text without the item's own name in front, as in `Ferritin: 38 ug/L`."""
    for name in sorted({item.label, item.asks, item.short or ""}, key=len, reverse=True):
        if name and text.casefold().startswith(name.casefold()):
            return text[len(name) :].lstrip(" :")
    return text


def _unit_of(words: list[str], item: Item, protocol: Protocol) -> tuple[str, int]:
    """The unit that the first words name, and how many words that takes."""
    for count in range(len(words), 0, -1):
        unit = protocol.reader.spelling.get(fold_unit("".join(words[:count])), "")
        if unit in item.units:
            return unit, count
    return "", 0


def _without_print(words: list[str]) -> list[str]:
    bare = ((word, word.strip("()").casefold()) for word in words)
    return [word for word, plain in bare if plain not in _BEFORE_A_DAY and not _FLAG.match(plain)]


def _day(text: str, today: date) -> str:
    return read_past_day(text, today).date.isoformat() if text else ""


def amount_and_sign(number: str) -> tuple[Decimal | str, str]:
    """A typed number as value and comparator; the text itself where it is none."""
    try:
        sign, amount = read_amount(number)
    except NotANumber:
        return number, ""
    return amount, sign


def number_text(answer: Answer) -> str:
    """The value as it is shown in a number field, with the precision it was reported in."""
    value = answer.value
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        return "" if value is None else str(value)
    amount = Decimal(value)
    shown = format(amount, "f") if amount.is_finite() and -20 < amount.adjusted() < 20 else str(value)
    return _SIGNS.get(answer.comparator, answer.comparator) + shown
