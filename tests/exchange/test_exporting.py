"""Work-ups for other programs: valid FHIR by models nobody here wrote, tables without formulas, nothing made up."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lab import BROWN, report, shipped, work_up

from rls_workup.domain.assessment import assess
from rls_workup.domain.quantity import Quantity
from rls_workup.domain.workup import Answer, Patient, State, Status, Workup
from rls_workup.exchange.exporting import ENDINGS, exported, safe_cell
from rls_workup.exchange.workup_file import read_workup, workup_from
from rls_workup.resources import folder

TODAY = date(2026, 11, 22)


@cache
def sample() -> Workup:
    return read_workup(folder("sample", "brown-margaret.rlsworkup"), shipped())


def out(form: str, workup: Workup) -> str:
    return exported(form, shipped(), workup, assess(shipped(), workup, TODAY))


def bundle_of(workup: Workup) -> dict[str, Any]:
    """The Bundle, once the models of others have read it without a complaint."""
    from fhir.resources.R4B.bundle import Bundle

    text = out("fhir", workup)
    Bundle.model_validate_json(text)
    return dict(json.loads(text, parse_float=Decimal))


def resources(workup: Workup, kind: str) -> list[dict[str, Any]]:
    found = [entry["resource"] for entry in bundle_of(workup)["entry"]]
    return [resource for resource in found if resource["resourceType"] == kind]


def test_the_sample_patient_is_a_valid_bundle_marked_as_a_test() -> None:
    bundle = bundle_of(sample())
    assert bundle["meta"]["tag"][0]["code"] == "HTEST"
    addresses = [entry["fullUrl"] for entry in bundle["entry"]]
    assert len(set(addresses)) == len(addresses)
    assert {each["subject"]["reference"] for each in resources(sample(), "Observation")} == {addresses[0]}


def test_a_work_up_with_nothing_in_it_is_valid() -> None:
    assert resources(Workup("x"), "Observation") == []
    assert resources(Workup("x"), "Patient") == [{"resourceType": "Patient"}]


@pytest.mark.parametrize(
    ("item", "answer", "loinc", "unit"),
    [
        ("ferritin", Answer("7.50", unit="ug/L", comparator="<"), "2276-4", "ug/L"),
        ("ferritin", Answer(85, unit="pmol/L"), "14723-1", "pmol/L"),
        ("hba1c", Answer(38, unit="mmol/mol"), None, "mmol/mol"),
        ("hba1c", Answer("5.6", unit="%"), "4548-4", "%"),
        ("magnesium", Answer("0.8", unit="mmol/L"), None, "mmol/L"),
        ("egfr", Answer(88, unit="mL/min/1.73 m2"), None, "mL/min/{1.73_m2}"),
    ],
)
def test_a_result_has_its_unit_and_the_code_of_its_kind_of_unit(
    item: str, answer: Answer, loinc: str | None, unit: str
) -> None:
    (found,) = resources(work_up(**{item: replace(answer, collected="2026-11-18")}), "Observation")
    codes = [coding["code"] for coding in found["code"]["coding"] if coding["system"] == "http://loinc.org"]
    assert codes == ([loinc] if loinc else [])
    quantity = found["valueQuantity"]
    assert (quantity["code"], quantity["system"]) == (unit, "http://unitsofmeasure.org")
    assert (Decimal(quantity["value"]), quantity.get("comparator", "")) == (
        Decimal(answer.value),
        answer.comparator,
    )
    assert (found["effectiveDateTime"], found["status"]) == ("2026-11-18", "preliminary")


def test_what_was_not_accepted_is_no_result() -> None:
    workup = workup_from(
        {"format": "rls-workup/1", "answers": {"ferritin": {"value": "1,234", "unit": "ug/L"}}}, shipped()
    )
    assert resources(workup, "Observation") == []
    assert '"valueCode": "error"' in out("fhir", workup)
    assert "1,234" in out("fhir", workup)


@pytest.mark.parametrize(
    ("state", "code"),
    [
        (State.UNKNOWN, "asked-unknown"),
        (State.DECLINED, "asked-declined"),
        (State.NOT_APPLICABLE, "not-applicable"),
        (State.PENDING, "temp-unknown"),
    ],
)
@pytest.mark.parametrize("item", ["urge_to_move", "ferritin", "gait", "irls", "own_words"])
def test_no_state_is_ever_a_value(item: str, state: State, code: str) -> None:
    (answers,) = resources(
        work_up(**{item: Answer(None, state, since="2026-11-20")}), "QuestionnaireResponse"
    )
    (answer,) = answers["item"][0]["item"][0]["answer"]
    (value,) = [part for name, part in answer.items() if name.lstrip("_").startswith("value")]
    assert value == {
        "extension": [
            {"url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason", "valueCode": code}
        ]
    }


@pytest.mark.parametrize(
    ("status", "of_answers", "of_results"),
    [
        (Status.IN_PROGRESS, "in-progress", "preliminary"),
        (Status.COMPLETED, "completed", "final"),
        (Status.AMENDED, "amended", "amended"),
    ],
)
def test_only_what_is_signed_is_final(status: Status, of_answers: str, of_results: str) -> None:
    workup = replace(sample(), status=status)
    assert resources(workup, "QuestionnaireResponse")[0]["status"] == of_answers
    assert {each["status"] for each in resources(workup, "Observation")} == {of_results}


def test_what_goes_out_comes_in_again() -> None:
    workup = replace(sample(), status=Status.COMPLETED)
    came = report(out("fhir", workup))
    assert (came.whose.family, came.whose.born, came.whose.numbers) == (
        "Brown",
        "1961-07-14",
        ("999 000 0018",),
    )
    read = shipped().reader.read
    for result in came.results:
        if result.item:
            value = read(shipped().items[result.item], workup.answers[result.item]).value
            assert isinstance(value, Quantity)
            assert (result.value, result.comparator) == (value.amount, value.comparator)
            assert shipped().reader.unit_of(result.unit) == value.unit
    assert {"ferritin", "haemoglobin", "tsat"} <= {result.item for result in came.results}


ODD = st.text(max_size=30)


@given(ODD, ODD, ODD, st.sampled_from([*State]), ODD)
def test_any_text_makes_a_valid_bundle_and_a_whole_table(
    name: str, words: str, note: str, state: State, given_name: str
) -> None:
    patient = Patient(name, given_name, note, words, name)
    answers = {
        "own_words": Answer(words, note=note),
        "gait": Answer(words, state, note=note),
        "ferritin": Answer(words, state, unit=note),
    }
    document = {"format": "rls-workup/1", "answers": {}}
    workup = replace(workup_from(document, shipped()), patient=patient, answers=answers)
    bundle_of(workup)
    rows = list(csv.reader(io.StringIO(out("csv", workup), newline="")))
    assert {len(row) for row in rows} == {11}


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+49 170", "'+49 170"),
        ("-restless", "'-restless"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("＝1+1", "'＝1+1"),
        ("  =1+1", "'  =1+1"),
        ("\t=1", "'\t=1"),
        ("\r=1", "[U+000D]=1"),
        ("\n=1", "'\n=1"),
        ("-5", "-5"),
        ("-5.25", "-5.25"),
        ("-5-5", "'-5-5"),
        ("legs = bad", "legs = bad"),
        ("%", "%"),
        ("\u202eabc", "[U+202E]abc"),
        ("", ""),
    ],
)
def test_no_cell_is_a_formula(text: str, cell: str) -> None:
    assert safe_cell(text) == cell


def test_the_table_has_a_row_for_each_answer() -> None:
    told, *rows = csv.DictReader(io.StringIO(out("csv", sample()), newline=""))
    assert (told["item"], told["question"]) == ("sample", "SAMPLE – no real patient")
    by_item = {row["item"]: row for row in rows}
    assert len(rows) == len(sample().answers)
    assert (by_item["ferritin"]["value"], by_item["ferritin"]["unit"], by_item["ferritin"]["collected"]) == (
        "38",
        "ug/L",
        "2026-11-16",
    )
    assert (by_item["crp"]["state"], by_item["crp"]["value"], by_item["crp"]["since"]) == (
        "pending",
        "",
        "2026-11-18",
    )


def test_json_holds_the_work_up_as_it_is_kept_and_its_assessment() -> None:
    document = json.loads(out("json", sample()))
    assert (document["format"], document["workup"]["id"]) == ("rls-export/1", sample().id)
    again = workup_from(json.loads(out("json", sample()), parse_float=Decimal)["workup"], shipped())
    assert again == sample()
    assert document["assessment"]["findings"]


def test_text_tells_every_answer_and_every_finding() -> None:
    text = out("text", sample())
    assert "BROWN, Margaret" in text
    assert "  Ferritin: 38 µg/L taken 16-Nov-2026" in text
    assert "Findings (" in text
    assert BROWN.identifier in text


def test_each_format_has_an_ending_of_its_own() -> None:
    assert len(set(ENDINGS.values())) == len(ENDINGS) == 4


@pytest.mark.parametrize(
    ("form", "sign"), [("csv", "SAMPLE"), ("text", "SAMPLE"), ("fhir", "HTEST"), ("json", '"sample"')]
)
def test_a_practice_patient_never_leaves_unmarked(form: str, sign: str) -> None:
    assert sign in out(form, sample())
    assert sign not in out(form, replace(sample(), sample=False))
