"""Terms, rules and computed items may rest on each other, but not in a circle."""

from __future__ import annotations

from collections.abc import Mapping
from graphlib import CycleError

from rls_workup.domain.reliance import order_of


def circle_in(rests: Mapping[str, frozenset[str]]) -> list[str]:
    """The names of a circle, the first one again at the end; empty where there is none."""
    try:
        order_of(rests)
    except CycleError as circle:
        return list(circle.args[1])
    return []
