"""F1: every item says why it is asked, where its lines are, where sources disagree, and its sources."""

from __future__ import annotations

import re

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from screens import shipped

from rls_workup.domain.parts import Item
from rls_workup.domain.quantity import plain
from rls_workup.protocols import load_protocol
from rls_workup.ui import words
from rls_workup.ui.item_help import help_lines, show_item_help
from rls_workup.ui.words import say


def under(item: str, heading: str, language: str = "en") -> list[str]:
    """The words below a heading of an item's page."""
    lines = help_lines(load_protocol(language=language) if language != "en" else shipped(), item)
    found: list[str] = []
    inside = False
    for line in lines:
        if line.role == "card-title":
            inside = line.text == say(heading)
        elif inside:
            found.append(line.text)
    return found


@pytest.mark.parametrize("item", shipped().items.values(), ids=lambda item: item.id)
def test_every_item_says_why_it_is_asked_and_on_what_source(item: Item) -> None:
    assert under(item.id, "Why it is asked")
    cited = under(item.id, "Sources")
    assert all(any(line.startswith(f"[{source}] ") for line in cited) for source in item.sources)
    assert cited
    everything = " ".join(line.text for line in help_lines(shipped(), item.id))
    assert re.findall(r"[{][a-z_]+[}]", everything) == []


def test_every_line_that_a_rule_draws_is_told_with_its_unit() -> None:
    protocol, told = shipped(), 0
    for item, thresholds in protocol.thresholds.items():
        said = " ".join(under(item, "What it is held against"))
        for threshold in thresholds:
            for amount, unit in threshold.marks:
                assert f"{plain(amount)} {protocol.shown_unit(unit)}".strip() in said, item
                told += 1
            assert threshold.rule.flag_says in said
            assert any(protocol.cite(source) in said for source in threshold.rule.sources)
    assert told > 50


@pytest.mark.parametrize(
    ("item", "heading", "words_there"),
    [
        ("ferritin", "What it is held against", "Ferritin ≤ 75 ng/mL"),
        ("ferritin", "What it is held against", "marked “Low for RLS” · AASM 2025"),
        ("ferritin", "Where sources disagree", "Read first: AASM 2025."),
        ("haemoglobin", "What it is held against", "haemoglobin below 120 g/L"),
        ("phq9_3", "Why it is asked", "It counts towards: PHQ-9."),
        ("plan_notes", "Why it is asked", "no rule of this protocol rests on it"),
        ("mma", "Why it is asked", "For the decision: Vitamin B12."),
        ("medications", "What else rests on it", "… can lower vitamin B12"),
        ("mcv", "Sources", "secondary source: source to be confirmed locally"),
    ],
)
def test_what_an_item_s_page_says(item: str, heading: str, words_there: str) -> None:
    assert words_there in "\n".join(under(item, heading))


def test_the_page_is_in_the_language_of_the_window() -> None:
    words.current.choose("de")
    assert under("ferritin", "Why it is asked", "de")[0].startswith("Ferritin zeigt")
    assert any("≤ 75 ng/mL" in line for line in under("ferritin", "What it is held against", "de"))


def test_the_page_stands_beside_the_work(qtbot: QtBot, dressed: None) -> None:
    page = show_item_help(None, shipped(), "ferritin")  # type: ignore[arg-type]
    assert not page.isModal()
    assert page.windowTitle() == "Ferritin"
    assert "Serum ferritin" in {label.text() for label in page.findChildren(QLabel)}
    page.close()
