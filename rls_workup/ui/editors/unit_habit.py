"""The unit that is offered for an item: chosen last by a person, else what the practice wants shown first."""

from __future__ import annotations

from rls_workup.domain.parts import Item
from rls_workup.ui.settings import Settings

# Item id to unit id, as chosen since the settings were taken.
chosen: dict[str, str] = {}
# The practice's own: item id to unit id, and under "" the system, "si" or "conventional".
wanted: dict[str, str] = {}


def take(settings: Settings) -> bool:
    """Begin with what the practice wants shown first; whether that is other than before."""
    now = {**settings.units_of, "": settings.units}
    if now == wanted:
        return False
    wanted.clear()
    wanted.update(now)
    chosen.clear()
    return True


def chose(item: Item, unit: str) -> None:
    """Remember a unit that a person chose."""
    if unit:
        chosen[item.id] = unit


def usual_unit(item: Item) -> str:
    """The only unit of the item or one that people chose for it; "" where nobody has chosen yet."""
    if len(item.units) == 1:
        return next(iter(item.units))
    offered = (chosen.get(item.id), wanted.get(item.id), in_system(item, wanted.get("", "")))
    return next((unit for unit in offered if unit in item.units and unit), "")


def in_system(item: Item, system: str) -> str:
    """The item's usual unit in a system of units; "" where the protocol names none."""
    return next((unit for name, unit in item.unit_in.items() if name == system), "")
