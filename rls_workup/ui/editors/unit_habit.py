"""The unit that this practice chose last for an item: it is offered again, and it was a person's choice."""

from __future__ import annotations

from rls_workup.domain.parts import Item

# Item id to unit id. The settings may fill it at the start and keep it at the end.
chosen: dict[str, str] = {}


def chose(item: Item, unit: str) -> None:
    """Remember a unit that a person chose."""
    if unit:
        chosen[item.id] = unit


def usual_unit(item: Item) -> str:
    """The only unit of the item or the one chosen last; "" where nobody has chosen yet."""
    if len(item.units) == 1:
        return next(iter(item.units))
    return chosen[item.id] if chosen.get(item.id) in item.units else ""
