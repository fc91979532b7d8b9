"""Two protocols side by side: each difference is told once, in words; where none is, nothing is told."""

from __future__ import annotations

import pytest
from smallprotocol import small, small_with

from rls_workup.domain.comparison import Difference, compared

DISPUTE = '[[disputes]]\nid = "line"\ntitle = "The line"\nprofiles = [{ id = "a", title = "A" }, { id = "b", title = "B" }]\nleads = "a"\n'


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('asks = "Serum ferritin"', 'asks = "Ferritin in serum"',
         ("items", "ferritin", "question", "Serum ferritin", "Ferritin in serum")),
        ('"ug/L" = 1, "pmol/L" = "2.247" }\naccepts', '"ug/L" = 1, "pmol/L" = "2.3" }\naccepts',
         ("items", "ferritin", "units", "ng/mL × 1; µg/L × 1; pmol/L × 2.247", "ng/mL × 1; µg/L × 1; pmol/L × 2.3")),
        ('plus = "2.152"', 'plus = "2.15"',
         ("items", "hba1c", "units", "% × 1; mmol/mol × 0.09148 + 2.152", "% × 1; mmol/mol × 0.09148 + 2.15")),
        ("usual = [3, 1500]", "usual = [5, 1500]",
         ("items", "ferritin", "limits", "0.5 to 100000, usually 3 to 1500", "0.5 to 100000, usually 5 to 1500")),
        ("accepts = { from = 0, to = 1000 }\n", "",
         ("items", "crp", "limits", "0 to 1000", "")),
        ('"pmol/L" = { from = 1, to = 225000 }', '"pmol/L" = { from = 2, to = 225000 }',
         ("items", "ferritin", "limits by unit", "1 to 225000 pmol/L", "2 to 225000 pmol/L")),
        ('shows = "ataxic", abnormal = true }]', 'shows = "ataxic", abnormal = true }, { id = "slow", shows = "slow" }]',
         ("items", "gait", "choices", "normal; ataxic (abnormal)", "normal; ataxic (abnormal); slow")),
        ('asked_when = "urge = no"', 'asked_when = "urge = yes"',
         ("items", "earlier", "when it is asked", "Urge = no", "Urge")),
        ('gives = "sum(part_*)"', 'gives = "part_1 + part_2", when = "known(part_1)"',
         ("items", "total", "how it is worked out", "sum(part_*)", "part_1 + part_2 where known(part_1)")),
        ("orderable = true\n", 'orderable = true\nsources = ["S1", "E"]\n',
         ("items", "referral", "source", "", "S1; E")),
        ("ferritin <= 75 ng/mL", "ferritin <= 50 ng/mL",
         ("rules", "low", "condition", "18 years or older and (Ferritin ≤ 75 ng/mL or Transferrin saturation < 20 %), unless “Too much”",
          "18 years or older and (Ferritin ≤ 50 ng/mL or Transferrin saturation < 20 %), unless “Too much”")),
        ('severity = "caution"\nsources = ["S1"]', 'severity = "alert"\nsources = ["S1"]',
         ("rules", "low", "severity", "caution", "alert")),
        ('severity = "caution"\nsources = ["S1"]', 'severity = "caution"\ndue = { from = 8, to = 12, in = "weeks" }\nsources = ["S1"]',
         ("rules", "low", "when it is looked at again", "", "8 to 12 weeks after the visit")),
        ('says = "Too much."', 'says = "Rather much."', ("rules", "too_much", "wording", "Too much.", "Rather much.")),
        ("disputed = true\n", "", ("rules", "low", "disputed", "yes", "no")),
        ('flag = "low"\n', 'flag = "high"\n', ("rules", "low", "flag", "low", "high")),
        ('rejects = ["iron", "tibc"]', 'rejects = ["iron"]',
         ("rules", "iron_above_tibc", "what does not count", "Iron; TIBC", "Iron")),
        ('means = "age >= 18"', 'means = "age >= 16"', ("terms", "adult", "meaning", "Age ≥ 18 years", "Age ≥ 16 years")),
        ('needs_when = "sex = female"', 'needs_when = "sex = male"',
         ("decisions", "pregnancy", "when it comes up", "Sex = female", "Sex = male")),
        ('blocks = ["ferritin", "tsat"]', 'blocks = ["ferritin"]',
         ("decisions", "iron", "what it waits for", "Ferritin; Transferrin saturation", "Ferritin")),
        ("year = 2020", "year = 2021", ("sources", "S1", "year", "2020", "2021")),
        ("year = 2020\n", "", ("sources", "S1", "year", "2020", "")),
    ],
)  # fmt: skip
def test_a_change_is_told_with_what_was_and_what_is(old: str, new: str, expected: tuple[str, ...]) -> None:
    told = compared(small(), small_with((old, new)))
    assert [(d.kind, d.table, d.id, d.what, d.before, d.after) for d in told] == [("changed", *expected)]


def test_the_same_text_has_no_difference() -> None:
    assert compared(small(), small()) == ()


def test_a_comment_and_a_version_are_no_difference() -> None:
    assert compared(small(), small_with(("[about]", "# A word more.\n[about]"))) == ()


def test_what_is_added_and_removed_is_told_by_its_title() -> None:
    item = '[[items]]\nid = "crp"\nkind = "quantity"\nasks = "CRP"'
    new = small_with((item, item.replace("crp", "zinc").replace("CRP", "Zinc")), ('["crp"]', '["zinc"]'))
    told = [difference for difference in compared(small(), new) if difference.kind != "changed"]
    assert told == [
        Difference("added", "items", "zinc", "Zinc"),
        Difference("removed", "items", "crp", "CRP"),
    ]


def test_a_renamed_item_is_not_new_and_its_changes_are_told_too() -> None:
    new = small_with(
        (
            'id = "note"\nkind = "text"\nasks = "Note"',
            'id = "remark"\nkind = "text"\nasks = "Remark"\nwas = ["note"]',
        ),
        ('["note"]', '["remark"]'),
    )
    told = [difference for difference in compared(small(), new) if difference.table == "items"]
    assert told == [
        Difference("renamed", "items", "remark", "Remark", "id", "note", "remark"),
        Difference("changed", "items", "remark", "Remark", "question", "Note", "Remark"),
    ]


def test_drugs_flags_and_readings_are_compared() -> None:
    old = small_with(("[[sources]]", f"{DISPUTE}[[sources]]"))
    new = small_with(
        (
            "[[sources]]",
            DISPUTE.replace('"B"', '"Better"').replace('leads = "a"', 'leads = "b"') + "[[sources]]",
        ),
        ('alternatives = ["bupropion"]', "alternatives = []"),
        ('flags = [{ kind = "worsens"', 'flags = [{ kind = "lowers", grade = "A" }, { kind = "worsens"'),
    )
    told = {(d.table, d.what): (d.before, d.after) for d in compared(old, new)}
    assert told["disputes", "reading that leads"] == ("a", "b")
    assert told["disputes", "readings"] == ("A; B", "A; Better")
    assert told["drugs", "alternatives"] == ("bupropion", "")
    assert told["drugs", "flags"][1].startswith("can lower a level: A; ")


def test_a_part_without_words_is_told_by_its_id() -> None:
    new = small_with(("[[decisions]]", '[[terms]]\nid = "old_age"\nmeans = "age >= 80"\n[[decisions]]'))
    assert compared(small(), new) == (Difference("added", "terms", "old_age", "old_age"),)
