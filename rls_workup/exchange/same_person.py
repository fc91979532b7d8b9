"""Whether results are for the patient of a work-up: the same, another, or it cannot be told; said plainly."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from unicodedata import combining, normalize

from rls_workup.domain.wording import Wording, word
from rls_workup.domain.workup import Patient
from rls_workup.exchange.results import Whose

_NUMBER = word("the number")
_PARTS = {
    "family": word("the family name"),
    "given": word("the given name"),
    "born": word("the date of birth"),
    "sex": word("the sex"),
}


class Likeness(StrEnum):
    """How the patient of some results is like that of a work-up."""

    SAME = "same"
    OTHER = "other"
    UNSURE = "unsure"
    UNNAMED = "unnamed"


@dataclass(frozen=True, slots=True)
class Compared:
    """What came of comparing two patients; `differing` names what is not the same, in English."""

    likeness: Likeness
    differing: tuple[str, ...] = ()

    def told(self, wording: Wording) -> str:
        """One sentence for a person; it quotes nobody's particulars."""
        say = wording.say
        listed = _listed([say(part) for part in self.differing], say("and"))
        if self.likeness is Likeness.SAME:
            return say("The results are for the patient of this work-up.")
        if self.likeness is Likeness.UNNAMED:
            return say("The results do not say whose they are.")
        if self.likeness is Likeness.OTHER:
            return say("The results are for another patient. What differs: {parts}.", parts=listed)
        if self.differing:
            return say(
                "Name and birthday are the same, but {parts} differs. Is it the same person?", parts=listed
            )
        return say(
            "It cannot be told whether the results are for the patient of this work-up: too little is said."
        )


def compared_with(patient: Patient, whose: Whose) -> Compared:
    """Same: the name and the birthday, or the number, are the same, and nothing else differs.

    A number alone that differs may be another institution's: that is asked.
    """
    if whose.nobody:
        return Compared(Likeness.UNNAMED)
    both = {
        "family": _family(patient, whose),
        "given": _given(patient, whose),
        "born": _same_birthday(patient.date_of_birth.strip(), whose.born.strip()),
        "sex": _same_sex(patient, whose.sex),
    }
    number = _same_number(patient.identifier, whose.numbers)
    differing = tuple(_PARTS[part] for part, same in both.items() if same is False)
    if differing:
        return Compared(Likeness.OTHER, (*differing, *((_NUMBER,) if number is False else ())))
    named = bool(both["family"] and both["born"])
    if named and number is False:
        return Compared(Likeness.UNSURE, (_NUMBER,))
    return Compared(Likeness.SAME if named or number else Likeness.UNSURE)


def _same(one: str, other: str) -> bool | None:
    """None where one of them is not known."""
    return one.strip() == other.strip() if one.strip() and other.strip() else None


def _same_birthday(one: str, other: str) -> bool | None:
    """ISO 8601 days, either perhaps without its day or month: then it can differ but not be the same."""
    known = min(len(one), len(other))
    if one[:known] != other[:known]:
        return False
    return True if known and len(one) == len(other) else None


def _same_sex(patient: Patient, sex: str) -> bool | None:
    known = {"female": "female", "male": "male"}.get(sex, "")
    return _same(patient.known_sex, known)


def _same_number(number: str, numbers: Iterable[str]) -> bool | None:
    own, given = _letters(number), [letters for other in numbers if (letters := _letters(other))]
    return own in given if own and given else None


def _family(patient: Patient, whose: Whose) -> bool | None:
    if whose.family or not whose.name:
        return _alike(patient.family_name, whose.family)
    words = _words(patient.family_name)
    return words <= _words(whose.name) if words else None


def _given(patient: Patient, whose: Whose) -> bool | None:
    """The first given name decides; a letter stands for a name that begins with it."""
    if whose.given or not whose.name:
        ours, theirs = patient.given_name.split(), whose.given.split()
        if not ours or not theirs:
            return None
        one, other = _letters(ours[0]), _letters(theirs[0])
        short = min(len(one), len(other))
        return one == other or (short == 1 and one[:1] == other[:1]) or _alike(ours[0], theirs[0])
    first = _words(" ".join(patient.given_name.split()[:1]))
    return first <= _words(whose.name) if first else None


def _alike(one: str, other: str) -> bool | None:
    if not _letters(one) or not _letters(other):
        return None
    return bool(_spellings(one) & _spellings(other))


def _spellings(text: str) -> set[str]:
    """The name without accents, and with German umlauts written out: Müller, Muller and Mueller meet."""
    written_out = text.casefold().translate({ord("ä"): "ae", ord("ö"): "oe", ord("ü"): "ue"})
    return {_letters(text), _letters(written_out)}


def _letters(text: str) -> str:
    folded = normalize("NFKD", normalize("NFKC", text).casefold())
    return "".join(sign for sign in folded if sign.isalnum() and not combining(sign))


def _words(text: str) -> set[str]:
    return {
        letters for part in text.replace(",", " ").replace("-", " ").split() if (letters := _letters(part))
    }


def _listed(words: list[str], last: str) -> str:
    return words[-1] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}" if words else ""
