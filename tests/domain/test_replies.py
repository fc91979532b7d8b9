"""A finding is accepted or set aside with a reason; other values bring it back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from smallprotocol import TODAY, small, workup

from rls_workup.domain.assessment import Assessment, assess
from rls_workup.domain.finding import Finding
from rls_workup.domain.replies import reply_to, reply_words, values_of, with_reply
from rls_workup.domain.reply import Reply, Stance
from rls_workup.domain.workup import Workup

AT = "2026-11-03T09:12:00+01:00"
BORN = {"date_of_birth": "1980-05-01", "sex": "female"}


def found(assessment: Assessment, finding: str, line: str = "") -> Finding:
    return next(made for made in assessment.findings if made.id == finding and line in made.line)


def read(given: Workup) -> Assessment:
    return assess(small(), given, TODAY)


def replied_to(
    given: Workup, finding: str, stance: Stance = Stance.SET_ASIDE, reason: str = "donates no more"
) -> Workup:
    made = found(read(given), finding)
    reply = reply_to(small(), made, stance, "Dr A", AT, reason)
    return replace(given, replies=with_reply(small(), given.replies, made, reply))


def test_what_is_set_aside_is_in_force_no_more_and_still_found() -> None:
    given = workup(BORN, ferritin={"value": 38, "unit": "ng/mL"})
    before = read(given)
    assert before.in_force == before.findings
    assert before.set_aside == ()
    after = read(replied_to(given, "low"))
    assert after.findings == before.findings
    assert [finding.id for finding in after.set_aside] == ["low"]
    assert "low" not in [finding.id for finding in after.in_force]


def test_what_is_accepted_stays_in_force() -> None:
    after = read(
        replied_to(workup(BORN, ferritin={"value": 38, "unit": "ng/mL"}), "low", Stance.ACCEPTED, "")
    )
    assert after.set_aside == ()
    told = after.replied(found(after, "low"))
    assert told is not None
    assert (told.stands, told.set_aside) == (True, False)
    assert reply_words(small(), told) == "Accepted 03-Nov-2026 by Dr A"


Change = Callable[[Workup], Workup]


def answering(**answers: object) -> Change:
    return lambda given: replace(given, answers={**given.answers, **workup(**answers).answers})


@pytest.mark.parametrize(
    ("change", "stands"),
    [
        (answering(urge="yes"), True),
        (answering(ferritin={"value": "38.0", "unit": "ng/mL", "note": "a note"}), True),
        (answering(ferritin={"value": 38, "unit": "ug/L"}), False),
        (answering(ferritin={"value": 30, "unit": "ng/mL"}), False),
        (answering(ferritin={"value": 38, "unit": "ng/mL", "comparator": "<"}), False),
        (answering(tsat={"value": 15, "unit": "%"}), False),  # the rule now rests on it too
        (lambda given: replace(given, visit_date="2027-11-20"), True),  # a year older, and adult all the same
    ],
)
def test_only_other_values_bring_it_back(change: Change, stands: bool) -> None:
    after = read(change(replied_to(workup(BORN, ferritin={"value": 38, "unit": "ng/mL"}), "low")))
    told = after.replied(found(after, "low"))
    assert told is not None
    assert (told.stands, told.set_aside) == (stands, stands)


def test_it_says_for_which_values_it_was_set_aside() -> None:
    given = replied_to(workup(BORN, ferritin={"value": "38.50", "unit": "ug/L", "comparator": "<"}), "low")
    after = read(answering(ferritin={"value": 30, "unit": "ng/mL"})(given))
    told = after.replied(found(after, "low"))
    assert told is not None
    assert reply_words(small(), told) == (
        "Set aside 03-Nov-2026 by Dr A for other values (Ferritin <38.5 µg/L): donates no more"
    )


def test_a_day_that_is_none_and_an_item_that_is_gone_are_said_as_they_are() -> None:
    given = workup(BORN, ferritin={"value": 38, "unit": "ng/mL"})
    reply = Reply("low", Stance.SET_ASIDE, "Dr A", "some day", "ferritin", reason="x", values={"gone": ""})
    after = read(replace(given, replies=(reply,)))
    told = after.replied(found(after, "low"))
    assert told is not None
    assert reply_words(small(), told) == "Set aside some day by Dr A for other values (gone not known): x"


def test_each_medicine_is_replied_to_by_itself() -> None:
    given = workup(BORN, medications=[{"name": "Elavil"}, {"name": "metformin"}])
    first = read(given)
    made = found(first, "worsening_drug", "Elavil")
    reply = reply_to(small(), made, Stance.SET_ASIDE, "Dr A", AT, "needs it")
    after = read(replace(given, replies=with_reply(small(), (), made, reply)))
    assert [finding.line for finding in after.set_aside] == [made.line]
    assert len(after.in_force) == len(first.in_force) - 1


def test_a_second_reply_takes_the_place_of_the_first_and_can_be_taken_back() -> None:
    given = replied_to(workup(BORN, ferritin={"value": 38, "unit": "ng/mL"}), "low")
    given = replied_to(given, "low", Stance.ACCEPTED, "")
    assert [reply.stance for reply in given.replies] == [Stance.ACCEPTED]
    assert with_reply(small(), given.replies, found(read(given), "low"), None) == ()


@pytest.mark.parametrize(
    ("answers", "finding", "values"),
    [
        (
            {"iron": {"value": 10, "unit": "umol/L"}, "tibc": {"value": 60, "unit": "umol/L"}},
            "low",
            "16.666667 %",
        ),
        ({"part_1": 3, "part_2": 3}, "total_high", "6"),
        ({"medications": [{"name": "Elavil"}, {"name": "tea"}]}, "takes_offered", "Elavil"),
        ({"medications": [{"name": "tea"}]}, "medicine_not_checked", "tea"),
        ({"ferritin": {"value": 38}}, "unit_required", "38"),
    ],
)
def test_what_it_rested_on_is_kept_in_no_language(
    answers: dict[str, object], finding: str, values: str
) -> None:
    made = found(read(workup({**BORN, "sex": "male"}, **answers, pregnant="no")), finding)
    assert values in values_of(small(), made).values()


def test_what_could_not_be_read_is_put_right_not_set_aside() -> None:
    given = workup(BORN, ferritin={"value": 38})
    after = read(replied_to(given, "unit_required"))
    assert after.set_aside == ()
    assert after.replied(found(after, "unit_required")) is None
