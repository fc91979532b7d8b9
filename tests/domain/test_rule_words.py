"""A rule in words."""

from __future__ import annotations

import pytest
from report.paper_trial import trial_protocol

from rls_workup.domain.rule_words import in_words


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("ferritin <= 75 ng/mL or tsat < 20 %", "Ferritin ≤ 75 ng/mL or Transferrin saturation < 20 %"),
        ("adult and urge_to_move", "adult and Urge to move"),
        ("crp >= 5 mg/L | 47 umol/L", "CRP ≥ 5 mg/L or 47 umol/L"),
        ("known(ferritin) and not known(crp)", "Ferritin known and CRP not known"),
        ("awaited(crp)", "CRP awaited"),
        ("takes(worsens)", "a medicine that may worsen restless legs"),
        ("any(urge_to_move, worse_at_rest)", "any of (Urge to move, Worse at rest)"),
        ("abnormal(vibration, gait)", "abnormal: any of (Vibration, Gait)"),
        ("anaemia_severe", "“Haemoglobin critically low”"),
        ("age >= 18 and sex = female", "Age ≥ 18 and Sex = female"),
    ],
)
def test_a_rule_reads_with_the_names_that_are_shown(rule: str, expected: str) -> None:
    assert in_words(trial_protocol(), rule) == expected
