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
        ("crp >= 5 mg/L | 47 umol/L", "CRP ≥ 5 mg/L or 47 µmol/L"),
        ("known(ferritin) and not known(crp)", "Ferritin known and CRP not known"),
        ("awaited(crp)", "CRP awaited"),
        ("takes(worsens)", "a medicine that may worsen restless legs"),
        ("any(urge_to_move, worse_at_rest)", "any of (Urge to move, Worse at rest)"),
        ("abnormal(vibration, gait)", "abnormal: any of (Vibration, Gait)"),
        ("anaemia_severe", "“Haemoglobin critically low”"),
        ("age >= 18 and sex = female", "Age ≥ 18 and Sex = female"),
        ("urge_to_move = no unless not worse_at_rest", "Urge to move = no unless not Worse at rest"),
        ("gait != normal", "Gait ≠ normal"),
        ("vibration in (reduced, absent)", "Vibration is one of (reduced, absent)"),
        ("abnormal(gait)", "Gait abnormal"),
        ("took(worsens)", "a medicine, now or once, that may worsen restless legs"),
        ("takes(thins)", "a medicine that thins"),
        ("all(urge_to_move, worse_at_rest)", "all of (Urge to move, Worse at rest)"),
        ("count(urge_to_move, abnormal(gait)) >= 2", "at least 2 of (Urge to move, Gait abnormal)"),
        ("count(urge_to_move, worse_at_rest) < 2", "how many of (Urge to move, Worse at rest) < 2"),
        ("sum(irls, urge_to_move) >= 3", "sum(IRLS, Urge to move) ≥ 3"),
        (
            "abs(tsat as % - computed(tsat) as %) > 2.5",
            "the size of (Transferrin saturation as % - Transferrin saturation as worked out as %) > 2.5",
        ),
        ("iron as umol/L > 3 umol/L", "Iron as µmol/L > 3 µmol/L"),
        ("not (adult)", "not (adult)"),
        ("any(worse_*)", "any of (Worse at rest)"),
        ("adult (18 or over); crp > 5 mg/L", "adult (18 or over); CRP > 5 mg/L"),
    ],
)
def test_a_rule_reads_with_the_names_that_are_shown(rule: str, expected: str) -> None:
    assert in_words(trial_protocol(), rule) == expected
