"""The rule language as values: what holds, what does not, what is not known, and what that rested on.

`text -> condition` is in grammar.py; comparisons and other conditions without parts are in comparisons.py.
Truth has three values: True, False and None for not known.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple
from typing import Protocol as Shape

from rls_workup.domain.quantity import Quantity, holds

Truth = bool | None
Value = Quantity | Decimal | str | tuple["Line", ...]


class Line(Shape):
    """One line of the medicines list, as conditions see it."""

    @property
    def name(self) -> str: ...
    @property
    def current(self) -> bool: ...
    def has(self, flag: str) -> bool: ...
    def is_drug(self, drug: str) -> bool: ...
    def offers(self, drug: str) -> bool: ...
    @property
    def recognised(self) -> bool: ...
    @property
    def trouble(self) -> str: ...


class Known(Shape):
    """What a condition may ask of a work-up. Every item, computed item, term and rule is in its mapping.

    `values`: None where not known. `worked_out`: the computed value and how, also where another was typed.
    """

    @property
    def values(self) -> Mapping[str, Value | None]: ...
    @property
    def truths(self) -> Mapping[str, Truth]: ...
    @property
    def worked_out(self) -> Mapping[str, tuple[Value | None, str]]: ...
    @property
    def awaited(self) -> Collection[str]: ...


class Facts(Known, Shape):
    """What it takes to tell why a condition holds."""

    def verdict(self, name: str) -> Verdict: ...


@dataclass(frozen=True, slots=True)
class Cutoff:
    """A published cut-off: the comparator, and the amount in each unit that it is published in."""

    op: str
    marks: tuple[tuple[Decimal, str], ...]

    def mark_for(self, unit: str) -> tuple[Decimal, str]:
        for mark in self.marks:
            if mark[1] == unit:
                return mark
        return self.marks[0]


@dataclass(slots=True)
class Trail:
    """What a truth rests on (item, clause), which items it waits for, and which lines of a list count."""

    rested: list[tuple[str, str]] = field(default_factory=list)
    waits: list[str] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)

    def leaf(self, item: str, *, known: bool) -> None:
        """One item was asked for: the truth rests on it, or waits for it."""
        if known:
            self.rested.append((item, ""))
        else:
            self.waits.append(item)


class Verdict(NamedTuple):
    """Truth, what it rested on (item, clause; lines of a list), and the items that it waits for."""

    truth: Truth
    rested: tuple[tuple[str, str], ...] = ()
    waits: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()


class Condition(Shape):
    """Something that holds, does not hold, or is not known.

    `explain` leaves a trail of what that rests on. `truth` is what `holds` says: it is not worked out twice.
    """

    def holds(self, known: Known) -> Truth: ...
    def explain(self, facts: Facts, trail: Trail, truth: Truth) -> None: ...


def judge(condition: Condition, facts: Facts, truth: Truth) -> Verdict:
    """Why a condition holds, does not hold, or is not known, as `truth` says."""
    trail = Trail()
    condition.explain(facts, trail, truth)
    rested, waits = tuple(dict.fromkeys(trail.rested)), tuple(dict.fromkeys(trail.waits))
    return Verdict(truth, rested, waits, tuple(dict.fromkeys(trail.lines)))


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a rule that reads aloud; everything it rests on is shown with its words."""

    part: Condition
    words: str

    def holds(self, known: Known) -> Truth:
        return self.part.holds(known)

    def explain(self, facts: Facts, trail: Trail, truth: Truth) -> None:
        start = len(trail.rested)
        self.part.explain(facts, trail, truth)
        trail.rested[start:] = [(item, clause or self.words) for item, clause in trail.rested[start:]]


def bare(condition: Condition) -> Condition:
    """A condition without its words, which `holds` has no use for."""
    return condition.part if isinstance(condition, Clause) else condition


@dataclass(frozen=True)
class And:
    """False as soon as one part is; that part alone then tells why."""

    parts: tuple[Condition, ...]

    @cached_property
    def _asked(self) -> tuple[Callable[[Known], Truth], ...]:
        return tuple(bare(part).holds for part in self.parts)

    def holds(self, known: Known) -> Truth:
        truth: Truth = True
        for ask in self._asked:
            held = ask(known)
            if held is False:
                return False
            if held is None:
                truth = None
        return truth

    def explain(self, facts: Facts, trail: Trail, truth: Truth) -> None:
        for part in self.parts:
            held = truth or part.holds(facts)
            if truth is not False or held is False:
                part.explain(facts, trail, held)
            if held is False:
                return


@dataclass(frozen=True)
class Or:
    """True if one part is; every part that is tells why."""

    parts: tuple[Condition, ...]

    @cached_property
    def _asked(self) -> tuple[Callable[[Known], Truth], ...]:
        return tuple(bare(part).holds for part in self.parts)

    def holds(self, known: Known) -> Truth:
        truth: Truth = False
        for ask in self._asked:
            held = ask(known)
            if held:
                return True
            if held is None:
                truth = None
        return truth

    def explain(self, facts: Facts, trail: Trail, truth: Truth) -> None:
        for part in self.parts:
            if truth is False or part.holds(facts) is truth:
                part.explain(facts, trail, truth)


@dataclass(frozen=True, slots=True)
class Not:
    part: Condition

    def holds(self, known: Known) -> Truth:
        truth = self.part.holds(known)
        return None if truth is None else not truth

    def explain(self, facts: Facts, trail: Trail, truth: Truth) -> None:
        start = len(trail.rested)
        self.part.explain(facts, trail, None if truth is None else not truth)
        negated = [(item, f"not ({clause})" if clause else "") for item, clause in trail.rested[start:]]
        trail.rested[start:] = negated


@dataclass(frozen=True, slots=True)
class Unless:
    """`this unless that`: only a certain `that` takes it away; a `that` which is not known does not."""

    this: Condition
    that: Condition

    def holds(self, known: Known) -> Truth:
        return False if self.that.holds(known) else self.this.holds(known)

    def explain(self, facts: Facts, trail: Trail, truth: Truth) -> None:
        taken_away = truth is False and self.that.holds(facts)
        (Not(self.that) if taken_away else self.this).explain(facts, trail, truth)


@dataclass(frozen=True, slots=True)
class Named:
    """The name of a term or of another rule."""

    name: str

    def holds(self, known: Known) -> Truth:
        return known.truths[self.name]

    def explain(self, facts: Facts, trail: Trail, truth: Truth) -> None:
        verdict = facts.verdict(self.name)
        trail.rested += verdict.rested
        trail.waits += verdict.waits
        trail.lines += verdict.lines


_TELLING: dict[Truth, tuple[Truth, ...]] = {True: (True,), False: (True, False), None: (True, None)}


@dataclass(frozen=True, slots=True)
class Count:
    """How many parts hold: known as soon as the missing answers could not change the comparison."""

    parts: tuple[Condition, ...]
    op: str
    number: Fraction

    def holds(self, known: Known) -> Truth:
        truths = [part.holds(known) for part in self.parts]
        sure = truths.count(True)
        most = sure + truths.count(None)
        can_be = {holds(Fraction(n), "", self.op, self.number) for n in range(sure, most + 1)}
        return can_be.pop() if len(can_be) == 1 else None

    def explain(self, facts: Facts, trail: Trail, truth: Truth) -> None:
        for part in self.parts:
            held = part.holds(facts)
            if held in _TELLING[truth]:
                part.explain(facts, trail, held)
