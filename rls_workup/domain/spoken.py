"""An item's state in words, with the day since when it is awaited."""

from __future__ import annotations

from rls_workup.domain.text import shown_date
from rls_workup.domain.wording import Wording, word
from rls_workup.domain.workup import State

_SPOKEN = {
    State.ANSWERED: "",
    State.UNKNOWN: word("not known"),
    State.DECLINED: word("declined"),
    State.NOT_APPLICABLE: word("not applicable"),
    State.ORDERED: word("ordered"),
    State.COLLECTED: word("sample taken"),
    State.PENDING: word("awaited"),
    State.REJECTED: word("not accepted"),
}


def spoken(wording: Wording, state: State | None, since: str = "") -> str:
    """`awaited since 12-Nov-2026`; empty for an answer."""
    if state is None:
        return wording.say("not asked")
    said = wording.say(_SPOKEN[state])
    if since and state.awaited:
        return wording.say("{state} since {date}", state=said, date=shown_date(since))
    return said
