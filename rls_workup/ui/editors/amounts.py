"""What people type or paste into a number field: `38`, `<5`, `38 ug/L 18 nov`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from rls_workup.domain.parts import Item
from rls_workup.domain.protocol import Protocol
from rls_workup.domain.quantity import NotANumber, fold_unit, read_amount
from rls_workup.domain.reading import split_unit
from rls_workup.domain.workup import Answer
from rls_workup.exchange.typed_days import read_past_day

_SIGNS = {"<=": "≤", ">=": "≥"}


@dataclass(frozen=True, slots=True)
class Pasted:
    """A result in one text: the number as typed, the unit's id and the day, empty where it is missing."""

    number: str
    unit: str = ""
    collected: str = ""


def read_pasted(text: str, item: Item, protocol: Protocol, today: date) -> Pasted:
    """The parts of a typed or pasted result; what is not understood stays in the number, for the Reader."""
    number, rest = split_unit(text)
    words = rest.replace(",", " ").replace(";", " ").split()
    for count in range(len(words), 0, -1):
        unit = protocol.reader.spelling.get(fold_unit("".join(words[:count])), "")
        if unit not in item.units:
            continue
        try:
            return Pasted(number, unit, _day(" ".join(words[count:]), today))
        except ValueError:
            break
    return Pasted(" ".join(text.split()))


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
