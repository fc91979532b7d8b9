"""The medicines list: each line as given, and the drugs of the protocol that it names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from rls_workup.domain.drug_names import Word, fold_name, language_forms, words_of
from rls_workup.domain.parts import Drug, DrugFlag
from rls_workup.domain.quantity import NotANumber, finite_amount, read_amount
from rls_workup.domain.spelling import Likely, Slip, nearest
from rls_workup.domain.wording import ENGLISH, Wording, word

_MONTHS = {"months": Decimal(1), "years": Decimal(12), "weeks": Decimal("0.23")}
_MOST_REMEMBERED = 4096
_MOST_WORDS = 60  # of one line; a longer one is a text, not a medicine


@dataclass(frozen=True, slots=True)
class TakenDrug:
    """One line of the list: the name as given, the drugs it names (or none), and for how many months.

    `trouble` says what of the line cannot be read; the rest of it counts. `slips` are words that are nearly a
    drug's name: they do not count until a person has put them right.
    """

    name: str
    drugs: tuple[Drug, ...] = ()
    months: Decimal | None = None
    current: bool = True
    trouble: str = ""
    slips: tuple[Slip, ...] = ()
    wording: Wording = field(default=ENGLISH, compare=False, repr=False)

    @property
    def drug(self) -> Drug | None:
        """The first drug that the line names."""
        return self.drugs[0] if self.drugs else None

    @property
    def recognised(self) -> bool:
        """Whether the line can be trusted to hold nothing but known drugs."""
        return bool(self.drugs) and not self.slips

    @property
    def unchecked(self) -> str:
        """Why the line, or a word of it, is not checked; empty where all of it is."""
        if self.slips:
            asked = " ".join(slip.says(self.wording) for slip in self.slips)
            return f"{asked} {self.wording.say('It does not count until that is confirmed.')}"
        said = self.wording.say("“{name}” is not in the list: not checked.", name=self.name)
        return "" if self.drugs else said

    def flagged(self, kind: str) -> tuple[tuple[Drug, DrugFlag], ...]:
        """Each drug of the line with its flag of this kind, unless known to be taken too short a time."""
        return tuple(
            (drug, flag)
            for drug in self.drugs
            for flag in drug.flags
            if flag.kind == kind and self._long_enough(flag)
        )

    def _long_enough(self, flag: DrugFlag) -> bool:
        return flag.more_than_months is None or self.months is None or self.months > flag.more_than_months

    def has(self, flag: str) -> bool:
        return bool(self.flagged(flag))

    def is_drug(self, drug: str) -> bool:
        return any(known.id == drug for known in self.drugs)

    def offers(self, drug: str) -> bool:
        return any(drug in known.alternatives for known in self.drugs)


@dataclass(frozen=True, slots=True)
class Named:
    """A stretch of a text that names drugs: from word to word, and from `start` to `stop`."""

    first: int
    end: int
    start: int
    stop: int
    drugs: tuple[Drug, ...]


class Pharmacy:
    """Finds drugs by generic name, brand or other spelling, also inside a longer line."""

    def __init__(self, drugs: Iterable[Drug], wording: Wording = ENGLISH) -> None:
        self.wording = wording
        known = tuple(drugs)
        self.by_name: dict[str, tuple[Drug, ...]] = {}
        self._spelt: dict[str, str] = {}
        for drug in known:
            for name in (drug.name, *drug.brands, *drug.also):
                folded = fold_name(name)
                same = self.by_name.get(folded, ())
                self.by_name[folded] = same if drug in same else (*same, drug)
                self._spelt.setdefault(folded, name)
        for drug in known:
            for name in (drug.name, *drug.also):
                for form in language_forms(fold_name(name)):
                    self.by_name.setdefault(form, (drug,))
        self.longest = max((len(name.split()) for name in self.by_name), default=0)
        self._names = list(self._spelt)
        self._near: dict[str, tuple[Likely, ...]] = {}

    def find(self, text: str) -> Drug | None:
        """The first drug that a line names. None: not known."""
        found = self.find_all(text)
        return found[0] if found else None

    def find_all(self, text: str) -> tuple[Drug, ...]:
        """Every drug that a line names, in reading order."""
        return _drugs_of(self.named_in(text))

    def named_in(self, text: str) -> list[Named]:
        """The stretches of a text that name drugs, in reading order."""
        return self._named(words_of(text))

    def read_line(self, line: object) -> TakenDrug:
        """One line of a work-up's list, as far as it can be read."""
        entry = {"name": line} if isinstance(line, str) else line
        name = entry.get("name") if isinstance(entry, Mapping) else None
        if not isinstance(entry, Mapping) or not isinstance(name, str) or not name.strip():
            return TakenDrug("", trouble=self.wording.say("A medicine has no name."))
        shown = name.strip()
        months, trouble = self._read_months(shown, entry)
        current = entry.get("current", True)
        if current not in (True, False, "yes", "no"):
            trouble += self._about(shown, word("Whether {name} is still taken must be yes or no."))
        trouble += self._stop_trouble(shown, entry)
        words = words_of(shown)[:_MOST_WORDS]
        named = self._named(words)
        slips = () if entry.get("as_spelt") in (True, "yes") else self._slips(shown, words, named)
        return TakenDrug(
            shown,
            _drugs_of(named),
            months,
            current not in (False, "no"),
            trouble.strip(),
            slips,
            self.wording,
        )

    def _about(self, name: str, english: str, why: NotANumber | None = None) -> str:
        said = self.wording.say(english, name=name[:40])
        return f"{said} {why.told(self.wording)} " if why else f"{said} "

    def _read_months(self, name: str, entry: Mapping[str, Any]) -> tuple[Decimal | None, str]:
        try:
            return _months(entry), ""
        except NotANumber as trouble:
            return None, self._about(name, word("How long {name} is taken cannot be read."), trouble)

    def _stop_trouble(self, name: str, entry: Mapping[str, Any]) -> str:
        ago = entry.get("weeks_ago")
        if ago in (None, ""):
            return ""
        try:
            _amount(ago)
        except NotANumber as trouble:
            said = word("How many weeks ago {name} was stopped cannot be read.")
            return self._about(name, said, trouble)
        return ""

    def _named(self, words: list[Word]) -> list[Named]:
        """The longest known names first, none of them overlapping; in reading order."""
        found: list[Named] = []
        free = [True] * len(words)
        for length in range(min(self.longest, len(words)), 0, -1):
            for first in range(len(words) - length + 1):
                end = first + length
                if all(free[first:end]) and (drugs := self.by_name.get(_joined(words[first:end]))):
                    found.append(Named(first, end, words[first].start, words[end - 1].end, drugs))
                    free[first:end] = [False] * length
        return sorted(found, key=lambda named: named.first)

    def _slips(self, text: str, words: list[Word], named: list[Named]) -> tuple[Slip, ...]:
        free = [not any(known.first <= at < known.end for known in named) for at in range(len(words))]
        slips: list[Slip] = []
        for length in range(min(self.longest, len(words)), 0, -1):
            for first in range(len(words) - length + 1):
                end = first + length
                if all(free[first:end]) and (likely := self._likely(_joined(words[first:end]))):
                    start, stop = words[first].start, words[end - 1].end
                    slips.append(Slip(text[start:stop], start, stop, likely))
                    free[first:end] = [False] * length
        return tuple(sorted(slips, key=lambda slip: slip.start))

    def _likely(self, written: str) -> tuple[Likely, ...]:
        if written not in self._near:
            if len(self._near) >= _MOST_REMEMBERED:
                self._near.clear()
            near = nearest(written, self._names)
            self._near[written] = tuple(
                {
                    drug.id: Likely(self._spelt[name], drug, apart)
                    for name, apart in near
                    for drug in self.by_name[name][:1]
                }.values()
            )
        return self._near[written]


def _joined(words: list[Word]) -> str:
    return " ".join(word.folded for word in words)


def _drugs_of(named: list[Named]) -> tuple[Drug, ...]:
    """The drugs named; one that only stands for a kind (“iron”) gives way to a named product of that kind."""
    drugs = {drug.id: drug for found in named for drug in found.drugs}.values()
    exact = {kind for drug in drugs if not drug.unnamed for kind in drug.classes}
    return tuple(drug for drug in drugs if not drug.unnamed or exact.isdisjoint(drug.classes))


def _months(entry: Mapping[str, Any]) -> Decimal | None:
    given = [(key, entry[key]) for key in _MONTHS if entry.get(key) not in (None, "")]
    if not given:
        return None
    return sum((_amount(value) * _MONTHS[key] for key, value in given), Decimal(0))


def _amount(value: Any) -> Decimal:
    if isinstance(value, str):
        sign, amount = read_amount(value)
        if sign:
            raise NotANumber("A plain number was expected.")
        return amount
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        raise NotANumber("A plain number was expected.")
    return finite_amount(value)
