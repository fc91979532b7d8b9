"""The rule language as text: one line that reads aloud becomes a condition, or a sentence says why not.

adult and (ferritin <= 75 ng/mL or tsat < 20 %) unless iron_contraindicated_tsat
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fnmatch import fnmatchcase
from fractions import Fraction
from typing import cast

from rls_workup.domain.amounts import Amount, Arithmetic, Constant, NumberOf, WorkedOut, power
from rls_workup.domain.comparisons import Against, Beside, Compared, OneOf
from rls_workup.domain.conditions import And, Clause, Condition, Count, Cutoff, Named, Not, Or, Unless
from rls_workup.domain.functions import FUNCTIONS, Work, difference, product, quotient, total
from rls_workup.domain.operands import CountOf, Marks, Name, Operand, Vocabulary, choices_of
from rls_workup.domain.parts import Item
from rls_workup.domain.tokens import Mistake, Tokens, guess


def parse(text: str, vocabulary: Vocabulary) -> Condition:
    """The condition that a line of the protocol says. Raises Mistake."""
    reader = _Reader(text, vocabulary)
    parts = reader.clauses()
    whole = parts[0] if len(parts) == 1 else And(tuple(parts))
    return reader.unless(whole)


def parse_amount(text: str, vocabulary: Vocabulary) -> Amount:
    """The arithmetic of a computed item. Raises Mistake."""
    reader = _Reader(text, vocabulary)
    amount = reader.amount_of(reader.sum())
    reader.tokens.end()
    return amount


class _Reader:
    """Reads one line from left to right, `or` binding loosest."""

    def __init__(self, text: str, vocabulary: Vocabulary) -> None:
        self.words = vocabulary
        self.tokens = Tokens(text, vocabulary.units)

    def clauses(self) -> list[Condition]:
        """The parts joined by `and`, each with its own words; one part where `or` is at the top."""
        parts: list[Condition] = []
        tokens, begin = self.tokens, self.tokens.token.start
        while True:
            part = self.condition_of(self._not())
            if tokens.at("or"):
                return [self._whole_or([*parts, part])]
            parts.append(_worded(part, tokens.text[begin : tokens.token.start]))
            if not tokens.at("and"):
                return parts
            tokens.take()
            begin = tokens.token.start

    def _whole_or(self, first: Sequence[Condition]) -> Condition:
        options = [first[0] if len(first) == 1 else And(tuple(first))]
        while self.tokens.at("or"):
            self.tokens.take()
            options.append(self.condition_of(self._and()))
        return _worded(Or(tuple(options)), self.tokens.text[: self.tokens.token.start])

    def unless(self, whole: Condition) -> Condition:
        """The rest of the line: nothing, or `unless` and what takes the finding away once it is certain."""
        if not self.tokens.at("unless"):
            self.tokens.end()
            return whole
        begin = self.tokens.take().end
        that = _worded(self.condition_of(self._or()), self.tokens.text[begin:])
        self.tokens.end()
        return Unless(whole, that)

    def _or(self) -> Operand:
        return self._joined("or", self._and, Or)

    def _and(self) -> Operand:
        return self._joined("and", self._not, And)

    def _joined(
        self, word: str, inner: Callable[[], Operand], join: Callable[[tuple[Condition, ...]], Condition]
    ) -> Operand:
        first = inner()
        if not self.tokens.at(word):
            return first
        parts = [self.condition_of(first)]
        while self.tokens.at(word):
            self.tokens.take()
            parts.append(self.condition_of(inner()))
        return join(tuple(parts))

    def _not(self) -> Operand:
        if not self.tokens.at("not"):
            return self._comparison()
        self.tokens.take()
        self.tokens.deeper()
        part = Not(self.condition_of(self._not()))
        self.tokens.depth -= 1
        return part

    def _comparison(self) -> Operand:
        left = self.sum()
        if self.tokens.at("in"):
            self.tokens.take()
            return self._one_of(self._item(left), self._listed_values())
        if self.tokens.token.kind != "op":
            return left
        op = self.tokens.take().text
        return self._compared(left, op, self.sum())

    def _listed_values(self) -> list[str]:
        self.tokens.expect("(")
        values = [self.tokens.take().text]
        while self.tokens.at(","):
            self.tokens.take()
            values.append(self.tokens.take().text)
        self.tokens.expect(")")
        return values

    def _one_of(self, item: Item, values: Sequence[str]) -> Condition:
        choices = choices_of(item)
        for value in values:
            if value not in choices:
                raise Mistake(f"{item.id} has no choice “{value}”{guess(value, choices)}")
        return OneOf(item.id, frozenset(values))

    def _compared(self, left: Operand, op: str, right: Operand) -> Condition:
        if isinstance(left, CountOf):
            return Count(left.parts, op, self._plain(right))
        if isinstance(left, Name) and isinstance(right, Name) and choices_of(self._item(left)):
            return self._chosen(op, self._one_of(self._item(left), [right.text]))
        if isinstance(left, Name) and isinstance(right, Marks) and right.marks[0][1]:
            return self._against(self._item(left), Cutoff(op, right.marks))
        return self._amounts(left, op, right)

    def _chosen(self, op: str, same: Condition) -> Condition:
        if op not in ("=", "!="):
            raise Mistake(f"“{op}” cannot stand between an item and its choice; use = or !=.")
        return same if op == "=" else Not(same)

    def _against(self, item: Item, cutoff: Cutoff) -> Condition:
        if item.kind != "quantity":
            raise Mistake(f"{item.id} has no unit, so it is compared with a plain number.")
        for _, unit in cutoff.marks:
            if unit not in item.units:
                said = unit or "a plain number"
                raise Mistake(f"{item.id} is not measured in {said}; it has {', '.join(item.units)}.")
        return Against(item.id, cutoff, item.scales)

    def _amounts(self, left: Operand, op: str, right: Operand) -> Condition:
        first, second = self.amount_of(left), self.amount_of(right)
        if isinstance(left, Name) and isinstance(right, Marks):
            return Beside(left.text, Cutoff(op, right.marks), self._item(left).measured)
        return Compared(first, op, second)

    def condition_of(self, operand: Operand) -> Condition:
        """The operand as something true or false."""
        if isinstance(operand, Name):
            return self._named(operand)
        if not isinstance(operand, (Marks, CountOf)) and hasattr(operand, "holds"):
            return cast(Condition, operand)
        raise Mistake("A comparison is missing: a number alone is neither true nor false.")

    def _named(self, name: Name) -> Condition:
        if name.text in self.words.named:
            return Named(name.text)
        if self._item(name).kind != "yes_no":
            raise Mistake(f"{name.text} is no yes/no item; compare it with a value.")
        return OneOf(name.text, frozenset({"yes"}))

    def _item(self, operand: Operand) -> Item:
        if not isinstance(operand, Name):
            raise Mistake("An item's id was expected.")
        if operand.text not in self.words.items:
            known = (*self.words.items, *self.words.named)
            raise Mistake(f"{operand.text} is not known{guess(operand.text, known)}", operand.text)
        return self.words.items[operand.text]

    def sum(self) -> Operand:
        """An operand, or several added and multiplied."""
        return self._chain(self._term, {"+": total, "-": difference})

    def _term(self) -> Operand:
        return self._chain(self._power, {"*": product, "/": quotient})

    def _chain(self, inner: Callable[[], Operand], works: Mapping[str, Work]) -> Operand:
        left = inner()
        while self.tokens.at(*works):
            work = works[self.tokens.take().text]
            left = Arithmetic(work, (self.amount_of(left), self.amount_of(inner())))
        return left

    def _power(self) -> Operand:
        base = self._atom()
        if not self.tokens.at("^"):
            return base
        self.tokens.take()
        return Arithmetic(power, (self.amount_of(base), self.amount_of(self._atom())))

    def _atom(self) -> Operand:
        if self.tokens.at("("):
            return self._bracketed()
        if self.tokens.at("-"):
            self.tokens.take()
            return Constant(-self._plain(self._atom()))
        if self.tokens.token.kind == "number":
            return self._marks()
        if self.tokens.token.kind != "name":
            raise Mistake(f"{self.tokens.token} was not expected here.")
        return self._name_or_function()

    def _bracketed(self) -> Operand:
        self.tokens.deeper()
        self.tokens.take()
        inner = self._or()
        self.tokens.expect(")")
        self.tokens.depth -= 1
        return inner

    def _marks(self) -> Marks:
        marks = [self.tokens.number_with_unit()]
        while self.tokens.at("|"):
            self.tokens.take()
            marks.append(self.tokens.number_with_unit())
        return Marks(tuple(marks))

    def _name_or_function(self) -> Operand:
        name = self.tokens.take().text
        if name.endswith("*"):
            raise Mistake(f"“{name}” stands for several items and belongs alone between commas.")
        made = self._called(name) if self.tokens.at("(") else Name(name)
        return self._in_unit(made) if self.tokens.at("as") else made

    def _called(self, name: str) -> Operand:
        if name not in FUNCTIONS:
            raise Mistake(f"{name}(…) is not known{guess(name, FUNCTIONS)}")
        self.tokens.deeper()
        self.tokens.take()
        made = FUNCTIONS[name](self, self._arguments())
        self.tokens.depth -= 1
        return made

    def _in_unit(self, operand: Operand) -> Amount:
        unit = self.tokens.unit_after(self.tokens.token)
        item = self._item(Name(operand.item) if isinstance(operand, WorkedOut) else operand)
        if unit not in item.units:
            raise Mistake(
                f"{item.id} is not measured in {unit}; it has {', '.join(item.units) or 'no unit'}."
            )
        kind = WorkedOut if isinstance(operand, WorkedOut) else NumberOf
        return kind(item.id, unit, item.scales)

    def amount_of(self, operand: Operand) -> Amount:
        """The operand as a number."""
        if isinstance(operand, Marks):
            return Constant(self._plain(operand))
        if isinstance(operand, Name):
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

    def _plain(self, operand: Operand) -> Fraction:
        if isinstance(operand, Constant):
            return operand.amount
        if isinstance(operand, Marks) and len(operand.marks) == 1 and not operand.marks[0][1]:
            return Fraction(operand.marks[0][0])
        raise Mistake("A plain number was expected here.")

    def _arguments(self) -> list[Operand]:
        arguments: list[Operand] = []
        while not self.tokens.at(")"):
            arguments += self._expanded()
            if not self.tokens.at(")"):
                self.tokens.expect(",")
        self.tokens.take()
        if not arguments:
            raise Mistake("Nothing stands between the brackets.")
        return arguments

    def _expanded(self) -> list[Operand]:
        if not self.tokens.token.text.endswith("*") or self.tokens.token.kind != "name":
            return [self._or()]
        pattern = self.tokens.take().text
        found: list[Operand] = [Name(name) for name in self.words.items if fnmatchcase(name, pattern)]
        if not found:
            raise Mistake(f"No item is named like {pattern}.")
        return found

    def item_named(self, arguments: Sequence[Operand]) -> Item:
        """The one item between a function's brackets."""
        if len(arguments) != 1:
            raise Mistake("One item's id was expected between the brackets.")
        return self._item(arguments[0])

    def word_named(self, arguments: Sequence[Operand], known: frozenset[str], what: str) -> str:
        """The one known word between a function's brackets."""
        word = arguments[0].text if len(arguments) == 1 and isinstance(arguments[0], Name) else ""
        if word not in known:
            raise Mistake(f"{word or 'This'} is no {what}{guess(word, known)}", word)
        return word

    def conditions(self, arguments: Sequence[Operand]) -> tuple[Condition, ...]:
        return tuple(self.condition_of(argument) for argument in arguments)

    def amounts(self, arguments: Sequence[Operand]) -> tuple[Amount, ...]:
        return tuple(self.amount_of(argument) for argument in arguments)

    def abnormal(self, arguments: Sequence[Operand]) -> Condition:
        """Any of these items has a choice that is marked as abnormal."""
        parts: list[Condition] = []
        for item in map(self._item, arguments):
            marked = frozenset(choice.id for choice in item.choices if choice.abnormal)
            if not marked:
                raise Mistake(f"{item.id} has no choice marked as abnormal.")
            parts.append(OneOf(item.id, marked))
        return Or(tuple(parts))


def _worded(part: Condition, words: str) -> Condition:
    text = words.strip()
    while text.startswith("(") and text.endswith(")") and _one_pair(text):
        text = text[1:-1].strip()
    return part if isinstance(part, Named) else Clause(part, text)  # what is named has words of its own


def _one_pair(text: str) -> bool:
    """Whether the first bracket is closed by the last."""
    depth = 0
    for letter in text[:-1]:
        depth += (letter == "(") - (letter == ")")
        if depth == 0:
            return False
    return True
