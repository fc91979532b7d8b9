"""The medicines list: each line as given, and the drug of the protocol that it names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from rls_workup.domain.parts import Drug, DrugFlag
from rls_workup.domain.quantity import NotANumber, finite_amount, read_amount

_MONTHS = {"months": Decimal(1), "years": Decimal(12), "weeks": Decimal("0.23")}


def fold_name(text: str) -> str:
    """A drug name for comparison: no accents, case, punctuation or double spaces."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(re.findall(r"[\w%]+", plain.casefold()))


@dataclass(frozen=True, slots=True)
class TakenDrug:
    """One line of the list: the name as given, the drug it names (or None), and for how many months."""

    name: str
    drug: Drug | None = None
    months: Decimal | None = None
    current: bool = True

    @property
    def recognised(self) -> bool:
        return self.drug is not None

    def flag(self, kind: str) -> DrugFlag | None:
        """The drug's flag of this kind, unless it is known to have been taken too short a time for it."""
        flags = self.drug.flags if self.drug else ()
        return next((flag for flag in flags if flag.kind == kind and self._long_enough(flag)), None)

    def _long_enough(self, flag: DrugFlag) -> bool:
        return flag.more_than_months is None or self.months is None or self.months > flag.more_than_months

    def has(self, flag: str) -> bool:
        return self.flag(flag) is not None

    def is_drug(self, drug: str) -> bool:
        return self.drug is not None and self.drug.id == drug

    def offers(self, drug: str) -> bool:
        return self.drug is not None and drug in self.drug.alternatives


class Pharmacy:
    """Finds a drug by generic name, brand or other spelling, also inside a longer line."""

    def __init__(self, drugs: Iterable[Drug]) -> None:
        self.by_name: dict[str, Drug] = {}
        for drug in drugs:
            for name in (drug.name, *drug.brands, *drug.also):
                self.by_name.setdefault(fold_name(name), drug)
        self.longest = max((len(name.split()) for name in self.by_name), default=0)

    def find(self, text: str) -> Drug | None:
        """The drug that a line names: the longest known name in it, the first of these. None: not known."""
        words = fold_name(text).split()
        for length in range(min(self.longest, len(words)), 0, -1):
            for start in range(len(words) - length + 1):
                if found := self.by_name.get(" ".join(words[start : start + length])):
                    return found
        return None

    def read_line(self, line: Mapping[str, Any] | str) -> TakenDrug:
        """One line of a work-up's list. Raises NotANumber or ValueError with a sentence."""
        entry: Mapping[str, Any] = {"name": line} if isinstance(line, str) else line
        name = entry.get("name")
        if not isinstance(name, str) or not name.strip():
            raise ValueError("A medicine has no name.")
        current = entry.get("current", True)
        if current not in (True, False, "yes", "no"):
            raise ValueError(f"Whether {name.strip()[:40]} is still taken must be yes or no.")
        return TakenDrug(name.strip(), self.find(name), _months(entry), current in (True, "yes"))


def _months(entry: Mapping[str, Any]) -> Decimal | None:
    given = [(key, entry[key]) for key in _MONTHS if entry.get(key) not in (None, "")]
    if not given:
        return None
    return sum((_amount(value) * _MONTHS[key] for key, value in given), Decimal(0))


def _amount(value: Any) -> Decimal:
    if isinstance(value, str):
        sign, amount = read_amount(value)
        if sign:
            raise NotANumber("How long a medicine is taken is a plain number.")
        return amount
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        raise NotANumber("How long a medicine is taken is a plain number.")
    return finite_amount(value)
