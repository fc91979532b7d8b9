"""A rule for people: its condition with names as they are shown, `Ferritin ≤ 75 ng/mL or TSAT < 20 %`."""

from __future__ import annotations

import re

from rls_workup.domain.condition_words import Speaker
from rls_workup.domain.grammar import parse
from rls_workup.domain.operands import Vocabulary
from rls_workup.domain.protocol import Protocol
from rls_workup.domain.tokens import Mistake

_DENIED = re.compile(r"not \((.*)\)")


def in_words(protocol: Protocol, rule: str) -> str:
    """A condition with names as they are shown: `Ferritin ≤ 75 ng/mL or TSAT < 20 %`.

    `rule` may be several clauses with `; ` between. What is words already, as a term's own are, stays so.
    """
    said = protocol.said
    if rule not in said:
        said[rule] = "; ".join(_clause_in_words(protocol, clause) for clause in rule.split("; "))
    return said[rule]


def because_words(protocol: Protocol, finding: str, rule: str) -> str:
    """What a finding says of an input: a rule in words; what is no rule is words already."""
    known = protocol.rules.get(finding)
    return in_words(protocol, rule) if known and known.when else rule


def _clause_in_words(protocol: Protocol, clause: str) -> str:
    denied = _DENIED.fullmatch(clause)
    bare = denied[1] if denied else clause
    if bare in protocol.terms_in_words:
        return protocol.wording.say("not ({what})", what=bare) if denied else bare
    try:
        return Speaker(protocol).say(parse(clause, vocabulary_of(protocol)))
    except Mistake:
        return clause


def vocabulary_of(protocol: Protocol) -> Vocabulary:
    """The names that a condition of this protocol may use."""
    return Vocabulary(
        items={**protocol.items, **protocol.facts},
        named=frozenset(protocol.conditions),
        flags=frozenset(protocol.flags),
        drugs=frozenset(protocol.drugs),
        units=frozenset(protocol.units),
    )
