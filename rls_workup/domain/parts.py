"""The parts of a protocol, each a frozen value read from data: sections, items, rules, drugs, sources."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from rls_workup.domain.quantity import Scale

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,63}$")]
Text = Annotated[str, Field(min_length=1, max_length=4000)]
SHOWN = "shown to people, so each language has its own"
Shown = Annotated[str, Field(max_length=4000), SHOWN]
Told = Annotated[Text, SHOWN]
Severity = Literal["note", "caution", "alert"]
Evidence = Literal["R", "S", "G", "E"]
Flag = Literal["low", "high", "critical_low", "critical_high", "in_range", "abnormal", "normal"]
UnitSystem = Literal["si", "conventional"]
Kind = Literal["yes_no", "choice", "quantity", "number", "score", "text", "medications", "request"]


def _exact(given: Any) -> Any:
    """Text and whole numbers as decimals; anything else is judged as it is."""
    try:
        return Decimal(given) if isinstance(given, (int, str)) and not isinstance(given, bool) else given
    except InvalidOperation:
        raise ValueError("no number") from None


Exact = Annotated[Decimal, BeforeValidator(_exact)]


class Frozen(BaseModel):
    """A value of the protocol: nothing unknown is let in, nothing changes afterwards."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class Source(Frozen):
    """Where a fact comes from. `cite` is printed; `evidence` says how well it was read."""

    id: str = Field(pattern=r"^[SG][0-9]{1,3}[a-z]?$|^E$")
    cite: Text
    year: int | None = None
    short: str = ""
    evidence: Evidence = "S"


class Unit(Frozen):
    """A unit by its UCUM spelling, how it is shown, read aloud and otherwise spelt."""

    id: str
    shows: str
    reads: Shown
    also: tuple[str, ...] = ()


class Limits(Frozen):
    """Outside `from`..`to` a value is refused; outside `usual` the person is asked."""

    lowest: Exact = Field(alias="from")
    highest: Exact = Field(alias="to")
    usual: tuple[Exact, Exact] | None = None


class Choice(Frozen):
    """One value of a choice item; `abnormal` ones are marked on screen and paper."""

    id: Id
    shows: Told
    abnormal: bool = False


class Computation(Frozen):
    """How a value is worked out: `gives` in `unit`, where `when` holds; `says` tells a person how."""

    gives: Text
    when: str = ""
    unit: str = ""
    says: Shown = ""


class Item(Frozen):
    """One thing that is asked. Its id is fixed for ever; a renamed one says what it `was`.

    `unit_in`: its usual unit in a system of units. `lasts`: its answer is carried over to the patient's next
    visit. `next_visit`: it says when that is. `also`: what laboratories call it, in any language.
    """

    id: Id
    kind: Kind
    asks: Told
    section: str = ""
    card: str = ""
    short: Shown = ""
    also: tuple[str, ...] = ()
    hint: Shown = ""
    help: Shown = ""
    was: tuple[Id, ...] = ()
    asked_when: str = ""
    status: Literal["core", "adjacent", "conditional", "optional", "contested"] = "core"
    choices: tuple[Choice, ...] = ()
    units: Mapping[str, Any] = Field(default_factory=dict)
    unit_in: Mapping[UnitSystem, str] = Field(default_factory=dict)
    accepts: Limits | None = None
    accepts_in: Mapping[str, Limits] = Field(default_factory=dict)
    unit_words: tuple[str, ...] = ()
    shows_unit: Shown = ""
    measured: bool = False
    decimals: int = Field(default=1, ge=0, le=6)
    computed: tuple[Computation, ...] = ()
    loinc: str = ""
    loinc_si: str = ""
    orderable: bool = False
    next_visit: bool = False
    lasts: bool = False
    expected: str = ""
    sources: tuple[str, ...] = ()
    evidence: Evidence = "E"

    @cached_property
    def scales(self) -> Mapping[str, Scale]:
        """How each of the item's units becomes the first one."""
        return {unit: scale_of(how) for unit, how in self.units.items()}

    @property
    def label(self) -> str:
        """The short name for tables, findings and lists."""
        return self.short or self.asks


def scale_of(how: Any) -> Scale:
    """`2.247` (so many make one of the first unit) or `{times, plus}` (how to get the first from it)."""
    if isinstance(how, Mapping):
        return Scale(Fraction(str(how["times"])), Fraction(str(how.get("plus", 0))))
    return Scale(1 / Fraction(str(how)))


class Card(Frozen):
    """Items of a section that belong together on screen and paper."""

    id: Id
    title: Told
    hint: Shown = ""


class Section(Frozen):
    """One step of the work-up, with its cards in reading order."""

    id: Id
    title: Told
    order: int
    icon: str = "clipboard-list"
    hint: Shown = ""
    cards: tuple[Card, ...] = ()


class Term(Frozen):
    """A named condition that rules rest on; it is no finding of its own."""

    id: Id
    means: Text
    says: Shown = ""


class Due(Frozen):
    """When something is worth looking at again: `from` to `to` weeks or months after the visit."""

    first: int = Field(alias="from", ge=1, le=520)
    last: int = Field(alias="to", ge=1, le=520)
    counted_in: Literal["weeks", "months"] = Field(alias="in")

    def __str__(self) -> str:
        span = f"{self.first} to {self.last}" if self.last > self.first else f"{self.first}"
        return f"{span} {self.counted_in} after the visit"


class Rule(Frozen):
    """When a finding holds, what it says, on what source, and how it marks its item.

    `rejects`: items that contradict each other, none of which counts while the rule holds. `doubts`: items
    whose values are asked about. Both with the rule's own words. `due` becomes the days of `{due}`.
    `asks_for`: the request that the finding asks to consider.
    """

    id: Id
    when: str = ""
    for_each: str = ""
    past_too: bool = False
    title: Told
    says: Told
    severity: Severity = "note"
    sources: tuple[str, ...] = Field(min_length=1)
    evidence: Evidence
    decision: str = ""
    about: str = ""
    asks_for: str = ""
    flag: Flag | None = None
    flag_says: Shown = ""
    disputed: bool = False
    dispute: Shown = ""
    profile: str = ""
    red_flag: bool = False
    due: Due | None = None
    rejects: tuple[Id, ...] = ()
    doubts: tuple[Id, ...] = ()


class DrugFlag(Frozen):
    """One thing to know of a drug; `more_than_months`: only where taken longer than that."""

    kind: Id
    grade: str = ""
    says: Shown = ""
    more_than_months: Exact | None = None
    sources: tuple[str, ...] = ()
    evidence: Evidence = "G"
    disputed: bool = False


class FlagMeaning(Frozen):
    """What a drug flag stands for, in words: `lowers_b12` is “can lower vitamin B12”.

    `chip`: the few words of its mark beside a medicine, where it has one; `warns`: it asks for attention.
    """

    id: Id
    says: Told
    chip: Shown = ""
    warns: bool = True


class Drug(Frozen):
    """A drug by its generic name, with brands and other spellings, flags and usual alternatives.

    `unnamed`: it stands for a kind, such as iron of which the product is not named.
    """

    id: Id
    name: Told
    brands: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    rxcui: str = ""
    classes: tuple[Id, ...] = ()
    flags: tuple[DrugFlag, ...] = ()
    alternatives: tuple[str, ...] = ()
    unnamed: bool = False


class Decision(Frozen):
    """Something to be decided, and the items it waits for."""

    id: Id
    title: Told
    needs_when: str = ""
    blocks: tuple[Id, ...] = ()
    confidence: tuple[Id, ...] = ()
    completeness: tuple[Id, ...] = ()


class Profile(Frozen):
    """One source's way to read a value, where others read it otherwise."""

    id: Id
    title: Told


class Dispute(Frozen):
    """Where sources disagree: `leads` is read first, unless the practice chooses another profile."""

    id: Id
    title: Told
    says: Shown = ""
    profiles: tuple[Profile, ...] = Field(min_length=2)
    leads: Id

    def profile(self, profile: str) -> Profile | None:
        """The profile of this id, where it is one of this dispute's."""
        return next((offered for offered in self.profiles if offered.id == profile), None)


class About(Frozen):
    """Which protocol this is. `reviewed` is the day a person last read it through."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")
    version: str = Field(pattern=r"^[0-9]{4}\.[0-9]{2}(\.[0-9]+)?$")
    title: Told
    reviewed: str
    intended_use: Told
    notices: tuple[str, ...] = ()
