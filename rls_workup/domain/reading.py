"""What a given answer amounts to: a value of the item's kind, or a sentence that says why it is none."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from rls_workup.domain.conditions import Value
from rls_workup.domain.medicines import Pharmacy
from rls_workup.domain.operands import choices_of
from rls_workup.domain.parts import Item, Limits, Unit
from rls_workup.domain.quantity import (
    COMPARATORS,
    NotANumber,
    Quantity,
    decimal_of,
    finite_amount,
    fold_unit,
    plain,
    plain_or_short,
    read_amount,
)
from rls_workup.domain.wording import ENGLISH, Wording, word
from rls_workup.domain.workup import Answer, State

_MOST_REMEMBERED = 4096
_ABOVE = word("{item} {amount} is above the highest that is accepted ({limit}).")
_BELOW = word("{item} {amount} is below the lowest that is accepted ({limit}).")
_CHECK, _CHECK_BOTH = word("Check the number."), word("Check the number and its unit.")
_TWICE = {
    "units": word("{item} has two units, {one} and {other}."),
    "comparators": word("{item} has two comparators, {one} and {other}."),
}
_YES_NO = {"yes": "yes", "no": "no", "true": "yes", "false": "no"}


@dataclass(frozen=True, slots=True)
class Reading:
    """An item's value, or why there is none. `rejected`, `partly` and `warning` are sentences for a person.

    `partly`: a line of a list cannot be read; the others count, and the list stays open.
    """

    value: Value | None = None
    rejected: str = ""
    partly: str = ""
    unit_missing: bool = False
    warning: str = ""

    @property
    def remarks(self) -> str:
        """What there is to say about it; empty for most."""
        return self.rejected or self.partly or self.warning


class Unreadable(ValueError):
    """The value cannot be accepted; `str()` says why."""


class NoUnit(Unreadable):
    """An amount without its unit."""


class Reader:
    """Reads answers of one protocol: it knows every unit's spellings and the drugs."""

    def __init__(self, units: Sequence[Unit], pharmacy: Pharmacy, wording: Wording = ENGLISH) -> None:
        self.pharmacy = pharmacy
        self.say, self.number = wording.say, wording.number
        self.wording = wording
        self.shows = {unit.id: unit.shows for unit in units}
        self.spelling = {
            fold_unit(written): unit.id for unit in units for written in (unit.id, unit.shows, *unit.also)
        }
        self._remembered: dict[int, tuple[Answer, Item, Reading]] = {}
        self._kinds: Mapping[str, Callable[[Item, Answer], Value]] = {
            "yes_no": self._choice,
            "choice": self._choice,
            "quantity": self._quantity,
            "number": self._number,
            "score": self._number,
            "text": self._text,
            "request": self._text,
            "medications": self._medications,
        }

    def unit_of(self, written: str) -> str:
        """The id of a unit as written, "" where it is none."""
        return self.spelling.get(fold_unit(written), "")

    def read(self, item: Item, answer: Answer) -> Reading:
        """The reading of an answer; never raises, and never takes a missing value for anything.

        An answer never changes, so what it amounts to is remembered: an edit reads one answer, not a hundred.
        """
        known = self._remembered.get(id(answer))
        if known is not None and known[0] is answer and known[1] is item:
            return known[2]
        if len(self._remembered) >= _MOST_REMEMBERED:
            self._remembered.clear()
        reading = self._read(item, answer)
        self._remembered[id(answer)] = (answer, item, reading)
        return reading

    def _read(self, item: Item, answer: Answer) -> Reading:
        if answer.state is State.REJECTED:
            return Reading(
                rejected=answer.reason or self._why_not(item, answer),
                unit_missing=self._lacks_unit(item, answer),
            )
        if answer.state is not State.ANSWERED or (answer.value is None and answer.typed):
            return Reading()  # text still being typed is no value, and no mistake either
        try:
            value = self._kinds[item.kind](item, answer)
        except NoUnit as trouble:
            return Reading(rejected=str(trouble), unit_missing=True)
        except ValueError as trouble:
            return Reading(rejected=str(trouble))
        return Reading(value, warning=self._unusual(item, value), partly=self._partly(item, value))

    def _why_not(self, item: Item, answer: Answer) -> str:
        if "state" in answer.extra:
            given = _said(answer.extra["state"])
            return self.say("{item}: “{given}” is no state of an answer.", item=item.label, given=given)
        again = self.read(item, Answer(answer.value, State.ANSWERED, answer.unit, answer.comparator))
        return again.rejected or self.say(
            "{item}: this value was rejected when it was entered.", item=item.label
        )

    def _lacks_unit(self, item: Item, answer: Answer) -> bool:
        again = self.read(item, Answer(answer.value, State.ANSWERED, answer.unit, answer.comparator))
        return again.unit_missing

    def _choice(self, item: Item, answer: Answer) -> str:
        given = answer.value
        chosen = given.strip().casefold() if isinstance(given, str) else ""
        if item.kind == "yes_no":
            chosen = _YES_NO.get(str(given).casefold() if isinstance(given, bool) else chosen, "")
        if chosen in choices_of(item):
            return chosen
        raise Unreadable(self._none_of(item, given, choices_of(item)))

    def _none_of(self, item: Item, given: object, known: Sequence[str]) -> str:
        listed = ", ".join(known)
        return self.say(
            "{item}: “{given}” is none of {known}.", item=item.label, given=_said(given), known=listed
        )

    def _text(self, item: Item, answer: Answer) -> str:
        if isinstance(answer.value, str):
            return answer.value
        raise Unreadable(self.say("{item}: text was expected here.", item=item.label))

    def _medications(self, item: Item, answer: Answer) -> Value:
        lines = answer.value
        if not isinstance(lines, (list, tuple)):
            raise Unreadable(self.say("{item}: a list of medicines was expected here.", item=item.label))
        return tuple(self.pharmacy.read_line(line) for line in lines)

    def _partly(self, item: Item, value: Value) -> str:
        troubles = [line.trouble for line in value if line.trouble] if isinstance(value, tuple) else []
        return f"{item.label}: {' '.join(troubles)}" if troubles else ""

    def _number(self, item: Item, answer: Answer) -> Decimal:
        sign, amount, unit = self._amount(item, answer)
        if sign:
            raise Unreadable(
                self.say("{item}: a plain number was expected, without {sign}.", item=item.label, sign=sign)
            )
        if unit and fold_unit(unit) not in {fold_unit(written) for written in item.unit_words}:
            said = self.say("{item} is not given in “{unit}”.", item=item.label, unit=_said(unit))
            raise Unreadable(f"{said} {self._asked_for(item)}")
        if item.kind == "score" and amount != amount.to_integral_value():
            shown = self.number(plain(amount))
            raise Unreadable(
                self.say("{item} is a whole number; {amount} is not.", item=item.label, amount=shown)
            )
        self._within(item, item.accepts, amount, item.shows_unit)
        return amount

    def _asked_for(self, item: Item) -> str:
        if item.shows_unit:
            return self.say("Give it in {unit}.", unit=item.shows_unit)
        return self.say("Give a plain number.")

    def _quantity(self, item: Item, answer: Answer) -> Quantity:
        sign, amount, typed_unit = self._amount(item, answer)
        if not typed_unit:
            shown, units = f"{sign}{self.number(plain(amount))}", self._units_of(item)
            raise NoUnit(
                self.say(
                    "{item} {amount} has no unit. Choose one of {units}.",
                    item=item.label,
                    amount=shown,
                    units=units,
                )
            )
        unit = self.unit_of(typed_unit)
        if unit not in item.units:
            said, units = _said(typed_unit), self._units_of(item)
            raise Unreadable(
                self.say(
                    "{item} is not measured in “{unit}”. Choose one of {units}.",
                    item=item.label,
                    unit=said,
                    units=units,
                )
            )
        self._within(item, self.limits(item, unit), amount, self.shows[unit])
        return Quantity(amount, unit, sign)

    def _units_of(self, item: Item) -> str:
        return ", ".join(self.shows[unit] for unit in item.units)

    def _amount(self, item: Item, answer: Answer) -> tuple[str, Decimal, str]:
        given, sign, unit = answer.value, answer.comparator, answer.unit
        if sign and sign not in COMPARATORS:
            raise Unreadable(self._none_of(item, sign, COMPARATORS))
        try:
            if isinstance(given, str):
                number, said_unit = split_unit(given)
                if unit and said_unit and fold_unit(unit) != fold_unit(said_unit):
                    raise Unreadable(self._two("units", item, said_unit, unit))
                said_sign, amount = read_amount(number)
                if sign and said_sign and sign != said_sign:
                    raise Unreadable(self._two("comparators", item, said_sign, sign))
                return said_sign or sign, amount, unit or said_unit
            if isinstance(given, (int, Decimal)) and not isinstance(given, bool):
                return sign, finite_amount(given), unit
        except NotANumber as trouble:
            raise Unreadable(f"{item.label}: {trouble.told(self.wording)}") from trouble
        raise Unreadable(self.say("{item}: a number was expected here.", item=item.label))

    def _two(self, what: str, item: Item, one: str, other: str) -> str:
        return self.say(_TWICE[what], item=item.label, one=_said(one), other=_said(other))

    def limits(self, item: Item, unit: str) -> Limits | None:
        """The limits of an item in one of its units: its own for that unit, or the first's, converted."""
        if own := item.accepts_in.get(unit):
            return own
        first = item.accepts
        if first is None or unit == next(iter(item.units)):
            return first
        scale = item.scales[unit]

        def edge(limit: Decimal) -> Decimal:
            return decimal_of(scale.from_first(Fraction(limit)))

        usual = (edge(first.usual[0]), edge(first.usual[1])) if first.usual else None
        return Limits(**{"from": edge(first.lowest)}, to=edge(first.highest), usual=usual)

    def _within(self, item: Item, limits: Limits | None, amount: Decimal, unit: str) -> None:
        if limits is None or limits.lowest <= amount <= limits.highest:
            return
        above = amount > limits.highest
        edge = limits.highest if above else limits.lowest
        shown = " ".join(part for part in (self.number(plain_or_short(amount)), unit) if part)
        limit = " ".join(part for part in (self.number(plain(edge)), unit) if part)
        said = self.say(_ABOVE if above else _BELOW, item=item.label, amount=shown, limit=limit)
        raise Unreadable(f"{said} {self.say(_CHECK_BOTH if item.kind == 'quantity' else _CHECK)}")

    def _unusual(self, item: Item, value: Value) -> str:
        if isinstance(value, str):
            return ""
        unit = value.unit if isinstance(value, Quantity) else ""
        amount = value.amount if isinstance(value, Quantity) else value
        limits = self.limits(item, unit) if unit else item.accepts
        if limits is None or limits.usual is None or not isinstance(amount, Decimal):
            return ""
        lowest, highest = limits.usual
        if lowest <= amount <= highest:
            return ""
        shown = " ".join(
            part for part in (self.number(plain(amount)), self.shows.get(unit, item.shows_unit)) if part
        )
        return self.say(
            "{item} {amount} is unusual (usually {lowest} to {highest}). Is the number right, and its unit?",
            item=item.label,
            amount=shown,
            lowest=self.number(plain(lowest)),
            highest=self.number(plain(highest)),
        )


_WITH_UNIT = re.compile(
    r"(?P<number>[^A-Za-z%µμ/]*[0-9])\s*(?P<unit>(?![eE][+-]?[0-9])[A-Za-z%µμ/].{0,30})\Z", re.DOTALL
)


def split_unit(text: str) -> tuple[str, str]:
    """A typed text as number and unit, `38 ug/L` or `<5ng/mL`; the unit is empty where none follows."""
    found = _WITH_UNIT.match(text.strip())
    return (found["number"], found["unit"].strip()) if found else (text.strip(), "")


def _said(given: object) -> str:
    """A given value, short and on one line, for a sentence."""
    text = " ".join(str(given).split())
    return text if len(text) <= 40 else text[:40] + "…"
