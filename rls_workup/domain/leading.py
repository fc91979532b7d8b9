"""Where sources disagree: the profile that is read first, and the words that say so. No reading is hidden."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from rls_workup.domain.finding import Finding
from rls_workup.domain.parts import Dispute, Profile, Rule
from rls_workup.domain.protocol import Protocol

_URGENCY = {"alert": 0, "caution": 1, "note": 2}


def led_by(protocol: Protocol, chosen: Mapping[str, str]) -> Protocol:
    """The protocol read first as chosen, by dispute; a choice that it does not know changes nothing."""
    known = {
        dispute: profile
        for dispute, profile in chosen.items()
        if dispute in protocol.disputes and protocol.disputes[dispute].profile(profile)
    }
    led = replace(protocol, chosen=known)
    for dispute in protocol.disputes.values():
        led = replace(led, rules=_leading_rules_first(led, dispute))
    return led


def _leading_rules_first(protocol: Protocol, dispute: Dispute) -> Mapping[str, Rule]:
    """The rules in their order; those of the dispute keep their places among the others."""
    rules = list(protocol.rules.values())
    places = [place for place, rule in enumerate(rules) if rule.profile and dispute.profile(rule.profile)]
    lead = leading_profile(protocol, dispute).id
    ordered = sorted((rules[place] for place in places), key=lambda rule: rule.profile != lead)
    for place, rule in zip(places, ordered, strict=True):
        rules[place] = rule
    return {rule.id: rule for rule in rules}


def leading_profile(protocol: Protocol, dispute: Dispute) -> Profile:
    """The profile that is read first: the practice's choice, else the protocol's."""
    lead = protocol.chosen.get(dispute.id, dispute.leads)
    return next(profile for profile in dispute.profiles if profile.id == lead)


def dispute_of(protocol: Protocol, profile: str) -> Dispute | None:
    """The dispute in which a profile is one reading."""
    return protocol.dispute_by_profile.get(profile)


def by_urgency(protocol: Protocol, findings: Iterable[Finding]) -> list[Finding]:
    """Red flags, alerts, cautions, notes; a leading reading stands where its most urgent rival stands."""
    placed = _beside_their_rivals(protocol, list(findings))
    return sorted(placed, key=_place)


def _place(finding: Finding) -> tuple[bool, int]:
    return not finding.red_flag, _URGENCY[finding.placed_with or finding.severity]


def _beside_their_rivals(protocol: Protocol, findings: Sequence[Finding]) -> Sequence[Finding]:
    most: dict[tuple[str, str], str] = {}
    for finding in findings:
        dispute = dispute_of(protocol, finding.profile)
        if dispute:
            key = (dispute.id, finding.item)
            most[key] = min(most.get(key, "note"), finding.severity, key=_URGENCY.__getitem__)
    if not most:
        return findings
    return [_placed(protocol, finding, most) for finding in findings]


def _placed(protocol: Protocol, finding: Finding, most: Mapping[tuple[str, str], str]) -> Finding:
    dispute = dispute_of(protocol, finding.profile) if finding.profile else None
    if dispute is None or leading_profile(protocol, dispute).id != finding.profile:
        return finding
    return finding._replace(placed_with=most[dispute.id, finding.item])


def reading_words(protocol: Protocol, finding: Finding) -> str:
    """`Read first: NICE NG239, as this practice chose`, or `Another reading: US usage`; empty without one."""
    dispute = dispute_of(protocol, finding.profile) if finding.profile else None
    if dispute is None:
        return ""
    lead = leading_profile(protocol, dispute)
    if lead.id == finding.profile:
        if dispute.id in protocol.chosen:
            return protocol.wording.say("Read first: {profile}, as this practice chose", profile=lead.title)
        return protocol.wording.say("Read first: {profile}", profile=lead.title)
    other = dispute.profile(finding.profile)
    title = other.title if other else finding.profile
    return protocol.wording.say("Another reading: {profile}", profile=title)


def reading_lines(protocol: Protocol, findings: Iterable[Finding]) -> list[str]:
    """`Vitamin B12 is read by NICE NG239 first, as this practice chose.`, for each dispute at hand."""
    profiles = {finding.profile for finding in findings if finding.profile}
    return [
        _reading_line(protocol, dispute)
        for dispute in protocol.disputes.values()
        if any(dispute.profile(profile) for profile in profiles)
    ]


def _reading_line(protocol: Protocol, dispute: Dispute) -> str:
    lead = leading_profile(protocol, dispute).title
    if dispute.id in protocol.chosen:
        return protocol.wording.say(
            "{dispute} is read by {profile} first, as this practice chose.",
            dispute=dispute.title,
            profile=lead,
        )
    return protocol.wording.say("{dispute} is read by {profile} first.", dispute=dispute.title, profile=lead)
