"""Looking into conditions: the names that they rest on, the cut-offs that they hold an item against."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rls_workup.domain.amounts import Arithmetic
from rls_workup.domain.comparisons import Against, Beside, Compared
from rls_workup.domain.conditions import And, Clause, Condition, Count, Cutoff, Named, Not, Or, Unless

Published = Against | Beside
_PARTS: Mapping[type, tuple[str, ...]] = {
    And: ("parts",),
    Or: ("parts",),
    Count: ("parts",),
    Arithmetic: ("parts",),
    Clause: ("part",),
    Not: ("part",),
    Unless: ("this", "that"),
    Compared: ("left", "right"),
}


def parts_of(condition: Any) -> Iterator[Any]:
    """A condition and everything inside it."""
    yield condition
    for inner in inner_parts(condition):
        yield from parts_of(inner)


def inner_parts(condition: Any) -> Iterator[Any]:
    """The conditions and amounts that stand directly in a condition."""
    for name in _PARTS.get(type(condition), ()):
        value = getattr(condition, name)
        yield from value if isinstance(value, tuple) else (value,)


def names_in(condition: Any) -> list[str]:
    """The terms and rules that a condition rests on."""
    return [part.name for part in parts_of(condition) if isinstance(part, Named)]


def items_in(condition: Any) -> list[str]:
    """The items that a condition asks for."""
    return [part.item for part in parts_of(condition) if getattr(part, "item", "")]


def cutoffs_of(condition: Any, item: str) -> Iterator[Cutoff]:
    """The cut-offs that a condition holds an item against."""
    return (part.cutoff for part in parts_of(condition) if _is_published(part) and part.item == item)


def _is_published(part: Any) -> bool:
    return isinstance(part, Against) or (isinstance(part, Beside) and part.measured)


Company = tuple[Condition, ...]
Place = tuple[Published, Company]
Placed = Sequence[Place]


def published_in(condition: Any, named: Mapping[str, Placed], company: Company = ()) -> Iterator[Place]:
    """The comparisons with a published cut-off, in `named` terms too, each with what must hold beside it."""
    if _is_published(condition):
        yield condition, company
    elif isinstance(condition, Named):
        yield from ((at, (*company, *others)) for at, others in named[condition.name])
    else:
        parts = list(inner_parts(condition))
        for part in parts:
            others = [other for other in parts if other is not part] if isinstance(condition, And) else []
            yield from published_in(part, named, (*company, *others))
