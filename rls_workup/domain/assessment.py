"""`assess(protocol, workup, today) -> Assessment`: all that the answers amount to now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from rls_workup.domain.about_patient import patient_findings
from rls_workup.domain.conditions import Value, Verdict
from rls_workup.domain.facts import NOTHING, WorkupFacts
from rls_workup.domain.finding import (
    Finding,
    Undecided,
    at_threshold_findings,
    doubt_findings,
    entry_findings,
    input_findings,
    rule_finding,
    unchecked_findings,
)
from rls_workup.domain.leading import by_urgency
from rls_workup.domain.missing import Missing, applies, missing_by_decision
from rls_workup.domain.parts import Item
from rls_workup.domain.protocol import Protocol
from rls_workup.domain.workup import Answer, State, Workup

_SPOKEN = (State.UNKNOWN, State.DECLINED, State.NOT_APPLICABLE)


@dataclass(frozen=True, slots=True)
class Progress:
    """How many of the items that apply are answered, open, and (of the open ones) awaited."""

    answered: int = 0
    open: int = 0
    awaited: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
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

    @cached_property
    def undecided(self) -> tuple[Undecided, ...]:
        """The rules that missing answers could still make true; worked out when first asked for."""
        rules = (rule.id for rule in self.facts.protocol.rules.values() if not rule.for_each)
        waiting = [rule for rule in rules if self.facts.truth(rule) is None]
        return tuple(Undecided(rule, self.facts.verdict(rule).waits) for rule in waiting)

    def verdict(self, rule: str) -> Verdict:
        """Why a rule holds, does not hold, or is not decided."""
        return self.facts.verdict(rule)

    def findings_about(self, item: str) -> list[Finding]:
        """The findings shown at an item, most urgent first."""
        return [finding for finding in self.findings if finding.item == item]

    @property
    def awaited(self) -> list[Standing]:
        """The items whose result is awaited, in reading order."""
        return [standing for standing in self.standings.values() if standing.awaited]


def assess(protocol: Protocol, workup: Workup, today: date) -> Assessment:
    """Everything shown, printed or exported is read from this value. Pure: the same three give the same."""
    facts = WorkupFacts(protocol, workup, today)
    findings = by_urgency(protocol, _findings(protocol, facts, today))
    standings = _standings(protocol, facts, findings)
    sections = {
        section.id: _progress(protocol.items_of(section.id), standings) for section in protocol.sections
    }
    return Assessment(
        findings=tuple(findings),
        missing=missing_by_decision(protocol, facts),
        progress=_total(sections.values()),
        sections=sections,
        standings=standings,
        unknown_items=facts.unknown_items,
        facts=facts,
    )


def _findings(protocol: Protocol, facts: WorkupFacts, today: date) -> Iterator[Finding]:
    yield from patient_findings(protocol, facts, today)
    yield from input_findings(protocol, facts)
    yield from unchecked_findings(facts)
    for rule in protocol.rules.values():
        if rule.for_each:
            yield from entry_findings(protocol, facts, rule)
        elif facts.truth(rule.id):
            made = rule_finding(protocol, facts, rule, facts.verdict(rule.id))
            yield made
            yield from doubt_findings(protocol, facts, rule, made)
    yield from at_threshold_findings(protocol, facts)


def _standings(protocol: Protocol, facts: WorkupFacts, findings: Sequence[Finding]) -> dict[str, Standing]:
    flagged: dict[str, Finding] = {}
    for finding in findings:
        if finding.flag:
            flagged.setdefault(finding.item, finding)
    return {item: _standing(protocol, facts, item, flagged.get(item)) for item in protocol.items}


def _standing(protocol: Protocol, facts: WorkupFacts, item: str, flagged: Finding | None) -> Standing:
    answer = facts.answers.get(item)
    if answer is None and item not in protocol.computed:
        return Standing(item, None, applies=applies(protocol, facts, item))
    reading = facts.readings.get(item, NOTHING)
    value = facts.value(item)
    given = answer or Answer(state=State.ANSWERED)
    # A rule may hold through another input; only a value can be low or high.
    mark = flagged if value is not None else None
    return Standing(
        item=item,
        state=answer.state if answer else None,
        value=value,
        computed="" if value is None or reading.value is not None else facts.how(item),
        applies=applies(protocol, facts, item),
        flag=mark.flag if mark else "",
        flag_says=mark.flag_says if mark else "",
        rejected=reading.rejected or reading.partly or facts.contradiction(item),
        warning=reading.warning,
        since=given.since,
        collected=given.collected,
    )


def _progress(items: Iterable[Item], standings: Mapping[str, Standing]) -> Progress:
    asked = [standings[item.id] for item in items if standings[item.id].applies]
    answered = sum(_settled(standing) for standing in asked)
    return Progress(answered, len(asked) - answered, sum(standing.awaited for standing in asked))


def _settled(standing: Standing) -> bool:
    """A value, or a plain word why there is none; awaited and rejected ones stay open."""
    return standing.known or standing.state in _SPOKEN


def _total(parts: Iterable[Progress]) -> Progress:
    counts = list(parts)
    return Progress(
        sum(part.answered for part in counts),
        sum(part.open for part in counts),
        sum(part.awaited for part in counts),
    )
