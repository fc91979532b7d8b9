"""Entries -> Protocol: the parts, their names, their conditions; every mistake is told before giving up."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from rls_workup.domain.amounts import Amount
from rls_workup.domain.conditions import Condition
from rls_workup.domain.grammar import parse, parse_amount
from rls_workup.domain.medicines import Pharmacy
from rls_workup.domain.operands import Vocabulary
from rls_workup.domain.parts import (
    About,
    Card,
    Choice,
    Decision,
    Dispute,
    Drug,
    FlagMeaning,
    Item,
    Rule,
    Section,
    Source,
    Term,
    Unit,
)
from rls_workup.domain.protocol import Protocol, Threshold, Worked, steps_of
from rls_workup.domain.reading import Reader
from rls_workup.domain.tokens import Mistake, guess
from rls_workup.domain.walk import cutoffs_of
from rls_workup.errors import ProtocolMistakes
from rls_workup.protocols.choices import wrong_choices
from rls_workup.protocols.circles import circle_in
from rls_workup.protocols.crosschecks import Parts, wrong_references
from rls_workup.protocols.entries import Entries, Entry
from rls_workup.protocols.files import mark_of

Part = TypeVar("Part", bound=BaseModel)
_AT = re.compile(r"([^\s:]+):(\d+): ")
_FACTS = {
    "age": Item(id="age", kind="number", asks="Age", shows_unit="years"),
    "age_months": Item(id="age_months", kind="number", asks="Age in months", shows_unit="months"),
    "sex": Item(
        id="sex",
        kind="choice",
        asks="Sex",
        choices=(Choice(id="female", shows="female"), Choice(id="male", shows="male")),
    ),
}
_SAYS = {
    "extra_forbidden": "is not known here",
    "missing": "is missing",
    "string_type": "must be text",
    "string_too_short": "is empty",
    "too_short": "is empty",
    "decimal_type": "must be a number",
    "bool_type": "must be true or false",
    "tuple_type": "must be a list",
    "bool_parsing": "must be true or false",
    "decimal_parsing": "must be a number",
    "string_too_long": "is too long",
    "value_error": "must be a number",
    "dict_type": "must be written in braces, { … }",
    "mapping_type": "must be written in braces, { … }",
    "model_type": "must be written in braces, { … }",
    "model_attributes_type": "must be written in braces, { … }",
    "int_from_float": "must be a whole number",
    "int_type": "must be a whole number",
    "int_parsing": "must be a whole number",
}


def assemble(entries: Entries, chosen: Mapping[str, str] | None = None) -> Protocol:
    """The protocol of these entries; `chosen` is only looked at. Raises ProtocolMistakes with all of them."""
    work = _Assembly(entries, chosen or {})
    protocol = work.protocol()
    if protocol is None or work.mistakes:
        raise ProtocolMistakes(sorted(set(work.mistakes), key=_place))
    return protocol


def _place(mistake: str) -> tuple[str, int, str]:
    """File and line of a mistake, so that they are told from the top of each file to its end."""
    found = _AT.match(mistake)
    return (found[1], int(found[2]), mistake) if found else ("", 0, mistake)


class _Assembly(Parts):
    """One pass over the entries; mistakes pile up, so that a person mends them all in one go."""

    def __init__(self, entries: Entries, chosen: Mapping[str, str]) -> None:
        self.entries = entries
        self.chosen = chosen
        self.mistakes = list(entries.mistakes)
        self.unread: set[str] = set()

    def protocol(self) -> Protocol | None:
        about = self._one_about()
        self.sections = self._sections()
        self.items = self._parts("items", Item)
        self.terms = self._parts("terms", Term)
        self.rules = self._parts("rules", Rule)
        self.decisions = self._parts("decisions", Decision)
        self.disputes = self._parts("disputes", Dispute)
        self.sources = self._parts("sources", Source)
        self.units = self._parts("units", Unit)
        self.flags = self._parts("flags", FlagMeaning)
        self.drugs = self._parts("drugs", Drug)
        self._unique_names()
        if self.entries.lost:
            return None  # what a lost file holds would be told as not known
        self.mistakes += wrong_choices(self.chosen, self.disputes)
        for wrong in wrong_references(self):
            if wrong.word not in self.unread:
                self.mistakes.append(
                    f"{self.place(wrong.table, wrong.entry, wrong.key)}: {wrong.entry}: {wrong.sentence}"
                )
        self.words = self._vocabulary()
        conditions = self._conditions()
        asked = dict(self._conditions_of("items", self.items, "asked_when"))
        needs = dict(self._conditions_of("decisions", self.decisions, "needs_when"))
        computed = self._computed()
        if circle := circle_in(steps_of(conditions, computed)):
            self.mistakes.append(f"{' rests on '.join(circle)}: rules cannot rest on each other in a circle.")
        if about is None or self.mistakes:
            return None
        return Protocol(
            about=about,
            sections=tuple(self.sections.values()),
            items=self._reading_order(),
            facts=_FACTS,
            terms=self.terms,
            rules=self.rules,
            conditions=conditions,
            asked_when=asked,
            computed=computed,
            needs_when=needs,
            decisions=tuple(self.decisions.values()),
            sources=self.sources,
            units=self.units,
            drugs=self.drugs,
            flags={flag.id: flag.says for flag in self.flags.values()},
            flag_meanings=self.flags,
            thresholds=self._thresholds(conditions),
            renamed={old: item.id for item in self.items.values() for old in item.was},
            reader=Reader(list(self.units.values()), Pharmacy(self.drugs.values())),
            disputes=self.disputes,
            changed=self.entries.changed,
            text=self.entries.text,
            mark=mark_of(self.entries.text),
        )

    # parts

    def _one_about(self) -> About | None:
        found = self.entries.tables["about"]
        if not found:
            self.mistakes.append(
                "protocol.toml: an [about] table with the protocol's id and version is missing."
            )
            return None
        return self._part(found[-1], About)

    def _parts(self, table: str, kind: type[Part]) -> dict[str, Part]:
        parts: dict[str, Part] = {}
        for entry in self.entries.tables[table]:
            part = self._part(entry, kind)
            if entry.id in parts:
                self.mistakes.append(f"{entry.place('id')}: {entry.id} is used twice in {table}.")
            elif part is not None:
                parts[entry.id] = part
        return parts

    def _part(self, entry: Entry, kind: type[Part], **more: Any) -> Part | None:
        try:
            return kind.model_validate({**entry.keys, **more})
        except ValidationError as trouble:
            for error in trouble.errors(include_url=False, include_input=False, include_context=True):
                self.mistakes.append(_sentence(entry, kind, error))
            self.unread.add(entry.id)
            return None

    def _sections(self) -> dict[str, Section]:
        cards: dict[str, list[Card]] = {}
        for entry in self.entries.tables["cards"]:
            keys = {key: value for key, value in entry.keys.items() if key != "section"}
            card = self._part(Entry(entry.file, entry.line, keys, entry.lines), Card)
            if card is not None:
                cards.setdefault(str(entry.keys.get("section", "")), []).append(card)
        found = [
            self._part(entry, Section, cards=tuple(cards.get(entry.id, ())))
            for entry in self.entries.tables["section"]
        ]
        return {
            section.id: section for section in sorted(filter(None, found), key=lambda section: section.order)
        }

    def _unique_names(self) -> None:
        for table in ("terms", "rules"):
            for entry in self.entries.tables[table]:
                others = [self.items, self.rules if table == "terms" else self.terms, _FACTS]
                if any(entry.id in other for other in others):
                    self.mistakes.append(f"{entry.place('id')}: {entry.id} already names something else.")

    def _reading_order(self) -> dict[str, Item]:
        order = {section: place for place, section in enumerate(self.sections)}
        return dict(sorted(self.items.items(), key=lambda pair: order.get(pair[1].section, len(order))))

    # conditions

    def _vocabulary(self) -> Vocabulary:
        return Vocabulary(
            items={**self.items, **_FACTS},
            named=frozenset((*self.terms, *(rule.id for rule in self.rules.values() if not rule.for_each))),
            flags=frozenset(self.flags),
            drugs=frozenset(self.drugs),
            units=frozenset(self.units),
        )

    def _conditions(self) -> dict[str, Condition]:
        terms = dict(self._conditions_of("terms", self.terms, "means"))
        rules = dict(self._conditions_of("rules", self.rules, "when"))
        for name, rule in self.rules.items():
            if not rule.when and not rule.for_each:
                self.mistakes.append(f"{self.place('rules', name)}: rule {name} has no “when”.")
        return {**terms, **rules}

    def _conditions_of(
        self, table: str, parts: Mapping[str, BaseModel], key: str
    ) -> Iterator[tuple[str, Condition]]:
        for name, part in parts.items():
            text = getattr(part, key)
            if text and (condition := self._read(parse, text, table, name, key)) is not None:
                yield name, condition

    def _read(
        self, read: Callable[[str, Vocabulary], Any], text: str, table: str, name: str, key: str
    ) -> Any:
        try:
            return read(text, self.words)
        except Mistake as trouble:
            if trouble.name in self.unread:  # its own mistake is told already
                return None
            self.mistakes.append(f"{self.place(table, name, key)}: {name}: {trouble}")
        except ValueError:  # a unit that cannot be converted is a mistake of its own
            if not self.mistakes:
                raise
        except RecursionError:
            self.mistakes.append(
                f"{self.place(table, name, key)}: {name}: the condition is nested too deeply."
            )
        return None

    def _computed(self) -> dict[str, tuple[Worked, ...]]:
        return {item.id: ways for item in self.items.values() if (ways := tuple(self._ways(item)))}

    def _ways(self, item: Item) -> Iterator[Worked]:
        for how in item.computed:
            amount: Amount | None = self._read(parse_amount, how.gives, "items", item.id, "computed")
            when = self._read(parse, how.when, "items", item.id, "computed") if how.when else None
            if (item.kind == "quantity") != bool(how.unit) or (how.unit and how.unit not in item.units):
                self.mistakes.append(
                    f"{self.place('items', item.id, 'computed')}: {item.id}: computed in no unit of the item."
                )
            if amount is not None:
                yield Worked(how, amount, when)

    def _thresholds(self, conditions: Mapping[str, Condition]) -> dict[str, tuple[Threshold, ...]]:
        found: dict[str, list[Threshold]] = {}
        for rule in self.rules.values():
            if rule.flag and rule.about in self.items and rule.flag not in ("in_range", "normal"):
                for against in cutoffs_of(conditions[rule.id], rule.about):
                    found.setdefault(rule.about, []).append(Threshold(rule, against.op, against.marks))
        return {item: tuple(thresholds) for item, thresholds in found.items()}

    def place(self, table: str, name: str, key: str = "") -> str:
        entry = next((entry for entry in self.entries.tables[table] if entry.id == name), None)
        return entry.place(key) if entry else table


_FORMS = {
    (Source, "id"): "must be S or G with up to three digits and at most one letter, such as S12 or G4b",
    (
        About,
        "version",
    ): "must be year and month, such as 2026.11, or with a further number, such as 2026.11.1",
    (About, "id"): "must be small letters, digits and hyphens, such as rls-adult",
}


def _form(kind: type[BaseModel], where: list[str]) -> str:
    """What a text with a fixed form must look like."""
    rest = "must be lower_snake_case: small letters, digits and _, a letter first"
    return _FORMS.get((kind, ".".join(where)), rest)


def _sentence(entry: Entry, kind: type[BaseModel], error: Mapping[str, Any]) -> str:
    where = [str(part) for part in error["loc"]]
    key = where[0] if where else ""
    name = f"{entry.id}: " if entry.id else ""
    if error["type"] == "extra_forbidden" and len(where) == 1:
        return f"{entry.place(key)}: {name}“{key}” is not known here{guess(key, [*kind.model_fields])}"
    if error["type"] == "literal_error":
        return f"{entry.place(key)}: {name}{'.'.join(where)} must be one of {error['ctx']['expected']}."
    if error["type"] == "string_pattern_mismatch":
        return f"{entry.place(key)}: {name}{'.'.join(where)} {_form(kind, where)}."
    says = _SAYS.get(error["type"], f"cannot be read ({error['type'].replace('_', ' ')})")
    return f"{entry.place(key)}: {name}{'.'.join(where)} {says}."
