"""A word that is nearly a drug's name: never counted, only asked about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rls_workup.domain.parts import Drug
from rls_workup.domain.wording import ENGLISH, Wording, word

_SHORTEST, _LONG = 5, 10
_MOST_SUGGESTED = 3
_AWAY = {
    1: word("“{written}” is one letter away from {names}. Did you mean {names}?"),
    2: word("“{written}” is two letters away from {names}. Did you mean {names}?"),
}


@dataclass(frozen=True, slots=True)
class Likely:
    """A name that a person may have meant, how many letters away it is, and its drug."""

    name: str
    drug: Drug
    apart: int

    @property
    def shown(self) -> str:
        """`omeprazole`, or `Losec (omeprazole)`."""
        same = self.name.casefold() == self.drug.name.casefold()
        return self.name if same else f"{self.name} ({self.drug.name})"


@dataclass(frozen=True, slots=True)
class Slip:
    """A word of a line that is in no list, with its place there and the names that it is near to."""

    written: str
    start: int
    end: int
    meant: tuple[Likely, ...]

    def says(self, wording: Wording = ENGLISH) -> str:
        """`“omeprazle” is one letter away from omeprazole. Did you mean omeprazole?`"""
        names = f" {wording.say('or')} ".join(likely.shown for likely in self.meant)
        return wording.say(_AWAY[self.meant[0].apart], written=self.written, names=names)


def nearest(written: str, names: Sequence[str]) -> list[tuple[str, int]]:
    """The nearest names by typing slips (a letter more, less, other, or two exchanged), if near enough.

    One slip in a word of 5 letters or more, two from 10 letters on and then only with the same first letter.
    Real look-alikes (hydralazine and hydroxyzine) are further apart than that; tests hold it.
    """
    if len(written) < _SHORTEST:
        return []
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    most = 1 if len(written) < _LONG else 2
    found = process.extract(written, names, scorer=OSA.distance, score_cutoff=most, limit=None)
    near = [(name, int(apart)) for name, apart, _ in found if apart < 2 or name[0] == written[0]]
    least = min((apart for _, apart in near), default=0)
    return [(name, apart) for name, apart in near if apart == least][:_MOST_SUGGESTED]
