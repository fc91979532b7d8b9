"""Looking into conditions: the names that they rest on, the cut-offs that they hold an item against."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from rls_workup.domain.conditions import Against, Compared, Cutoff, Named


def parts_of(condition: Any) -> Iterator[Any]:
    """A condition and everything inside it."""
    yield condition
    for child in _children(condition):
        yield from parts_of(child)


def _children(condition: Any) -> Iterator[Any]:
    for field in fields(condition):
        value = getattr(condition, field.name)
        inner = value if isinstance(value, tuple) else (value,)
        yield from (part for part in inner if is_dataclass(part) and not isinstance(part, (Cutoff, type)))


def names_in(condition: Any) -> list[str]:
    """The terms and rules that a condition rests on."""
    return [part.name for part in parts_of(condition) if isinstance(part, Named)]


def items_in(condition: Any) -> list[str]:
    """The items that a condition asks for."""
    return [part.item for part in parts_of(condition) if getattr(part, "item", "")]


def cutoffs_of(condition: Any, item: str) -> Iterator[Cutoff]:
    """The cut-offs that a condition holds an item against."""
    for part in parts_of(condition):
        if isinstance(part, (Against, Compared)) and part.item == item and part.cutoff is not None:
            yield part.cutoff
