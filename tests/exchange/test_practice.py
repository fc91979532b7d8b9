"""The practice patients: each shows what it is there to show, on any day, and nothing of it looks like a person."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from rls_workup.domain.assessment import assess
from rls_workup.domain.protocol import Protocol
from rls_workup.domain.workup import State, Workup
from rls_workup.exchange.ages import aged
from rls_workup.exchange.listing import listing_of
from rls_workup.exchange.practice import as_of, first_patient, practice_patients
from rls_workup.protocols import load_protocol
from rls_workup.report.standing_words import completeness

TODAY = date(2028, 2, 29)
# family name: findings that it is there to show, and what the worklist says.
SHOWS = {
    "Brown": ({"iron_oral_or_iv_consider", "anaemia_present"}, "Possible gastrointestinal bleeding"),
    "Test-Iron": (
        {"iron_oral_or_iv_consider", "iron_deficiency_cause_search", "irls_severe"},
        "Ready to print",
    ),
    "Test-Waiting": (
        {"rf1_scd", "scd_suspected", "b12_testing_indicated", "plan_b12_with_neurology", "drug_lowers_b12"},
        "Possible subacute combined degeneration or myelopathy · awaited 9 days",
    ),
    "Test-Mother": (
        {
            "population_pregnant",
            "iron_pregnancy",
            "anaemia_present",
            "active_b12_suggested",
            "plan_pregnancy",
        },
        "B12, active and 1 more ordered 2 days",
    ),
    "Test-Kidney": (
        {"iron_esrd_band", "risk_kidney", "egfr_not_applicable", "osa_test_consider", "plan_kidney_failure"},
        "Sleep referral ordered 5 days",
    ),
    "Test-Augment": (
        {"augmentation_criteria_met", "icd_behaviour_reported", "irls_very_severe"},
        "Sleep referral not sent",
    ),
    "Test-Tablets": (
        {"drug_may_worsen_rls", "do_not_stop_without_prescriber", "caffeine_or_alcohol_first"},
        "Ferritin and 3 more ordered since today",
    ),
    "Test-Ready": ({"rls_criteria_met", "iron_no_indication", "psg_not_routine"}, "Ready to print"),
    "Test-Return": (
        {"risk_blood_donation", "iron_oral_or_iv_consider", "follow_up_oral_iron"},
        "Recheck due 03-Mar-2028 · Complete, signed 10-Dec-2027",
    ),
}


@pytest.fixture(scope="module")
def protocol() -> Protocol:
    return load_protocol()


@pytest.fixture(scope="module")
def patients(protocol: Protocol) -> dict[str, Workup]:
    found = [first_patient(protocol, TODAY), *practice_patients(protocol, TODAY)]
    return {workup.patient.family_name: workup for workup in found}


def test_each_of_them_is_told_here(patients: dict[str, Workup]) -> None:
    assert set(patients) == set(SHOWS)


@pytest.mark.parametrize("name", SHOWS)
def test_each_shows_what_it_is_there_for(protocol: Protocol, patients: dict[str, Workup], name: str) -> None:
    expected, step = SHOWS[name]
    workup = patients[name]
    assessment = assess(protocol, workup, TODAY)
    assert expected <= {finding.id for finding in assessment.findings}
    assert not [item for item, standing in assessment.standings.items() if standing.state is State.REJECTED]
    assert set(workup.answers) <= set(protocol.items)
    listed = listing_of(protocol, workup, assessment)
    assert aged(listed, TODAY, closed=workup.closed).startswith(step)


def test_one_is_complete_and_one_is_signed(protocol: Protocol, patients: dict[str, Workup]) -> None:
    ready = patients["Test-Ready"]
    assert completeness(assess(protocol, ready, TODAY), ready).complete
    assert [name for name, workup in patients.items() if workup.closed] == ["Test-Return"]


def test_nobody_could_take_them_for_a_person(patients: dict[str, Workup]) -> None:
    for name, workup in patients.items():
        assert workup.sample
        assert not workup.extra
        assert name == "Brown" or name.startswith("Test-")
        figures = [int(figure) for figure in workup.patient.identifier.replace(" ", "")]
        # The range that the health service keeps for trials, with the check figure that its numbers have.
        assert figures[:3] == [9, 9, 9]
        assert (
            sum(figure * weight for figure, weight in zip(figures, range(10, 0, -1), strict=True)) % 11 == 0
        )
    assert len({workup.patient.identifier for workup in patients.values()}) == len(patients)
    assert len({workup.id for workup in patients.values()}) == len(patients)


DOCUMENT = {
    "dated": "2026-11-20",
    "visit_date": "2026-11-18",
    "patient": {"date_of_birth": "1960-02-29", "given_name": "2026-11-18 x"},
    "answers": {"a": {"since": "2026-11-11"}, "b": ["2026-11-21", 7]},
    "signing": [{"at": "2026-11-18T16:40:00+00:00"}],
    "kept": "2026-13-45",
}


def test_every_day_moves_and_a_birthday_stays() -> None:
    assert as_of(date(2027, 1, 1), DOCUMENT) == {
        "visit_date": "2026-12-30",
        "patient": {"date_of_birth": "1961-02-28", "given_name": "2026-11-18 x"},
        "answers": {"a": {"since": "2026-12-23"}, "b": ["2027-01-02", 7]},
        "signing": [{"at": "2026-12-30T16:40:00+00:00"}],
        "kept": "2026-13-45",
    }


@pytest.mark.parametrize("document", [{"a": "2026-11-20"}, {"dated": 7, "a": "2026-11-20"}])
def test_where_no_day_is_known_none_is_moved(document: dict[str, object]) -> None:
    assert as_of(TODAY, document)["a"] == "2026-11-20"


@given(st.dates(date(2026, 1, 1), date(2080, 1, 1)))
def test_whatever_the_day_it_waits_as_long(today: date) -> None:
    moved = as_of(today, DOCUMENT)
    assert moved["answers"]["a"]["since"] == (today - timedelta(days=9)).isoformat()


PAPERS = ("workup", "referral_sleep", "handout", "blank")


def test_every_paper_says_that_nobody_is_meant(protocol: Protocol, patients: dict[str, Workup]) -> None:
    from rls_workup.report import NOTES, Sheet, note_bytes, page_bytes, sheet_bytes

    workup = patients["Test-Augment"]
    assessment = assess(protocol, workup, TODAY)
    for kind in NOTES:
        assert "SAMPLE" in note_bytes(Sheet(protocol, workup, assessment, kind)).decode()
    assert "SAMPLE" in page_bytes(Sheet(protocol, workup, assessment, "workup")).decode()
    for kind in PAPERS:
        pages = PdfReader(BytesIO(sheet_bytes(protocol, workup, assessment, kind=kind))).pages
        assert all("SAMPLE – no real patient" in page.extract_text() for page in pages), kind
