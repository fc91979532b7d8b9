"""Where sources disagree one reading comes first; none is hidden and none changes."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from rls_workup.domain.assessment import Assessment, assess
from rls_workup.domain.leading import led_by, reading_lines, reading_words
from rls_workup.domain.protocol import Protocol
from rls_workup.exchange.workup_file import workup_from
from rls_workup.protocols import load_protocol

TODAY = date(2026, 11, 22)
CLASSES = (
    "b12_deficient_",
    "b12_indeterminate_",
    "b12_borderline_",
    "b12_deficiency_unlikely_",
    "b12_normal_",
)


@pytest.fixture(scope="module")
def shipped() -> Protocol:
    return load_protocol()


def assessed(protocol: Protocol, **answers: Any) -> Assessment:
    document = {"format": "rls-workup/1", "visit_date": "2026-11-20", "answers": answers}
    return assess(protocol, workup_from(document, protocol), TODAY)


def b12(amount: object, unit: str) -> dict[str, object]:
    return {"b12_total": {"value": amount, "unit": unit}}


@pytest.mark.parametrize("amount", [150, 179, 180, 190, 199, 200, 250, 300, 301, 350, 351, 400])
@pytest.mark.parametrize("lead", ["nice", "us"])
def test_the_leading_reading_is_the_first_about_its_item_and_gives_the_flag(
    shipped: Protocol, amount: int, lead: str
) -> None:
    led = assessed(led_by(shipped, {"vitamin_b12": lead}), **b12(amount, "ng/L"))
    classes = [finding for finding in led.findings if finding.id.startswith(CLASSES)]
    assert [finding.profile for finding in classes] == [lead, "us" if lead == "nice" else "nice"]
    assert led.standings["b12_total"].flag_says == classes[0].flag_says
    plain = assessed(shipped, **b12(amount, "ng/L"))
    assert {(f.id, f.item, f.severity) for f in led.findings} == {
        (f.id, f.item, f.severity) for f in plain.findings
    }


def test_a_note_that_leads_stands_with_its_more_urgent_rival(shipped: Protocol) -> None:
    nice, us = (f for f in assessed(shipped, **b12(190, "ng/L")).findings if f.id.startswith(CLASSES))
    assert (nice.id, nice.severity, nice.placed) == ("b12_indeterminate_nice", "note", "caution")
    assert (us.id, us.severity, us.placed) == ("b12_deficient_us", "caution", "caution")


def test_who_says_what_is_in_words(shipped: Protocol) -> None:
    findings = assessed(shipped, **b12(190, "ng/L")).findings
    nice, us = (finding for finding in findings if finding.id.startswith(CLASSES))
    assert reading_words(shipped, nice) == "Read first: NICE NG239"
    assert reading_words(shipped, us) == "Another reading: US usage"
    assert reading_lines(shipped, findings) == ["Vitamin B12 is read by NICE NG239 first."]
    chosen = led_by(shipped, {"vitamin_b12": "us"})
    assert reading_words(chosen, us) == "Read first: US usage, as this practice chose"
    assert reading_lines(chosen, findings) == [
        "Vitamin B12 is read by US usage first, as this practice chose."
    ]


def test_where_no_reading_is_disputed_nothing_is_said(shipped: Protocol) -> None:
    findings = assessed(shipped, ferritin={"value": 50, "unit": "ng/mL"}).findings
    assert reading_lines(shipped, findings) == []
    assert all(reading_words(shipped, finding) == "" for finding in findings)


def test_a_choice_that_a_protocol_does_not_know_changes_nothing(shipped: Protocol) -> None:
    led = led_by(shipped, {"vitamin_b12": "who", "iron_taste": "aasm"})
    assert (led.chosen, list(led.rules)) == ({}, list(shipped.rules))
