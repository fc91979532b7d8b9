"""Whether the sheet is partial or complete, in the words that every page carries."""

from __future__ import annotations

from typing import NamedTuple

from rls_workup.domain.assessment import Assessment
from rls_workup.domain.wording import ENGLISH, Wording
from rls_workup.domain.workup import State, Status, Workup

_SETTLED = (State.UNKNOWN, State.DECLINED, State.NOT_APPLICABLE)


class Completeness(NamedTuple):
    """How many results are awaited, how many other answers the decisions lack; whether it was amended."""

    awaited: int
    open: int
    wording: Wording = ENGLISH
    amended: bool = False

    @property
    def complete(self) -> bool:
        return not (self.awaited or self.open)

    @property
    def word(self) -> str:
        if self.amended:
            return self.wording.say("AMENDED")
        return self.wording.say("COMPLETE") if self.complete else self.wording.say("PARTIAL")

    @property
    def counts(self) -> str:
        """`2 results awaited, 9 open`."""
        if self.complete:
            return self.wording.say("nothing awaited, nothing open")
        if self.awaited == 1:
            return self.wording.say("1 result awaited, {open} open", open=self.open)
        return self.wording.say(
            "{awaited} results awaited, {open} open", awaited=self.awaited, open=self.open
        )


def completeness(assessment: Assessment, workup: Workup, wording: Wording = ENGLISH) -> Completeness:
    """What is awaited, and what the decisions lack that was never asked or not accepted.

    A plain “unknown”, “declined” or “not applicable” is an answer: it holds nothing back.
    """
    awaited = {standing.item for standing in assessment.awaited}
    lacking = {
        part.item
        for missing in assessment.missing
        for part in (*missing.blocks, *missing.confidence, *missing.completeness)
        if part.state not in _SETTLED
    }
    amended = workup.status is Status.AMENDED
    return Completeness(len(awaited), len(lacking - awaited), wording, amended)
