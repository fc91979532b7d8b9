"""The review table of results as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rls_workup.domain.proposals import ReviewLine, Standing
from rls_workup.domain.wording import Wording
from rls_workup.exchange.results_review import Review
from rls_workup.exchange.review_text import review_text
from rls_workup.exchange.same_person import Compared

FORMAT = "rls-review/1"
_STANDINGS = {
    Standing.ADDS: "new",
    Standing.AGREES: "same",
    Standing.REPLACES: "differs",
    Standing.UNREAD: "not_understood",
    Standing.OLDER: "older",
    Standing.SEVERAL: "several",
}


def results_text(review: Review, wording: Wording) -> str:
    """Every line, then what nothing speaks against, then what has no place here."""
    return "".join(f"{row}\n" for row in _rows(review, wording))


def _rows(review: Review, wording: Wording) -> Iterator[str]:
    say = wording.say
    yield review_text(review.lines, wording).rstrip("\n")
    clean = ", ".join(line.item.id for line in review.clean)
    yield (
        say("Nothing speaks against: {items}", items=clean)
        if clean
        else say("Nothing is without a question.")
    )
    if review.unknown:
        yield say("Tests that are not asked for here:")
        yield from (f"    {row}" for row in review.unknown)
    if review.unread:
        yield say("Not read as results:")
        yield from (f"    {row}" for row in review.unread)


def results_document(review: Review, whose: Compared) -> dict[str, Any]:
    """The table as one JSON object."""
    return {
        "format": FORMAT,
        "patient": {"likeness": str(whose.likeness), "differs": list(whose.differing)},
        "lines": [_line(line) for line in review.lines],
        "unknown_tests": list(review.unknown),
        "unread": list(review.unread),
    }


def _line(line: ReviewLine) -> dict[str, Any]:
    answer = line.answer
    said = {
        "item": line.item.id,
        "standing": _STANDINGS[line.standing],
        "clean": line.sure,
        "where": line.where,
        "given": line.given,
        "now": line.now,
        "understood": line.understood,
        "problem": line.problem,
        "laboratory_marks": line.marks,
    }
    if answer is not None:
        parts = ("value", "unit", "comparator", "collected", "source")
        said["answer"] = {name: value for name in parts if (value := getattr(answer, name)) not in (None, "")}
    return said
