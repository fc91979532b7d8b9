"""What the worklist shows of a work-up, read from its assessment: the next step and since or until when."""

from __future__ import annotations

from rls_workup.domain.assessment import Assessment, Standing
from rls_workup.domain.dates import iso_date, shown_day
from rls_workup.domain.protocol import Protocol
from rls_workup.domain.signing import Act
from rls_workup.domain.workup import State, Workup
from rls_workup.exchange.ages import WAITS, Listing
from rls_workup.exchange.next_visit import next_visit


def listing_of(protocol: Protocol, workup: Workup, assessment: Assessment) -> Listing:
    """The worklist's line about a work-up."""
    awaited = assessment.awaited
    since = min((standing.since for standing in awaited if standing.since), default="")
    return Listing(
        _next_step(protocol, workup, assessment), len(awaited), since, _recheck(protocol, workup, assessment)
    )


def _recheck(protocol: Protocol, workup: Workup, assessment: Assessment) -> str:
    for item in protocol.items.values():
        agreed = assessment.standings[item.id].value if item.next_visit else None
        day = next_visit(agreed, workup.visit) if isinstance(agreed, str) else None
        if day is not None:
            return day.isoformat()
    return ""


def _next_step(protocol: Protocol, workup: Workup, assessment: Assessment) -> str:
    if workup.closed:
        return _signed(protocol, workup)
    red = [finding for finding in assessment.in_force if finding.red_flag]
    if red:
        return red[0].title
    if assessment.awaited:
        return _waits(protocol, assessment.awaited)
    return (
        _to_enter(protocol, assessment)
        or _not_sent(protocol, assessment)
        or protocol.wording.say("Ready to print")
    )


def _to_enter(protocol: Protocol, assessment: Assessment) -> str:
    """The first answer that a decision waits for; a plain “unknown” or “declined” is one."""
    for missing in assessment.missing:
        for part in missing.blocks:
            if part.state in (None, State.REJECTED):
                item = protocol.label(part.item)
                return protocol.wording.say(
                    "{decision}: {item} to be entered", decision=missing.title, item=item
                )
    return ""


def _signed(protocol: Protocol, workup: Workup) -> str:
    signed = [entry.at for entry in workup.signing if entry.act is Act.SIGNED]
    day = iso_date(signed[-1][:10]) if signed else None
    say = protocol.wording.say
    return say("Complete, signed {date}", date=shown_day(day)) if day else say("Complete")


def _not_sent(protocol: Protocol, assessment: Assessment) -> str:
    """A request that a finding asks to consider, and that was neither made nor decided against."""
    for finding in assessment.in_force:
        rule = protocol.rules.get(finding.id)
        if rule is not None and rule.asks_for and assessment.standings[rule.asks_for].state is None:
            return protocol.wording.say("{item} not sent", item=protocol.label(rule.asks_for))
    return ""


def _waits(protocol: Protocol, awaited: list[Standing]) -> str:
    oldest = min(awaited, key=lambda standing: standing.since or "9999")
    say, items = protocol.wording.say, protocol.label(oldest.item)
    if len(awaited) > 1:
        items = say("{item} and {count} more", item=items, count=len(awaited) - 1)
    return say(WAITS[oldest.state or State.PENDING], items=items)
