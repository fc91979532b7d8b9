"""What a finding rests on: each input as given, the rule's words about it, how it was worked out."""

from __future__ import annotations

from typing import NamedTuple

from rls_workup.domain.conditions import Value, Verdict
from rls_workup.domain.facts import WorkupFacts
from rls_workup.domain.parts import Rule
from rls_workup.domain.protocol import Protocol
from rls_workup.domain.quantity import Quantity, plain


class Because(NamedTuple):
    """One input of a finding, as given: the item, its value and unit, and the rule's words about it.

    `how`: how a computed value was worked out, or what a converted one was compared as.
    """

    item: str
    value: Value | None
    unit: str
    rule: str
    how: str = ""


class Reasons:
    """Tells what the findings of one work-up rest on; what several rest on is put together once."""

    def __init__(self, protocol: Protocol, facts: WorkupFacts) -> None:
        self.protocol, self.facts = protocol, facts
        self._told: dict[tuple[str, str], Because] = {}

    def of(self, rule: Rule, verdict: Verdict) -> tuple[Because, ...]:
        """What a rule's verdict rested on, an entry for each item, with all the words that concern it."""
        words: dict[str, str] = {}
        for item, clause in verdict.rested:
            words[item] = f"{words[item]}; {clause}" if item in words else clause
        told = self._told
        return tuple(told.get(pair) or self._tell(rule, verdict, *pair) for pair in words.items())

    def _tell(self, rule: Rule, verdict: Verdict, item: str, words: str) -> Because:
        value = self.facts.values[item]
        how = self.facts.how(item)
        worked = self.protocol.wording.say("worked out: {how}", how=how) if how else ""
        if isinstance(value, Quantity):
            return Because(item, value, value.unit, words, worked or self._converted(rule, item, value))
        if isinstance(value, tuple):
            return Because(item, verdict.lines or value, "", words)
        because = self._told[item, words] = Because(item, value, "", words, worked)
        return because

    def _converted(self, rule: Rule, item: str, value: Quantity) -> str:
        """What a value was compared as, where the rule's cut-off is published in another unit."""
        edges = self.protocol.edges.get(item, ())
        held = {edge.at.cutoff.mark_for(value.unit)[1] for edge in edges if rule.id in edge.rules}
        scales = self.protocol.items[item].scales
        others = [unit for unit in sorted(held - {value.unit}) if scales[unit] != scales[value.unit]]
        if not others:
            return ""
        amount = plain(scales[others[0]].from_first(scales[value.unit].to_first(value.amount)), 2)
        wording = self.protocol.wording
        made = f"{value.comparator}{wording.number(amount)} {self.protocol.shown_unit(others[0])}"
        return wording.say("compared as {made}", made=made)
