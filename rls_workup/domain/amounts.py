"""Numbers worked out from answers: exact sums, products and quotients, powers to 34 digits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Context, Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Protocol as Shape

from rls_workup.domain.conditions import Facts, Known, Trail, Value
from rls_workup.domain.quantity import Quantity, Units, decimal_of

_POWERS = Context(prec=34)


class Amount(Shape):
    """A number worked out from answers; None where one of them is missing or censored."""

    def number(self, known: Known) -> Fraction | None: ...
    def explain(self, facts: Facts, trail: Trail) -> None: ...


@dataclass(frozen=True, slots=True)
class Constant:
    amount: Fraction

    def number(self, known: Known) -> Fraction | None:
        return self.amount

    def explain(self, facts: Facts, trail: Trail) -> None:
        """Rests on nothing."""


@dataclass(frozen=True, slots=True)
class NumberOf:
    """A plain number, or a quantity taken in `unit`."""

    item: str
    unit: str = ""
    units: Units = field(default_factory=dict)

    def number(self, known: Known) -> Fraction | None:
        return _fraction(known.values[self.item], self.unit, self.units)

    def explain(self, facts: Facts, trail: Trail) -> None:
        trail.leaf(self.item, known=self.number(facts) is not None)


@dataclass(frozen=True, slots=True)
class WorkedOut:
    """The computed value of an item, also where another was typed."""

    item: str
    unit: str = ""
    units: Units = field(default_factory=dict)

    def number(self, known: Known) -> Fraction | None:
        value, _ = known.worked_out.get(self.item, (None, ""))
        return _fraction(value, self.unit, self.units)

    def explain(self, facts: Facts, trail: Trail) -> None:
        if self.number(facts) is None:
            trail.waits.append(self.item)


def _fraction(value: Value | None, unit: str, units: Units) -> Fraction | None:
    if isinstance(value, Decimal):
        return _exact(value)
    if isinstance(value, Quantity) and not value.comparator:
        same = value.unit == unit
        return _exact(value.amount) if same else _in_unit(value, unit, units)
    return None


@lru_cache(maxsize=4096)
def _exact(amount: Decimal) -> Fraction:
    return Fraction(amount)


def _in_unit(value: Quantity, unit: str, units: Units) -> Fraction:
    return units[unit].from_first(units[value.unit].to_first(value.amount))


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """A sum, product, quotient, power, least or greatest of amounts: exact but for powers."""

    work: Callable[[Sequence[Fraction]], Fraction]
    parts: tuple[Amount, ...]

    def number(self, known: Known) -> Fraction | None:
        numbers = [part.number(known) for part in self.parts]
        given = [number for number in numbers if number is not None]
        try:
            return self.work(given) if len(given) == len(numbers) else None
        except ArithmeticError:  # division by zero, 0 to the power of 0, a number beyond bounds
            return None

    def explain(self, facts: Facts, trail: Trail) -> None:
        for part in self.parts:
            part.explain(facts, trail)


@lru_cache(maxsize=256)
def _power(base: Fraction, exponent: Fraction) -> Fraction:
    return Fraction(_POWERS.power(decimal_of(base), decimal_of(exponent)))


def power(numbers: Sequence[Fraction]) -> Fraction:
    """Base to an exponent, to 34 digits."""
    return _power(*numbers)
