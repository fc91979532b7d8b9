"""Names of drugs as people write them: folded for comparison, and as other languages end and spell them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_WORD = re.compile(r"[\w%\u0300-\u036f]+")
_SHORTEST = 6
# How Romance languages spell what English writes with ph, th, ch, y or a doubled letter.
_ROMANCE = (("ph", "f"), ("th", "t"), ("rh", "r"), ("ch", "c"), ("y", "i"))
_ENDINGS = ("", "e", "a", "o", "um")


@dataclass(frozen=True, slots=True)
class Word:
    """A folded word and its place in the text."""

    folded: str
    start: int
    end: int


def fold_name(text: str) -> str:
    """A drug name for comparison: no accents, case, punctuation or double spaces."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(re.findall(r"[\w%]+", plain.casefold()))


def words_of(text: str) -> list[Word]:
    """The words of a text, folded, each with its place."""
    return [
        Word(folded, found.start(), found.end())
        for found in _WORD.finditer(text)
        for folded in fold_name(found[0]).split()
    ]


def language_forms(name: str) -> Iterator[str]:
    """How other languages write an international name: `omeprazol`, `metformina`, `clorpromazina`.

    Only whole systematic forms: a single letter that is off is a slip, not a language.
    """
    if len(name) < _SHORTEST or not (name.isascii() and name.isalpha()):
        return
    stem = name[:-1] if name[-1] in "eao" else name
    for ending in _ENDINGS:
        yield stem + ending
    romance = _as_romance(stem)
    for ending in ("", "a", "o"):
        yield romance + ending


def _as_romance(stem: str) -> str:
    for english, romance in _ROMANCE:
        stem = stem.replace(english, romance)
    return re.sub(r"([bcdfgmnptz])\1", r"\1", stem)
