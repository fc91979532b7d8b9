"""A finding: what a rule says now, with its inputs, its words, its sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from rls_workup.domain.conditions import Cutoff, Value
from rls_workup.domain.dates import later, shown_day
from rls_workup.domain.facts import WorkupFacts
from rls_workup.domain.medicines import TakenDrug
from rls_workup.domain.parts import Drug, DrugFlag, Rule
from rls_workup.domain.protocol import SLOT, Protocol
from rls_workup.domain.quantity import Quantity, plain
from rls_workup.domain.reading import Reading
from rls_workup.domain.reasons import Because, Reasons
from rls_workup.domain.wording import ENGLISH, Wording, word
from rls_workup.domain.workup import Answer, plain_value


class Finding(NamedTuple):
    """What a rule says now. `item` is where it is shown; `because` is what it rests on.

    `line`: the line of a list, and the drug in it, that it is about; empty for all others.
    `placed_with`: the severity among which it is shown, where that is not its own.
    `due`: the first and the last day on which it is worth looking at again; empty where there is none.
    """

    id: str
    item: str
    severity: str
    title: str
    explanation: str
    because: Sequence[Because]
    sources: tuple[str, ...]
    evidence: str
    disputed: bool = False
    dispute: str = ""
    decision: str = ""
    flag: str = ""
    flag_says: str = ""
    red_flag: bool = False
    profile: str = ""
    placed_with: str = ""
    line: str = ""
    due: tuple[date, ...] = ()

    @property
    def placed(self) -> str:
        """The severity among which the finding is shown."""
        return self.placed_with or self.severity


@dataclass(frozen=True, slots=True)
class Undecided:
    """A rule that missing answers could still make true."""

    id: str
    waits_for: tuple[str, ...]


def shown(value: Value | None, protocol: Protocol, item: str) -> str:
    """A value for people: `38 µg/L`, `reduced`, `yes`; empty where there is none."""
    if isinstance(value, Quantity):
        decimals = protocol.items[item].decimals if _has_long_tail(value.amount) else None
        amount = protocol.wording.number(plain(value.amount, decimals))
        return f"{value.comparator}{amount} {protocol.shown_unit(value.unit)}".strip()
    if isinstance(value, Decimal):
        known = protocol.items.get(item) or protocol.facts.get(item)
        return f"{protocol.wording.number(plain(value))} {known.shows_unit if known else ''}".strip()
    if isinstance(value, tuple):
        return ", ".join(line.name for line in value if isinstance(line, TakenDrug))
    return protocol.choice_shown(item, value) if isinstance(value, str) else ""


def _has_long_tail(amount: Decimal) -> bool:
    exponent = amount.as_tuple().exponent
    return isinstance(exponent, int) and exponent < -6


def rule_finding(protocol: Protocol, facts: WorkupFacts, rule: Rule, reasons: Reasons) -> Finding:
    """The finding of a rule that holds."""
    because = reasons.of(rule)
    about = rule.about or _first_asked(protocol, facts, rule)
    due = _due(rule, facts)
    slots = {
        item: shown(facts.values[item], protocol, item) or protocol.wording.say("not known")
        for item in protocol.slots[rule.id]
    }
    if due:
        slots["due"] = shown_days(due, protocol.wording)
    return _finding(rule, about, because, slots, due)


def _first_asked(protocol: Protocol, facts: WorkupFacts, rule: Rule) -> str:
    """The first item that a rule rests on; empty where it rests on what is known of the patient alone."""
    return next((item for item, _ in facts.verdict(rule.id).rested if item in protocol.items), "")


def _due(rule: Rule, facts: WorkupFacts) -> tuple[date, ...]:
    if rule.due is None:
        return ()
    return tuple(later(facts.day, number, rule.due.counted_in) for number in (rule.due.first, rule.due.last))


def shown_days(days: Sequence[date], wording: Wording = ENGLISH) -> str:
    """`12-Feb-2027 to 12-Mar-2027`, one day where the two are the same; empty for none."""
    return f" {wording.say('to')} ".join(shown_day(day) for day in dict.fromkeys(days))


def _finding(
    rule: Rule,
    about: str,
    because: Sequence[Because],
    slots: Mapping[str, str],
    due: tuple[date, ...] = (),
) -> Finding:
    return Finding(
        rule.id,
        about,
        rule.severity,
        fill(rule.title, slots),
        fill(rule.says, slots),
        because,
        rule.sources,
        rule.evidence,
        rule.disputed,
        rule.dispute,
        rule.decision,
        rule.flag or "",
        rule.flag_says,
        rule.red_flag,
        rule.profile,
        due=due,
    )


def fill(text: str, slots: Mapping[str, str]) -> str:
    """The text with each `{item}` replaced by its value; braces in a value stay as they are."""
    if not slots:
        return text
    return SLOT.sub(lambda slot: slots.get(slot[1], slot[0]), text)


def entry_findings(protocol: Protocol, facts: WorkupFacts, rule: Rule) -> Iterator[Finding]:
    """A finding for each drug of the medicines list that has the rule's flag."""
    for line in facts.lines:
        if not (line.current or rule.past_too):
            continue
        for drug, flag in line.flagged(rule.for_each):
            if drug.alternatives or "{alternatives}" not in rule.says:
                yield _entry_finding(protocol, rule, line, drug, flag)


def _entry_finding(protocol: Protocol, rule: Rule, line: TakenDrug, drug: Drug, flag: DrugFlag) -> Finding:
    names = [protocol.drugs[other].name for other in drug.alternatives]
    slots = {
        "medicine": line.name,
        "drug": drug.name,
        "reason": flag.says,
        "grade": flag.grade,
        "alternatives": ", ".join(names),
    }
    words = f"{drug.name}: {protocol.flags[rule.for_each]}{_duration(protocol, line, flag)}"
    made = _finding(rule, "medications", (Because("medications", line.name, "", words),), slots)
    return made._replace(
        sources=tuple(dict.fromkeys((*flag.sources, *rule.sources))),
        evidence=flag.evidence,
        disputed=rule.disputed or flag.disputed,
        line=f"{line.name}: {drug.id}",
    )


def _duration(protocol: Protocol, line: TakenDrug, flag: DrugFlag) -> str:
    if flag.more_than_months is None:
        return ""
    say, number = protocol.wording.say, protocol.wording.number
    least = number(plain(flag.more_than_months))
    if line.months is None:
        return say(" (more than {least} months; how long is not given)", least=least)
    taken = number(plain(line.months, 1))
    return say(" (more than {least} months; taken for {taken})", least=least, taken=taken)


def unchecked_findings(facts: WorkupFacts) -> Iterator[Finding]:
    """A finding for each line of the medicines list that is not, or not wholly, in the protocol's list."""
    for item in facts.lists:
        for line in facts.lines_of(item):
            if line.name and not line.recognised:
                yield _unchecked(item, line)


_SLIPPED, _UNKNOWN = word("{name}: spelling to be confirmed"), word("{name}: not checked")


def _unchecked(item: str, line: TakenDrug) -> Finding:
    """A slip may hide a drug that matters, so it is asked about; another name is only said."""
    said = line.unchecked
    return Finding(
        id="medicine_not_checked",
        item=item,
        severity="caution" if line.slips else "note",
        title=line.wording.say(_SLIPPED if line.slips else _UNKNOWN, name=line.name),
        explanation=said,
        because=(Because(item, line.name, "", said),),
        sources=("E",),
        evidence="E",
        line=line.name,
    )


def cutoff_words(protocol: Protocol, item: str, cutoff: Cutoff, unit: str) -> str:
    """A cut-off for people, in the unit at hand where it is published in it: `≤ 75 µg/L`."""
    sign = {"<=": "≤", ">=": "≥"}.get(cutoff.op, cutoff.op)
    return f"{sign} {mark_words(protocol, item, cutoff, unit)}"


def mark_words(protocol: Protocol, item: str, cutoff: Cutoff, unit: str) -> str:
    """The amount of a cut-off, in the unit at hand where it is published in it: `75 µg/L`."""
    known = protocol.items[item]
    amount, published = cutoff.mark_for(unit)
    same = unit and published in known.units and known.scales[unit] == known.scales[published]
    shown_unit = protocol.shown_unit(unit if same else published) or known.shows_unit
    return f"{protocol.wording.number(plain(amount))} {shown_unit}".strip()


_INPUT = {
    "input_rejected": ("caution", word("{label}: not accepted")),
    "unit_required": ("caution", word("{label}: unit missing")),
    "input_soft_warning": ("caution", word("{label}: unusual value")),
}


UNREAD = ("input_rejected", "unit_required")


def input_findings(protocol: Protocol, facts: WorkupFacts) -> Iterator[Finding]:
    """A finding for each answer that could not be accepted, or that asks “are you sure?”."""
    looked_at = [item for item, reading in facts.readings.items() if reading.remarks or item in facts.checked]
    for item in looked_at:
        reading = facts.readings[item]
        for kind, sentence in _troubles(protocol, facts, item, reading):
            yield input_finding(protocol, kind, item, protocol.label(item), sentence, facts.answers[item])


def _troubles(
    protocol: Protocol, facts: WorkupFacts, item: str, reading: Reading
) -> Iterator[tuple[str, str]]:
    if reading.rejected:
        yield "unit_required" if reading.unit_missing else "input_rejected", reading.rejected
    if reading.partly:
        yield "input_rejected", reading.partly
    if contradiction := facts.contradiction(item):
        yield "input_rejected", contradiction
    if reading.warning:
        yield "input_soft_warning", reading.warning
    if former := facts.doubled.get(item):
        yield (
            "input_soft_warning",
            protocol.wording.say(
                "{item} has two answers. This one counts; the other is kept as {former}.",
                item=protocol.label(item),
                former=former,
            ),
        )
    if day := facts.day_trouble(item):
        yield "input_soft_warning", f"{protocol.label(item)}: {day}"


def doubt_findings(protocol: Protocol, facts: WorkupFacts, rule: Rule, made: Finding) -> Iterator[Finding]:
    """A question about each item that a rule doubts, in the words of its own finding."""
    for item in rule.doubts:
        answer = facts.answers.get(item)
        yield input_finding(
            protocol, "input_soft_warning", item, protocol.label(item), made.explanation, answer
        )


def input_finding(
    protocol: Protocol, kind: str, item: str, label: str, sentence: str, answer: Answer | None
) -> Finding:
    """One finding about an input, with the value as given."""
    severity, title = _INPUT[kind]
    given = answer.value if answer else None
    value = given if isinstance(given, (str, Decimal)) else None if given is None else plain_value(given)
    because = Because(item, value, answer.unit if answer else "", sentence)
    return Finding(
        kind, item, severity, protocol.wording.say(title, label=label), sentence, (because,), ("E",), "E"
    )
