"""Conditions without parts: a choice, a comparison, whether a value is known or awaited, a medicine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from rls_workup.domain.amounts import Amount
from rls_workup.domain.conditions import Cutoff, Facts, Known, Line, Trail, Truth
from rls_workup.domain.quantity import Quantity, Units, holds, near, same_size


@dataclass(frozen=True, slots=True)
class OneOf:
    """A choice item has one of these values."""

    item: str
    values: frozenset[str]

    def holds(self, known: Known) -> Truth:
        value = known.values[self.item]
        return None if value is None else value in self.values

    def explain(self, facts: Facts, trail: Trail, truth: Truth) -> None:
        trail.leaf(self.item, known=truth is not None)


@dataclass(frozen=True)
class Against:
    """A quantity against a published cut-off, in the typed unit where it is published in it."""

    item: str
    cutoff: Cutoff
    units: Units = field(compare=False)
    # Typed unit -> the cut-off in it, or None and the cut-off in the item's first unit: found out once.
    _edges: dict[str, tuple[Decimal | None, Fraction]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def holds(self, known: Known) -> Truth:
        value = known.values[self.item]
        if not isinstance(value, Quantity):
            return None
        amount, edge = self._sides(value)
        return holds(amount, value.comparator, self.cutoff.op, edge)

    def is_near(self, known: Known) -> bool:
        """Whether an uncensored value equals the cut-off or lies within 1 % of it, either way."""
        value = known.values[self.item]
        return isinstance(value, Quantity) and not value.comparator and near(*self._sides(value))

    def _sides(self, value: Quantity) -> tuple[Any, Any]:
        """The amount and the cut-off as they are to be compared: two decimals, or two fractions."""
        as_typed, as_first = self._edges.get(value.unit) or self._edge(value.unit)
        if as_typed is not None:
            return value.amount, as_typed
        return self.units[value.unit].to_first(value.amount), as_first

    def _edge(self, typed: str) -> tuple[Decimal | None, Fraction]:
        mark, published = self.cutoff.mark_for(typed)
        same = same_size(typed, published, self.units)
        edge = self._edges[typed] = mark if same else None, self.units[published].to_first(mark)
        return edge

    def explain(self, facts: Facts, trail: Trail, truth: Truth) -> None:
        trail.leaf(self.item, known=truth is not None)


@dataclass(frozen=True, slots=True)
class Beside:
    """A plain number item against a plain number; `measured` where that is a published cut-off."""

    item: str
    cutoff: Cutoff
    measured: bool

    def holds(self, known: Known) -> Truth:
        value = known.values[self.item]
        if not isinstance(value, Decimal):
            return None
        return holds(value, "", self.cutoff.op, self.cutoff.marks[0][0])

    def is_near(self, known: Known) -> bool:
        """Whether the value equals the cut-off or lies within 1 % of it, either way."""
        value = known.values[self.item]
        return isinstance(value, Decimal) and near(value, self.cutoff.marks[0][0])

    def explain(self, facts: Facts, trail: Trail, truth: Truth) -> None:
        trail.leaf(self.item, known=truth is not None)


@dataclass(frozen=True, slots=True)
class Compared:
    """Two amounts."""

    left: Amount
    op: str
    right: Amount

    def holds(self, known: Known) -> Truth:
        left, right = self.left.number(known), self.right.number(known)
        return None if left is None or right is None else holds(left, "", self.op, right)

    def explain(self, facts: Facts, trail: Trail, truth: Truth) -> None:
        self.left.explain(facts, trail)
        self.right.explain(facts, trail)


@dataclass(frozen=True, slots=True)
class IsKnown:
    item: str

    def holds(self, known: Known) -> Truth:
        return known.values[self.item] is not None

    def explain(self, facts: Facts, trail: Trail, truth: Truth) -> None:
        trail.leaf(self.item, known=True)


@dataclass(frozen=True, slots=True)
class Awaited:
    """The item is ordered, sampled or pending."""

    item: str

    def holds(self, known: Known) -> Truth:
        return self.item in known.awaited

    def explain(self, facts: Facts, trail: Trail, truth: Truth) -> None:
        trail.leaf(self.item, known=True)


@dataclass(frozen=True, slots=True)
class Medicines:
    """Some line of the medicines list matches; an unrecognised line leaves a no open.

    `word` and `name`: the rule language's word for this, and the drug or drug flag that it asks for.
    """

    matches: Callable[[Line], bool]
    word: str
    name: str
    item: str = "medications"

    def holds(self, known: Known) -> Truth:
        lines = known.values.get(self.item)
        if not isinstance(lines, tuple):
            return None
        if any(map(self.matches, lines)):
            return True
        return False if all(line.recognised for line in lines) else None

    def explain(self, facts: Facts, trail: Trail, truth: Truth) -> None:
        trail.leaf(self.item, known=truth is not None)
        lines = facts.values.get(self.item)
        if truth and isinstance(lines, tuple):
            trail.lines += filter(self.matches, lines)
