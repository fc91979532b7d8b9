"""The functions of the rule language: to add a word, add a line to the table below."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Protocol as Shape

from rls_workup.domain.amounts import Amount, Arithmetic, WorkedOut
from rls_workup.domain.comparisons import Awaited, IsKnown, Medicines
from rls_workup.domain.conditions import And, Condition, Line, Or
from rls_workup.domain.operands import CountOf, Operand, Vocabulary
from rls_workup.domain.parts import Item

Work = Callable[[Sequence[Fraction]], Fraction]


class Arguments(Shape):
    """How a function reads what stands between its brackets. Each raises Mistake."""

    @property
    def words(self) -> Vocabulary: ...
    def item_named(self, arguments: Sequence[Operand]) -> Item: ...
    def word_named(self, arguments: Sequence[Operand], known: frozenset[str], what: str) -> str: ...
    def conditions(self, arguments: Sequence[Operand]) -> tuple[Condition, ...]: ...
    def amounts(self, arguments: Sequence[Operand]) -> tuple[Amount, ...]: ...
    def abnormal(self, arguments: Sequence[Operand]) -> Condition: ...


def total(numbers: Sequence[Fraction]) -> Fraction:
    return sum(numbers, Fraction(0))


def difference(numbers: Sequence[Fraction]) -> Fraction:
    return numbers[0] - numbers[1]


def product(numbers: Sequence[Fraction]) -> Fraction:
    return math.prod(numbers, start=Fraction(1))


def quotient(numbers: Sequence[Fraction]) -> Fraction:
    return numbers[0] / numbers[1]


def absolute(numbers: Sequence[Fraction]) -> Fraction:
    return abs(numbers[0])


Function = Callable[[Arguments, list[Operand]], Operand]


def _flagged(word: str, matches: Callable[[Line, str], bool]) -> Function:
    def read(reader: Arguments, arguments: list[Operand]) -> Operand:
        flag = reader.word_named(arguments, reader.words.flags, "drug flag")
        return Medicines(lambda line: matches(line, flag), word, flag)

    return read


def _drug(word: str, matches: Callable[[Line, str], bool]) -> Function:
    def read(reader: Arguments, arguments: list[Operand]) -> Operand:
        drug = reader.word_named(arguments, reader.words.drugs, "drug")
        return Medicines(lambda line: matches(line, drug), word, drug)

    return read


def _amount(work: Work) -> Function:
    return lambda reader, arguments: Arithmetic(work, reader.amounts(arguments))


FUNCTIONS: Mapping[str, Function] = {
    "known": lambda reader, arguments: IsKnown(reader.item_named(arguments).id),
    "awaited": lambda reader, arguments: Awaited(reader.item_named(arguments).id),
    "computed": lambda reader, arguments: WorkedOut(reader.item_named(arguments).id),
    "count": lambda reader, arguments: CountOf(reader.conditions(arguments)),
    "any": lambda reader, arguments: Or(reader.conditions(arguments)),
    "all": lambda reader, arguments: And(reader.conditions(arguments)),
    "abnormal": lambda reader, arguments: reader.abnormal(arguments),
    "takes": _flagged("takes", lambda line, flag: line.current and line.has(flag)),
    "took": _flagged("took", lambda line, flag: line.has(flag)),
    "takes_drug": _drug("takes_drug", lambda line, drug: line.current and line.is_drug(drug)),
    "offers": _drug("offers", lambda line, drug: line.current and line.offers(drug)),
    "sum": _amount(total),
    "min": _amount(min),
    "max": _amount(max),
    "abs": _amount(absolute),
}
