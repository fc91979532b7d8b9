"""Worked-out numbers said aloud: `the difference between TSAT and TSAT as worked out > 2 %`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from rls_workup.domain.amounts import Amount, Arithmetic, Constant, NumberOf, WorkedOut, power
from rls_workup.domain.comparisons import Compared
from rls_workup.domain.functions import absolute, difference, product, quotient, total
from rls_workup.domain.protocol import Protocol
from rls_workup.domain.quantity import plain
from rls_workup.domain.wording import word

_SIGNS = {"<=": "≤", ">=": "≥", "!=": "≠"}
_BETWEEN: Mapping[Callable[..., Any], str] = {
    total: " + ",
    difference: " − ",
    product: " × ",
    quotient: " / ",
}
_OF: Mapping[Callable[..., Any], str] = {
    total: word("the sum of ({what})"),
    min: word("the least of ({what})"),
    max: word("the greatest of ({what})"),
    absolute: word("the size of ({what})"),
}
_KEEP_THE_UNIT = (total, difference, min, max, absolute)


def sign(op: str) -> str:
    """A comparator as it is printed: `≤`."""
    return _SIGNS.get(op, op)


def compared_words(protocol: Protocol, both: Compared) -> str:
    """Two amounts; a unit that both share is said once, behind a plain number, or not at all."""
    left, right = _unit(both.left), _unit(both.right)
    numbers = isinstance(both.left, Constant) or isinstance(both.right, Constant)
    if not numbers and left != right:
        sides = [_in_unit(protocol, side) for side in (both.left, both.right)]
    else:
        sides = [_words(protocol, side, left or right) for side in (both.left, both.right)]
    return f"{sides[0]} {sign(both.op)} {sides[1]}"


def _in_unit(protocol: Protocol, amount: Amount) -> str:
    unit = protocol.shown_unit(_unit(amount))
    said = _words(protocol, amount, "")
    return protocol.wording.say("{amount} in {unit}", amount=said, unit=unit) if unit else said


def _unit(amount: Amount) -> str:
    """The one unit that an amount is in; empty for a plain number, or where units are worked away."""
    if isinstance(amount, (NumberOf, WorkedOut)):
        return amount.unit
    if isinstance(amount, Arithmetic) and amount.work in _KEEP_THE_UNIT:
        units = {_unit(part) for part in amount.parts if not isinstance(part, Constant)}
        return units.pop() if len(units) == 1 else ""
    return ""


def _words(protocol: Protocol, amount: Any, unit: str) -> str:
    say = protocol.wording.say
    if isinstance(amount, Constant):
        return f"{protocol.wording.number(plain(amount.amount))} {protocol.shown_unit(unit)}".strip()
    if isinstance(amount, NumberOf):
        return protocol.label(amount.item)
    if isinstance(amount, WorkedOut):
        return say("{item} as worked out", item=protocol.label(amount.item))
    return _arithmetic(protocol, amount)


def _arithmetic(protocol: Protocol, amount: Arithmetic) -> str:
    say, inner = protocol.wording.say, amount.parts[0]
    if amount.work is absolute and isinstance(inner, Arithmetic) and inner.work is difference:
        one, other = (_words(protocol, part, "") for part in inner.parts)
        return say("the difference between {one} and {other}", one=one, other=other)
    said = [_inside(protocol, part) for part in amount.parts]
    if amount.work is power:
        return say("{base} to the power of {exponent}", base=said[0], exponent=said[1])
    if amount.work in _BETWEEN and len(said) == 2:
        return _BETWEEN[amount.work].join(said)
    return say(_OF[amount.work], what=", ".join(_words(protocol, part, "") for part in amount.parts))


def _inside(protocol: Protocol, amount: Amount) -> str:
    said = _words(protocol, amount, "")
    return f"({said})" if isinstance(amount, Arithmetic) else said
