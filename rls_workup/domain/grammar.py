"""The rule language as text: one line that reads aloud becomes a condition, or a sentence says why not.

    adult and (ferritin <= 75 ng/mL or tsat < 20 %) and not iron_contraindicated_tsat
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from fnmatch import fnmatchcase
from fractions import Fraction
from typing import cast

from rls_workup.domain.conditions import (
    Against,
    Amount,
    And,
    Arithmetic,
    Awaited,
    Clause,
    Compared,
    Condition,
    Constant,
    Count,
    Cutoff,
    Known,
    Line,
    Medicines,
    Named,
    Not,
    NumberOf,
    OneOf,
    Or,
    WorkedOut,
    power,
)
from rls_workup.domain.parts import Item

_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<name>[A-Za-z][A-Za-z0-9_]*(?:\*(?=\s*[,)]))?)|(?P<op><=|>=|!=|[<>=])|(?P<mark>[()+\-*/^,|]))"
)
_WORDS = frozenset({"and", "or", "not", "in", "as"})
_DEEPEST = 40


class Mistake(ValueError):
    """The text is no condition; `str()` is the sentence that says why, with a guess where there is one."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Every name that a condition may use: items, terms and rules, drug flags, drugs, units."""

    items: Mapping[str, Item]
    named: frozenset[str]
    flags: frozenset[str]
    drugs: frozenset[str]
    units: frozenset[str]

    def names(self) -> list[str]:
        return [*self.items, *self.named]


def guess(word: str, known: Sequence[str] | frozenset[str]) -> str:
    """`: did you mean …?` where a known word is close, else a full stop."""
    close = get_close_matches(word, sorted(known), n=1)
    return f": did you mean {close[0]}?" if close else "."


def parse(text: str, vocabulary: Vocabulary) -> Condition:
    """The condition that a line of the protocol says. Raises Mistake."""
    reader = _Reader(text, vocabulary)
    parts = reader.clauses()
    return parts[0] if len(parts) == 1 else And(tuple(parts))


def parse_amount(text: str, vocabulary: Vocabulary) -> Amount:
    """The arithmetic of a computed item. Raises Mistake."""
    reader = _Reader(text, vocabulary)
    amount = reader.amount_of(reader.sum())
    reader.end()
    return amount


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Name:
    """A name whose meaning depends on what follows: an item, a choice, a term."""

    text: str


@dataclass(frozen=True, slots=True)
class _Marks:
    """A number with its unit, or one cut-off in two units."""

    marks: tuple[tuple[Decimal, str], ...]


@dataclass(frozen=True, slots=True)
class _CountOf:
    """`count(…)`, which needs a comparison to become a condition."""

    parts: tuple[Condition, ...]


_Operand = _Name | _Marks | _CountOf | Condition | Amount


class _Reader:
    """Reads one line from left to right, `or` binding loosest."""

    def __init__(self, text: str, vocabulary: Vocabulary) -> None:
        self.text = text
        self.words = vocabulary
        self.depth = 0
        ordered = sorted(vocabulary.units, key=len, reverse=True)
        self.unit = re.compile(r"\s*(" + "|".join(re.escape(unit) for unit in ordered) + r")(?![A-Za-z0-9_/])") if ordered else None
        self.place = 0
        self.token = self._next()

    # tokens

    def _next(self) -> _Token:
        found = _TOKEN.match(self.text, self.place)
        if found is None or found.lastgroup is None:
            rest = self.text[self.place :].strip()
            if rest:
                raise Mistake(f"“{rest[:20]}” is not understood here.")
            return _Token("end", "", self.place, self.place)
        self.place = found.end()
        kind, word = found.lastgroup, found[found.lastgroup]
        return _Token("word" if word in _WORDS else kind, word, found.start(kind), found.end())

    def _take(self) -> _Token:
        token = self.token
        self.token = self._next()
        return token

    def _is(self, *texts: str) -> bool:
        return self.token.text in texts and self.token.kind != "name"

    def _expect(self, text: str) -> None:
        if not self._is(text):
            found = f"“{self.token.text}”" if self.token.text else "the end"
            raise Mistake(f"“{text}” was expected before {found}.")
        self._take()

    def end(self) -> None:
        if self.token.kind != "end":
            raise Mistake(f"“{self.token.text}” was not expected.")

    # conditions

    def clauses(self) -> list[Condition]:
        """The parts joined by `and` at the top, each with its own words."""
        parts: list[Condition] = []
        begin = self.token.start
        first = self._not()
        while True:
            if self._is("or"):
                return [self._whole_or(first, parts, begin)]
            stop = self.token.start
            parts.append(_worded(self.condition_of(first), self.text[begin:stop]))
            if not self._is("and"):
                self.end()
                return parts
            self._take()
            begin = self.token.start
            first = self._not()

    def _whole_or(self, last: _Operand, before: list[Condition], begin: int) -> Condition:
        start: Condition = self.condition_of(last)
        if before:
            start = And((*before, start))
        options = [start]
        while self._is("or"):
            self._take()
            options.append(self.condition_of(self._and()))
        self.end()
        return _worded(Or(tuple(options)), self.text)

    def _or(self) -> _Operand:
        return self._joined("or", self._and, Or)

    def _and(self) -> _Operand:
        return self._joined("and", self._not, And)

    def _joined(
        self, word: str, inner: Callable[[], _Operand], join: Callable[[tuple[Condition, ...]], Condition]
    ) -> _Operand:
        first = inner()
        if not self._is(word):
            return first
        parts = [self.condition_of(first)]
        while self._is(word):
            self._take()
            parts.append(self.condition_of(inner()))
        return join(tuple(parts))

    def _not(self) -> _Operand:
        if not self._is("not"):
            return self._comparison()
        self._take()
        self._deeper()
        part = Not(self.condition_of(self._not()))
        self.depth -= 1
        return part

    def _comparison(self) -> _Operand:
        left = self.sum()
        if self._is("in"):
            self._take()
            return self._one_of(left, self._listed_values())
        if self.token.kind != "op":
            return left
        op = self._take().text
        return self._compared(left, op, self.sum())

    def _listed_values(self) -> list[str]:
        self._expect("(")
        values = [self._take().text]
        while self._is(","):
            self._take()
            values.append(self._take().text)
        self._expect(")")
        return values

    def _one_of(self, left: _Operand, values: Sequence[str]) -> Condition:
        item = self._item(left)
        choices = choices_of(item)
        for value in values:
            if value not in choices:
                raise Mistake(f"{item.id} has no choice “{value}”{guess(value, frozenset(choices))}")
        return OneOf(item.id, frozenset(values))

    def _compared(self, left: _Operand, op: str, right: _Operand) -> Condition:
        if isinstance(left, _CountOf):
            return Count(left.parts, op, self._plain(right))
        if isinstance(left, _Name) and isinstance(right, _Name) and left.text in self.words.items:
            item = self.words.items[left.text]
            if choices_of(item):
                same = self._one_of(left, [right.text])
                return self._equal(op, same)
        if isinstance(left, _Name) and isinstance(right, _Marks) and right.marks[0][1]:
            return self._against(self._item(left), op, right.marks)
        return self._amounts(left, op, right)

    def _equal(self, op: str, same: Condition) -> Condition:
        if op not in ("=", "!="):
            raise Mistake(f"“{op}” cannot stand between an item and its choice; use = or !=.")
        return same if op == "=" else Not(same)

    def _against(self, item: Item, op: str, marks: tuple[tuple[Decimal, str], ...]) -> Condition:
        if item.kind != "quantity":
            raise Mistake(f"{item.id} has no unit, so it is compared with a plain number.")
        units = item.scales
        for _, unit in marks:
            if unit not in units:
                raise Mistake(f"{item.id} is not measured in {unit or 'a plain number'}; it has {', '.join(units)}.")
        return Against(item.id, Cutoff(op, marks), units)

    def _amounts(self, left: _Operand, op: str, right: _Operand) -> Condition:
        first, second = self.amount_of(left), self.amount_of(right)
        if isinstance(left, _Name) and isinstance(second, Constant) and self.words.items[left.text].measured:
            cutoff = Cutoff(op, ((Decimal(second.amount.numerator) / second.amount.denominator, ""),))
            return Compared(first, op, second, left.text, cutoff)
        return Compared(first, op, second)

    def condition_of(self, operand: _Operand) -> Condition:
        if isinstance(operand, _Name):
            return self._named(operand.text)
        if not isinstance(operand, (_Marks, _CountOf)) and hasattr(operand, "holds"):
            return cast(Condition, operand)
        raise Mistake("A comparison is missing: a number alone is neither true nor false.")

    def _named(self, name: str) -> Condition:
        if name in self.words.named:
            return Named(name)
        item = self._item(_Name(name))
        if item.kind != "yes_no":
            raise Mistake(f"{name} is no yes/no item; compare it with a value.")
        return OneOf(name, frozenset({"yes"}))

    def _item(self, operand: _Operand) -> Item:
        if not isinstance(operand, _Name):
            raise Mistake("An item's id was expected.")
        if operand.text not in self.words.items:
            raise Mistake(f"{operand.text} is not known{guess(operand.text, self.words.names())}")
        return self.words.items[operand.text]

    # amounts

    def sum(self) -> _Operand:
        return self._chain(self._term, {"+": math_sum, "-": difference})

    def _term(self) -> _Operand:
        return self._chain(self._power, {"*": product, "/": quotient})

    def _chain(self, inner: Callable[[], _Operand], works: Mapping[str, Callable[[Sequence[Fraction]], Fraction]]) -> _Operand:
        left = inner()
        while self.token.kind == "mark" and self.token.text in works:
            work = works[self._take().text]
            left = Arithmetic(work, (self.amount_of(left), self.amount_of(inner())))
        return left

    def _power(self) -> _Operand:
        base = self._atom()
        if not self._is("^"):
            return base
        self._take()
        return Arithmetic(power, (self.amount_of(base), self.amount_of(self._atom())))

    def _atom(self) -> _Operand:
        if self._is("("):
            return self._bracketed()
        if self._is("-"):
            self._take()
            return Constant(-self._plain(self._atom()))
        if self.token.kind == "number":
            return self._marks()
        if self.token.kind != "name":
            found = f"“{self.token.text}”" if self.token.text else "The end"
            raise Mistake(f"{found} was not expected here.")
        return self._name_or_function()

    def _bracketed(self) -> _Operand:
        self._deeper()
        self._take()
        inner = self._or()
        self._expect(")")
        self.depth -= 1
        return self._as_unit(inner)

    def _deeper(self) -> None:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise Mistake(f"Brackets are nested more than {_DEEPEST} deep.")

    def _marks(self) -> _Marks:
        marks = [self._mark()]
        while self._is("|"):
            self._take()
            marks.append(self._mark())
        return _Marks(tuple(marks))

    def _mark(self) -> tuple[Decimal, str]:
        if self.token.kind != "number":
            raise Mistake("A number was expected after “|”.")
        number = self.token
        unit = self._unit_at(number.end)
        if not unit and self.text[number.end : number.end + 1].isalpha():
            raise Mistake(f"“{self.text[number.start : number.end + 6].strip()}” is not understood: write a space before a unit.")
        if not unit:
            self.token = self._from(number.end)
            self._no_unknown_unit()
        return Decimal(number.text), unit

    def _no_unknown_unit(self) -> None:
        if self.token.kind == "name":
            raise Mistake(f"{self.token.text} is no known unit{guess(self.token.text, self.words.units)}")

    def _unit_at(self, place: int) -> str:
        found = self.unit.match(self.text, place) if self.unit else None
        if not found:
            return ""
        self.token = self._from(found.end())
        return found[1]

    def _from(self, place: int) -> _Token:
        self.place = place
        return self._next()

    def _as_unit(self, operand: _Operand) -> _Operand:
        if not self._is("as"):
            return operand
        unit = self._unit_at(self.token.end)
        item = self._item(operand if isinstance(operand, _Name) else _Name(getattr(operand, "item", "")))
        units = item.scales
        if unit not in units:
            raise Mistake(f"{item.id} is not measured in that unit; it has {', '.join(units) or 'none'}.")
        if isinstance(operand, WorkedOut):
            return WorkedOut(item.id, unit, units)
        return NumberOf(item.id, unit, units)

    def amount_of(self, operand: _Operand) -> Amount:
        if isinstance(operand, _Marks):
            return Constant(self._plain(operand))
        if isinstance(operand, _Name):
            return self._number_of(self._item(operand))
        if hasattr(operand, "number") and not hasattr(operand, "holds"):
            return cast(Amount, operand)
        raise Mistake("A number was expected, and this is true or false.")

    def _number_of(self, item: Item) -> Amount:
        if item.kind == "quantity":
            raise Mistake(f"{item.id} has a unit; write for example “{item.id} as {next(iter(item.units))}”.")
        if item.kind not in ("number", "score"):
            raise Mistake(f"{item.id} is no number.")
        return NumberOf(item.id)

    def _plain(self, operand: _Operand) -> Fraction:
        if isinstance(operand, Constant):
            return operand.amount
        if isinstance(operand, _Marks) and len(operand.marks) == 1 and not operand.marks[0][1]:
            return Fraction(operand.marks[0][0])
        raise Mistake("A plain number was expected here.")

    # functions

    def _name_or_function(self) -> _Operand:
        name = self._take().text
        if not self._is("("):
            if name.endswith("*"):
                raise Mistake(f"“{name}” stands for several items and belongs inside brackets.")
            return self._as_unit(_Name(name))
        if name not in _FUNCTIONS:
            raise Mistake(f"{name}(…) is not known{guess(name, frozenset(_FUNCTIONS))}")
        self._deeper()
        self._take()
        made = _FUNCTIONS[name](self, self._arguments())
        self.depth -= 1
        return self._as_unit(made)

    def _arguments(self) -> list[_Operand]:
        arguments: list[_Operand] = []
        while not self._is(")"):
            arguments += self._expanded()
            if not self._is(")"):
                self._expect(",")
        self._take()
        if not arguments:
            raise Mistake("Nothing stands between the brackets.")
        return arguments

    def _expanded(self) -> list[_Operand]:
        if self.token.kind != "name" or not self.token.text.endswith("*"):
            return [self._or()]
        pattern = self._take().text
        found = [_Name(name) for name in self.words.items if fnmatchcase(name, pattern)]
        if not found:
            raise Mistake(f"No item is named like {pattern}.")
        return list(found)

    def one_item(self, arguments: Sequence[_Operand]) -> Item:
        if len(arguments) != 1:
            raise Mistake("One item's id was expected between the brackets.")
        return self._item(arguments[0])

    def one_word(self, arguments: Sequence[_Operand], known: frozenset[str], what: str) -> str:
        word = arguments[0].text if len(arguments) == 1 and isinstance(arguments[0], _Name) else ""
        if word not in known:
            raise Mistake(f"{word or 'This'} is no {what}{guess(word, known)}")
        return word

    def conditions(self, arguments: Sequence[_Operand]) -> tuple[Condition, ...]:
        return tuple(self.condition_of(argument) for argument in arguments)

    def amounts(self, arguments: Sequence[_Operand]) -> tuple[Amount, ...]:
        return tuple(self.amount_of(argument) for argument in arguments)


def _worded(part: Condition, words: str) -> Condition:
    text = words.strip()
    while text.startswith("(") and text.endswith(")") and _one_pair(text):
        text = text[1:-1].strip()
    return Clause(part, text)


def _one_pair(text: str) -> bool:
    depth = 0
    for place, letter in enumerate(text):
        depth += (letter == "(") - (letter == ")")
        if depth == 0:
            return place == len(text) - 1
    return False


def choices_of(item: Item) -> tuple[str, ...]:
    """The values that a choice item can have; none for other kinds."""
    return ("yes", "no") if item.kind == "yes_no" else tuple(choice.id for choice in item.choices)


def math_sum(numbers: Sequence[Fraction]) -> Fraction:
    return sum(numbers, Fraction(0))


def difference(numbers: Sequence[Fraction]) -> Fraction:
    return numbers[0] - numbers[1]


def product(numbers: Sequence[Fraction]) -> Fraction:
    return math.prod(numbers, start=Fraction(1))


def quotient(numbers: Sequence[Fraction]) -> Fraction:
    return numbers[0] / numbers[1]


def _absolute(numbers: Sequence[Fraction]) -> Fraction:
    return abs(numbers[0])


def _abnormal(reader: _Reader, arguments: Sequence[_Operand]) -> Condition:
    parts: list[Condition] = []
    for item in (reader._item(argument) for argument in arguments):
        marked = frozenset(choice.id for choice in item.choices if choice.abnormal)
        if not marked:
            raise Mistake(f"{item.id} has no choice marked as abnormal.")
        parts.append(OneOf(item.id, marked))
    return parts[0] if len(parts) == 1 else Or(tuple(parts))


def _medicine(kind: str, matches: Callable[[Line, str], bool]) -> Callable[[_Reader, Sequence[_Operand]], _Operand]:
    def read(reader: _Reader, arguments: Sequence[_Operand]) -> _Operand:
        known = reader.words.flags if kind == "drug flag" else reader.words.drugs
        word = reader.one_word(arguments, known, kind)
        return Medicines(lambda line: matches(line, word))

    return read


def _amount(work: Callable[[Sequence[Fraction]], Fraction]) -> Callable[[_Reader, Sequence[_Operand]], _Operand]:
    return lambda reader, arguments: Arithmetic(work, reader.amounts(arguments))


_FUNCTIONS: Mapping[str, Callable[[_Reader, list[_Operand]], _Operand]] = {
    "known": lambda reader, arguments: Known(reader.one_item(arguments).id),
    "awaited": lambda reader, arguments: Awaited(reader.one_item(arguments).id),
    "computed": lambda reader, arguments: WorkedOut(reader.one_item(arguments).id),
    "count": lambda reader, arguments: _CountOf(reader.conditions(arguments)),
    "any": lambda reader, arguments: Or(reader.conditions(arguments)),
    "all": lambda reader, arguments: And(reader.conditions(arguments)),
    "abnormal": _abnormal,
    "takes": _medicine("drug flag", lambda line, flag: line.current and line.has(flag)),
    "took": _medicine("drug flag", lambda line, flag: line.has(flag)),
    "takes_drug": _medicine("drug", lambda line, drug: line.current and line.is_drug(drug)),
    "offers": _medicine("drug", lambda line, drug: line.current and line.offers(drug)),
    "sum": _amount(math_sum),
    "min": _amount(min),
    "max": _amount(max),
    "abs": _amount(_absolute),
}
