"""What a line of the rule language is made of before it is a condition, and the names that it may use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from rls_workup.domain.amounts import Amount
from rls_workup.domain.conditions import Condition
from rls_workup.domain.parts import Item


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Every name that a condition may use: items, terms and rules, drug flags, drugs, units."""

    items: Mapping[str, Item]
    named: frozenset[str]
    flags: frozenset[str]
    drugs: frozenset[str]
    units: frozenset[str]


def choices_of(item: Item) -> tuple[str, ...]:
    """The values that a choice item can have; none for other kinds."""
    return ("yes", "no") if item.kind == "yes_no" else tuple(choice.id for choice in item.choices)


@dataclass(frozen=True, slots=True)
class Name:
    """A name whose meaning depends on what follows: an item, a choice, a term."""

    text: str


@dataclass(frozen=True, slots=True)
class Marks:
    """A number with its unit, or one cut-off in two units."""

    marks: tuple[tuple[Decimal, str], ...]


@dataclass(frozen=True, slots=True)
class CountOf:
    """`count(…)`, which needs a comparison to become a condition."""

    parts: tuple[Condition, ...]


Operand = Name | Marks | CountOf | Condition | Amount
