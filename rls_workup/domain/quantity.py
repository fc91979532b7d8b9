"""A number with its unit and comparator: read strictly, kept as typed, compared exactly."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from typing import Any, TypeVar

from rls_workup.domain.wording import Untold

Number = TypeVar("Number", Decimal, Fraction)

_COMPARED: Mapping[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
COMPARATORS = ("<", "<=", ">", ">=")

_NUMBER = re.compile(r"(?P<whole>[0-9]{1,15})(?:(?P<mark>[.,])(?P<part>[0-9]{1,15}))?\Z")
_GROUPED = re.compile(r"[1-9][0-9]{0,2},[0-9]{3}\Z")
_SIGNS = {"≤": "<=", "≥": ">=", "=<": "<=", "=>": ">="}
_LEADING = re.compile(r"(<=|>=|=<|=>|[<>≤≥])\s*")
_LARGEST = Decimal("1e15")
_EXACT = Context(prec=28)


class NotANumber(Untold):
    """The text cannot be taken as an amount; `str()` is the sentence that says why."""


@dataclass(frozen=True, slots=True)
class Scale:
    """How an amount in some unit becomes one in the item's first unit: `amount * times + plus`."""

    times: Fraction = Fraction(1)
    plus: Fraction = Fraction(0)

    def to_first(self, amount: Decimal) -> Fraction:
        scaled = Fraction(amount) * self.times
        return scaled + self.plus if self.plus else scaled

    def from_first(self, amount: Fraction) -> Fraction:
        return (amount - self.plus if self.plus else amount) / self.times


Units = Mapping[str, Scale]


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount as reported: exact decimal, unit, and a comparator where the result is censored."""

    amount: Decimal
    unit: str = ""
    comparator: str = ""

    def __str__(self) -> str:
        return " ".join(part for part in (f"{self.comparator}{plain(self.amount)}", self.unit) if part)


def plain(amount: Decimal | Fraction, decimals: int | None = None) -> str:
    """The amount without exponent or trailing zeros, with a leading zero; rounded half up where asked."""
    exact = amount if isinstance(amount, Decimal) else decimal_of(amount)
    if decimals is not None:
        exact = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, Context(prec=60))
    text = format(exact, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def decimal_of(amount: Fraction) -> Decimal:
    """The nearest decimal of 28 digits; exact wherever the fraction is a decimal of that length."""
    return _EXACT.divide(Decimal(amount.numerator), Decimal(amount.denominator))


def read_amount(text: str) -> tuple[str, Decimal]:
    """Comparator and amount of a typed text. Raises NotANumber with a sentence.

    A point or a comma marks decimals. `1,234` is refused: it is 1.234 to one reader and 1234 to another.
    """
    rest = text.strip()
    sign = ""
    if leading := _LEADING.match(rest):
        sign = _SIGNS.get(leading[1], leading[1])
        rest = rest[leading.end() :]
    return sign, _read_digits(rest)


def _read_digits(text: str) -> Decimal:
    if not text:
        raise NotANumber("There is no number here.")
    if _GROUPED.match(text):
        raise NotANumber(
            "“{text}” can be read as {decimal} or as {whole}. "
            "Write the decimals with a point, and no separator in thousands.",
            text=text,
            decimal=text.replace(",", "."),
            whole=text.replace(",", ""),
        )
    if text.startswith(("-", "−")) and _NUMBER.match(text[1:].strip()):
        raise NotANumber("“{text}” is negative, which no result here can be.", text=text)
    found = _NUMBER.match(text)
    if not found:
        raise NotANumber("“{text}” is not a number in plain digits.", text=_short(text))
    return Decimal(f"{found['whole']}.{found['part'] or '0'}" if found["mark"] else found["whole"])


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:40] + "…"


def finite_amount(number: Decimal | int) -> Decimal:
    """A number of a file as an amount. Raises NotANumber for what no result can be."""
    amount = Decimal(number)
    if not amount.is_finite():
        raise NotANumber("It is not a finite number.")
    if amount < 0:
        raise NotANumber("{amount} is negative, which no result here can be.", amount=plain_or_short(amount))
    exponent = amount.as_tuple().exponent
    if amount >= _LARGEST or (isinstance(exponent, int) and exponent < -15):
        raise NotANumber("{amount} has more digits than any result can have.", amount=plain_or_short(amount))
    return amount


def plain_or_short(amount: Decimal) -> str:
    """The amount in plain digits, or as written where that would run to many."""
    return plain(amount) if -20 < amount.adjusted() < 20 else str(amount)


def fold_unit(text: str) -> str:
    """A unit's spelling for comparison: one micro sign, no spaces, no case."""
    folded = "".join(text.split()).replace("µ", "u").replace("μ", "u").replace("²", "2").replace("·", "*")
    return re.sub(r"^mc(?=[gm])", "u", folded.casefold())


def same_size(one: str, other: str, units: Units) -> bool:
    """Whether amounts in two units are the same number, as ng/mL and ug/L are."""
    return one == other or units[one] == units[other]


def holds(value: Number, censored: str, op: str, cutoff: Number) -> bool | None:
    """Three-valued comparison of a value, or of the whole range that a censored value stands for."""
    if not censored:
        return _COMPARED[op](value, cutoff)
    if op in ("=", "!="):
        same = _same(value, censored, cutoff)
        return same if op == "=" or same is None else not same
    below = _below(value, censored, cutoff, inclusive=op in ("<=", ">"))
    return below if op in ("<", "<=") or below is None else not below


def _below(value: Number, censored: str, cutoff: Number, *, inclusive: bool) -> bool | None:
    if censored in ("<", "<="):
        surely = value <= cutoff if censored == "<" or inclusive else value < cutoff
        return True if surely else None
    never = value >= cutoff if censored == ">" or not inclusive else value > cutoff
    return False if never else None


def _same(value: Number, censored: str, cutoff: Number) -> bool | None:
    may_be = holds(cutoff, "", censored, value)
    return None if may_be else False


def near(amount: Number, cutoff: Number) -> bool:
    """Whether an amount equals a cut-off or lies within 1 % of it, either way."""
    return abs(amount - cutoff) * 100 <= cutoff
