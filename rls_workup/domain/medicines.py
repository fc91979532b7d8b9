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
    """One line of the list: the name as given, the drug it names (or None), and for how many months.

    `trouble` says what of the line cannot be read; the rest of it counts.
    """

    name: str
    drug: Drug | None = None
    months: Decimal | None = None
    current: bool = True
    trouble: str = ""

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

    def read_line(self, line: object) -> TakenDrug:
        """One line of a work-up's list, as far as it can be read."""
        entry = {"name": line} if isinstance(line, str) else line
        name = entry.get("name") if isinstance(entry, Mapping) else None
        if not isinstance(entry, Mapping) or not isinstance(name, str) or not name.strip():
            return TakenDrug("", trouble="A medicine has no name.")
        shown = name.strip()
        months, trouble = _read_months(shown, entry)
        current = entry.get("current", True)
        if current not in (True, False, "yes", "no"):
            trouble += f"Whether {shown[:40]} is still taken must be yes or no. "
        return TakenDrug(shown, self.find(name), months, current not in (False, "no"), trouble.strip())


def _read_months(name: str, entry: Mapping[str, Any]) -> tuple[Decimal | None, str]:
    try:
        return _months(entry), ""
    except NotANumber as trouble:
        return None, f"How long {name[:40]} is taken cannot be read. {trouble} "


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
