"""Which texts a few typed letters mean: beginnings of words first, then anywhere, then with a slip."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rls_workup.domain.drug_names import fold_name

_BEGINS, _WITHIN, _ALIKE = 100.0, 80.0, 70.0
_SHORTEST_SLIP: Final = 4
_LEAST_ALIKE: Final = 75.0


def alike(typed: str, texts: Sequence[str]) -> list[int]:
    """The places of the texts that hold every typed word, the best first; all of them where none is typed.

    `texts` are folded by `fold_name` already.
    """
    words = fold_name(typed).split()
    scored = [(_score(words, text), at) for at, text in enumerate(texts)]
    return [at for score, at in sorted(scored, key=lambda one: (-one[0], one[1])) if score > 0 or not words]


def _score(words: Sequence[str], text: str) -> float:
    parts = text.split()
    each = [_word_score(word, parts, text) for word in words]
    if not each or 0 in each:
        return 0
    whole = text.startswith(" ".join(words))
    return sum(each) / len(each) + (10 if whole else 0)


def _word_score(word: str, parts: Sequence[str], text: str) -> float:
    # The words that say what it is stand first, those that say more come later.
    place = next((at for at, part in enumerate(parts) if part.startswith(word)), None)
    if place is not None:
        return _BEGINS - min(place, 15)
    if word in text:
        return _WITHIN - 20
    return _slip_score(word, parts) if len(word) >= _SHORTEST_SLIP else 0


def _slip_score(word: str, parts: Sequence[str]) -> float:
    from rapidfuzz import fuzz

    # A word may be typed in part: it is held against as many letters.
    nearest = max((fuzz.ratio(word, part[: len(word) + 1]) for part in parts), default=0.0)
    return nearest * _ALIKE / 100 - 20 if nearest >= _LEAST_ALIKE else 0
