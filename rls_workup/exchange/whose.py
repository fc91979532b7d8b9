"""Whether something from outside belongs to the patient of a work-up: never merged on a guess."""

from __future__ import annotations

from collections.abc import Callable
from unicodedata import normalize

from rls_workup.domain.wording import word
from rls_workup.domain.workup import Patient
from rls_workup.errors import Sentence, WorkupError

_WORDS = {
    "family_name": word("the family name"),
    "given_name": word("the given name"),
    "date_of_birth": word("the date of birth"),
    "sex": word("the sex"),
    "identifier": word("the number"),
}


class OtherPatient(WorkupError):
    """It is for somebody else, or does not say for whom."""


def check_patient(here: Patient, there: Patient) -> None:
    """Raises OtherPatient where any particular differs, or too few are on both sides to be sure.

    Sure is: the same number, or the same family name and date of birth.
    """
    both = {name: (_folded(here, name), _folded(there, name)) for name in _WORDS}
    compared = {name: one == other for name, (one, other) in both.items() if one and other}
    differing = [_WORDS[name] for name, same in compared.items() if not same]
    if differing:
        raise OtherPatient(
            "This form is not for the patient of this work-up: {differing}. Nothing was taken.",
            differing=_listed(differing),
        )
    if not (compared.get("identifier") or (compared.get("family_name") and compared.get("date_of_birth"))):
        raise OtherPatient(
            "It is not sure that this form is for the patient of this work-up: the number, or the family "
            "name and the date of birth, must stand in both. Nothing was taken."
        )


def _folded(patient: Patient, name: str) -> str:
    text = (patient.known_sex or patient.sex) if name == "sex" else str(getattr(patient, name))
    folded = normalize("NFKC", text).casefold()
    keep: Callable[[str], bool] = str.isalnum if name == "identifier" else lambda sign: not sign.isspace()
    return "" if name == "sex" and folded == "unknown" else "".join(filter(keep, folded))


def _listed(words: list[str]) -> Sentence:
    """`the sex differs`, `the number, the family name and the sex differ`."""
    told = [Sentence(each) for each in words]
    if len(told) == 1:
        return Sentence("{one} differs", one=told[0])
    listed = told[0]
    for each in told[1:-1]:
        listed = Sentence("{some}, {one}", some=listed, one=each)
    return Sentence("{some} and {one} differ", some=listed, one=told[-1])
