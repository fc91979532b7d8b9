"""The findings that others rely on, and those that the shipped protocol has, are the same list."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest

from rls_workup.domain.assessment import assess
from rls_workup.domain.rule_words import in_words
from rls_workup.exchange.assessment_json import assessment_document
from rls_workup.exchange.assessment_text import assessment_text
from tests.clinical_cases import TODAY, clinical_cases, protocol, workup_of

LIST = tomllib.loads((Path(__file__).parent / "finding_ids.toml").read_text(encoding="utf-8"))
LISTED = {name: meaning for group in LIST.values() for name, meaning in group.items()}
FIXED = {name for group, names in LIST.items() if not group.endswith("additions") for name in names}
# Findings about an input or a cut-off, which come from the reading of every value rather than from a rule.
OF_EVERY_VALUE = {*LIST["input"], *LIST["input_additions"]}


def test_every_listed_finding_exists_and_none_is_added_in_silence() -> None:
    assert set(LISTED) - OF_EVERY_VALUE == set(protocol().rules)


def test_every_listed_finding_is_shown_in_some_case() -> None:
    fired = {name for case in clinical_cases() for name in case.fires}
    assert set(LISTED) - fired == {"iron_above_tibc"}, "a contradiction is told as rejected input"


def test_the_fixed_list_is_whole() -> None:
    assert len(FIXED) == 132
    assert all(LISTED.values())


@pytest.mark.parametrize("rule", list(protocol().rules))
def test_every_rule_says_how_well_its_source_was_read(rule: str) -> None:
    known = protocol().rules[rule]
    assert known.evidence in ("R", "S", "G", "E")
    assert known.sources
    assert known.dispute or not known.disputed, "who says otherwise must be said"


def test_what_was_not_read_in_the_primary_text_is_marked_for_local_confirmation() -> None:
    """Every finding of every case, as the command line prints it."""
    for case in clinical_cases()[::10]:
        assessment = assess(protocol(), workup_of(case.id), TODAY)
        unread = [finding for finding in assessment.findings if finding.evidence in ("S", "G")]
        text = assessment_text(protocol(), assessment)
        assert text.count("source to be confirmed locally") == len(unread)


FOLLOW_UP = [
    ("oral_iron_is_followed_up", "follow_up_oral_iron", ("2027-02-12", "2027-03-12")),
    ("oral_iron_is_followed_up", "follow_up_iv_iron", ("2027-01-15", "2027-02-12")),
    ("oral_iron_is_followed_up", "follow_up_iron_yearly", ("2027-11-20", "2027-11-20")),
    ("oral_iron_is_followed_up", "plan_follow_up", ("2026-12-18", "2027-02-12")),
    ("low_b12_is_followed_up", "follow_up_b12", ("2026-12-20", "2027-02-20")),
    ("low_b12_in_pregnancy_is_followed_up_sooner", "follow_up_b12_pregnancy", ("2026-12-20", "2026-12-20")),
]


@pytest.mark.parametrize(("case", "finding", "days"), FOLLOW_UP)
def test_follow_up_has_its_days_counted_from_the_visit(
    case: str, finding: str, days: tuple[str, str]
) -> None:
    assessment = assess(protocol(), workup_of(f"everything_answered:{case}"), TODAY)
    made = next(found for found in assessment.findings if found.id == finding)
    first, last = map(date.fromisoformat, days)
    assert made.due == (first, last)
    assert f"{first:%d-%b-%Y}" in made.explanation
    told = next(found for found in assessment_document(assessment)["findings"] if found["id"] == finding)
    assert told["due"] == {"from": days[0], "to": days[1]}


@pytest.mark.parametrize("term", list(protocol().terms))
def test_the_words_of_a_term_are_not_put_into_words_once_more(term: str) -> None:
    """`adult (18 years or over)` holds the term's own name, `an iron test` that of an item."""
    words = protocol().terms[term].says
    assert words
    assert in_words(protocol(), words) == words
    assert in_words(protocol(), f"not ({words})") == f"not ({words})"
