"""Replies beside the findings they were given to: which one stands, and which was given for other values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from rls_workup.domain.conditions import Value
from rls_workup.domain.dates import shown_day
from rls_workup.domain.finding import UNREAD, Finding
from rls_workup.domain.protocol import Protocol
from rls_workup.domain.quantity import Quantity, plain
from rls_workup.domain.reply import Reply, Stance

_DECIMALS = 6


class Replied(NamedTuple):
    """A reply to a finding. `stands`: the finding still rests on the same values."""

    reply: Reply
    stands: bool

    @property
    def set_aside(self) -> bool:
        """Whether the finding is out of the way; other values bring it back."""
        return self.stands and self.reply.stance is Stance.SET_ASIDE


def replied(protocol: Protocol, replies: Iterable[Reply], finding: Finding) -> Replied | None:
    """The reply that a finding was given; None where there is none."""
    for reply in replies if takes_reply(finding) else ():
        if _is_to(protocol, reply, finding):
            renamed = protocol.renamed
            then = {renamed.get(item, item): value for item, value in reply.values.items()}
            return Replied(reply, then == values_of(protocol, finding))
    return None


def takes_reply(finding: Finding) -> bool:
    """Whether it can be accepted or set aside: what could not be read is put right instead."""
    return finding.id not in UNREAD


def with_reply(
    protocol: Protocol, replies: Iterable[Reply], finding: Finding, reply: Reply | None
) -> tuple[Reply, ...]:
    """The replies with this one to the finding; None takes back what was replied to it."""
    others = tuple(known for known in replies if not _is_to(protocol, known, finding))
    return others if reply is None else (*others, reply)


def reply_to(
    protocol: Protocol, finding: Finding, stance: Stance, name: str, at: str, reason: str = ""
) -> Reply:
    """A reply to a finding as it is now."""
    values = values_of(protocol, finding)
    return Reply(finding.id, stance, name, at, finding.item, finding.line, reason, values)


def _is_to(protocol: Protocol, reply: Reply, finding: Finding) -> bool:
    item = protocol.renamed.get(reply.item, reply.item)
    return (reply.finding, item, reply.line) == (finding.id, finding.item, finding.line)


def values_of(protocol: Protocol, finding: Finding) -> Mapping[str, str]:
    """What a finding rests on, in no language. Age and sex only count by what they make of the rule."""
    return {
        part.item: _written(part.value, part.unit)
        for part in finding.because
        if part.item not in protocol.facts
    }


def _written(value: Value | None, unit: str) -> str:
    if isinstance(value, Quantity):
        return f"{value.comparator}{plain(value.amount, _DECIMALS)} {value.unit}".rstrip()
    if isinstance(value, Decimal):
        return plain(value, _DECIMALS)
    if isinstance(value, tuple):
        return ", ".join(line.name for line in value)
    return f"{value or ''} {unit}".strip()


def reply_words(protocol: Protocol, told: Replied) -> str:
    """`Set aside 22-Nov-2026 by Dr A: donates no more`, with the values of then where they are others now."""
    reply, say = told.reply, protocol.wording.say
    said = {"date": _day(reply.at), "person": reply.name}
    if reply.stance is Stance.ACCEPTED:
        done = say("Accepted {date} by {person}", **said)
    else:
        done = say("Set aside {date} by {person}", **said)
    if not told.stands:
        values = "; ".join(_told(protocol, item, value) for item, value in reply.values.items())
        done = f"{done} {say('for other values ({values})', values=values)}"
    return f"{done}: {reply.reason}" if reply.reason else done


def _told(protocol: Protocol, item: str, value: str) -> str:
    known = protocol.renamed.get(item, item)
    amount, _, unit = value.partition(" ")
    if known in protocol.items and unit in protocol.items[known].units:
        value = f"{protocol.wording.number(amount)} {protocol.shown_unit(unit)}"
    return f"{protocol.label(known)} {value or protocol.wording.say('not known')}"


def _day(at: str) -> str:
    try:
        return shown_day(datetime.fromisoformat(at).date())
    except ValueError:
        return at
