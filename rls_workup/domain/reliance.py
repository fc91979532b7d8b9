"""What rests on what in a protocol: in which order to work it out, and what one answer can change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from graphlib import TopologicalSorter

from rls_workup.domain.walk import items_in, names_in

Rests = Mapping[str, frozenset[str]]


def rests_of(steps: Mapping[str, Iterable[object]]) -> dict[str, frozenset[str]]:
    """Each step's name with all the names that its conditions and amounts ask for."""
    return {
        name: frozenset(asked for part in parts for asked in (*names_in(part), *items_in(part)))
        for name, parts in steps.items()
    }


def order_of(rests: Rests) -> tuple[str, ...]:
    """The steps, each after those that it rests on. Raises graphlib.CycleError."""
    order = TopologicalSorter({name: asked & rests.keys() for name, asked in rests.items()}).static_order()
    return tuple(order)


def affected_by(rests: Rests, shows: Mapping[str, Iterable[str]]) -> dict[str, frozenset[str]]:
    """For each name, every step that rests on it, or `shows` what rests on it."""
    reach: dict[str, set[str]] = {}
    for name in order_of(rests):
        reach[name] = set(_with_all_below(rests[name], reach))
    below = {name: found | set(_with_all_below(shows.get(name, ()), reach)) for name, found in reach.items()}
    for name in shows.keys() - below.keys():
        below[name] = set(_with_all_below(shows[name], reach))
    affected: dict[str, set[str]] = {}
    for step, names in below.items():
        for name in names:
            affected.setdefault(name, set()).add(step)
    return {name: frozenset(steps) for name, steps in affected.items()}


def _with_all_below(names: Iterable[str], reach: Mapping[str, set[str]]) -> Iterator[str]:
    for name in names:
        yield name
        yield from reach.get(name, ())
