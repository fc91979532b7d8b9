"""`import` of results on the command line: a table first, and only what nothing speaks against is written."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from rls_workup.__main__ import main
from rls_workup.resources import folder

SAMPLE = folder("sample", "brown-margaret.rlsworkup")
BUNDLE = folder("sample", "results-brown-margaret.json")
HL7 = folder("sample", "results-brown-margaret.hl7")
Captured = pytest.CaptureFixture[str]


def said(capsys: Captured, *words: object, status: int = 0) -> str:
    capsys.readouterr()
    assert main([str(word) for word in words]) == status
    captured = capsys.readouterr()
    return captured.out + captured.err


@pytest.fixture
def workup(tmp_path: Path) -> Path:
    (tmp_path / "work.rlsworkup").write_bytes(SAMPLE.read_bytes())
    return tmp_path / "work.rlsworkup"


def answers(path: Path) -> dict[str, Any]:
    return dict(json.loads(path.read_text())["answers"])


def pasted(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))


def test_without_an_output_nothing_is_taken(capsys: Captured, workup: Path) -> None:
    before = workup.read_bytes()
    told = said(capsys, "import", workup, BUNDLE)
    assert "The results are for the patient of this work-up." in told
    assert "Haemoglobin [haemoglobin]: replaces an answer (entry 5)" in told
    assert "Nothing speaks against: mma, hba1c, crp" in told
    assert "Nothing was taken." in told
    assert workup.read_bytes() == before


def test_with_an_output_the_clean_ones_are_written_and_keep_where_they_came_from(
    capsys: Captured, workup: Path, tmp_path: Path
) -> None:
    before, out = workup.read_bytes(), tmp_path / "out.rlsworkup"
    told = said(capsys, "import", workup, HL7, "-o", out)
    assert "Taken: 3." in told
    assert "Not taken, for they were not named: haemoglobin." in told
    assert workup.read_bytes() == before
    assert answers(out)["crp"] == {
        "value": 4,
        "state": "answered",
        "unit": "mg/L",
        "collected": "2026-11-18",
        "source": "laboratory, results-brown-margaret.hl7, line 4",
    }
    others = {name for name, answer in answers(out).items() if answer != answers(workup)[name]}
    assert others == {"mma", "hba1c", "crp"}


def test_what_differs_is_taken_where_it_is_named(capsys: Captured, workup: Path) -> None:
    said(capsys, "import", workup, BUNDLE, "--accept", "haemoglobin")
    assert answers(workup)["haemoglobin"]["value"] == 119
    assert answers(workup)["crp"]["state"] == "pending"


def test_the_table_as_json(capsys: Captured, workup: Path) -> None:
    capsys.readouterr()
    assert main(["import", str(workup), str(BUNDLE), "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert (document["format"], document["patient"]) == ("rls-review/1", {"likeness": "same", "differs": []})
    standings = {line["item"]: (line["standing"], line["clean"]) for line in document["lines"]}
    assert standings == {
        "ferritin": ("same", False),
        "b12_total": ("not_understood", False),
        "mma": ("new", True),
        "haemoglobin": ("differs", False),
        "hba1c": ("new", True),
        "crp": ("new", True),
    }
    assert document["unknown_tests"] == ["entry 8: Sodium: 140 mmol/L"]


def test_pasted_text_comes_from_standard_input(
    capsys: Captured, workup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pasted(monkeypatch, "CRP 4 mg/L 18/11/26")
    told = said(capsys, "import", workup, "-", "-o", tmp_path / "out.rlsworkup")
    assert "The results do not say whose they are." in told
    assert answers(tmp_path / "out.rlsworkup")["crp"]["source"] == "laboratory, pasted text, line 1"


def test_an_ambiguous_date_is_asked_about_and_can_be_said(
    capsys: Captured, workup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pasted(monkeypatch, "CRP 4 mg/L 05/11/26")
    assert "--dates day-first or month-first" in said(capsys, "import", workup, "-")
    pasted(monkeypatch, "CRP 4 mg/L 05/11/26")
    assert "taken 05-Nov-2026" in said(capsys, "import", workup, "-", "--dates", "day-first")


def other(tmp_path: Path, old: str, new: str) -> Path:
    (tmp_path / "other.hl7").write_bytes(HL7.read_bytes().replace(old.encode(), new.encode()))
    return tmp_path / "other.hl7"


def test_another_patients_results_are_neither_shown_nor_taken(
    capsys: Captured, workup: Path, tmp_path: Path
) -> None:
    before = workup.read_bytes()
    told = said(capsys, "import", workup, other(tmp_path, "Brown", "Green"), "--accept", "all", status=1)
    assert "The results are for another patient. What differs: the family name." in told
    assert "Green" not in told
    assert "crp" not in told
    assert workup.read_bytes() == before


def test_unless_the_person_says_that_it_is_the_same_person(
    capsys: Captured, workup: Path, tmp_path: Path
) -> None:
    married = other(tmp_path, "Brown", "Green")
    assert "Taken: 3." in said(capsys, "import", workup, married, "--accept", "all", "--same-patient")


def test_where_it_cannot_be_told_it_is_shown_and_not_written(
    capsys: Captured, workup: Path, tmp_path: Path
) -> None:
    unsure = other(tmp_path, "9990000018^^^NHS^NH~", "")
    assert "Is it the same person?" in said(capsys, "import", workup, unsure)
    assert "--same-patient" in said(capsys, "import", workup, unsure, "--accept", "all", status=1)


def test_of_two_results_of_one_day_none_is_taken_by_its_name(
    capsys: Captured, workup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pasted(monkeypatch, "CRP 4 mg/L 18/11/26\nCRP 40 mg/L 18/11/26")
    assert "several results of “crp”" in said(capsys, "import", workup, "-", "--accept", "crp", status=1)


def test_a_signed_work_up_takes_nothing(capsys: Captured, workup: Path) -> None:
    document = json.loads(workup.read_text())
    document["status"] = "completed"
    workup.write_text(json.dumps(document))
    assert "is signed" in said(capsys, "import", workup, BUNDLE, "--accept", "all", status=1)


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.hl7", b"MSH|^~", "cannot be read as results"),
        ("b.json", b'{"resourceType": "Bundle"}', "no Observation"),
        ("c.txt", b"good morning", "holds no result"),
        ("d.txt", None, "there is no such file"),
    ],
)
def test_what_is_no_result_is_told_in_a_sentence(
    capsys: Captured, workup: Path, tmp_path: Path, name: str, content: bytes | None, why: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    assert why in said(capsys, "import", workup, tmp_path / name, status=1)
    assert "a folder" in said(capsys, "import", workup, tmp_path, status=1)


def test_the_table_speaks_german(capsys: Captured, workup: Path) -> None:
    told = said(capsys, "import", workup, BUNDLE, "--language", "de")
    assert "Die Ergebnisse gehören zum Patienten dieser Abklärung." in told
    assert "Es ist nicht endgültig: „preliminary“." in told
