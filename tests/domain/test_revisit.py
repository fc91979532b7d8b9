"""At the next visit the patient, the lasting conditions and the medicines are there; results are not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from rls_workup.domain.revisit import next_visit_of
from rls_workup.domain.workup import Answer, Patient, State, Workup
from tests.clinical_cases import protocol

VISIT = date(2026, 11, 22)
ANA = Patient("Example", "Ana", "1980-05-01", "female", "12345")


def earlier(**answers: Answer) -> Workup:
    return Workup("w1", visit_date="2026-05-20", patient=ANA, answers=answers)


def test_results_and_complaints_are_asked_again() -> None:
    before = earlier(
        diabetes=Answer("yes", note="since 2019"),
        ferritin=Answer(38, unit="ug/L"),
        urge_to_move=Answer("yes"),
        known_neuropathy=Answer(state=State.UNKNOWN),
        not_an_item=Answer("yes"),
    )
    again = next_visit_of(before, protocol(), "w2", VISIT)
    source = "the visit of 20-May-2026"
    assert again.answers == {"diabetes": Answer("yes", note="since 2019", source=source)}
    assert (again.id, again.patient, again.visit_date) == ("w2", ANA, "2026-11-22")
    assert (again.extra, again.signing, again.protocol_mark) == ({"follows": "w1"}, (), protocol().mark)


def test_a_source_of_its_own_stays() -> None:
    again = next_visit_of(earlier(diabetes=Answer("yes", source="letter")), protocol(), "w2", VISIT)
    assert again.answers["diabetes"].source == "letter"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ({"name": "metformin", "months": 30}, {"name": "metformin", "months": Decimal(36)}),
        ({"name": "metformin", "months": "2,5"}, {"name": "metformin", "months": Decimal("8.5")}),
        ({"name": "metformin", "years": 2}, {"name": "metformin", "months": Decimal(30)}),
        ({"name": "metformin", "weeks": 3}, {"name": "metformin", "weeks": Decimal(29)}),
        ({"name": "metformin", "years": "long"}, {"name": "metformin", "years": "long"}),
        ({"name": "metformin", "months": ">6"}, {"name": "metformin", "months": ">6"}),
        (
            {"name": "metformin", "months": 3, "current": False},
            {"name": "metformin", "months": 3, "current": False},
        ),
        ({"name": "metformin"}, {"name": "metformin"}),
        ("metformin", "metformin"),
    ],
)
def test_a_medicine_was_taken_so_much_longer(line: Any, expected: Any) -> None:
    again = next_visit_of(earlier(medications=Answer([line])), protocol(), "w2", VISIT)
    assert again.answers["medications"].value == [expected]


@pytest.mark.parametrize("visit", ["", "2027-01-01"])
def test_without_a_day_before_this_one_nothing_is_counted(visit: str) -> None:
    line = {"name": "metformin", "months": 30}
    before = replace(earlier(medications=Answer([line])), visit_date=visit)
    carried = next_visit_of(before, protocol(), "w2", VISIT).answers["medications"]
    assert carried.value == [line]
    assert carried.source == ("the visit of 01-Jan-2027" if visit else "an earlier visit")


def test_a_list_that_is_only_words_is_carried_as_it_is() -> None:
    again = next_visit_of(earlier(medications=Answer("metformin")), protocol(), "w2", VISIT)
    assert again.answers["medications"].value == "metformin"
