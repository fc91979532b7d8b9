"""`export` on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rls_workup.__main__ import main
from rls_workup.resources import folder

SAMPLE = str(folder("sample", "brown-margaret.rlsworkup"))


@pytest.mark.parametrize(
    ("form", "start"),
    [
        ("fhir", '{\n "resourceType": "Bundle"'),
        ("json", '{\n "format": "rls-export/1"'),
        ("csv", "section,item"),
        ("text", "SAMPLE – no real patient · BROWN, Margaret"),
    ],
)
def test_every_format_goes_to_standard_output_or_into_a_file(
    capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path, form: str, start: str
) -> None:
    assert main(["export", SAMPLE, "--format", form]) == 0
    printed = capfdbinary.readouterr().out
    assert printed.decode().startswith(start)
    assert main(["export", SAMPLE, "--format", form, "-o", str(tmp_path / "out")]) == 0
    assert (tmp_path / "out").read_bytes() == printed
    assert b"not encrypted" in capfdbinary.readouterr().err


def test_what_cannot_be_read_or_written_is_a_sentence(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert main(["export", str(tmp_path / "none"), "--format", "csv"]) == 1
    assert "there is no such file" in capsys.readouterr().err
    assert main(["export", SAMPLE, "--format", "csv", "-o", str(tmp_path / "no" / "out.csv")]) == 1
    assert "does not exist" in capsys.readouterr().err


def test_the_questions_are_german_on_demand(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", SAMPLE, "--format", "fhir", "--language", "de"]) == 0
    document = json.loads(capsys.readouterr().out)
    answers = document["entry"][1]["resource"]
    assert "Ferritin im Serum" in json.dumps(answers, ensure_ascii=False)
