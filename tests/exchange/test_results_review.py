"""Results beside a work-up: which is new, which differs, which of several counts."""

from __future__ import annotations

from pathlib import Path

import pytest
from lab import one, review, said, shipped, work_up

from rls_workup.domain.proposals import taken
from rls_workup.domain.workup import Answer, State
from rls_workup.exchange.results_review import results_awaited
from rls_workup.exchange.results_text import results_text
from rls_workup.exchange.workup_file import read_workup
from rls_workup.resources import folder

SAMPLES = Path(__file__).parents[1] / "samples" / "results"
F18 = "Ferritin 38 ug/L 18/11/26"
KNOWN = Answer(38, unit="ug/L", collected="2026-11-18")


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        (None, "38 µg/L taken 18-Nov-2026"),
        (Answer(None, State.PENDING, since="2026-11-18"), "38 µg/L taken 18-Nov-2026"),
        (Answer(None, State.UNKNOWN), "38 µg/L taken 18-Nov-2026"),
        (KNOWN, "the same: 38 µg/L taken 18-Nov-2026"),
        (Answer(38, unit="ug/L"), "38 µg/L taken 18-Nov-2026"),
        (Answer(83, unit="ug/L"), "replaces an answer: 38 µg/L taken 18-Nov-2026"),
        (Answer(38, unit="ng/mL"), "replaces an answer: 38 µg/L taken 18-Nov-2026"),
        (Answer(38, unit="ug/L", comparator="<"), "replaces an answer: 38 µg/L taken 18-Nov-2026"),
        (
            Answer(83, unit="ug/L", collected="2026-11-20"),
            "replaces an answer: The answer here is of 20-Nov-2026, which is newer.",
        ),
    ],
)
def test_a_result_beside_the_answer_that_is_there(known: Answer | None, expected: str) -> None:
    assert one(F18, work_up(**({"ferritin": known} if known else {}))) == expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            (F18, "Ferritin 45 ug/L 19/11/26"),
            ["45 µg/L taken 19-Nov-2026", "an older result: There is a newer result."],
        ),
        (
            (F18, "Ferritin 45 ug/L 18/11/26"),
            ["one of several results: There are two results of one day."] * 2,
        ),
        ((F18, F18), ["38 µg/L taken 18-Nov-2026"]),
        (
            (F18, "Ferritin 38 ng/mL 18/11/26"),
            ["one of several results: There are two results of one day."] * 2,
        ),
        (
            (F18, "Ferritin 45 ug/L"),
            [
                "one of several results: Which of several results is the newest cannot be told.",
                "one of several results: Which of several results is the newest cannot be told. Nothing says when the sample was taken.",
            ],
        ),
        (
            (F18, "Ferritin 45 U/L 19/11/26"),
            [
                "not understood: Ferritin is not measured in “U/L”. Choose one of ng/mL, µg/L, pmol/L.",
                "new: There is another result, not older, that cannot be taken.",
            ],
        ),
        (
            (F18, "Ferritin 45 U/L 17/11/26"),
            [
                "38 µg/L taken 18-Nov-2026",
                "not understood: Ferritin is not measured in “U/L”. Choose one of ng/mL, µg/L, pmol/L.",
            ],
        ),
    ],
)
def test_of_several_results_of_one_test(lines: tuple[str, ...], expected: list[str]) -> None:
    assert sorted(said("\n".join(lines))) == sorted(expected)
    assert sorted(said("\n".join(reversed(lines)))) == sorted(expected)


def test_an_older_result_beside_the_one_that_is_there_is_told_as_older() -> None:
    found = said(f"{F18}\nFerritin 45 ug/L 17/11/26", work_up(ferritin=KNOWN))
    assert found == [
        "the same: 38 µg/L taken 18-Nov-2026",
        "an older result: There is a newer result. The sample was taken before the visit. The answer here is of 18-Nov-2026, which is newer.",
    ]


def test_what_was_awaited_and_came_is_counted() -> None:
    before = work_up(
        ferritin=Answer(None, State.PENDING), crp=Answer(None, State.ORDERED), mcv=Answer(88, unit="fL")
    )
    lines = review(f"{F18}\nTSH 2 mU/L 18/11/26", before).clean
    came, awaited = results_awaited(before, lines)
    assert ([item.id for item in came], awaited) == (["ferritin"], 2)
    assert taken(before, lines).answers["ferritin"].unit == "ug/L"


@pytest.mark.parametrize("name", ["bundle.json", "oru.hl7", "table.txt", "portal-de.txt"])
def test_the_frozen_samples_read_as_they_always_did(name: str) -> None:
    """Where the table is meant to change: delete the golden file, run this once, look at the difference."""
    workup = read_workup(folder("sample", "brown-margaret.rlsworkup"), shipped())
    text = results_text(review((SAMPLES / name).read_bytes(), workup), shipped().wording)
    golden = SAMPLES / f"{name}.golden"
    if not golden.exists():
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("ending", ["json", "hl7", "txt"])
def test_the_files_for_trying_by_hand_answer_what_the_sample_patient_awaits(ending: str) -> None:
    workup = read_workup(folder("sample", "brown-margaret.rlsworkup"), shipped())
    content = folder("sample", f"results-brown-margaret.{ending}").read_bytes()
    assert [line.item.id for line in review(content, workup).clean] == ["mma", "hba1c", "crp"]
