"""Dates as people type them."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rls_workup.domain.dates import shown_day
from rls_workup.exchange.typed_days import read_day, read_past_day
from tests.smallprotocol import TODAY


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("18/11/26", "2026-11-18"),
        ("11/18/26", "2026-11-18"),
        ("18-11-2026", "2026-11-18"),
        ("18.11.2026", "2026-11-18"),
        ("3.4.26", "2026-04-03"),
        ("5/5/26", "2026-05-05"),
        ("18 nov", "2026-11-18"),
        ("18nov", "2026-11-18"),
        ("24 nov", "2025-11-24"),
        ("29 feb", "2024-02-29"),
        ("18-Nov-2026", "2026-11-18"),
        ("18 November 2026", "2026-11-18"),
        ("Nov 18, 2026", "2026-11-18"),
        ("sept 3 2025", "2025-09-03"),
        ("2026-11-18", "2026-11-18"),
        ("20261118", "2026-11-18"),
        ("14071961", "1961-07-14"),
        ("14/7/61", "1961-07-14"),
        ("t", "2026-11-22"),
        ("Today", "2026-11-22"),
        ("yesterday", "2026-11-21"),
        ("t-3", "2026-11-19"),
        ("t - 30", "2026-10-23"),
    ],
)
def test_a_day_is_read(typed: str, day: str) -> None:
    assert read_day(typed, TODAY).date.isoformat() == day


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("03/04/26", "Is this 03-Apr-2026 or 04-Mar-2026? Write the month as a word."),
        ("3-4-2026", "Is this 03-Apr-2026 or 04-Mar-2026? Write the month as a word."),
        ("03041961", "Is this 03-Apr-1961 or 04-Mar-1961? Write the month as a word."),
        ("", "There is no date here. Write it like 18-Nov-2026."),
        ("31.2.26", "“31.2.26” is no date. Write it like 18-Nov-2026."),
        ("2026-11-31", "“2026-11-31” is no date. Write it like 18-Nov-2026."),
        ("18 foo", "“18 foo” is no date. Write it like 18-Nov-2026."),
        ("١٨ nov", "“١٨ nov” is no date. Write it like 18-Nov-2026."),
    ],
)
def test_what_is_no_day_or_could_be_two_is_asked_about(typed: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}$"):
        read_day(typed, TODAY)


def test_what_has_happened_does_not_lie_in_the_future() -> None:
    assert read_past_day("t", TODAY).date == TODAY
    with pytest.raises(ValueError, match="lies in the future"):
        read_past_day("t+1", TODAY)


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_every_day_is_read_from_its_echo(day: date) -> None:
    read = read_day(shown_day(day), TODAY)
    assert (read.date, read.echo) == (day, shown_day(day))


@given(st.text(max_size=30))
def test_any_text_is_a_day_or_a_sentence(text: str) -> None:
    said = ""
    try:
        day = read_day(text, TODAY)
    except ValueError as trouble:
        said = str(trouble)
    assert said.endswith(".") if said else day.echo == shown_day(day.date)
