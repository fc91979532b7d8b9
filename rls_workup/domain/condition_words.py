"""A condition said aloud, each kind in its own words."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from rls_workup.domain.amount_words import compared_words, sign
from rls_workup.domain.comparisons import Against, Awaited, Beside, Compared, IsKnown, Medicines, OneOf
from rls_workup.domain.conditions import And, Clause, Count, Named, Not, Or, Unless
from rls_workup.domain.parts import Item
from rls_workup.domain.protocol import Protocol
from rls_workup.domain.quantity import plain
from rls_workup.domain.wording import word

_SLOT = re.compile(r" ?\{[a-z0-9_]+\}")
_COUNTS = {
    ">=": word("at least {number} of ({what})"),
    ">": word("more than {number} of ({what})"),
    "<=": word("at most {number} of ({what})"),
    "<": word("fewer than {number} of ({what})"),
    "=": word("exactly {number} of ({what})"),
    "!=": word("other than {number} of ({what})"),
}
_MEDICINES = {
    "takes": word("a medicine that {what}"),
    "took": word("a medicine, now or before, that {what}"),
    "takes_drug": word("{what} is taken"),
    "offers": word("{what} is an alternative to a medicine taken"),
}


class Speaker:
    """Says the conditions of one protocol, in its language."""

    def __init__(self, protocol: Protocol) -> None:
        self.protocol, self.wording = protocol, protocol.wording
        self._kinds: Mapping[type, Callable[[Any], str]] = {
            Clause: lambda clause: self.say(clause.part),
            And: lambda both: f" {self.wording.say('and')} ".join(map(self._inside, both.parts)),
            Or: self._either,
            Not: self._not,
            Unless: self._unless,
            Named: lambda named: self._named(named.name),
            Count: self._count,
            OneOf: self._one_of,
            Against: lambda at: f"{self._label(at.item)} {self._cutoff(at)}",
            Beside: lambda at: f"{self._label(at.item)} {self._cutoff(at)}",
            Compared: self._compared,
            IsKnown: lambda asked: self.wording.say("{item} known", item=self._label(asked.item)),
            Awaited: lambda asked: self.wording.say("{item} awaited", item=self._label(asked.item)),
            Medicines: self._medicines,
        }

    def say(self, condition: Any) -> str:
        """`Ferritin ≤ 75 ng/mL or TSAT < 20 %`."""
        return self._kinds[type(condition)](condition)

    def _inside(self, part: Any) -> str:
        """A part beside others; in brackets where it would be read apart."""
        core = part.part if isinstance(part, Clause) else part
        said = self.say(core)
        return f"({said})" if isinstance(core, (And, Unless)) or self._is_spoken_or(core) else said

    def _is_spoken_or(self, part: Any) -> bool:
        return isinstance(part, Or) and not self._is_list(part)

    def _is_list(self, part: Or) -> bool:
        return len(part.parts) > 2 and all(isinstance(one, OneOf) for one in part.parts)

    def _either(self, either: Or) -> str:
        marked = [part for part in either.parts if isinstance(part, OneOf) and self._is_abnormal(part)]
        if len(marked) == len(either.parts):
            return self._abnormal([self._label(part.item) for part in marked])
        said = [self._inside(part) for part in either.parts]
        return (
            self.wording.say("any of ({what})", what=", ".join(said))
            if self._is_list(either)
            else self._or(said)
        )

    def _abnormal(self, labels: Sequence[str]) -> str:
        if len(labels) == 1:
            return self.wording.say("{item} abnormal", item=labels[0])
        return self.wording.say("abnormal: any of ({what})", what=", ".join(labels))

    def _not(self, denied: Not) -> str:
        part = denied.part.part if isinstance(denied.part, Clause) else denied.part
        if isinstance(part, IsKnown):
            return self.wording.say("{item} not known", item=self._label(part.item))
        said = self.say(part)
        return (
            self.wording.say("not ({what})", what=said)
            if isinstance(part, (And, Or))
            else f"{self.wording.say('not')} {said}"
        )

    def _unless(self, condition: Unless) -> str:
        return f"{self.say(condition.this)}, {self.wording.say('unless')} {self.say(condition.that)}"

    def _named(self, name: str) -> str:
        if name in self.protocol.terms:
            return self.protocol.terms[name].says or name.replace("_", " ")
        return f"“{_SLOT.sub('', self.protocol.rules[name].title)}”"

    def _count(self, counted: Count) -> str:
        what = ", ".join(self.say(part) for part in counted.parts)
        return self.wording.say(_COUNTS[counted.op], number=self._number(counted.number), what=what)

    def _one_of(self, one: OneOf) -> str:
        label, known = self._label(one.item), self._item(one.item)
        if known.kind == "yes_no" and one.values == {"yes"}:
            return label
        shown = [self.protocol.choice_shown(one.item, value) for value in sorted(one.values)]
        return f"{label} = {self._or(shown)}"

    def _is_abnormal(self, one: OneOf) -> bool:
        marked = {choice.id for choice in self._item(one.item).choices if choice.abnormal}
        return bool(marked) and one.values == marked

    def _cutoff(self, at: Against | Beside) -> str:
        own = self._item(at.item).shows_unit
        marks = (
            f"{self._number(amount)} {self.protocol.shown_unit(unit) or own}"
            for amount, unit in at.cutoff.marks
        )
        return f"{sign(at.cutoff.op)} {self._or([mark.strip() for mark in marks])}"

    def _compared(self, both: Compared) -> str:
        return compared_words(self.protocol, both)

    def _medicines(self, asked: Medicines) -> str:
        known = self.protocol.drugs[asked.name].name if asked.name in self.protocol.drugs else ""
        return self.wording.say(_MEDICINES[asked.word], what=known or self.protocol.flags[asked.name])

    def _or(self, parts: Sequence[str]) -> str:
        return f" {self.wording.say('or')} ".join(parts)

    def _number(self, amount: Decimal | Fraction) -> str:
        return self.wording.number(plain(amount))

    def _label(self, item: str) -> str:
        return self.protocol.label(item)

    def _item(self, item: str) -> Item:
        return self.protocol.items.get(item) or self.protocol.facts[item]
