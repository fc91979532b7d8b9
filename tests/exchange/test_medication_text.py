"""A pasted list of medicines: what is certain is read, and not one character is lost."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rls_workup.domain.medicines import Pharmacy
from rls_workup.exchange.medication_text import PastedLine, read_list
from rls_workup.exchange.since import months_since
from rls_workup.protocols import load_protocol

VISIT = date(2026, 11, 20)


@cache
def pharmacy() -> Pharmacy:
    return load_protocol().reader.pharmacy


def read(text: str) -> list[PastedLine]:
    lines = read_list(text, pharmacy(), VISIT)
    assert "".join(line.text for line in lines) == text
    return lines


def taken(text: str) -> list[dict[str, Any]]:
    return [line.medicine() for line in read(text) if not line.heading]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("metformin", ["metformin"]),
        ("metformin\nomeprazole", ["metformin", "omeprazole"]),
        ("metformin\r\n\r\nomeprazole\r\n", ["metformin", "omeprazole"]),
        ("metformin; omeprazole;ramipril", ["metformin", "omeprazole", "ramipril"]),
        ("Aspirin, Metformin, Ramipril, 5-HTP", ["Aspirin", "Metformin", "Ramipril", "5-HTP"]),
        ("- metformin\n* omeprazole\n• iron\n– aspirin", ["metformin", "omeprazole", "iron", "aspirin"]),
        ("1. metformin\n2) omeprazole\n(3) iron", ["metformin", "omeprazole", "iron"]),
        ("1. metformin 2. omeprazole 3. iron", ["metformin", "omeprazole", "iron"]),
        ("[x] metformin\n[ ] omeprazole", ["metformin", "omeprazole"]),
        ("Ramipril 2,5 mg", ["Ramipril"]),
        ("Ramipril 2,5 mg, aspirin", ["Ramipril", "aspirin"]),
        ("Sinemet (25/100; CR) 1-1-1", ["Sinemet"]),
        ("aspirin and clopidogrel", ["aspirin", "clopidogrel"]),
        ("aspirin + clopidogrel 75 mg", ["aspirin", "clopidogrel"]),
        ("aspirin 75 mg clopidogrel 75 mg", ["aspirin", "clopidogrel"]),
        ("levodopa/carbidopa", ["levodopa/carbidopa"]),
        ("levodopa and carbidopa", ["levodopa and carbidopa"]),
        ("levodopa + benserazide", ["levodopa + benserazide"]),
        ("Tylenol PM", ["Tylenol PM"]),
        ("omeprazole (Losec)", ["omeprazole (Losec)"]),
        ("salt and vinegar", ["salt and vinegar"]),
        ("Current: metformin; omeprazole", ["metformin", "omeprazole"]),
        ("5 mg olanzapine", ["olanzapine"]),
        ("combined oral contraceptive", ["combined oral contraceptive"]),
        ("IV iron 1 g", ["IV iron"]),
        ("", []),
        (" ;;,\n - ", []),
    ],
)
def test_each_medicine_is_a_line(text: str, names: list[str]) -> None:
    assert [line["name"] for line in taken(text)] == names


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Metformin 1 g bd, since 2021", {"dose": "1 g bd", "months": Decimal(59), "note": "since 2021"}),
        ("omeprazol 20mg 1-0-0", {"dose": "20mg 1-0-0"}),
        ("Ramipril 2,5 mg od", {"dose": "2,5 mg od"}),
        ("Pramipexole 0.18 mg at night for 3 years", {"dose": "0.18 mg at night", "years": Decimal(3)}),
        (
            "Sertraline 50 mg every morning, since March 2024",
            {"dose": "50 mg every morning", "months": Decimal(32), "note": "since March 2024"},
        ),
        ("Losec 20 mg, 8 weeks", {"dose": "20 mg", "weeks": Decimal(8)}),
        ("B12 1000 µg i.m. every 3 months", {"dose": "1000 µg, every 3 months", "route": "i.m."}),
        ("iron by mouth", {"route": "by mouth"}),
        ("ibuprofen 400 mg prn (otc)", {"dose": "400 mg prn", "over_the_counter": True}),
        ("pramipexole stopped 3 weeks ago", {"current": False, "weeks_ago": Decimal(3)}),
        ("pramipexole, no longer taken", {"current": False}),
        ("pramipexole stopped in summer", {"current": False, "note": "in summer"}),
        ("mirtazapine 15 mg since 2026", {"dose": "15 mg", "note": "since 2026"}),
        ("metformin for 2 years, then for 3 months", {"note": "for 2 years, then, for 3 months"}),
        ("metformin review in 3 months", {}),
        ("Neupro 2 mg/24 h patch", {"dose": "2 mg/24 h", "note": "patch"}),
        ("metformin 1 g with Losec", {"dose": None}),
    ],
)
def test_what_is_certain_is_read_and_the_rest_is_the_note(text: str, line: dict[str, Any]) -> None:
    (found,) = taken(text)
    found.pop("name")
    assert {key: found.get(key) for key in line} == line
    assert set(found) <= set(line)


@pytest.mark.parametrize(
    ("text", "doubtful"),
    [
        ("Allergies: penicillin, aspirin\nmetformin", [True, True, False]),
        ("Allergies:\npenicillin\nMedication:\nmetformin", [True, False]),
        ("aspirin intolerance", [True]),
        ("no aspirin", [True]),
        ("aspirin, no longer taken", [False]),
    ],
)
def test_a_line_about_an_allergy_is_doubted(text: str, doubtful: list[bool]) -> None:
    assert [line.doubtful for line in read(text) if not line.heading] == doubtful


def test_what_stands_under_a_heading_of_the_past_is_not_taken_now() -> None:
    now, before = taken("Medication:\nmetformin\nPast medication:\npramipexole")
    assert "current" not in now
    assert before == {"name": "pramipexole", "current": False}


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("since 2021", 59),
        ("2021", 59),
        ("since 2024", None),
        ("since 2023", 35),
        ("since 2026", None),
        ("since 2027", None),
        ("since 03/2021", 68),
        ("since 3.2021", 68),
        ("since 2021-03", 68),
        ("since 2021-03-05", 68),
        ("since 12.03.2021", 68),
        ("since 25/03/2021", 68),
        ("since 03/04/2021", None),
        ("since March 2021", 68),
        ("since 5 Mar 2021", 68),
        ("seit März 2021", None),
        ("since 11/2026", 0),
        ("since 12/2026", None),
        ("since 13/2020", None),
        ("since 0/2020", None),
        ("since 1066", None),
        ("since when", None),
    ],
)
def test_months_are_counted_to_the_visit(text: str, months: int | None) -> None:
    expected = None if months is None else Decimal(months)
    assert months_since(text, VISIT) == expected


WORDS = """metformin|omeprazle|Losec|aspirin| and | + |, |;|\n|\r\n|\t| |1 g|bd|2,5 mg|1-0-0|since 2021|for 3 years|(|)|- |1. |2) |• |
Allergies:|past: |oral|stopped 3 weeks ago|otc|é|µ|½|\u2028|\x85|/|."""
PIECES = st.sampled_from(WORDS.split("|"))


@settings(max_examples=300)
@given(st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=14).map("".join)))
def test_every_character_is_found_again(text: str) -> None:
    for line in read(text):
        assert line.heading or line.name


@settings(max_examples=150)
@given(st.lists(PIECES, max_size=14).map("".join))
def test_every_drug_of_the_text_is_in_a_line(text: str) -> None:
    lines = read(text)
    found = {drug.id for line in lines for drug in pharmacy().find_all(line.before + line.body)}
    assert {drug.id for drug in pharmacy().find_all(text)} <= found


def test_a_very_long_paste_is_read_in_time() -> None:
    assert len(read("metformin 1 g, " * 2000)) == 2000
    assert read("," * 20_000 + "1" * 5_000 + "(" * 5_000)
