"""An answer in a few words, as it is said in undo steps, tips and accessible names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from rls_workup.domain.parts import Item
from rls_workup.domain.protocol import Protocol
from rls_workup.domain.quantity import plain
from rls_workup.domain.wording import word
from rls_workup.domain.workup import Answer, State
from rls_workup.ui.plain import one_line
from rls_workup.ui.words import say

_LONGEST: Final = 32
STATE_WORDS: Final[Mapping[State, str]] = {
    State.ANSWERED: word("answered"),
    State.UNKNOWN: word("unknown"),
    State.DECLINED: word("declined"),
    State.NOT_APPLICABLE: word("not applicable"),
    State.ORDERED: word("ordered"),
    State.COLLECTED: word("sampled"),
    State.PENDING: word("result pending"),
    State.REJECTED: word("unreadable"),
}


def answer_words(protocol: Protocol, item: Item, answer: Answer | None) -> str:
    """`38 µg/L`, `yes`, `ordered`, `3 medicines`; "not entered" where there is no answer."""
    if answer is None:
        return say("not entered")
    if answer.state not in (State.ANSWERED, State.REJECTED):
        return say(STATE_WORDS[answer.state])
    given = answer.typed if answer.value is None else given_words(protocol, item, answer)
    return shortened(given) or say("nothing")


def given_words(protocol: Protocol, item: Item, answer: Answer) -> str:
    """The value as it was given, whole: with comparator and unit where it has them."""
    value = answer.value
    if isinstance(value, (list, tuple)):
        return _lines(value)
    if isinstance(value, bool):
        return say("yes") if value else say("no")
    if isinstance(value, (int, Decimal)) and _finite(value):
        amount = plain(Decimal(value))
    else:
        amount = protocol.choice_shown(item.id, value) if isinstance(value, str) else str(value or "")
    return " ".join(part for part in (answer.comparator + amount, protocol.shown_unit(answer.unit)) if part)


def _finite(value: int | Decimal) -> bool:
    return isinstance(value, int) or (value.is_finite() and -20 < value.adjusted() < 20)


def _lines(lines: Sequence[Any]) -> str:
    if not lines:
        return say("no medicines")
    return say("1 medicine") if len(lines) == 1 else say("{count} medicines", count=len(lines))


def shortened(text: str) -> str:
    """On one line, and no longer than a menu can bear."""
    line = one_line(text)
    return line if len(line) <= _LONGEST else line[:_LONGEST] + "…"


def step_words(protocol: Protocol, item: Item, before: Answer | None, after: Answer | None) -> str:
    """What one step did: `Ferritin 38 → 83 µg/L`, or the new answer alone where there was none."""
    old, new = answer_words(protocol, item, before), answer_words(protocol, item, after)
    if before is None:
        return f"{item.label} {new}"
    if old == new:
        return f"{item.label}, {_other_change(before, after)}"
    unit = f" {protocol.shown_unit(before.unit)}" if before.unit else ""
    if after is not None and unit and after.unit == before.unit:
        old = old.removesuffix(unit)
    return f"{item.label} {old} → {new}"


def _other_change(before: Answer, after: Answer | None) -> str:
    if after is None or before.value != after.value:
        return say("details")
    if before.note != after.note:
        return say("note")
    return (
        say("date") if (before.collected, before.since) != (after.collected, after.since) else say("details")
    )
