"""What is still missing, by decision: what blocks it, what would change confidence, what completes it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rls_workup.domain.facts import WorkupFacts
from rls_workup.domain.parts import Decision
from rls_workup.domain.protocol import Protocol
from rls_workup.domain.workup import State


@dataclass(frozen=True, slots=True)
class OpenItem:
    """An item without a value: never asked (state None), awaited since a date, or not to be had."""

    item: str
    state: State | None
    since: str = ""


@dataclass(frozen=True, slots=True)
class Missing:
    """What one decision still lacks. Empty lists: nothing holds it back."""

    decision: str
    title: str
    blocks: tuple[OpenItem, ...]
    confidence: tuple[OpenItem, ...]
    completeness: tuple[OpenItem, ...]

    @property
    def complete(self) -> bool:
        return not (self.blocks or self.confidence or self.completeness)


def missing_by_decision(protocol: Protocol, facts: WorkupFacts) -> tuple[Missing, ...]:
    """An entry for every decision that applies, in the protocol's order."""
    return tuple(
        _missing(protocol, facts, decision)
        for decision in protocol.decisions
        if _applies(protocol, facts, decision)
    )


def _applies(protocol: Protocol, facts: WorkupFacts, decision: Decision) -> bool:
    condition = protocol.needs_when.get(decision.id)
    return condition is None or condition.holds(facts) is not False


def _missing(protocol: Protocol, facts: WorkupFacts, decision: Decision) -> Missing:
    return Missing(
        decision.id,
        decision.title,
        _open(protocol, facts, decision.blocks),
        _open(protocol, facts, decision.confidence),
        _open(protocol, facts, decision.completeness),
    )


def _open(protocol: Protocol, facts: WorkupFacts, items: Iterable[str]) -> tuple[OpenItem, ...]:
    return tuple(
        open_item(facts, item)
        for item in items
        if facts.values[item] is None and applies(protocol, facts, item)
    )


def open_item(facts: WorkupFacts, item: str) -> OpenItem:
    """An item without a value, with its state and since when."""
    answer = facts.answers.get(item)
    return OpenItem(item, answer.state if answer else None, answer.since if answer else "")


def applies(protocol: Protocol, facts: WorkupFacts, item: str) -> bool:
    """Whether an item is to be asked: it has no condition, or its condition holds."""
    condition = protocol.asked_when.get(item)
    return condition is None or condition.holds(facts) is True
