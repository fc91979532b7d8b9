"""Why a rule says nothing: which of its conditions are not met, or what is not known."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from rls_workup.domain.assessment import Assessment
from rls_workup.domain.conditions import Verdict
from rls_workup.domain.finding import shown
from rls_workup.domain.parts import Rule
from rls_workup.domain.protocol import SLOT, Protocol
from rls_workup.domain.rule_words import in_words


class Quiet(NamedTuple):
    """A rule without a finding. `waits_for`: the items that could still make it true; empty: not met.

    `reasons`: the conditions that are not met, each with the values it was held against.
    """

    rule: str
    title: str
    waits_for: tuple[str, ...]
    reasons: tuple[str, ...]


def why_not(assessment: Assessment) -> tuple[Quiet, ...]:
    """Every rule without a finding now, in the protocol's order; the ones that wait for answers first."""
    rules = assessment.facts.protocol.rules.values()
    quiet = [_quiet(assessment, rule) for rule in rules if not assessment.by_rule[rule.id]]
    return tuple(sorted(quiet, key=lambda each: not each.waits_for))


def _quiet(assessment: Assessment, rule: Rule) -> Quiet:
    protocol = assessment.facts.protocol
    title = " ".join(SLOT.sub("…", rule.title).split())
    if rule.for_each:
        say = protocol.wording.say
        what = say("a medicine that {what}", what=protocol.flags[rule.for_each])
        return Quiet(rule.id, title, (), (say("not in the list of medicines: {what}", what=what),))
    verdict = assessment.verdict(rule.id)
    if verdict.truth is None:
        return Quiet(rule.id, title, verdict.waits, (_waits(protocol, verdict),))
    return Quiet(rule.id, title, (), tuple(_not_met(assessment, verdict)))


def _waits(protocol: Protocol, verdict: Verdict) -> str:
    items = ", ".join(protocol.label(item) for item in verdict.waits)
    return protocol.wording.say("not known: {items}", items=items)


def _not_met(assessment: Assessment, verdict: Verdict) -> Iterator[str]:
    protocol, values = assessment.facts.protocol, assessment.facts.values
    given: dict[str, list[str]] = {}
    for item, clause in verdict.rested:
        value = shown(values[item], protocol, item) or protocol.wording.say("not known")
        given.setdefault(clause, []).append(f"{protocol.label(item)} {value}")
    for clause, parts in given.items():
        rule = in_words(protocol, clause)
        yield protocol.wording.say("{given}; not met: {rule}", given=", ".join(parts), rule=rule)
