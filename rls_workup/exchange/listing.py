"""What the worklist shows of a work-up, read from its assessment: the next step and what is awaited."""

from __future__ import annotations

from dataclasses import dataclass

from rls_workup.domain.assessment import Assessment, Standing
from rls_workup.domain.protocol import Protocol
from rls_workup.domain.workup import Workup


@dataclass(frozen=True, slots=True)
class Listing:
    """The next step in words, how many results are awaited, and since when the oldest is."""

    next_step: str
    awaited: int
    pending_since: str


def listing_of(protocol: Protocol, workup: Workup, assessment: Assessment) -> Listing:
    """The worklist's line about a work-up."""
    awaited = assessment.awaited
    since = min((standing.since for standing in awaited if standing.since), default="")
    return Listing(_next_step(protocol, workup, assessment), len(awaited), since)


def _next_step(protocol: Protocol, workup: Workup, assessment: Assessment) -> str:
    if workup.closed:
        return "Completed"
    red = [finding for finding in assessment.in_force if finding.red_flag]
    if red:
        return red[0].title
    if assessment.awaited:
        return _waits(protocol, assessment.awaited)
    blocked = [missing for missing in assessment.missing if missing.blocks]
    if blocked:
        return f"{blocked[0].title}: {protocol.label(blocked[0].blocks[0].item)} to be entered"
    return "Ready to print"


def _waits(protocol: Protocol, awaited: list[Standing]) -> str:
    oldest = min(awaited, key=lambda standing: standing.since or "9999")
    more = f" and {len(awaited) - 1} more" if len(awaited) > 1 else ""
    return f"{protocol.label(oldest.item)}{more} {oldest.state}"
