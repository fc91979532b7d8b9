"""A rule in words."""

from __future__ import annotations

import re

import pytest
from report.paper_trial import trial_protocol
from smallprotocol import small

from rls_workup.domain.rule_words import in_words
from rls_workup.protocols import load_protocol


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("ferritin <= 75 ng/mL or tsat < 20 %", "Ferritin ≤ 75 ng/mL or Transferrin saturation < 20 %"),
        ("adult and urge_to_move", "adult and Urge to move"),
        ("known(ferritin) and not known(crp)", "Ferritin known and CRP not known"),
        ("awaited(crp)", "CRP awaited"),
        ("takes(worsens)", "a medicine that may worsen restless legs"),
        ("any(urge_to_move, worse_at_rest)", "Urge to move or Worse at rest"),
        ("abnormal(vibration, gait)", "abnormal: any of (Vibration, Gait)"),
        ("anaemia_severe", "“Haemoglobin critically low”"),
        ("age >= 18 and sex = female", "Age ≥ 18 years and Sex = female"),
    ],
)
def test_a_rule_reads_with_the_names_that_are_shown(rule: str, expected: str) -> None:
    assert in_words(trial_protocol(), rule) == expected


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("any(urge, earlier, pregnant)", "any of (Urge, Was it so earlier?, Pregnant?)"),
        ("urge and (earlier or pregnant)", "Urge and (Was it so earlier? or Pregnant?)"),
        ("urge and earlier or pregnant", "(Urge and Was it so earlier?) or Pregnant?"),
        ("not (urge and earlier)", "not (Urge and Was it so earlier?)"),
        ("not urge", "not Urge"),
        ("urge = no", "Urge = no"),
        ("vibration in (reduced, absent)", "Vibration sense = absent or reduced"),
        ("vibration = absent", "Vibration sense = absent"),
        ("abnormal(vibration)", "Vibration sense abnormal"),
        ("urge unless too_much or pregnant", "Urge, unless “Too much” or Pregnant?"),
        ("count(urge, earlier, pregnant) >= 2", "at least 2 of (Urge, Was it so earlier?, Pregnant?)"),
        ("count(urge, earlier) > 1", "more than 1 of (Urge, Was it so earlier?)"),
        ("count(urge, earlier) <= 1", "at most 1 of (Urge, Was it so earlier?)"),
        ("count(urge, earlier) < 1", "fewer than 1 of (Urge, Was it so earlier?)"),
        ("count(urge, earlier) = 1", "exactly 1 of (Urge, Was it so earlier?)"),
        ("count(urge, earlier) != 1", "other than 1 of (Urge, Was it so earlier?)"),
        ("index > 15", "Index > 15 per hour"),
        ("score != 5", "Score ≠ 5"),
        ("iron as ug/dL > tibc as ug/dL", "Iron > TIBC"),
        ("iron as ug/dL > tibc as umol/L", "Iron in µg/dL > TIBC in µmol/L"),
        ("ferritin < 75 ng/mL | 168 pmol/L", "Ferritin < 75 ng/mL or 168 pmol/L"),
        ("ferritin as ug/L >= 75", "Ferritin ≥ 75 µg/L"),
        ("75 <= ferritin as ug/L", "75 µg/L ≤ Ferritin"),
        ("iron as ug/dL > score", "Iron in µg/dL > Score"),
        ("abs(tsat as % - computed(tsat) as %) > 2", "the difference between Transferrin saturation and Transferrin saturation as worked out > 2 %"),
        ("abs(score) > 2", "the size of (Score) > 2"),
        ("score - 2 * 3 > 3", "Score − (2 × 3) > 3"),
        ("score / part_1 ^ 2 = 5", "Score / (First part to the power of 2) = 5"),
        ("sum(part_1, part_2, score) + 1 > 3", "(the sum of (First part, Second part, Score)) + 1 > 3"),
        ("min(score, 5) = max(part_1, part_2)", "the least of (Score, 5) = the greatest of (First part, Second part)"),
        ("took(worsens)", "a medicine, now or before, that can worsen the symptoms"),
        ("takes_drug(metformin) or offers(bupropion)", "metformin is taken or bupropion is an alternative to a medicine taken"),
        ("adult; 18 years or older; not (18 years or older)", "18 years or older; 18 years or older; not (18 years or older)"),
        ("no rule at all (", "no rule at all ("),
    ],
)  # fmt: skip
def test_every_word_of_the_language_has_words_for_people(rule: str, expected: str) -> None:
    assert in_words(small(), rule) == expected


@pytest.mark.parametrize("language", ["en", "de"])
def test_no_rule_of_the_shipped_protocol_shows_its_language(language: str) -> None:
    protocol = load_protocol(language=language)
    lines = [rule.when for rule in protocol.rules.values() if rule.when]
    lines += [term.means for term in protocol.terms.values()]
    lines += [item.asked_when for item in protocol.items.values() if item.asked_when]
    raw = re.compile(r"[a-z]_[a-z]|<=|>=|!=|\w\(| \| |\*|\b(ng/mL|umol/L|ug/L) as\b")
    assert not [(line, said) for line in lines if raw.search(said := in_words(protocol, line))]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("rdw > 14.5 %", "RDW > 14,5 %"),
        ("folate < 2.5 ng/mL | 5.7 nmol/L", "Folat < 2,5 ng/mL oder 5,7 nmol/L"),
    ],
)
def test_a_cut_off_has_the_decimal_mark_of_the_language(rule: str, expected: str) -> None:
    assert in_words(load_protocol(language="de"), rule) == expected
