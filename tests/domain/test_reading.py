"""What a given answer amounts to, and the sentence for what cannot be accepted."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from smallprotocol import small

from rls_workup.domain.medicines import TakenDrug, fold_name
from rls_workup.domain.quantity import Quantity
from rls_workup.domain.reading import Reading, split_unit
from rls_workup.domain.workup import Answer, State

P = small()


def read(
    item: str, value: Any = None, unit: str = "", comparator: str = "", state: State = State.ANSWERED
) -> Reading:
    return P.reader.read(P.items[item], Answer(value, state, unit, comparator))


@pytest.mark.parametrize(
    ("item", "value", "unit", "expected"),
    [
        ("urge", "yes", "", "yes"),
        ("urge", "No", "", "no"),
        ("urge", True, "", "yes"),
        ("urge", False, "", "no"),
        ("vibration", "reduced", "", "reduced"),
        ("ferritin", Decimal(75), "ng/mL", "75 ng/mL"),
        ("ferritin", 75, "µg/L", "75 ug/L"),
        ("ferritin", "75,5", "mcg/L", "75.5 ug/L"),
        ("ferritin", "38 ug/L", "", "38 ug/L"),
        ("ferritin", "38 ug/L", "µg/L", "38 ug/L"),
        ("ferritin", "<5ng/mL", "", "<5 ng/mL"),
        ("ferritin", Decimal("75.0"), "NG/ML", "75.0 ng/mL"),
        ("ferritin", 200000, "pmol/L", "200000 pmol/L"),
        ("hba1c", 48, "mmol/mol", "48 mmol/mol"),
        ("tsat", Decimal(18), "%", "18 %"),
        ("score", "22", "", "22"),
        ("score", Decimal("22.0"), "", "22.0"),
        ("index", 16, "/h", "16"),
        ("note", "free text", "", "free text"),
        ("referral", "home test", "", "home test"),
    ],
)
def test_what_can_be_accepted(item: str, value: Any, unit: str, expected: str) -> None:
    got = read(item, value, unit)
    assert not got.rejected
    said = (
        f"{got.value.comparator}{got.value.amount} {got.value.unit}"
        if isinstance(got.value, Quantity)
        else str(got.value)
    )
    assert said == expected


@pytest.mark.parametrize(
    ("item", "value", "unit", "sentence"),
    [
        ("urge", "perhaps", "", "“perhaps” is none of yes, no"),
        ("urge", 1, "", "is none of"),
        ("urge", [1], "", "is none of"),
        ("vibration", "x" * 100, "", "x…”"),
        ("vibration", True, "", "is none of"),
        ("ferritin", 75, "mg/L", "not measured in “mg/L”. Choose one of ng/mL, µg/L, pmol/L."),
        ("ferritin", 75, "furlong", "not measured in"),
        ("ferritin", "75 ng/mL", "ug/L", "two units"),
        ("ferritin", "1,234", "ng/mL", "can be read as 1.234 or as 1234"),
        ("ferritin", "abc", "ng/mL", "not a number"),
        ("ferritin", True, "ng/mL", "a number was expected"),
        ("ferritin", None, "ng/mL", "a number was expected"),
        ("ferritin", Decimal(-1), "ng/mL", "negative"),
        ("ferritin", Decimal("1e999"), "ng/mL", "more digits"),
        ("ferritin", Decimal("0.4"), "ng/mL", "is below the lowest that is accepted (0.5 ng/mL). Check the number and its unit."),
        ("ferritin", 100001, "ug/L", "is above the highest that is accepted (100000 µg/L)"),
        ("ferritin", 225001, "pmol/L", "is above the highest that is accepted (225000 pmol/L)"),
        ("hba1c", Decimal("251"), "mmol/mol", "is above the highest"),
        ("score", 41, "", "is above the highest that is accepted (40). Check the number."),
        ("score", "7.5", "", "whole number"),
        ("score", "<7", "", "without <"),
        ("index", 16, "weeks", "is not given in “weeks”. Give it in per hour."),
        ("score", 16, "/h", "Give a plain number."),
        ("note", 5, "", "text was expected"),
        ("medications", "metformin", "", "a list of medicines"),
    ],
)  # fmt: skip
def test_what_cannot_be_accepted_says_why(item: str, value: Any, unit: str, sentence: str) -> None:
    got = read(item, value, unit)
    assert got.value is None
    assert sentence in got.rejected
    assert not got.unit_missing


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (5, "A medicine has no name."),
        ({"dose": "5"}, "A medicine has no name."),
        ({"name": "  "}, "A medicine has no name."),
        ({"name": "x", "current": "perhaps"}, "must be yes or no"),
        ({"name": "x", "months": "<5"}, "A plain number was expected"),
        ({"name": "x", "months": True}, "A plain number was expected"),
        ({"name": "x", "months": Decimal("sNaN")}, "not a finite number"),
        ({"name": "x", "months": "soon"}, "not a number"),
    ],
)
def test_a_bad_line_of_a_list_is_told_and_the_list_stays_open(line: Any, sentence: str) -> None:
    got = read("medications", [line, "Elavil"])
    assert sentence in got.partly
    assert isinstance(got.value, tuple)
    assert [read_line.recognised for read_line in got.value] == [False, True]


def test_two_comparators_that_contradict_each_other_are_refused() -> None:
    assert "two comparators, < and >" in read("ferritin", "<75", "ng/mL", ">").rejected
    assert read("ferritin", "<75", "ng/mL", "<").value == Quantity(Decimal(75), "ng/mL", "<")


def test_a_comparator_must_be_one_of_four() -> None:
    assert read("ferritin", 5, "ng/mL", "<").value == Quantity(Decimal(5), "ng/mL", "<")
    assert "is none of <, <=, >, >=" in read("ferritin", 5, "ng/mL", "~").rejected


def test_a_number_without_unit_is_no_number() -> None:
    got = read("ferritin", 75)
    assert got.value is None
    assert got.unit_missing
    assert got.rejected == "Ferritin 75 has no unit. Choose one of ng/mL, µg/L, pmol/L."


@pytest.mark.parametrize("state", [state for state in State if state not in (State.ANSWERED, State.REJECTED)])
def test_no_other_state_is_ever_a_value(state: State) -> None:
    assert read("urge", "yes", state=state) == Reading()


def test_text_still_being_typed_is_no_value_and_no_mistake() -> None:
    assert P.reader.read(P.items["ferritin"], Answer(typed="12")) == Reading()
    assert P.reader.read(P.items["urge"], Answer("yes", typed="x")).value == "yes"


def test_a_rejected_answer_stays_rejected_with_its_reason() -> None:
    again = P.reader.read(P.items["ferritin"], Answer(75, State.REJECTED, reason="Said so."))
    assert (again.value, again.rejected, again.unit_missing) == (None, "Said so.", True)
    assert "was rejected when it was entered" in read("urge", "yes", state=State.REJECTED).rejected
    assert "is none of" in read("urge", "perhaps", state=State.REJECTED).rejected


@pytest.mark.parametrize(("given", "said"), [("foo", "“foo”"), (7, "“7”")])
def test_a_state_that_there_is_not_is_named(given: object, said: str) -> None:
    again = P.reader.read(P.items["urge"], Answer("yes", State.REJECTED, extra={"state": given}))
    assert again.rejected.endswith(f"{said} is no state of an answer.")


@pytest.mark.parametrize(
    ("item", "value", "unit", "unusual"),
    [
        ("ferritin", 3, "ng/mL", False),
        ("ferritin", Decimal("2.9"), "ng/mL", True),
        ("ferritin", 1501, "ug/L", True),
        ("hba1c", 20, "mmol/mol", True),
        ("hba1c", 48, "mmol/mol", False),
        ("crp", 900, "mg/L", False),
        ("iron", 900, "ug/dL", False),
        ("age_years", 106, "", True),
        ("age_years", 105, "", False),
    ],
)
def test_an_unusual_value_is_asked_about_and_kept(item: str, value: Any, unit: str, unusual: bool) -> None:
    got = read(item, value, unit)
    assert got.value is not None
    assert bool(got.warning) is unusual


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("38 ug/L", ("38", "ug/L")),
        ("<5ng/mL", ("<5", "ng/mL")),
        ("1,234 ng/mL", ("1,234", "ng/mL")),
        ("38", ("38", "")),
        ("1e999", ("1e999", "")),
        ("NaN", ("NaN", "")),
        ("14 %", ("14", "%")),
    ],
)
def test_a_typed_text_is_number_and_unit(text: str, expected: tuple[str, str]) -> None:
    assert split_unit(text) == expected


@given(
    st.sampled_from(sorted(P.items)),
    st.one_of(
        st.text(max_size=20),
        st.booleans(),
        st.integers(),
        st.decimals(),
        st.none(),
        st.lists(st.text(max_size=5), max_size=3),
    ),
    st.text(max_size=6),
    st.text(max_size=3),
)
def test_any_answer_is_a_value_or_a_sentence(item: str, value: Any, unit: str, comparator: str) -> None:
    got = read(item, value, unit, comparator)
    assert (got.value is None) == bool(got.rejected)
    assert isinstance(got.value, (Quantity, Decimal, str, tuple)) or got.value is None


@pytest.mark.parametrize(
    ("line", "drug"),
    [
        ("amitriptyline", "amitriptyline"),
        ("AMITRIPTYLINE 25 mg at night", "amitriptyline"),
        ("Élavil", "amitriptyline"),
        ("metformin hydrochloride 500mg", "metformin"),
        ("amitriptylin", "amitriptyline"),
        ("amitriptilyne", None),
        ("", None),
    ],
)
def test_a_drug_is_found_by_any_of_its_names(line: str, drug: str | None) -> None:
    found = P.reader.pharmacy.find(line)
    assert (found.id if found else None) == drug


def test_a_line_keeps_its_name_as_given() -> None:
    line = P.reader.pharmacy.read_line({"name": " Elavil 25 ", "years": "1", "weeks": 10, "months": ""})
    assert (line.name, line.months, line.recognised) == ("Elavil 25", Decimal("14.30"), True)
    assert not TakenDrug("unheard of").recognised
    assert TakenDrug("unheard of").flagged("worsens") == ()
    assert fold_name("A-B  c%") == "a b c%"
