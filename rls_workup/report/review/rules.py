"""Rules for review: the condition in words and as written, what is said, how grave, on which source."""

from __future__ import annotations

from collections.abc import Iterator

from rls_workup.domain.leading import dispute_of, leading_profile
from rls_workup.domain.parts import Decision, Dispute, Rule, Term
from rls_workup.domain.protocol import Protocol
from rls_workup.domain.rule_words import in_words
from rls_workup.domain.walk import items_in, names_in
from rls_workup.report.review.parts import Entry, cited, entry, names


def rule_entry(protocol: Protocol, rule: Rule) -> Entry:
    """One rule with everything that the protocol says of it."""
    return entry(
        protocol,
        "rules",
        rule.title,
        rule.id,
        ("When", _when(protocol, rule)),
        ("As written", rule.when),
        ("Says", rule.says),
        ("Due", str(rule.due or "")),
        ("Severity", _weight(protocol, rule)),
        ("Does not count", names(protocol, rule.rejects)),
        ("Is asked about", names(protocol, rule.doubts)),
        ("Reading", _reading(protocol, rule)),
        ("Disputed", (rule.dispute or "Sources disagree.") if rule.disputed else ""),
        ("Source", cited(protocol, rule.sources, rule.evidence)),
    )


def _when(protocol: Protocol, rule: Rule) -> str:
    if rule.for_each:
        now = "now or before" if rule.past_too else "now"
        return f"for each medicine, taken {now}, that {protocol.flags[rule.for_each]} ({rule.for_each})"
    return in_words(protocol, rule.when)


def _weight(protocol: Protocol, rule: Rule) -> str:
    decisions = {decision.id: decision.title for decision in protocol.decisions}
    parts = [f"{rule.severity}, red flag" if rule.red_flag else rule.severity]
    if rule.decision:
        parts.append(f"decision: {decisions[rule.decision]}")
    if rule.flag:
        flag = rule.flag.replace("_", " ")
        parts.append(f"marks {protocol.label(rule.about)} as {flag}, shown as “{rule.flag_says or flag}”")
    return " · ".join(parts)


def _reading(protocol: Protocol, rule: Rule) -> str:
    dispute = dispute_of(protocol, rule.profile) if rule.profile else None
    profile = dispute.profile(rule.profile) if dispute else None
    return f"{profile.title} ({dispute.title})" if dispute and profile else ""


def term_entry(protocol: Protocol, term: Term) -> Entry:
    """A named condition that rules rest on."""
    title = term.says or term.id.replace("_", " ")
    return entry(
        protocol,
        "terms",
        title,
        term.id,
        ("Means", in_words(protocol, term.means)),
        ("As written", term.means),
    )


def decision_entry(protocol: Protocol, decision: Decision) -> Entry:
    """A decision with the items that it waits for."""
    needed = decision.needs_when
    return entry(
        protocol,
        "decisions",
        decision.title,
        decision.id,
        ("Comes up", f"where {in_words(protocol, needed)} [{needed}]" if needed else "always"),
        ("Waits for", names(protocol, decision.blocks)),
        ("Surer with", names(protocol, decision.confidence)),
        ("Complete with", names(protocol, decision.completeness)),
    )


def dispute_entry(protocol: Protocol, dispute: Dispute) -> Entry:
    """Where sources disagree, and which reading comes first."""
    choice = "this practice’s choice" if dispute.id in protocol.chosen else "as the protocol has it"
    return entry(
        protocol,
        "disputes",
        dispute.title,
        dispute.id,
        ("Disagreement", dispute.says),
        ("Readings", "; ".join(f"{profile.title} ({profile.id})" for profile in dispute.profiles)),
        ("Read first", f"{leading_profile(protocol, dispute).title}, {choice}"),
    )


def section_of(protocol: Protocol, rule: Rule) -> str:
    """The section in which a rule is read: of the item it is about, else of the first that it asks for."""
    lists = [item.id for item in protocol.items.values() if item.kind == "medications"]
    asked = lists if rule.for_each else [rule.about, *_asks(protocol, rule.id), *lists]
    return next((protocol.items[item].section for item in asked if item in protocol.items), "")


def _asks(protocol: Protocol, name: str) -> Iterator[str]:
    """The items that a rule or term asks for, first its own, then those of what it rests on."""
    condition = protocol.conditions[name]
    yield from items_in(condition)
    for inner in names_in(condition):
        yield from _asks(protocol, inner)
