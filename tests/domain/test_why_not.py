"""Why a rule says nothing: what is not met, with the value; what is not known."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from rls_workup.domain.assessment import Assessment
from rls_workup.domain.why_not import Quiet, why_not

Assessed = Callable[..., Assessment]


def quiet(assessment: Assessment, rule: str) -> Quiet | None:
    return next((each for each in why_not(assessment) if each.rule == rule), None)


@pytest.mark.parametrize(
    ("rule", "answers", "waits", "reasons"),
    [
        ("low", {}, ("ferritin", "tsat"), ("not known: Ferritin, Transferrin saturation",)),
        (
            "low",
            {"ferritin": "200 ng/mL", "tsat": "30 %"},
            (),
            (
                "Ferritin 200 ng/mL, Transferrin saturation 30 %; not met: Ferritin ≤ 75 ng/mL or Transferrin saturation < 20 %",
            ),
        ),
        (
            "low",
            {"born": "2015-05-01", "ferritin": "20 ng/mL"},
            (),
            ("Age 11 years; not met: 18 years or older",),
        ),
        (
            "low",
            {"ferritin": "20 ng/mL", "tsat": "50 %"},
            (),
            ("Transferrin saturation 50 %; not met: not Transferrin saturation > 45 %",),
        ),
        (
            "worsening_drug",
            {},
            (),
            ("not in the list of medicines: a medicine that can worsen the symptoms",),
        ),
        ("total_high", {"part_1": 1, "part_2": 1}, (), ("Total 2; not met: Total ≥ 4",)),
    ],
)
def test_what_is_not_met_or_not_known(
    assessed: Assessed, rule: str, answers: dict[str, Any], waits: tuple[str, ...], reasons: tuple[str, ...]
) -> None:
    found = quiet(assessed(**answers), rule)
    assert found is not None
    assert (found.waits_for, found.reasons) == (waits, reasons)


@pytest.mark.parametrize(
    ("rule", "answers"),
    [("low", {"ferritin": "20 ng/mL"}), ("worsening_drug", {"medications": ["Elavil"]})],
)
def test_a_rule_with_a_finding_is_not_quiet(assessed: Assessed, rule: str, answers: dict[str, Any]) -> None:
    assert quiet(assessed(**answers), rule) is None


def test_what_waits_for_answers_comes_first_and_titles_have_no_gaps_to_fill(assessed: Assessed) -> None:
    found = why_not(assessed(ferritin="200 ng/mL"))
    waiting = [bool(each.waits_for) for each in found]
    assert waiting == sorted(waiting, reverse=True)
    assert not any("{" in each.title for each in found)
