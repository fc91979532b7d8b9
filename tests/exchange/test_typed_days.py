"""Dates as people type them."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rls_workup.domain.dates import shown_day
from rls_workup.exchange.typed_days import DAY_FIRST, MONTH_FIRST, read_day, read_past_day
from rls_workup.protocols.word_files import wording_of
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
    ("typed", "order", "day"),
    [
        ("03/04/26", DAY_FIRST, "2026-04-03"),
        ("03/04/26", MONTH_FIRST, "2026-03-04"),
        ("3-4-2026", MONTH_FIRST, "2026-03-04"),
        ("03041961", DAY_FIRST, "1961-04-03"),
        ("03041961", MONTH_FIRST, "1961-03-04"),
        ("3.4.26", MONTH_FIRST, "2026-04-03"),
        ("18/11/26", MONTH_FIRST, "2026-11-18"),
        ("2026-03-04", DAY_FIRST, "2026-03-04"),
    ],
)
def test_what_could_be_two_days_is_read_in_the_order_of_the_practice(
    typed: str, order: str, day: str
) -> None:
    assert read_day(typed, TODAY, order).date.isoformat() == day


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("18 Mär", "2026-03-18"),
        ("18. Ma\u0308rz 2026", "2026-03-18"),
        ("18. Okt. 2026", "2026-10-18"),
        ("18 okt", "2026-10-18"),
        ("3. Dezember 2025", "2025-12-03"),
        ("1. Mai", "2026-05-01"),
        ("2 Jän", "2026-01-02"),
        ("18 October 2026", "2026-10-18"),
        ("gestern", "2026-11-21"),
        ("Heute", "2026-11-22"),
        ("t-3", "2026-11-19"),
    ],
)
def test_months_are_read_in_the_language_of_the_wording_too(typed: str, day: str) -> None:
    assert read_day(typed, TODAY, wording=wording_of("de")).date.isoformat() == day


GERMAN_MONTHS = (
    *("Januar", "Februar", "März", "April", "Mai", "Juni"),
    *("Juli", "August", "September", "Oktober", "November", "Dezember"),
)


@pytest.mark.parametrize("month", range(1, 13))
def test_every_german_month_is_read_as_it_is_written(month: int) -> None:
    name = GERMAN_MONTHS[month - 1]
    for typed in (name, name[:3]):
        assert read_day(f"7. {typed} 2025", TODAY, wording=wording_of("de")).date == date(2025, month, 7)


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
