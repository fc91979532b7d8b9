"""`assess(protocol, workup, today) -> Assessment`: all that the answers amount to now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple

from rls_workup.domain.about_patient import patient_findings
from rls_workup.domain.conditions import Value, Verdict
from rls_workup.domain.edges import edge_findings
from rls_workup.domain.facts import WorkupFacts
from rls_workup.domain.finding import (
    Finding,
    Undecided,
    doubt_findings,
    entry_findings,
    input_findings,
    rule_finding,
    unchecked_findings,
)
from rls_workup.domain.leading import by_urgency
from rls_workup.domain.missing import Missing, applies, missing_by_decision
from rls_workup.domain.parts import Item, Rule
from rls_workup.domain.protocol import Protocol
from rls_workup.domain.reasons import Reasons
from rls_workup.domain.replies import Replied, replied
from rls_workup.domain.workup import State, Workup

_SPOKEN = (State.UNKNOWN, State.DECLINED, State.NOT_APPLICABLE)
_NO_FLAG = ("", "")


@dataclass(frozen=True, slots=True)
class Progress:
    """How many of the items that apply are answered, open, and (of the open ones) awaited."""

    answered: int = 0
    open: int = 0
    awaited: int = 0


class Standing(NamedTuple):
    """Where one item stands: its value (typed or computed), its state, and the flag that a rule gave it.

    `state` is None where the item has not been asked. `computed` says how the value was worked out, and is
    empty where it was typed. `flag` is one of parts.Flag, of the most urgent finding about the item.
    """

    item: str
    state: State | None
    value: Value | None = None
    computed: str = ""
    applies: bool = True
    flag: str = ""
    flag_says: str = ""
    rejected: str = ""
    warning: str = ""
    since: str = ""
    collected: str = ""

    @property
    def known(self) -> bool:
        return self.value is not None

    @property
    def awaited(self) -> bool:
        return self.value is None and self.state is not None and self.state.awaited


@dataclass(frozen=True)
class Assessment:
    """Findings by urgency, what is missing by decision, progress, and every item's standing."""

    findings: tuple[Finding, ...]
    missing: tuple[Missing, ...]
    progress: Progress
    sections: Mapping[str, Progress]
    standings: Mapping[str, Standing]
    unknown_items: tuple[str, ...]
    facts: WorkupFacts = field(compare=False, repr=False)
    by_rule: Mapping[str, tuple[Finding, ...]] = field(compare=False, repr=False)

    @cached_property
    def undecided(self) -> tuple[Undecided, ...]:
        """The rules that missing answers could still make true; worked out when first asked for."""
        rules = (rule.id for rule in self.facts.protocol.rules.values() if not rule.for_each)
        waiting = [rule for rule in rules if self.facts.truths[rule] is None]
        return tuple(Undecided(rule, self.facts.verdict(rule).waits) for rule in waiting)

    def verdict(self, rule: str) -> Verdict:
        """Why a rule holds, does not hold, or is not decided."""
        return self.facts.verdict(rule)

    @cached_property
    def in_force(self) -> tuple[Finding, ...]:
        """The findings without those that are set aside."""
        aside = self.set_aside
        return tuple(finding for finding in self.findings if finding not in aside) if aside else self.findings

    @cached_property
    def set_aside(self) -> tuple[Finding, ...]:
        """The findings that a clinician set aside, and that rest on the same values still."""
        if not self.facts.workup.replies:
            return ()
        told = ((finding, self.replied(finding)) for finding in self.findings)
        return tuple(finding for finding, reply in told if reply and reply.set_aside)

    def replied(self, finding: Finding) -> Replied | None:
        """What a clinician said to a finding."""
        return replied(self.facts.protocol, self.facts.workup.replies, finding)

    def findings_about(self, item: str) -> list[Finding]:
        """The findings shown at an item, most urgent first."""
        return [finding for finding in self.findings if finding.item == item]

    @property
    def awaited(self) -> list[Standing]:
        """The items whose result is awaited, in reading order."""
        return [standing for standing in self.standings.values() if standing.awaited]


def assess(protocol: Protocol, workup: Workup, today: date, before: Assessment | None = None) -> Assessment:
    """Everything shown, printed or exported is read from this value. Pure: the same three give the same.

    `before`, the assessment before an edit, saves work and changes nothing: what rests on no changed answer
    is taken over from it.
    """
    if before is not None and before.facts.protocol is not protocol:
        before = None
    facts = WorkupFacts(protocol, workup, today, before.facts if before else None)
    by_rule = _by_rule(protocol, facts, before.by_rule if before else {})
    findings = by_urgency(protocol, _findings(protocol, facts, today, by_rule))
    standings = _standings(protocol, facts, findings, before.standings if before else {})
    sections = _sections(protocol, standings, before)
    return Assessment(
        findings=tuple(findings),
        missing=missing_by_decision(protocol, facts),
        progress=_total(sections.values()),
        sections=sections,
        standings=standings,
        unknown_items=facts.unknown_items,
        facts=facts,
        by_rule=by_rule,
    )


def _findings(
    protocol: Protocol, facts: WorkupFacts, today: date, by_rule: Mapping[str, tuple[Finding, ...]]
) -> Iterator[Finding]:
    yield from patient_findings(protocol, facts, today)
    yield from input_findings(protocol, facts)
    yield from unchecked_findings(facts)
    for findings in by_rule.values():
        yield from findings
    yield from edge_findings(protocol, facts)


def _by_rule(
    protocol: Protocol, facts: WorkupFacts, before: Mapping[str, tuple[Finding, ...]]
) -> dict[str, tuple[Finding, ...]]:
    """The findings of every rule, in the protocol's order."""
    reasons = Reasons(protocol, facts)
    return {
        name: before[name]
        if name in before and name not in facts.stale
        else tuple(_of_rule(protocol, facts, rule, reasons))
        if rule.for_each or facts.truths[name]
        else ()
        for name, rule in protocol.rules.items()
    }


def _of_rule(protocol: Protocol, facts: WorkupFacts, rule: Rule, reasons: Reasons) -> Iterator[Finding]:
    if rule.for_each:
        yield from entry_findings(protocol, facts, rule)
    else:
        made = rule_finding(protocol, facts, rule, reasons)
        yield made
        yield from doubt_findings(protocol, facts, rule, made)


def _standings(
    protocol: Protocol, facts: WorkupFacts, findings: Sequence[Finding], before: Mapping[str, Standing]
) -> dict[str, Standing]:
    flagged: dict[str, Finding] = {}
    for finding in findings:
        if finding.flag:
            flagged.setdefault(finding.item, finding)
    standings: dict[str, Standing] = {}
    for item in protocol.items:
        known, mark = before.get(item), flagged.get(item)
        asked = item not in protocol.asked_when or applies(protocol, facts, item)
        # A rule may hold through another input; only a value can be low or high.
        flag = (mark.flag, mark.flag_says) if mark and facts.values[item] is not None else _NO_FLAG
        same = known is not None and item not in facts.changed and item not in facts.stale
        if known is not None and same and known.applies == asked and (known.flag, known.flag_says) == flag:
            standings[item] = known
        else:
            standings[item] = _standing(protocol, facts, item, flag, applies=asked)
    return standings


def _standing(
    protocol: Protocol, facts: WorkupFacts, item: str, flag: tuple[str, str], *, applies: bool
) -> Standing:
    answer = facts.answers.get(item)
    how = facts.how(item) if item in protocol.computed else ""
    if answer is None:
        return Standing(item, None, facts.values[item], how, applies, *flag)
    reading = facts.readings[item]
    return Standing(
        item,
        answer.state,
        facts.values[item],
        how,
        applies,
        *flag,
        reading.rejected or reading.partly or facts.contradiction(item),
        reading.warning,
        answer.since,
        answer.collected,
    )


def _sections(
    protocol: Protocol, standings: Mapping[str, Standing], before: Assessment | None
) -> dict[str, Progress]:
    """The progress of every section; counted again only where an item's standing is another."""
    counted: dict[str, Progress] = {}
    for section in protocol.sections:
        items = protocol.items_of(section.id)
        same = before is not None and all(before.standings[item.id] is standings[item.id] for item in items)
        counted[section.id] = before.sections[section.id] if before and same else _progress(items, standings)
    return counted


def _progress(items: Iterable[Item], standings: Mapping[str, Standing]) -> Progress:
    asked = [standing for item in items if (standing := standings[item.id]).applies]
    valueless = [standing for standing in asked if standing.value is None]
    # A plain word why there is no value settles an item; awaited and rejected ones stay open.
    unsettled = sum(standing.state not in _SPOKEN for standing in valueless)
    awaited = sum(standing.awaited for standing in valueless)
    return Progress(len(asked) - unsettled, unsettled, awaited)


def _total(parts: Iterable[Progress]) -> Progress:
    counts = list(parts)
    return Progress(
        sum(part.answered for part in counts),
        sum(part.open for part in counts),
        sum(part.awaited for part in counts),
    )
