"""What a finding rests on: each input as given, the rule's words about it, how it was worked out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property, partial
from typing import NamedTuple, overload

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


class Basis(Sequence[Because]):
    """The inputs of one finding, put together when first asked for: most findings are only listed."""

    def __init__(self, tell: Callable[[], tuple[Because, ...]]) -> None:
        self._tell = tell

    @cached_property
    def _told(self) -> tuple[Because, ...]:
        told = self._tell()
        del self._tell  # and with it all that it was told from
        return told

    @overload
    def __getitem__(self, place: int) -> Because: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Because]: ...
    def __getitem__(self, place: int | slice) -> Because | Sequence[Because]:
        return self._told[place]

    def __len__(self) -> int:
        return len(self._told)

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, Basis) and self._told == other._told)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return repr(self._told)


class Reasons:
    """Tells what the findings of one work-up rest on; what several rest on is put together once."""

    def __init__(self, protocol: Protocol, facts: WorkupFacts) -> None:
        self.protocol, self.facts = protocol, facts
        self._told: dict[tuple[str, str], Because] = {}

    def of(self, rule: Rule) -> Basis:
        """What a rule's verdict rested on, an entry for each item, with all the words that concern it."""
        return Basis(partial(self._all, rule))

    def _all(self, rule: Rule) -> tuple[Because, ...]:
        verdict = self.facts.verdict(rule.id)
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
