"""The shipped protocol and sample patient on paper: every word can be drawn, every page holds its own."""

from __future__ import annotations

from datetime import date
from functools import cache
from itertools import chain

import pytest
from report.paper_trial import page_texts

from rls_workup.domain.assessment import assess
from rls_workup.domain.finding import shown_days
from rls_workup.domain.protocol import Protocol
from rls_workup.exchange.workup_file import read_workup
from rls_workup.protocols import load_protocol
from rls_workup.report import Sheet, sheet_bytes
from rls_workup.report.drawable import is_drawable
from rls_workup.report.marks import Words
from rls_workup.report.pen import PAPERS
from rls_workup.report.press import laid_out
from rls_workup.report.typeface import width_of
from rls_workup.resources import folder


@cache
def _protocol() -> Protocol:
    return load_protocol()


def _sample(paper: str = "a4") -> Sheet:
    workup = read_workup(folder("sample") / "brown-margaret.rlsworkup", _protocol())
    return Sheet(_protocol(), workup, assess(_protocol(), workup, date(2026, 11, 22)), paper=paper)


def test_every_word_of_the_protocol_can_be_drawn() -> None:
    protocol = _protocol()
    said = chain(
        (text for item in protocol.items.values() for text in (item.asks, item.short, item.shows_unit)),
        (choice.shows for item in protocol.items.values() for choice in item.choices),
        (
            text
            for rule in protocol.rules.values()
            for text in (rule.title, rule.says, rule.dispute, rule.flag_says)
        ),
        (term.says for term in protocol.terms.values()),
        (source.cite for source in protocol.sources.values()),
        (unit.shows for unit in protocol.units.values()),
        (drug.name for drug in protocol.drugs.values()),
        (protocol.about.title, protocol.about.intended_use),
    )
    assert [text for text in said if not is_drawable(text)] == []


@pytest.mark.parametrize("paper", PAPERS)
def test_the_sample_is_set_within_its_pages(paper: str) -> None:
    layout = laid_out(_sample(paper))
    words = [
        mark for page in layout.pages for strip in page for mark in strip.marks if isinstance(mark, Words)
    ]
    assert all(mark.x + width_of(mark.text, mark.style) <= layout.width + 1 for mark in words)
    assert not any("[U+" in mark.text for mark in words)


def test_page_1_of_the_sample_is_enough_to_act_on() -> None:
    sheet = _sample()
    pages = page_texts(sheet_bytes(sheet.protocol, sheet.workup, sheet.assessment))
    for finding in sheet.assessment.findings:
        if finding.severity != "note":
            assert finding.title.rstrip(".") in pages[0]
    assert "Still missing, by decision" in pages[0]
    assert "SAMPLE – no real patient" in pages[0]
    assert "PARTIAL" in pages[0]


def test_the_plan_says_when_what_is_worth_looking_at_again() -> None:
    sheet = _sample()
    whole = "\n".join(page_texts(sheet_bytes(sheet.protocol, sheet.workup, sheet.assessment)))
    again = [finding for finding in sheet.assessment.findings if finding.due]
    assert again
    for finding in again:
        assert f"{finding.title}: {shown_days(finding.due)}" in whole
