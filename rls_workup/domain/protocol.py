"""A whole protocol, ready to be asked: its items, rules and drugs, with every condition read."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from rls_workup.domain.amounts import Amount
from rls_workup.domain.conditions import Condition, Known, Truth, bare
from rls_workup.domain.cutoffs import Edge, edges_of
from rls_workup.domain.parts import (
    About,
    Computation,
    Decision,
    Dispute,
    Drug,
    FlagMeaning,
    Item,
    Limits,
    Rule,
    Section,
    Source,
    Term,
    Unit,
)
from rls_workup.domain.reading import Reader
from rls_workup.domain.reliance import affected_by, order_of, rests_of
from rls_workup.domain.wording import ENGLISH, Wording, word

DAY = "day of the visit"
SLOT = re.compile(r"\{([a-z0-9_]+)\}")
_YES_NO = {"yes": word("yes"), "no": word("no")}


@dataclass(frozen=True, slots=True)
class Worked:
    """One way to work out an item: where `when` holds, `amount` in `unit`."""

    how: Computation
    amount: Amount
    when: Condition | None = None


@dataclass(frozen=True, slots=True)
class Threshold:
    """A cut-off of an item that a rule marks it by, in the rule's own words."""

    rule: Rule
    op: str
    marks: tuple[tuple[Decimal, str], ...]


@dataclass(frozen=True)
class Protocol:
    """What is asked and what the answers mean. `text` is its whole source, kept with each work-up.

    `facts` are what is known of the patient rather than asked: `age`, `age_months` and `sex`. `mark` stands
    for the text, `changed` names the practice's own entries by table, `chosen` the profile that the practice
    reads first by dispute. `wording` is the program's own words in the language of the
    texts; `in_english` names the texts that stay in English for want of a translation.
    """

    about: About
    sections: tuple[Section, ...]
    items: Mapping[str, Item]
    facts: Mapping[str, Item]
    terms: Mapping[str, Term]
    rules: Mapping[str, Rule]
    conditions: Mapping[str, Condition]
    asked_when: Mapping[str, Condition]
    computed: Mapping[str, tuple[Worked, ...]]
    needs_when: Mapping[str, Condition]
    decisions: tuple[Decision, ...]
    sources: Mapping[str, Source]
    units: Mapping[str, Unit]
    drugs: Mapping[str, Drug]
    flags: Mapping[str, str]
    flag_meanings: Mapping[str, FlagMeaning]
    thresholds: Mapping[str, tuple[Threshold, ...]]
    renamed: Mapping[str, str]
    reader: Reader
    disputes: Mapping[str, Dispute] = field(default_factory=dict)
    chosen: Mapping[str, str] = field(default_factory=dict)
    changed: Mapping[str, frozenset[str]] = field(default_factory=dict)
    text: str = ""
    mark: str = ""
    in_english: tuple[str, ...] = ()
    wording: Wording = ENGLISH

    @property
    def language(self) -> str:
        """The code of the language that its texts are in."""
        return self.wording.language

    @property
    def adapted(self) -> bool:
        """Whether a practice's own entries lie over it."""
        return bool(self.changed)

    @cached_property
    def _by_section(self) -> Mapping[str, list[Item]]:
        found: dict[str, list[Item]] = {section.id: [] for section in self.sections}
        for item in self.items.values():
            found[item.section].append(item)
        return found

    @cached_property
    def steps(self) -> Mapping[str, frozenset[str]]:
        """Every term, rule and computed item, with the names that it asks for."""
        return steps_of(self.conditions, self.computed)

    @cached_property
    def order(self) -> tuple[str, ...]:
        """The steps in an order in which each can be worked out."""
        return order_of(self.steps)

    @cached_property
    def questions(self) -> tuple[tuple[str, Callable[[Known], Truth] | None], ...]:
        """The steps in that order: how to tell whether a term or rule holds; None for a computed item."""
        return tuple(
            (name, None if name in self.computed else bare(self.conditions[name]).holds)
            for name in self.order
        )

    @cached_property
    def _affected(self) -> Mapping[str, frozenset[str]]:
        lists = [item.id for item in self.items.values() if item.kind == "medications"]
        shows = {
            rule.id: (
                *self.slots[rule.id],
                *rule.doubts,
                *(lists if rule.for_each else ()),
                *((DAY,) if rule.due else ()),
            )
            for rule in self.rules.values()
        }
        return affected_by(self.steps, shows)

    @cached_property
    def slots(self) -> Mapping[str, Collection[str]]:
        """The items whose values a rule's words tell."""
        known = self.items.keys() | self.facts.keys()
        return {rule.id: known & set(SLOT.findall(rule.title + rule.says)) for rule in self.rules.values()}

    def resting_on(self, items: Iterable[str]) -> set[str]:
        """Every term, rule and computed item that other values of these items can change, words included."""
        return {step for item in items for step in self._affected.get(item, ())}

    @cached_property
    def edges(self) -> Mapping[str, Sequence[Edge]]:
        """For each item the cut-offs that rules hold it against, also through the terms that they name."""
        conditions = {name: self.conditions[name] for name in self.order if name in self.conditions}
        return edges_of(self.rules, conditions, lambda item: self.resting_on([item]))

    @cached_property
    def said(self) -> dict[str, str]:
        """Conditions that were put into words before, with these words: see rule_words.py."""
        return {}

    @cached_property
    def terms_in_words(self) -> frozenset[str]:
        """The words that terms have of their own."""
        return frozenset(term.says for term in self.terms.values())

    @cached_property
    def dispute_by_profile(self) -> Mapping[str, Dispute]:
        """The dispute in which each profile is one reading; the first where there are several."""
        disputes = [(p.id, dispute) for dispute in self.disputes.values() for p in dispute.profiles]
        return dict(reversed(disputes))

    @cached_property
    def rejecting(self) -> tuple[Rule, ...]:
        """The rules that find values which contradict each other."""
        return tuple(rule for rule in self.rules.values() if rule.rejects)

    def items_of(self, section: str) -> Sequence[Item]:
        """The items of a section, in reading order."""
        return self._by_section[section]

    def label(self, item: str) -> str:
        """An item's short name; the id itself where the protocol does not know it."""
        known = self.items.get(item) or self.facts.get(item)
        return known.label if known else item

    def shown_unit(self, unit: str) -> str:
        """How a unit is written for people, `µg/L` for `ug/L`."""
        return self.units[unit].shows if unit in self.units else unit

    def choice_shown(self, item: str, value: str) -> str:
        """A choice's words; the value itself for text."""
        known = self.items.get(item) or self.facts.get(item)
        choices = known.choices if known else ()
        shown = next((choice.shows for choice in choices if choice.id == value), "")
        return shown or (
            self.wording.say(_YES_NO.get(value, value)) if known and known.kind == "yes_no" else value
        )

    @property
    def age_limits(self) -> Limits | None:
        """The limits that an age in years must keep; none where the protocol asks for no age."""
        asked = self.items.get("age_years")
        return asked.accepts if asked else None

    def cite(self, source: str) -> str:
        """A source's short name with its year, for a line under a finding."""
        known = self.sources[source]
        return known.short or known.cite


def steps_of(
    conditions: Mapping[str, Condition], computed: Mapping[str, Sequence[Worked]]
) -> dict[str, frozenset[str]]:
    """Every term, rule and computed item, with the names that it asks for."""
    worked = {
        item: [part for way in ways for part in (way.amount, way.when) if part is not None]
        for item, ways in computed.items()
    }
    return rests_of({**worked, **{name: [condition] for name, condition in conditions.items()}})
