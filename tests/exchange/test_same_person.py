"""Whether results are for this patient: the same, another, or it cannot be told."""

from __future__ import annotations

import pytest
from lab import BROWN, shipped

from rls_workup.domain.workup import Patient
from rls_workup.exchange.results import Whose
from rls_workup.exchange.same_person import Likeness, compared_with

SAME, OTHER, UNSURE, UNNAMED = Likeness.SAME, Likeness.OTHER, Likeness.UNSURE, Likeness.UNNAMED
HER = Whose("", "Brown", "Margaret", "1961-07-14", "female", ("9990000018",))


@pytest.mark.parametrize(
    ("whose", "likeness", "differing"),
    [
        (HER, SAME, ()),
        (Whose(family="BROWN", born="1961-07-14"), SAME, ()),
        (Whose(family="Brown", given="M", born="1961-07-14"), SAME, ()),
        (Whose(family="Brown", given="Margaret Ann", born="1961-07-14"), SAME, ()),
        (Whose(name="Margaret Ann Brown", born="1961-07-14"), SAME, ()),
        (Whose(numbers=("4711", "999-000-0018")), SAME, ()),
        (Whose(), UNNAMED, ()),
        (Whose(family="Brown"), UNSURE, ()),
        (Whose(family="Brown", given="Margaret"), UNSURE, ()),
        (Whose(born="1961-07-14"), UNSURE, ()),
        (Whose(numbers=("4711",)), UNSURE, ()),
        (Whose(family="Brown", born="1961-07-14", numbers=("4711",)), UNSURE, ("the number",)),
        (Whose(family="Green", given="Margaret", born="1961-07-14"), OTHER, ("the family name",)),
        (Whose(family="Brown", given="Martin", born="1961-07-14"), OTHER, ("the given name",)),
        (Whose(family="Brown", born="1961"), UNSURE, ()),
        (Whose(family="Brown", born="1961-07"), UNSURE, ()),
        (Whose(family="Brown", born="1962"), OTHER, ("the date of birth",)),
        (Whose(family="Brown", born="1961-07-13"), OTHER, ("the date of birth",)),
        (Whose(family="Brown", born="1961-07-14", sex="male"), OTHER, ("the sex",)),
        (Whose(family="Green", numbers=("9990000018",)), OTHER, ("the family name",)),
        (Whose(family="Green", numbers=("4711",)), OTHER, ("the family name", "the number")),
        (Whose(name="Margaret Brownlow", born="1961-07-14"), OTHER, ("the family name",)),
        (Whose(name="Martin Brown", born="1961-07-14"), OTHER, ("the given name",)),
    ],
)
def test_patients_are_compared(whose: Whose, likeness: Likeness, differing: tuple[str, ...]) -> None:
    compared = compared_with(BROWN, whose)
    assert (compared.likeness, compared.differing) == (likeness, differing)
    told = compared.told(shipped().wording)
    assert told
    assert "Brown" not in told
    assert "1961" not in told


@pytest.mark.parametrize("written", ["Müller", "MUELLER", "Muller", "Mu\u0308ller"])
def test_an_umlaut_is_written_in_three_ways(written: str) -> None:
    for one, other in (("Müller", written), (written, "Müller")):
        whose = Whose(family=other, born="1961-07-14")
        assert compared_with(Patient(one, "", "1961-07-14"), whose).likeness is SAME


def test_a_work_up_without_a_name_is_nobodys() -> None:
    assert compared_with(Patient(), HER).likeness is UNSURE
