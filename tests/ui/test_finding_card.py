"""One finding on the screen: what was not read in the primary text says so."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from rls_workup.domain.assessment import assess
from rls_workup.exchange.workup_file import workup_from
from rls_workup.protocols import load_protocol
from rls_workup.ui.finding_card import FindingCard

CONFIRM = "source to be confirmed locally"


@pytest.mark.parametrize(
    ("item", "value", "unit", "finding", "marked"),
    [
        ("b12_total", 150, "ng/L", "b12_deficient_nice", True),  # seen in a secondary page
        ("tsat", 50, "%", "iron_contraindicated_tsat", True),  # from general knowledge
        ("tsat", 15, "%", "tsat_low", False),  # read in the primary text
        ("ferritin", 80, "ng/mL", "crp_suggested", False),  # a proposal of this program
    ],
)
def test_a_finding_whose_source_was_not_read_asks_for_confirmation(
    qtbot: QtBot, item: str, value: int, unit: str, finding: str, marked: bool
) -> None:
    protocol = load_protocol()
    document = {"format": "rls-workup/1", "id": "card", "answers": {item: {"value": value, "unit": unit}}}
    assessment = assess(protocol, workup_from(document, protocol), date(2026, 11, 22))
    card = FindingCard(protocol, next(made for made in assessment.findings if made.id == finding))
    qtbot.addWidget(card)
    said = [label.text() for label in card.findChildren(QLabel)]
    assert any(CONFIRM in words for words in said) is marked
    card.why_button.click()
    why = [label.text() for label in card.findChildren(QLabel)]
    assert sum(CONFIRM in words for words in why) == (2 if marked else 0)
