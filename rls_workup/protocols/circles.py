"""Terms and rules may rest on each other, but not in a circle."""

from __future__ import annotations

from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter

from rls_workup.domain.conditions import Condition
from rls_workup.domain.walk import names_in


def circle_in(conditions: Mapping[str, Condition]) -> list[str]:
    """The names of a circle, the first one again at the end; empty where there is none."""
    order = TopologicalSorter({name: names_in(condition) for name, condition in conditions.items()})
    try:
        order.prepare()
    except CycleError as circle:
        return list(circle.args[1])
    return []
