"""Results in FHIR: only what is final, of this patient, with a unit that can be told."""

from __future__ import annotations

import json
from contextlib import suppress
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lab import bundle, observation, one, report, review, said, shipped

from rls_workup.errors import UnreadableFile, WorkupError

LOINC, UCUM = "http://loinc.org", "http://unitsofmeasure.org"
TAKEN = "taken 18-Nov-2026"
BROWN = {
    "resourceType": "Patient",
    "id": "1",
    "name": [{"family": "Brown", "given": ["Margaret", "Ann"]}],
    "birthDate": "1961-07-14",
    "gender": "female",
    "identifier": [{"value": "999 000 0018"}],
}
MINE = {"reference": "Patient/1"}


def coded(code: str, text: str = "", system: str = LOINC) -> dict[str, Any]:
    return {"code": {"coding": [{"system": system, "code": code, "display": text}]}}


def amount(value: object, unit: str = "ug/L", code: str = "", comparator: str = "") -> dict[str, Any]:
    whole = {"value": value, "unit": unit, "comparator": comparator}
    whole |= {"code": code, "system": UCUM} if code else {}
    return {"valueQuantity": {name: part for name, part in whole.items() if part != ""}}


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({}, f"38 µg/L {TAKEN}"),
        (coded("2276-4", "Ferritin [Mass/volume] in Serum or Plasma"), f"38 µg/L {TAKEN}"),
        (coded("X1", "Ferritin", "urn:laboratory"), f"38 µg/L {TAKEN}"),
        (
            coded("20567-4", "Ferritin [Mass/volume] in Serum or Plasma by Immunoassay"),
            "new: Recognised by its name; the code 20567-4 is not known here.",
        ),
        (coded("20567-4", "Ferritin"), "new: Recognised by its name; the code 20567-4 is not known here."),
        (
            coded("2276-4", "Transferrin"),
            "not understood: Its code says Ferritin, its name says Transferrin.",
        ),
        (coded("2276-4") | amount(85, "pmol/L"), "new: Its code stands for another unit than pmol/L."),
        (coded("14723-1") | amount(85, "pmol/L"), f"85 pmol/L {TAKEN}"),
        (amount(5, comparator="<"), f"<5 µg/L {TAKEN}"),
        (amount(38, "microgram per litre", "ug/L"), f"38 µg/L {TAKEN}"),
        (amount(38, "ng/mL", "ug/L"), "not understood: Its unit cannot be told: ug/L, ng/mL."),
        (amount(38, "ug/L", "furlong"), "not understood: Its unit cannot be told: furlong, ug/L."),
        (amount(38, ""), "not understood: Ferritin 38 has no unit. Choose one of ng/mL, µg/L, pmol/L."),
        (
            amount(38, "U/L"),
            "not understood: Ferritin is not measured in “U/L”. Choose one of ng/mL, µg/L, pmol/L.",
        ),
        (amount(-3), "not understood: Ferritin: -3 is negative, which no result here can be."),
        (amount(9e30), "not understood: Ferritin: 9E+30 has more digits than any result can have."),
        (amount("38"), "not understood: This entry is not as FHIR has it, so it cannot be read."),
        (amount(True), "not understood: This entry is not as FHIR has it, so it cannot be read."),
        (
            amount(5, comparator="ad"),
            "not understood: This entry is not as FHIR has it, so it cannot be read.",
        ),
        ({"valueQuantity": None, "valueString": "<5 ug/L"}, f"<5 µg/L {TAKEN}"),
        (
            {"valueQuantity": None, "valueInteger": 38},
            "not understood: Ferritin 38 has no unit. Choose one of ng/mL, µg/L, pmol/L.",
        ),
        ({"valueString": "40 ug/L"}, "not understood: It has several values."),
        (
            {"valueQuantity": None, "valueRange": {"low": {"value": 1}}},
            "not understood: It has no value that can be read.",
        ),
        (
            {"valueQuantity": None, "dataAbsentReason": {"text": "clotted"}},
            "not understood: It has no value: clotted",
        ),
        ({"status": "preliminary"}, "not understood: It is not final: “preliminary”."),
        ({"status": "entered-in-error"}, "not understood: It is not final: “entered-in-error”."),
        ({"status": "cancelled"}, "not understood: It is not final: “cancelled”."),
        ({"status": None}, "not understood: Nothing says that it is final."),
        ({"status": "corrected"}, f"38 µg/L {TAKEN}"),
        ({"status": "amended"}, f"38 µg/L {TAKEN}"),
        ({"effectiveDateTime": "2026-11-18T23:30:00-11:00"}, f"38 µg/L {TAKEN}"),
        ({"effectiveDateTime": None, "effectiveInstant": "2026-11-18T00:10:00+14:00"}, f"38 µg/L {TAKEN}"),
        (
            {
                "effectiveDateTime": None,
                "effectivePeriod": {"start": "2026-11-18T08:00", "end": "2026-11-18T09:00"},
            },
            f"38 µg/L {TAKEN}",
        ),
        (
            {"effectiveDateTime": None, "effectivePeriod": {"start": "2026-11-17", "end": "2026-11-18"}},
            "not understood: Its date is no day: “2026-11-17/2026-11-18”.",
        ),
        ({"effectiveDateTime": "2026-11"}, "not understood: Its date is no day: “2026-11”."),
        ({"effectiveDateTime": None, "issued": "2026-11-18"}, "new: Nothing says when the sample was taken."),
        (
            {"effectiveDateTime": "2026-11-23"},
            "not understood: 23-Nov-2026 lies in the future. Check the date.",
        ),
        ({"specimen": {"display": "Urine"}}, "new: The sample is “urine”, not blood."),
        ({"specimen": {"display": "Serum"}}, f"38 µg/L {TAKEN}"),
        ({"note": [{"text": "haemolysed"}]}, "new: The laboratory adds: haemolysed"),
        (
            {
                "interpretation": [{"text": "critical high"}],
                "referenceRange": [{"low": {"value": 13}, "high": {"value": 150}}],
            },
            f"38 µg/L {TAKEN}",
        ),
    ],
)
def test_an_observation_is_read_or_asked_about(parts: dict[str, Any], expected: str) -> None:
    assert one(json.dumps(observation(**parts))) == expected


def test_the_laboratorys_own_marks_are_kept_and_decide_nothing() -> None:
    parts = {
        "interpretation": [{"text": "HH"}],
        "referenceRange": [{"low": {"value": 13}, "high": {"value": 150}}],
    }
    (line,) = review(json.dumps(observation(**parts))).lines
    assert line.marks == "HH, 13-150"


def test_every_digit_is_kept() -> None:
    (line,) = review(
        '{"resourceType":"Observation","status":"final","code":{"text":"TSH"},"effectiveDateTime":"2026-11-18","valueQuantity":{"value":7.50,"unit":"mU/L"}}'
    ).lines
    assert line.answer is not None
    assert str(line.answer.value) == "7.50"


def test_a_blood_count_is_its_components() -> None:
    parts = [{"code": {"text": "Hb"}, **amount(129, "g/L")}, {"code": {"text": "MCV"}, **amount(88, "fL")}]
    whole = observation("Full blood count", valueQuantity=None, component=parts)
    assert said(json.dumps(whole)) == [f"129 g/L {TAKEN}", f"88 fL {TAKEN}"]


def test_a_panel_is_no_result_of_its_own() -> None:
    panel = observation("Iron studies", valueQuantity=None, hasMember=[{"reference": "Observation/b"}])
    assert said(bundle(panel, observation(id="b"))) == [f"38 µg/L {TAKEN}"]


def test_results_contained_in_a_report_are_found() -> None:
    whole = {
        "resourceType": "DiagnosticReport",
        "status": "final",
        "result": [{"reference": "#a"}],
        "contained": [observation()],
    }
    assert one(json.dumps(whole)) == f"38 µg/L {TAKEN}"


@pytest.mark.parametrize("result", [[], [{"reference": "Observation/a"}]])
def test_a_withdrawn_report_withdraws_its_results(result: list[Any]) -> None:
    withdrawn = {"resourceType": "DiagnosticReport", "status": "entered-in-error", "result": result}
    assert one(bundle(observation(), withdrawn)) == "not understood: It is not final: “entered-in-error”."


def test_a_report_withdraws_its_results_by_their_address_and_no_others() -> None:
    withdrawn = {
        "resourceType": "DiagnosticReport",
        "status": "cancelled",
        "bogus": 3,
        "result": [{"reference": "urn:uuid:7"}, 4],
    }
    entries = [
        {"fullUrl": "urn:uuid:7", "resource": observation()},
        {"fullUrl": "urn:uuid:8", "resource": observation("CRP", **amount(3, "mg/L"))},
        {"resource": withdrawn},
    ]
    found = said(json.dumps({"resourceType": "Bundle", "entry": entries}))
    assert found == ["not understood: It is not final: “cancelled”.", f"3 mg/L {TAKEN}"]


def test_the_kind_of_sample_is_looked_up() -> None:
    urine = {"resourceType": "Specimen", "id": "u", "type": {"text": "Urine"}}
    assert "urine" in one(bundle(urine, observation(specimen={"reference": "Specimen/u"})))


def test_a_sample_contained_in_one_result_is_not_that_of_another() -> None:
    def sampled(kind: str, **parts: Any) -> dict[str, Any]:
        specimen = {"resourceType": "Specimen", "id": "s", "type": {"text": kind}}
        return observation(specimen={"reference": "#s"}, contained=[specimen], **parts)

    found = said(bundle(sampled("Urine"), sampled("Serum", code={"text": "CRP"}, **amount(3, "mg/L"))))
    assert found == ["new: The sample is “urine”, not blood.", f"3 mg/L {TAKEN}"]


def test_the_patient_is_read() -> None:
    whose = report(bundle(BROWN, observation(subject=MINE))).whose
    assert (whose.family, whose.given, whose.born, whose.sex) == (
        "Brown",
        "Margaret Ann",
        "1961-07-14",
        "female",
    )
    assert whose.numbers == ("999 000 0018",)


@pytest.mark.parametrize(
    "resources",
    [
        (BROWN, {**BROWN, "id": "2", "birthDate": "1980-01-01"}, observation(subject=MINE)),
        (BROWN, observation(subject={"reference": "Patient/2"})),
        (observation(subject={"reference": "Patient/1"}), observation(subject={"reference": "Patient/2"})),
        (observation(subject={"display": "Brown"}), observation(subject={"display": "Green"})),
        ({"resourceType": "Patient", "id": "1"}, {"resourceType": "Patient", "id": "2"}, observation()),
        tuple(
            observation(subject={"reference": "#p"}, contained=[{**BROWN, "id": "p", "birthDate": born}])
            for born in ("1961-07-14", "1980-01-01", "1961-07-14")
        ),
        (
            BROWN,
            observation(subject=MINE),
            {"resourceType": "DiagnosticReport", "subject": {"reference": "Patient/9"}},
        ),
    ],
)
def test_several_patients_are_refused(resources: tuple[dict[str, Any], ...]) -> None:
    with pytest.raises(UnreadableFile, match="several patients"):
        report(bundle(*resources))


def test_a_reference_by_address_is_the_same_patient() -> None:
    entries = [
        {"fullUrl": "urn:uuid:1", "resource": {key: part for key, part in BROWN.items() if key != "id"}},
        {"resource": observation(subject={"reference": "urn:uuid:1"})},
    ]
    assert report(json.dumps({"resourceType": "Bundle", "entry": entries})).whose.family == "Brown"


def test_the_name_of_today_counts() -> None:
    names = [{"use": use, "family": "Smith"} for use in ("old", "maiden")] + [
        {"use": "nickname", "text": "Meg"}
    ]
    patient = {**BROWN, "name": [*names, {"family": "Brown", "given": ["Margaret"]}]}
    whose = report(bundle(patient, observation(subject=MINE))).whose
    assert (whose.family, whose.given, whose.name) == ("Brown", "Margaret", "")


def test_one_patient_contained_in_each_result_is_one_patient() -> None:
    each = observation(subject={"reference": "#p"}, contained=[{**BROWN, "id": "p"}])
    assert report(bundle(each, each)).whose.family == "Brown"


@pytest.mark.parametrize(
    "content",
    [
        '{"resourceType": "Bundle"}',
        '{"resourceType": "Bundle", "entry": 3}',
        '{"resourceType": "Bundle", "entry": [null, 3, {}, {"resource": 4}]}',
        '{"resourceType": "Patient"}',
        '{"resourceType": 3}',
        "[]",
        "{",
        '{"a": 1, "a": 2}',
        '{"resourceType": "Observation", "status": "final", "status": "final"}',
        "[" * 100_000,
        '{"a": "' + "\\ud800" + '"}',
        '{"a": ' + "9" * 5000 + "}",
        '{"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "Bundle"}}]}',
        bundle({**BROWN, "birthDate": 3}, observation()),
    ],
)
def test_what_is_no_fhir_result_is_refused(content: str) -> None:
    with pytest.raises(UnreadableFile):
        report(content)


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity", "1e999", "1" * 900])
def test_a_number_that_is_none_is_never_taken(value: str) -> None:
    text = json.dumps(observation()).replace("38", value, 1)
    assert all(line.answer is None for line in review(text).lines)


def test_a_nul_in_a_text_is_shown() -> None:
    (line,) = review(json.dumps(observation(valueQuantity=None, valueString="38\0 ug/L"))).lines
    assert line.answer is None
    assert "\0" not in line.given


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=5)
    | st.sampled_from(["final", "ug/L", "Ferritin", "2026-11-18", "Patient/1", LOINC]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["value", "unit", "code", "coding", "text", "reference", "system"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=8,
)


@given(
    st.dictionaries(
        st.sampled_from(
            [
                *observation(),
                "component",
                "subject",
                "hasMember",
                "note",
                "effectivePeriod",
                "valueString",
                "contained",
                "specimen",
            ]
        ),
        VALUES,
        max_size=4,
    )
)
def test_any_observation_is_read_or_refused_with_a_sentence(parts: dict[str, Any]) -> None:
    found = None
    with suppress(WorkupError):
        found = review(bundle(BROWN, {**observation(), **parts, "resourceType": "Observation"}))
    for line in found.lines if found else ():
        if line.answer is not None and line.item.kind == "quantity":
            assert line.answer.unit in line.item.units


@given(
    st.decimals(1, 999, places=3),
    st.sampled_from(["", "<", "<=", ">", ">="]),
    st.sampled_from([*shipped().items["ferritin"].units]),
)
def test_every_result_comes_back_as_it_was_sent(value: Decimal, sign: str, unit: str) -> None:
    text = json.dumps(observation(**amount(1, unit, unit, sign))).replace('"value": 1', f'"value": {value}')
    (line,) = review(text).lines
    assert line.answer is not None
    assert (line.answer.value, line.answer.comparator, line.answer.unit) == (value, sign, unit)
