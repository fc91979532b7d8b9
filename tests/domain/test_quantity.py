"""Numbers: read strictly, kept exactly, compared in the unit given."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rls_workup.domain.quantity import (
    NotANumber,
    Quantity,
    Scale,
    finite_amount,
    fold_unit,
    holds,
    plain,
    plain_or_short,
    read_amount,
)

UNITS = {"ng/mL": Scale(), "ug/L": Scale(), "pmol/L": Scale(1 / Fraction("2.247"))}
AMOUNTS = st.decimals(min_value=0, max_value=Decimal("999999"), places=3)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("7.5", ("", "7.5")),
        ("7,5", ("", "7.5")),
        ("0,75", ("", "0.75")),
        ("0,123", ("", "0.123")),
        ("1.234", ("", "1.234")),
        ("75.0", ("", "75.0")),
        ("<5", ("<", "5")),
        ("> 2000", (">", "2000")),
        ("≤ 5", ("<=", "5")),
        (">= 5", (">=", "5")),
        ("≥5", (">=", "5")),
        ("=<5", ("<=", "5")),
        (" 12 ", ("", "12")),
    ],
)
def test_amounts_are_read(text: str, expected: tuple[str, str]) -> None:
    sign, amount = read_amount(text)
    assert (sign, str(amount)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<",
        "1,234",
        "12,345",
        "1.234.567",
        "1 234",
        "NaN",
        "nan",
        "inf",
        "-inf",
        "1e999",
        "1e3",
        "-5",
        "−5",
        "abc",
        "7.",
        ".5",
        "١٢",
        "7_5",
        "0x1",
        "5 5",
        "+5",
        "1" * 40,
        "<>5",
        "9" * 16,
    ],
)
def test_what_is_no_plain_number_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(NotANumber) as refused:
        read_amount(text)
    assert str(refused.value).endswith(".")


def test_an_ambiguous_number_says_both_readings() -> None:
    with pytest.raises(NotANumber, match=r"1\.234 or as 1234"):
        read_amount("1,234")


@pytest.mark.parametrize(
    "number", [Decimal("NaN"), Decimal("Infinity"), Decimal(-1), Decimal("1e999"), Decimal("1e-16"), 10**15]
)
def test_a_number_of_a_file_that_no_result_can_be_is_refused(number: Decimal | int) -> None:
    with pytest.raises(NotANumber):
        finite_amount(number)


def test_a_number_of_a_file_is_kept_as_written() -> None:
    assert str(finite_amount(Decimal("7.50"))) == "7.50"
    assert finite_amount(10**14) == Decimal(10**14)


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        ("7.50", "7.5"),
        ("0.5", "0.5"),
        ("100", "100"),
        ("0.0", "0"),
        ("-0", "0"),
        ("1E+3", "1000"),
        ("5E-1", "0.5"),
    ],
)
def test_printing_has_no_trailing_zero_and_a_leading_one(amount: str, expected: str) -> None:
    assert plain(Decimal(amount)) == expected


@pytest.mark.parametrize(
    ("amount", "expected"), [("2.675", "2.68"), ("2.665", "2.67"), ("20.00", "20"), ("0.005", "0.01")]
)
def test_rounding_is_half_up(amount: str, expected: str) -> None:
    assert plain(Decimal(amount), 2) == expected


def test_a_fraction_prints_as_the_nearest_decimal() -> None:
    assert plain(Fraction(1, 3), 3) == "0.333"


def test_a_huge_number_is_said_shortly() -> None:
    assert plain_or_short(Decimal("1E+500")) == "1E+500"
    assert plain_or_short(Decimal("1.50")) == "1.5"


def test_a_quantity_says_itself_with_sign_and_unit() -> None:
    assert str(Quantity(Decimal("5.0"), "ng/mL", "<")) == "<5 ng/mL"
    assert str(Quantity(Decimal(5))) == "5"


@pytest.mark.parametrize("spelling", ["µg/L", "μg/L", "mcg/L", "ug/L", "UG/l", "u g / L"])
def test_micrograms_have_one_folded_spelling(spelling: str) -> None:
    assert fold_unit(spelling) == "ug/l"


@pytest.mark.parametrize(
    ("sign", "value", "op", "expected"),
    [
        ("<", 75, "<", True), ("<", 75, "<=", True), ("<", 76, "<", None), ("<", 75, ">", False), ("<", 75, ">=", False), ("<", 76, ">=", None),
        ("<=", 75, "<", None), ("<=", 75, "<=", True), ("<=", 74, "<", True), ("<=", 75, ">", False),
        (">", 75, ">", True), (">", 75, ">=", True), (">", 75, "<=", False), (">", 75, "<", False), (">", 74, ">", None),
        (">=", 75, ">=", True), (">=", 75, ">", None), (">=", 76, ">", True), (">=", 75, "<", False), (">=", 75, "<=", None),
        ("<", 75, "=", False), ("<", 76, "=", None), ("<", 75, "!=", True), (">", 10, "!=", None), (">", 75, "=", False),
    ],
)  # fmt: skip
def test_a_censored_result_decides_only_when_its_whole_range_lies_on_one_side(
    sign: str, value: int, op: str, expected: bool | None
) -> None:
    assert holds(Decimal(value), sign, op, Decimal(75)) is expected


@given(
    AMOUNTS,
    AMOUNTS,
    st.sampled_from(["<", "<=", ">", ">="]),
    st.sampled_from(["<", "<=", ">", ">=", "=", "!="]),
    st.lists(AMOUNTS, max_size=8),
)
def test_a_decided_censored_result_agrees_with_every_value_in_its_range(
    edge: Decimal, cutoff: Decimal, sign: str, op: str, samples: list[Decimal]
) -> None:
    decided = holds(edge, sign, op, cutoff)
    inside = [
        value
        for value in (*samples, edge, cutoff, edge + 1, max(edge - 1, Decimal(0)))
        if holds(value, "", sign, edge)
    ]
    if decided is not None:
        assert all(holds(value, "", op, cutoff) is decided for value in inside)


@given(AMOUNTS, st.sampled_from(sorted(UNITS)))
def test_converting_there_and_back_gives_the_same(amount: Decimal, unit: str) -> None:
    assert UNITS[unit].from_first(UNITS[unit].to_first(amount)) == amount


@given(AMOUNTS)
def test_every_printed_amount_reads_back_as_itself(amount: Decimal) -> None:
    assert read_amount(plain(amount)) == ("", amount)


@given(st.text(max_size=12))
def test_any_text_is_a_number_or_a_sentence(text: str) -> None:
    try:
        sign, amount = read_amount(text)
    except NotANumber:
        return
    assert sign in ("", "<", "<=", ">", ">=")
    assert amount.is_finite()
    assert amount >= 0
