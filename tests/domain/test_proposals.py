"""Proposals beside a work-up: what adds, agrees, replaces or is not understood, and nothing taken unasked."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from report.paper_trial import HALF, trial_protocol

from rls_workup.domain.proposals import Proposal, ReviewLine, Standing, compared, in_words, taken
from rls_workup.domain.workup import Answer, State, Workup
from rls_workup.exchange.workup_file import workup_from

NOTHING = Workup("w")


def known(**answers: Any) -> Workup:
    return workup_from({"format": "rls-workup/1", "answers": answers}, trial_protocol())


def line(item: str, answer: Answer | None, workup: Workup = NOTHING, problem: str = "") -> ReviewLine:
    return compared(trial_protocol(), workup, Proposal(item, "given", answer, problem))


@pytest.mark.parametrize(
    ("item", "answer", "workup", "standing"),
    [
        ("irls", Answer(Decimal(24)), NOTHING, Standing.ADDS),
        ("irls", Answer(Decimal(24)), known(irls=24), Standing.AGREES),
        ("irls", Answer(Decimal(24)), known(irls="24"), Standing.AGREES),
        ("irls", Answer(Decimal(25)), known(irls=24), Standing.REPLACES),
        ("irls", Answer(Decimal(25)), known(irls={"state": "unknown"}), Standing.ADDS),
        ("irls", Answer(Decimal(25)), known(irls="lots"), Standing.ADDS),
        ("irls", Answer("lots"), NOTHING, Standing.UNREAD),
        ("irls", None, NOTHING, Standing.UNREAD),
        ("irls", Answer(None, State.DECLINED), known(irls=24), Standing.REPLACES),
        ("irls", Answer(Decimal(24), note="late"), known(irls=24), Standing.ADDS),
        (
            "irls",
            Answer(Decimal(24), note="late"),
            known(irls={"value": 24, "note": "early"}),
            Standing.REPLACES,
        ),
        ("irls", Answer(Decimal(24)), known(irls={"value": 24, "note": "early"}), Standing.AGREES),
        ("medications", Answer(["A"]), known(medications=[{"name": "A"}]), Standing.AGREES),
        ("medications", Answer(["A", "B"]), known(medications=["A"]), Standing.REPLACES),
        ("medications", Answer([{"name": "A", "months": "soon"}]), NOTHING, Standing.UNREAD),
        ("medications", Answer([]), known(medications=[]), Standing.AGREES),
        ("medications", Answer([]), known(medications="none"), Standing.ADDS),
    ],
)
def test_how_a_proposal_stands(item: str, answer: Answer | None, workup: Workup, standing: Standing) -> None:
    found = line(item, answer, workup)
    assert found.standing is standing
    assert found.can_be_taken == (standing in (Standing.ADDS, Standing.REPLACES))


def test_what_the_proposal_does_not_speak_of_stays() -> None:
    workup = known(ferritin={"value": 38, "unit": "ug/L", "collected": "2026-11-18", "note": "n", "own": 1})
    same = line("ferritin", Answer(Decimal(38), unit="ug/L"), workup).answer
    assert same == Answer(38, unit="ug/L", collected="2026-11-18", note="n", extra={"own": 1})
    other = line("ferritin", Answer(Decimal(40), unit="ug/L"), workup).answer
    assert other == Answer(Decimal(40), unit="ug/L", note="n", extra={"own": 1})


def test_only_what_is_new_and_raises_no_question_is_sure() -> None:
    assert line("irls", Answer(Decimal(24))).sure
    assert not line("irls", Answer(Decimal(24)), problem="Look again.").sure
    assert not line("irls", Answer(Decimal(24)), known(irls=3)).sure


def test_the_answers_taken_stand_under_the_present_ids() -> None:
    item = next(iter(trial_protocol().items.values()))
    renamed = item.model_copy(update={"was": ("its_old_id",)})
    found = ReviewLine(renamed, Standing.ADDS, "", "", answer=Answer("no"))
    after = taken(known(its_old_id="yes", irls=24), [found])
    assert dict(after.answers) == {item.id: Answer("no"), "irls": known(irls=24).answers["irls"]}


@pytest.mark.parametrize(
    ("item", "answer", "said"),
    [
        ("irls", None, ""),
        ("irls", Answer(Decimal(24), note="a\nb"), "24 (a b)"),
        ("irls", Answer("lots", State.REJECTED), "lots"),
        ("irls", Answer(None, State.REJECTED, typed="2"), "2"),
        ("crp", Answer(None, State.PENDING, since="2026-11-18"), "awaited since 18-Nov-2026"),
        (
            "ferritin",
            Answer(Decimal(38), unit="ug/L", collected="2026-11-18"),
            "38 µg/L taken 18-Nov-2026",
        ),
        ("medications", Answer([]), "No medicines."),
        ("medications", Answer("none", State.REJECTED), "none"),
        (
            "medications",
            Answer(
                [
                    "A",
                    {"name": "B", "dose": "5 mg", "years": 2, "current": False, "weeks_ago": 3, "note": "x"},
                    {"name": "C", "current": "no", "over_the_counter": True},
                ]
            ),
            "A; B, 5 mg, 2 years, stopped 3 weeks ago, (x); C, no longer taken, over the counter",
        ),
    ],
)
def test_an_answer_in_words(item: str, answer: Answer | None, said: str) -> None:
    assert in_words(trial_protocol(), trial_protocol().items[item], answer) == said


def test_the_work_up_of_the_papers_is_the_same_as_itself() -> None:
    workup = known(**HALF)
    lines = [line(name, answer, workup) for name, answer in workup.answers.items()]
    assert {found.standing for found in lines} == {Standing.AGREES}
