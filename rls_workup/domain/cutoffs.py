"""The published cut-offs that the rules of a protocol hold each item against, and for whom each is meant."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rls_workup.domain.comparisons import Against
from rls_workup.domain.conditions import Clause, Condition, Known
from rls_workup.domain.walk import Published, items_in, names_in, published_in


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
    """The edges of every item. `resting_on`: the terms and rules that an item can change."""
    found: dict[str, dict[object, Edge]] = {}
    for rule in rules:
        if condition := conditions.get(rule):
            for at, company in published_in(condition, conditions):
                resting = resting_on(at.item)
                people = [part for part in company if _is_about_people(part, at.item, resting)]
                edge = found.setdefault(at.item, {}).setdefault(at.cutoff, Edge(at))
                edge.rules.setdefault(rule, []).append(people)
    return {item: tuple(edges.values()) for item, edges in found.items()}


def _is_about_people(part: Condition, item: str, resting: Collection[str]) -> bool:
    """Whether a part says who a rule is for: not this result again, nor another one against its cut-off."""
    only_compares = isinstance(part.part if isinstance(part, Clause) else part, Against)
    return not only_compares and item not in items_in(part) and not set(names_in(part)) & set(resting)
