"""The worklist's line about a work-up: the next step, and its age as of the day on which it is looked at."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from rls_workup.domain.assessment import assess
from rls_workup.domain.signing import Act, Signing
from rls_workup.domain.workup import Answer, State, Workup
from rls_workup.exchange.ages import Listing, aged
from rls_workup.exchange.listing import listing_of
from rls_workup.exchange.next_visit import next_visit
from tests.clinical_cases import protocol

TODAY = date(2026, 11, 22)


def listed(workup: Workup) -> Listing:
    return listing_of(protocol(), workup, assess(protocol(), workup, TODAY))


def begun(**answers: Answer) -> Workup:
    workup = Workup("w1", visit_date="2026-11-14")
    for item, answer in answers.items():
        workup = workup.answered(item, answer)
    return workup


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (Listing("B12 pending", 1, "2026-11-13"), "B12 pending 9 days"),
        (Listing("B12 pending", 1, "2026-11-21"), "B12 pending 1 day"),
        (Listing("B12 and 2 more ordered", 3, "2026-11-22"), "B12 and 2 more ordered since today"),
        (Listing("B12 ordered", 1, "2027-01-01"), "B12 ordered"),
        (Listing("B12 ordered", 1, "soon"), "B12 ordered"),
        (Listing("New leg weakness", 1, "2026-11-13"), "New leg weakness · awaited 9 days"),
        (Listing("Ready to print", 0, "2026-11-13"), "Ready to print"),
        (Listing("Ready to print", 0, "", "2027-02-14"), "Ready to print · recheck due 14-Feb-2027"),
        (Listing("Ready to print", 0, "", "2026-11-22"), "Ready to print · recheck due today"),
        (Listing("Ready to print", 0, "", "2026-11-14"), "Ready to print · recheck overdue 8 days"),
        (Listing("", 0, "", "2027-02-14"), "Recheck due 14-Feb-2027"),
        (Listing("Ready to print", 0, "", "in spring"), "Ready to print"),
    ],
)
def test_the_next_step_is_as_old_as_it_is_today(given: Listing, expected: str) -> None:
    assert aged(given, TODAY) == expected


def test_of_a_signed_one_the_recheck_is_said_first() -> None:
    given = Listing("Complete, signed 14-Nov-2026", 0, "", "2027-02-14")
    assert aged(given, TODAY, closed=True) == "Recheck due 14-Feb-2027 · Complete, signed 14-Nov-2026"


def test_awaited_results_come_before_what_is_to_be_entered() -> None:
    pending = Answer(state=State.PENDING, since="2026-11-13")
    later = Answer(state=State.ORDERED, since="2026-11-20")
    assert listed(begun(b12_total=pending, ferritin=later)) == Listing(
        "B12, total and 1 more pending", 2, "2026-11-13"
    )


def test_a_signed_one_says_when() -> None:
    signed = begun().with_signing(Signing(Act.SIGNED, "Dr Who", "2026-11-03T10:00:00+01:00"))
    assert listed(signed).next_step == "Complete, signed 03-Nov-2026"
    assert listed(replace(signed, signing=(replace(signed.signing[0], at="then"),))).next_step == "Complete"


def settled() -> Workup:
    """Nothing is missing for any decision: all that was not asked does not apply."""
    done = Answer(state=State.NOT_APPLICABLE)
    answers = dict.fromkeys(protocol().items, done)
    return Workup("w1", visit_date="2026-11-14", answers=answers)


@pytest.mark.parametrize(
    ("referral", "expected"),
    [
        (None, "Sleep referral not sent"),
        (Answer(state=State.NOT_APPLICABLE), "Ready to print"),
        (Answer(state=State.ORDERED, since="2026-11-14"), "Sleep referral ordered"),
    ],
)
def test_a_referral_that_is_to_be_considered_is_not_forgotten(referral: Answer | None, expected: str) -> None:
    workup = settled().answered("witnessed_apnoea", Answer("yes")).answered("sleep_referral", referral)
    assert listed(workup).next_step == expected


def test_the_agreed_day_is_the_recheck() -> None:
    assert listed(begun(follow_up_date=Answer("in 3 months"))).recheck_due == "2027-02-14"
    assert listed(begun(follow_up_date=Answer("in spring"))).recheck_due == ""
    assert listed(begun(follow_up_date=Answer(state=State.DECLINED))).recheck_due == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("14-Feb-2027", "2027-02-14"),
        ("14 February 2027", "2027-02-14"),
        ("on 14.2.2027 at 10:00", "2027-02-14"),
        ("2027-02-14, ferritin", "2027-02-14"),
        ("in 3 months", "2027-02-14"),
        ("in about 6 weeks", "2026-12-26"),
        ("in 1 Jahr", "2027-11-14"),
        ("in 6 Wochen", "2026-12-26"),
        ("31.2.2027", None),
        ("2/3/2027", None),
        ("in 3 months or in 6 months", None),
        ("when needed", None),
    ],
)
def test_the_next_visit_is_read_where_it_is_sure(text: str, expected: str | None) -> None:
    day = next_visit(text, date(2026, 11, 14))
    assert (day.isoformat() if day else None) == expected


def test_without_a_visit_nothing_is_counted_from_it() -> None:
    assert next_visit("in 3 months", None) is None


@pytest.mark.parametrize("state", [state for state in State if state.awaited])
def test_every_state_of_waiting_has_an_age(state: State) -> None:
    waiting = listed(begun(b12_total=Answer(state=state, since="2026-11-13")))
    assert aged(waiting, TODAY) == f"B12, total {state} 9 days"
