"""The published cut-offs that the rules of a protocol hold each item against, and for whom each is meant."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from rls_workup.domain.comparisons import Against
from rls_workup.domain.conditions import Clause, Condition, Known
from rls_workup.domain.walk import Placed, Published, items_in, names_in, published_in


@dataclass(frozen=True, slots=True)
class Edge:
    """One cut-off of an item: a comparison with it, and for each rule with it who the rule is for."""

    at: Published
    rules: dict[str, list[Sequence[Condition]]] = field(default_factory=dict)

    def can_apply(self, known: Known) -> bool:
        """Whether some rule with this cut-off is for this person, as far as is known."""
        return any(
            all(part.holds(known) is not False for part in people)
            for places in self.rules.values()
            for people in places
        )


def edges_of(
    rules: Iterable[str],
    conditions: Mapping[str, Condition],
    resting_on: Callable[[str], Collection[str]],
) -> Mapping[str, Sequence[Edge]]:
    """The edges of every item.

    `conditions`: each after those that it names. `resting_on`: the terms and rules that an item can change.
    """
    placed: dict[str, Placed] = {}
    for name, condition in conditions.items():
        placed[name] = list(published_in(condition, placed))
    resting = cache(resting_on)
    found: dict[str, dict[object, Edge]] = {}
    for rule in rules:
        for at, company in placed.get(rule, ()):
            people = [part for part in company if _is_about_people(part, at.item, resting(at.item))]
            edge = found.setdefault(at.item, {}).setdefault(at.cutoff, Edge(at))
            edge.rules.setdefault(rule, []).append(people)
    return {item: tuple(edges.values()) for item, edges in found.items()}


def _is_about_people(part: Condition, item: str, resting: Collection[str]) -> bool:
    """Whether a part says who a rule is for: not this result again, nor another one against its cut-off."""
    only_compares = isinstance(part.part if isinstance(part, Clause) else part, Against)
    return not only_compares and item not in items_in(part) and not set(names_in(part)) & set(resting)
