"""Numbers worked out from answers: exact sums, products and quotients, powers to 34 digits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Context, Decimal
from fractions import Fraction

from rls_workup.domain.conditions import Amount, Facts, Trail, Value, known_value, rests, waits
from rls_workup.domain.quantity import Quantity, Units, decimal_of

_POWERS = Context(prec=34)


@dataclass(frozen=True, slots=True)
class Constant:
    amount: Fraction

    def number(self, facts: Facts, trail: Trail | None) -> Fraction | None:
        return self.amount


@dataclass(frozen=True, slots=True)
class NumberOf:
    """A plain number, or a quantity taken in `unit`."""

    item: str
    unit: str = ""
    units: Units = field(default_factory=dict)

    def number(self, facts: Facts, trail: Trail | None) -> Fraction | None:
        value = known_value(facts, trail, self.item)
        amount = _fraction(value, self.unit, self.units)
        if amount is not None:
            rests(trail, self.item)
        elif value is not None:
            waits(trail, self.item)
        return amount


@dataclass(frozen=True, slots=True)
class WorkedOut:
    """The computed value of an item, also where another was typed."""

    item: str
    unit: str = ""
    units: Units = field(default_factory=dict)

    def number(self, facts: Facts, trail: Trail | None) -> Fraction | None:
        amount = _fraction(facts.worked_out(self.item), self.unit, self.units)
        if amount is None:
            waits(trail, self.item)
        return amount


def _fraction(value: Value | None, unit: str, units: Units) -> Fraction | None:
    if isinstance(value, Decimal):
        return Fraction(value)
    if isinstance(value, Quantity) and not value.comparator:
        same = value.unit == unit
        return Fraction(value.amount) if same else _in_unit(value, unit, units)
    return None


def _in_unit(value: Quantity, unit: str, units: Units) -> Fraction:
    return units[unit].from_first(units[value.unit].to_first(value.amount))


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """A sum, product, quotient, power, least or greatest of amounts: exact but for powers."""

    work: Callable[[Sequence[Fraction]], Fraction]
    parts: tuple[Amount, ...]

    def number(self, facts: Facts, trail: Trail | None) -> Fraction | None:
        numbers = [part.number(facts, trail) for part in self.parts]
        known = [number for number in numbers if number is not None]
        try:
            return self.work(known) if len(known) == len(numbers) else None
        except ZeroDivisionError:
            return None


def power(numbers: Sequence[Fraction]) -> Fraction:
    """Base to an exponent, to 34 digits."""
    base, exponent = numbers
    return Fraction(_POWERS.power(decimal_of(base), decimal_of(exponent)))
