"""What an answer is for: the decisions that wait for it, the rules and terms that rest on it."""

from __future__ import annotations

import re

from rls_workup.domain.parts import Decision, Dispute, Item, Rule, Term
from rls_workup.domain.protocol import SLOT, Protocol


def decisions_with(protocol: Protocol, item: str) -> list[Decision]:
    """The decisions that wait for the item, or are surer or more complete with it."""
    return [
        decision
        for decision in protocol.decisions
        if item in (*decision.blocks, *decision.confidence, *decision.completeness)
    ]


def rules_on(protocol: Protocol, item: Item) -> list[Rule]:
    """The rules that are about the item or rest on it, also through a term, a sum or another rule."""
    reached = _reached(protocol, item.id)
    return [
        rule
        for rule in protocol.rules.values()
        if rule.about == item.id or rule.id in reached or (rule.for_each and item.kind == "medications")
    ]


def counted_in(protocol: Protocol, item: str) -> list[str]:
    """The values worked out of the item, by id."""
    return [name for name, asked in protocol.steps.items() if item in asked and name in protocol.computed]


def bare_title(rule: Rule) -> str:
    """A rule's title before there are values to fill in: `Ferritin …: low for RLS`."""
    return " ".join(SLOT.sub("…", rule.title).split())


def terms_on(protocol: Protocol, item: str) -> list[Term]:
    """The terms in which a number of the item's own is drawn a line at."""
    return [term for term in protocol.terms.values() if draws_a_line(term.means, item)]


def draws_a_line(condition: str, item: str) -> bool:
    """Whether a condition holds an item against a number, `ferritin <= 75 ng/mL`."""
    return bool(re.search(rf"\b{re.escape(item)} *(?:<=|>=|<|>|=|!=) *[0-9]", condition))


def disputes_on(protocol: Protocol, rules: list[Rule]) -> list[Dispute]:
    """The disputes in which one of the rules is a reading."""
    profiles = {rule.profile for rule in rules if rule.profile}
    return [
        dispute
        for dispute in protocol.disputes.values()
        if any(dispute.profile(profile) for profile in profiles)
    ]


def _reached(protocol: Protocol, item: str) -> set[str]:
    """The item with everything that rests on it."""
    reached = {item}
    for name in protocol.order:
        if protocol.steps[name] & reached:
            reached.add(name)
    return reached
