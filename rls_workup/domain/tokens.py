"""A line of the rule language, cut into words, numbers, units and marks."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from functools import lru_cache

_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<name>[A-Za-z][A-Za-z0-9_]*(?:\*(?=\s*[,)]))?)"
    r"|(?P<op><=|>=|!=|[<>=])|(?P<mark>[()+\-*/^,|]))"
)
_WORDS = frozenset({"and", "or", "not", "in", "as", "unless"})
_DEEPEST = 40


class Mistake(ValueError):
    """The text is no condition; `str()` says why. `name` is the name that is not known."""

    def __init__(self, sentence: str, name: str = "") -> None:
        self.name = name
        super().__init__(sentence)


def guess(word: str, known: Collection[str]) -> str:
    """`: did you mean …?` where a known word is close, else a full stop."""
    close = get_close_matches(word, sorted(known), n=1)
    return f": did you mean {close[0]}?" if close else "."


@dataclass(frozen=True, slots=True)
class Token:
    kind: str
    text: str
    start: int
    end: int

    def __str__(self) -> str:
        return f"“{self.text}”" if self.text else "the end"


@lru_cache(maxsize=8)
def _unit_pattern(units: frozenset[str]) -> re.Pattern[str]:
    longest_first = sorted(units, key=len, reverse=True)
    return re.compile(r"\s*(" + "|".join(map(re.escape, longest_first)) + r")(?![A-Za-z0-9_/])")


class Tokens:
    """The tokens of one line, from left to right; units are only looked for where one can stand."""

    def __init__(self, text: str, units: Collection[str]) -> None:
        self.text = text
        self.units = units
        self.depth = 0
        self._unit = _unit_pattern(frozenset(units))
        self._place = 0
        self.token = self._next()

    def _next(self) -> Token:
        found = _TOKEN.match(self.text, self._place)
        if found is None or found.lastgroup is None:
            rest = self.text[self._place :].strip()
            if rest:
                raise Mistake(f"“{rest[:20]}” is not understood here.")
            return Token("end", "", self._place, self._place)
        self._place = found.end()
        kind, word = found.lastgroup, found[found.lastgroup]
        return Token("word" if word in _WORDS else kind, word, found.start(kind), found.end())

    def take(self) -> Token:
        token = self.token
        self.token = self._next()
        return token

    def at(self, *texts: str) -> bool:
        """Whether the next token is one of these words or marks."""
        return self.token.text in texts and self.token.kind != "name"

    def expect(self, text: str) -> None:
        if not self.at(text):
            raise Mistake(f"“{text}” was expected before {self.token}.")
        self.take()

    def end(self) -> None:
        if self.token.kind != "end":
            raise Mistake(f"{self.token} was not expected.")

    def deeper(self) -> None:
        """One bracket more; a line that nests too deeply is refused before the stack is."""
        self.depth += 1
        if self.depth > _DEEPEST:
            raise Mistake(f"Brackets are nested more than {_DEEPEST} deep.")

    def number_with_unit(self) -> tuple[Decimal, str]:
        """The number at hand with the unit that follows it; the unit is empty where none does."""
        if self.token.kind != "number":
            raise Mistake("A number was expected after “|”.")
        number = self.token
        unit = self._unit.match(self.text, number.end) if self.units else None
        self._go_to(unit.end() if unit else number.end)
        if unit is None and self.token.kind == "name":
            raise Mistake(f"{self.token.text} is no known unit{guess(self.token.text, self.units)}")
        return Decimal(number.text), unit[1] if unit else ""

    def unit_after(self, token: Token) -> str:
        """The unit behind `as`."""
        unit = self._unit.match(self.text, token.end) if self.units else None
        if unit is None:
            raise Mistake("A unit was expected after “as”.")
        self._go_to(unit.end())
        return unit[1]

    def _go_to(self, place: int) -> None:
        self._place = place
        self.token = self._next()
