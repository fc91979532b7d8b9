"""An assessment as text and as JSON says what a clinician said to a finding."""

from __future__ import annotations

from typing import Any

import pytest
from smallprotocol import TODAY, small

from rls_workup.domain.assessment import Assessment, assess
from rls_workup.exchange.assessment_json import assessment_document
from rls_workup.exchange.assessment_text import assessment_text
from rls_workup.exchange.workup_file import workup_from

REPLY = {"finding": "low", "item": "ferritin", "name": "Dr A", "at": "2026-11-21T09:00:00+01:00"}


def assessed(**reply: Any) -> Assessment:
    document = {
        "format": "rls-workup/1",
        "patient": {"date_of_birth": "1980-05-01"},
        "answers": {"ferritin": {"value": 38, "unit": "ng/mL"}},
        "replies": [{**REPLY, **reply}] if reply else [],
    }
    return assess(small(), workup_from(document, small()), TODAY)


@pytest.mark.parametrize(
    ("reply", "text", "said"),
    [
        ({}, "", None),
        (
            {"stance": "accepted", "values": {"ferritin": "38 ng/mL"}},
            "Accepted 21-Nov-2026 by Dr A\n",
            {"stance": "accepted", "stands": True, "name": "Dr A", "at": REPLY["at"]},
        ),
        (
            {"stance": "set-aside", "reason": "a\nslip", "values": {"ferritin": "8 ng/mL"}},
            "Set aside 21-Nov-2026 by Dr A for other values (Ferritin 8 ng/mL): a slip\n",
            {"stance": "set-aside", "stands": False, "name": "Dr A", "at": REPLY["at"], "reason": "a\nslip"},
        ),
    ],
)
def test_a_reply_stands_with_its_finding(reply: Any, text: str, said: Any) -> None:
    assessment = assessed(**reply)
    assert text in assessment_text(small(), assessment)
    low = next(part for part in assessment_document(assessment)["findings"] if part["id"] == "low")
    assert low.get("reply") == said
