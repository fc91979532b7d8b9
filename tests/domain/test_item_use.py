"""What rests on an answer: directly, through a term, and through a value that is worked out of it."""

from __future__ import annotations

import pytest
from screens import shipped

from rls_workup.domain.item_use import (
    bare_title,
    counted_in,
    decisions_with,
    disputes_on,
    draws_a_line,
    rules_on,
    terms_on,
)


@pytest.mark.parametrize(
    ("condition", "item", "expected"),
    [
        ("ferritin <= 75 ng/mL", "ferritin", True),
        ("adult and (ferritin>100 ng/mL)", "ferritin", True),
        ("known(ferritin)", "ferritin", False),
        ("low_ferritin <= 3", "ferritin", False),
        ("gait = ataxic", "gait", False),
        ("", "gait", False),
    ],
)
def test_a_line_is_drawn_at_a_number(condition: str, item: str, expected: bool) -> None:
    assert draws_a_line(condition, item) is expected


def test_what_rests_on_an_item_is_found_through_terms_and_sums() -> None:
    protocol = shipped()
    rules = {rule.id for rule in rules_on(protocol, protocol.items["phq9_3"])}
    assert counted_in(protocol, "phq9_3") == ["phq9"]
    assert "phq9_severe" in rules or any(rule.startswith("phq9") for rule in rules)
    by_term = {rule.id for rule in rules_on(protocol, protocol.items["haemoglobin"])}
    assert len(by_term) > len([rule for rule in protocol.rules.values() if rule.about == "haemoglobin"])
    assert [term.id for term in terms_on(protocol, "haemoglobin")]
    assert any(rule.for_each for rule in rules_on(protocol, protocol.items["medications"]))
    assert rules_on(protocol, protocol.items["plan_notes"]) == []


def test_the_disputes_and_decisions_of_an_item() -> None:
    protocol = shipped()
    rules = rules_on(protocol, protocol.items["mcv"])
    assert [dispute.title for dispute in disputes_on(protocol, rules)] == ["MCV"]
    assert [decision.id for decision in decisions_with(protocol, "ferritin")] == ["iron"]
    assert any("…" in bare_title(rule) for rule in rules)
