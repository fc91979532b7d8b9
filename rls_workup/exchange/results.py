"""Laboratory results as they come in, whatever the format: nothing converted, nothing guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cache

from rls_workup.domain.dates import iso_date
from rls_workup.domain.lab_names import LabNames
from rls_workup.domain.parts import Item
from rls_workup.domain.protocol import Protocol
from rls_workup.domain.text import visible
from rls_workup.domain.wording import Untold, Wording, word, wording_from
from rls_workup.exchange.typed_days import ASK, Ambiguous, read_past_day
from rls_workup.resources import folder, read_words

LONGEST_TEXT = 200
_BLOOD = frozenset(
    (
        *("ser", "serum", "plas", "plasma", "serplas", "serpl", "bld", "blood", "wb", "blut", "vollblut"),
        *("venous blood", "venous blood specimen", "serum specimen", "plasma specimen", "blood specimen"),
        *("serum or plasma", "edta blood", "edta-blut", "whole blood", "serum/plasma", "venenblut"),
    )
)
_MOLES = "mol"
_LONG_NAME = re.compile(
    r"(?P<test>[^\[\]]{1,80}?) \[[^\[\]]{1,60}\] in (?:Serum|Plasma|Blood)(?:,? or Plasma)?"
    r"(?: by [^-]{1,60})?\Z"
)
_TIME = re.compile(
    r"(?P<year>[0-9]{4})(?P<dash>-?)(?P<month>[0-9]{2})(?P=dash)(?P<day>[0-9]{2})(?:T.*|[0-9]{2}.*)?\Z",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Result:
    """One result. `item` is the id of the test, "" where it is not known; `where` its place, `line 4`.

    `value` and `unit` are as written; `day` is that of the sample, ISO 8601, "" where it is not known.
    `remarks` say why to look twice before it is taken, `problem` why it cannot be taken.
    """

    test: str
    where: str
    given: str
    item: str = ""
    value: Decimal | str = ""
    unit: str = ""
    comparator: str = ""
    day: str = ""
    status: str = ""
    flag: str = ""
    reference: str = ""
    remarks: tuple[str, ...] = ()
    problem: str = ""
    final: bool = True

    def remarked(self, *sentences: str) -> Result:
        """A copy with these remarks besides; empty ones are left out."""
        return replace(self, remarks=(*self.remarks, *filter(None, sentences)))

    def refused(self, sentence: str) -> Result:
        """A copy that cannot be taken; the first reason counts."""
        return self if self.problem else replace(self, problem=sentence)

    def not_final(self, sentence: str) -> Result:
        """A copy that the laboratory has not released, or has withdrawn."""
        return replace(self.refused(sentence), final=False)


@dataclass(frozen=True, slots=True)
class Whose:
    """Whom results are for, as far as they say so; `name` where its parts cannot be told apart."""

    name: str = ""
    family: str = ""
    given: str = ""
    born: str = ""
    sex: str = ""
    numbers: tuple[str, ...] = ()

    @property
    def nobody(self) -> bool:
        """Whether nothing is said of anybody."""
        return self == Whose()

    @property
    def sure(self) -> bool:
        """Whether enough is said to tell this patient from any other."""
        return bool(self.numbers or ((self.family or self.name) and self.born))


@dataclass(frozen=True, slots=True)
class Report:
    """What a file or a pasted text holds. `unread`: its lines that hold no result, each with its place.

    `either_day`: a date in it that could be either of two days, "" for none.
    """

    whose: Whose
    results: tuple[Result, ...]
    unread: tuple[str, ...] = ()
    either_day: str = ""


@dataclass(frozen=True)
class Laboratory:
    """What reading results needs to know: the protocol with the names of its tests, and the day it is.

    `order`: how a date in figures is meant that could be either of two days.
    """

    protocol: Protocol
    today: date
    order: str = ASK
    tests: LabNames = field(init=False)
    units: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        tests = LabNames(self.protocol.items.values())
        object.__setattr__(self, "tests", tests)
        object.__setattr__(self, "units", frozenset(unit for item in tests.items for unit in item.units))

    def source_of(self, file_name: str) -> str:
        """What is kept with each answer that came from a file, or "" from pasted text."""
        if not file_name:
            return self.say("laboratory, pasted text")
        return self.say("laboratory, {name}", name=short(file_name))

    def unit_of(self, written: str) -> str:
        """The id of a unit that some test is reported in, "" for anything else."""
        unit = self.protocol.reader.unit_of(written)
        return unit if unit in self.units else ""

    def day(self, text: str) -> str:
        """A past day as written in any language known here, as ISO 8601 text. Raises Untold or Ambiguous."""
        for wording in (*_wordings(), self.protocol.wording):
            try:
                return read_past_day(text, self.today, self.order, wording).date.isoformat()
            except Ambiguous:
                raise
            except Untold as trouble:
                last = trouble
        raise last

    def say(self, english: str, **values: object) -> str:
        """The words in the language of the protocol."""
        return self.protocol.wording.say(english, **values)

    def recognised(self, result: Result, names: Iterable[str], loinc: Iterable[str]) -> Result:
        """The result with its item, by its LOINC code or else by its whole name."""
        codes = list(loinc)
        coded = next((item for code in codes if (item := self.tests.coded(code))), None)
        named = next((item for name in names if (item := self.tests.named(_plain_name(name)))), None)
        item = coded or named
        if item is None:
            return result
        found = replace(result, item=item.id)
        if coded and named and coded is not named:
            return found.refused(
                self.say(
                    "Its code says {coded}, its name says {named}.", coded=coded.label, named=named.label
                )
            )
        if coded is None and codes:
            return found.remarked(
                self.say("Recognised by its name; the code {code} is not known here.", code=short(codes[0]))
            )
        return found.remarked(self._other_measure(item, codes, result.unit))

    def _other_measure(self, item: Item, codes: list[str], unit: str) -> str:
        """A sentence where the code stands for mass and the unit for moles, or the other way round."""
        known = self.protocol.reader.unit_of(unit)
        if not (item.loinc and item.loinc_si and known):
            return ""
        in_moles = item.loinc_si in codes
        if in_moles == (_MOLES in known):
            return ""
        return self.say("Its code stands for another unit than {unit}.", unit=self.protocol.shown_unit(known))

    def dated(self, result: Result, text: str) -> Result:
        """The result with the day that an ISO 8601 or HL7 time begins with, as the laboratory wrote it."""
        found = _TIME.match(text)
        day = iso_date("-".join(found.group("year", "month", "day"))) if found else None
        if day is not None:
            return replace(result, day=day.isoformat())
        if text:
            return result.refused(self.say("Its date is no day: “{date}”.", date=short(text)))
        return result

    def sampled(self, result: Result, samples: Iterable[str]) -> Result:
        """The result with a remark where it was not measured in blood."""
        named = [" ".join(sample.casefold().split()) for sample in samples if sample.strip()]
        if not named or any(sample in _BLOOD for sample in named):
            return result
        return result.remarked(self.say("The sample is “{sample}”, not blood.", sample=short(named[0])))


@cache
def _wordings() -> tuple[Wording, ...]:
    """The languages whose months are known, besides English."""
    codes = sorted(path.stem for path in folder("words").glob("*.toml"))
    return tuple(wording_from(code, read_words(f"{code}.toml")) for code in codes)


def _plain_name(name: str) -> str:
    """`Ferritin` of LOINC's `Ferritin [Mass/volume] in Serum or Plasma`; other names as they are."""
    found = _LONG_NAME.match(name)
    return found["test"] if found else name


NOT_FINAL = word("It is not final: “{status}”.")
NO_STATUS = word("Nothing says that it is final.")


def short(text: object) -> str:
    """Text of a file on one line, made visible, and cut where it is long."""
    line = " ".join(visible(str(text), keep="\n\t").split())
    return line if len(line) <= LONGEST_TEXT else line[:LONGEST_TEXT] + "…"
