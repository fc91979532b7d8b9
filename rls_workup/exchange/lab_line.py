"""One line of a pasted report behind the name of its test: the one number that can be the result."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Final

from rls_workup.exchange.lab_words import BEFORE_THE_NUMBER, BETWEEN, DATE, FLAGS, REFERENCE

_NUMBER: Final = r"[0-9][0-9.,'’ʼ\u00a0\u202f\u2009]*[0-9]|[0-9]"
_EDGE: Final = r"(?:<=|>=|=<|=>|[<>≤≥])?\s*"
_TO: Final = r"\s*(?:-|–|—|−|\bto\b|\bbis\b|\.{2,3}|…|÷)\s*"
_TOKENS: Final = re.compile(
    rf"""{DATE}
    |(?P<time>\d{{1,2}}:\d{{2}}(?::\d{{2}})?(?:\s?(?:[AaPp][Mm]|Uhr))?)
    |(?P<labelled>\b{REFERENCE}(?![^\W\d_])\s*[:=]?\s*{_EDGE}(?:{_NUMBER})(?:{_TO}(?:{_NUMBER}))?)
    |(?P<upto>(?:\bup[ ]to\b|\bbis\b|\bbelow\b|\bunder\b)\s*(?:{_NUMBER}))
    |(?P<range>(?<![\d.,])(?:{_NUMBER})(?:{_TO}(?:{_NUMBER}))+)
    |(?P<number>(?:(?:<=|>=|=<|=>|[<>≤≥])\s*)?[-−+]?(?:{_NUMBER})\.?(?![^\W\d_]*\d)(?![.,'’][^\s]*\d))
    |(?P<open>[(\[])|(?P<close>[)\]])
    |(?P<word>[^\s()\[\],;|]+|[,;|])""",
    re.VERBOSE | re.IGNORECASE,
)
_PARTED: Final = re.compile(_TO)
_WORDS: Final = re.compile(r"[^\s:=|<>≤≥≈~±]+")
_SIGN: Final = re.compile(r"[<>≤≥≈~±]")
_LETTER: Final = re.compile(r"[^\W_]")
_MARKS_BEHIND: Final = frozenset(
    ("h", "l", "hh", "ll", "*", "**", "!", "!!", "↑", "↓", "▲", "▼", ",", ";", "|")
)
_LONGEST_UNIT: Final = 4
_LONGEST_NAME: Final = 8


@dataclass(slots=True)
class Read:
    """What stands in a line. `numbers`: each as written, with its unit, and whether it is in brackets."""

    numbers: list[tuple[str, str, bool]] = field(default_factory=list)
    units: list[str] = field(default_factory=list)
    dates: list[str] = field(default_factory=list)
    references: list[str] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    before: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)
    odd: bool = False
    written_on: bool = False

    @property
    def likely(self) -> list[tuple[str, str, bool]]:
        """The numbers that can be the result.

        A limit without a unit (`<5`) behind a number with one is the laboratory's range.
        """
        united = [number for number in self.numbers if number[1]]
        rest = [number for number in self.numbers if not number[1]]
        behind = bool(united) and self.numbers[0] is united[0]
        if len(united) == 1 and behind and all(number[0][0] in "<>≤≥" for number in rest):
            return united
        return self.numbers

    @property
    def unit(self) -> str:
        """The unit of the line; "" where there is none, or where several differ."""
        named = [unit for _, unit, _ in self.numbers if unit] or self.units
        return named[0] if len({unit.casefold() for unit in named}) == 1 else ""


def read_line(text: str, unit_of: Callable[[str], str]) -> Read:
    """Every part of the text by what it is. Nothing is left out: what is not understood is a word."""
    read, inside, at, number_ends = Read(), 0, 0, -1
    while at < len(text):
        unit = _unit_at(text, at, unit_of) if _begins(text, at) else ""
        if unit:
            _put_unit(read, unit, inside > 0)
            at += len(unit)
            continue
        found = _TOKENS.match(text, at)
        if found is None:
            at += 1
            continue
        glued = at > 0 and at == number_ends
        inside += _put(read, found, inside > 0, glued=glued)
        at = found.end()
        number_ends = at if found.lastgroup == "number" else -1
    return read


def _begins(text: str, at: int) -> bool:
    """Whether a unit can begin here: at no letter in the middle of a word, and never with a figure."""
    if text[at].isspace() or text[at].isdigit():
        return False
    return at == 0 or not text[at - 1].isalpha()


def _unit_at(text: str, at: int, unit_of: Callable[[str], str]) -> str:
    """The longest known unit that begins here and ends with a word."""
    ends = [found.end() for found in re.finditer(r"\S+", text[at : at + 60])][:_LONGEST_UNIT]
    for end in reversed(ends):
        written = text[at : at + end]
        for tried in (written, written.rstrip(",;.:)|*"), written.rstrip(",;.:)]|*")):
            if tried and unit_of(tried) and (tried[-1] != "]" or "[" in tried):
                return tried
    return ""


def _put_unit(read: Read, unit: str, inside: bool) -> None:
    last = read.numbers[-1] if read.numbers else None
    if last is not None and not last[1] and not (inside and not last[2]) and not read.after:
        read.numbers[-1] = (last[0], unit, last[2])
    elif not inside or not read.references:
        read.units.append(unit)


def _put(read: Read, found: re.Match[str], inside: bool, *, glued: bool) -> int:
    """Put one part where it belongs; how much deeper in brackets the next one stands.

    `glued`: it follows a number without a space.
    """
    kind, text = found.lastgroup or "", found[0].strip()
    if kind == "open":
        return 1
    if kind == "close":
        return -1 if inside else 0
    if kind == "date":
        read.dates.append(found["date"])
    elif kind in ("labelled", "upto"):
        read.references.append(text)
    elif kind == "range":
        _put_range(read, text)
    elif kind == "number":
        if inside and text[0] in "<>≤≥":
            read.references.append(text)
        else:
            read.numbers.append((text, "", inside))
    elif kind == "word":
        _put_word(read, text, glued=glued)
    return 0


def _put_range(read: Read, text: str) -> None:
    read.references.append(text)
    edges = [edge.strip().replace(",", ".") for edge in _PARTED.split(text)]
    try:
        read.odd = read.odd or len(edges) != 2 or Decimal(edges[0]) > Decimal(edges[-1])
    except InvalidOperation:  # a range in figures that are read nowhere else
        return


def _put_word(read: Read, text: str, *, glued: bool) -> None:
    folded = text.casefold()
    if glued and folded not in _MARKS_BEHIND and "/" not in text and "%" not in text:
        read.written_on = True  # `3.8E+01`, `1500+`: more than a number and a mark
    elif folded in FLAGS:
        read.flags.append(text)
    elif (
        folded in BETWEEN
        or (folded in BEFORE_THE_NUMBER and not read.numbers)
        or re.fullmatch(rf"{REFERENCE}[:.=]?", folded)
    ):
        return
    else:
        (read.after if read.numbers else read.before).append(text.rstrip(",;"))


def first_words(text: str) -> Iterator[tuple[str, str]]:
    """The beginnings of a line, the longest first, each with what follows; no sign is part of a name."""
    ends: list[int] = []
    for found in _WORDS.finditer(text):
        if len(ends) == _LONGEST_NAME or not _LETTER.search(found[0]) or _SIGN.search(text[: found.start()]):
            break
        ends.append(found.end())
    for end in reversed(ends):
        yield text[:end], text[end:]
