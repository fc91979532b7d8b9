"""The rule language as values: what holds, what does not, what is not known, and what that rested on.

`text -> condition` is in grammar.py. Truth has three values: True, False and None for not known.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Protocol as Shape

from rls_workup.domain.quantity import Quantity, Units, compare, holds

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


class Facts(Shape):
    """What a condition may ask of a work-up."""

    def value(self, name: str) -> Value | None: ...
    def worked_out(self, name: str) -> Value | None: ...
    def awaited(self, name: str) -> bool: ...
    def truth(self, name: str) -> Truth: ...
    def verdict(self, name: str) -> Verdict: ...
    def saw(self, item: str, cutoff: Cutoff) -> None: ...


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
    """What an evaluation has rested on so far (item, clause) and which items it waits for.

    Most rules are only asked whether they hold: they are evaluated without a trail, several times faster.
    """

    rested: list[tuple[str, str]] = field(default_factory=list)
    waits: list[str] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)

    def here(self) -> tuple[int, int]:
        return len(self.rested), len(self.waits)

    def back_to(self, place: tuple[int, int]) -> None:
        del self.rested[place[0] :]
        del self.waits[place[1] :]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Truth, what it rested on (item, clause; lines of a list), and the items that it waits for."""

    truth: Truth
    rested: tuple[tuple[str, str], ...] = ()
    waits: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()


class Condition(Shape):
    """Something that holds, does not hold, or is not known."""

    def holds(self, facts: Facts, trail: Trail | None) -> Truth: ...


class Amount(Shape):
    """A number worked out from answers; None where one of them is missing or censored."""

    def number(self, facts: Facts, trail: Trail | None) -> Fraction | None: ...


def judge(condition: Condition, facts: Facts) -> Verdict:
    """Evaluate once, with its own trail."""
    trail = Trail()
    truth = condition.holds(facts, trail)
    rested, waits = tuple(dict.fromkeys(trail.rested)), tuple(dict.fromkeys(trail.waits))
    return Verdict(truth, rested, waits, tuple(dict.fromkeys(trail.lines)))


def known_value(facts: Facts, trail: Trail | None, name: str) -> Value | None:
    value = facts.value(name)
    if value is None and trail is not None:
        trail.waits.append(name)
    return value


def rests(trail: Trail | None, item: str) -> None:
    if trail is not None:
        trail.rested.append((item, ""))


def waits(trail: Trail | None, item: str) -> None:
    if trail is not None:
        trail.waits.append(item)


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a rule that reads aloud; everything it rested on is shown with its words."""

    part: Condition
    words: str

    def holds(self, facts: Facts, trail: Trail | None) -> Truth:
        if trail is None:
            return self.part.holds(facts, None)
        start = len(trail.rested)
        truth = self.part.holds(facts, trail)
        trail.rested[start:] = [(item, clause or self.words) for item, clause in trail.rested[start:]]
        return truth


@dataclass(frozen=True, slots=True)
class And:
    """False as soon as one part is; the later parts are then not looked at."""

    parts: tuple[Condition, ...]

    def holds(self, facts: Facts, trail: Trail | None) -> Truth:
        if trail is None:
            return self._holds(facts)
        start, truth = trail.here(), True
        for part in self.parts:
            here = trail.here()
            held = part.holds(facts, trail)
            if held is False:
                del trail.rested[start[0] : here[0]]
                del trail.waits[start[1] :]
                return False
            truth = truth and held is True
        return True if truth else None

    def _holds(self, facts: Facts) -> Truth:
        truth: Truth = True
        for part in self.parts:
            held = part.holds(facts, None)
            if held is False:
                return False
            if held is None:
                truth = None
        return truth


@dataclass(frozen=True, slots=True)
class Or:
    """True if one part is; every part is looked at, so that all that speaks for it is shown."""

    parts: tuple[Condition, ...]

    def holds(self, facts: Facts, trail: Trail | None) -> Truth:
        if trail is None:
            return _either([part.holds(facts, None) for part in self.parts])
        start, runs = trail.here(), _runs(self.parts, facts, trail)
        truth = _either([held for held, _, _ in runs])
        trail.back_to(start)
        for held, rested, waits in runs:
            if held is truth:
                trail.rested += rested
                trail.waits += waits
        return truth


_Run = tuple[Truth, list[tuple[str, str]], list[str]]


def _runs(parts: Sequence[Condition], facts: Facts, trail: Trail) -> list[_Run]:
    """Every part's truth, with what it rested on and waits for."""
    runs: list[_Run] = []
    for part in parts:
        here = trail.here()
        held = part.holds(facts, trail)
        runs.append((held, trail.rested[here[0] :], trail.waits[here[1] :]))
    return runs


def _either(truths: Sequence[Truth]) -> Truth:
    if True in truths:
        return True
    return None if None in truths else False


@dataclass(frozen=True, slots=True)
class Not:
    part: Condition

    def holds(self, facts: Facts, trail: Trail | None) -> Truth:
        start = len(trail.rested) if trail is not None else 0
        truth = self.part.holds(facts, trail)
        if trail is not None:
            negated = [(item, f"not ({clause})" if clause else "") for item, clause in trail.rested[start:]]
            trail.rested[start:] = negated
        return None if truth is None else not truth


@dataclass(frozen=True, slots=True)
class Unless:
    """`this unless that`: only a certain `that` takes it away; a `that` which is not known does not."""

    this: Condition
    that: Condition

    def holds(self, facts: Facts, trail: Trail | None) -> Truth:
        if self.that.holds(facts, None) is not True:
            return self.this.holds(facts, trail)
        return Not(self.that).holds(facts, trail)


@dataclass(frozen=True, slots=True)
class Named:
    """The name of a term or of another rule."""

    name: str

    def holds(self, facts: Facts, trail: Trail | None) -> Truth:
        if trail is None:
            return facts.truth(self.name)
        verdict = facts.verdict(self.name)
        trail.rested += verdict.rested
        trail.waits += verdict.waits
        trail.lines += verdict.lines
        return verdict.truth


@dataclass(frozen=True, slots=True)
class OneOf:
    """A choice item has one of these values."""

    item: str
    values: frozenset[str]

    def holds(self, facts: Facts, trail: Trail | None) -> Truth:
        value = known_value(facts, trail, self.item)
        if value is None:
            return None
        rests(trail, self.item)
        return value in self.values


@dataclass(frozen=True, slots=True)
class Against:
    """A quantity against a published cut-off, in the typed unit where it is published in it."""

    item: str
    cutoff: Cutoff
    units: Units

    def holds(self, facts: Facts, trail: Trail | None) -> Truth:
        value = known_value(facts, trail, self.item)
        if not isinstance(value, Quantity):
            return None
        facts.saw(self.item, self.cutoff)
        truth = compare(value, self.cutoff.op, *self.cutoff.mark_for(value.unit), self.units)
        if truth is None:
            waits(trail, self.item)
        else:
            rests(trail, self.item)
        return truth


@dataclass(frozen=True, slots=True)
class Compared:
    """Two amounts; `item` and `cutoff` are told where a plain number item stands against a number."""

    left: Amount
    op: str
    right: Amount
    item: str = ""
    cutoff: Cutoff | None = None

    def holds(self, facts: Facts, trail: Trail | None) -> Truth:
        left, right = self.left.number(facts, trail), self.right.number(facts, trail)
        if left is None or right is None:
            return None
        if self.cutoff is not None:
            facts.saw(self.item, self.cutoff)
        return holds(left, "", self.op, right)


@dataclass(frozen=True, slots=True)
class Known:
    item: str

    def holds(self, facts: Facts, trail: Trail | None) -> Truth:
        known = facts.value(self.item) is not None
        rests(trail, self.item)
        return known


@dataclass(frozen=True, slots=True)
class Awaited:
    """The item is ordered, sampled or pending."""

    item: str

    def holds(self, facts: Facts, trail: Trail | None) -> Truth:
        rests(trail, self.item)
        return facts.awaited(self.item)


@dataclass(frozen=True, slots=True)
class Count:
    """How many parts hold: known as soon as the missing answers could not change the comparison."""

    parts: tuple[Condition, ...]
    op: str
    number: Fraction

    def holds(self, facts: Facts, trail: Trail | None) -> Truth:
        if trail is None:
            return self._decided([part.holds(facts, None) for part in self.parts])
        start, runs = trail.here(), _runs(self.parts, facts, trail)
        truth = self._decided([held for held, _, _ in runs])
        trail.back_to(start)
        for held, rested, waits in runs:
            trail.rested += rested if held is not False or truth is False else []
            trail.waits += waits if truth is None else []
        return truth

    def _decided(self, truths: Sequence[Truth]) -> Truth:
        sure = truths.count(True)
        most = sure + truths.count(None)
        can_be = {holds(Fraction(n), "", self.op, self.number) for n in range(sure, most + 1)}
        return can_be.pop() if len(can_be) == 1 else None


@dataclass(frozen=True, slots=True)
class Medicines:
    """Some line of the medicines list matches; an unrecognised line leaves a no open."""

    matches: Callable[[Line], bool]
    item: str = "medications"

    def holds(self, facts: Facts, trail: Trail | None) -> Truth:
        lines = known_value(facts, trail, self.item)
        if not isinstance(lines, tuple):
            return None
        if matched := [line for line in lines if self.matches(line)]:
            rests(trail, self.item)
            if trail is not None:
                trail.lines += matched
            return True
        if all(line.recognised for line in lines):
            rests(trail, self.item)
            return False
        waits(trail, self.item)
        return None
