"""`sheet --kind blank` and `import` on the command line: nothing is taken that was not named."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from forms import by_pikepdf

from rls_workup.__main__ import main
from rls_workup.resources import folder

SAMPLE = folder("sample", "brown-margaret.rlsworkup")
GIVEN = {
    "patient-family_name": "brown",
    "patient-date_of_birth": "14-Jul-1961",
    "plm_index": "31",
    "ferritin": "1,234",
    "ferritin-unit": "ug-2F-L",
    "irls": "30",
}
Captured = pytest.CaptureFixture[str]


def said(capsys: Captured, *words: object, status: int = 0) -> str:
    capsys.readouterr()
    assert main([str(word) for word in words]) == status
    captured = capsys.readouterr()
    return captured.out + captured.err


@pytest.fixture
def form(tmp_path: Path, capsys: Captured) -> Path:
    """A blank form that was filled in."""
    said(capsys, "sheet", "--kind", "blank", "-o", tmp_path / "blank.pdf")
    (tmp_path / "form.pdf").write_bytes(by_pikepdf((tmp_path / "blank.pdf").read_bytes(), GIVEN))
    return tmp_path / "form.pdf"


@pytest.fixture
def workup(tmp_path: Path) -> Path:
    document = json.loads(SAMPLE.read_text())
    document["answers"].pop("plm_index", None)
    (tmp_path / "work.rlsworkup").write_text(json.dumps(document))
    return tmp_path / "work.rlsworkup"


def value_in(answer: Any) -> Any:
    return answer["value"] if isinstance(answer, dict) else answer


def answers(path: Path) -> dict[str, Any]:
    return dict(json.loads(path.read_text())["answers"])


def test_without_accept_nothing_is_taken(capsys: Captured, form: Path, workup: Path) -> None:
    before = workup.read_bytes()
    told = said(capsys, "import", workup, form)
    assert "PLMS index [plm_index]: new" in told
    assert "IRLS [irls]: replaces an answer" in told
    assert "“1,234” can be read as 1.234 or as 1234" in told
    assert "Nothing was taken." in told
    assert workup.read_bytes() == before


def test_all_takes_what_is_new_and_names_the_rest(capsys: Captured, form: Path, workup: Path) -> None:
    before = answers(workup)
    told = said(capsys, "import", workup, form, "--accept", "all")
    assert "Taken: 1." in told
    assert "irls" in told.splitlines()[-1]
    assert set(answers(workup)) - set(before) == {"plm_index"}
    assert answers(workup)["irls"]["value"] == value_in(before["irls"])


def test_a_named_answer_is_replaced_in_a_file_of_its_own(
    capsys: Captured, form: Path, workup: Path, tmp_path: Path
) -> None:
    before, out = workup.read_bytes(), tmp_path / "out.rlsworkup"
    said(capsys, "import", workup, form, "--accept", "irls,plm_index", "-o", out)
    assert workup.read_bytes() == before
    assert answers(out)["irls"]["value"] == 30
    assert answers(out)["plm_index"]["value"] == 31


@pytest.mark.parametrize(
    ("accept", "why"),
    [("ferritin", "can be read as"), ("gait", "Nothing new is said"), ("bogus", "Nothing new is said")],
)
def test_what_cannot_be_taken_is_refused_and_nothing_is_written(
    capsys: Captured, form: Path, workup: Path, accept: str, why: str
) -> None:
    before = workup.read_bytes()
    assert why in said(capsys, "import", workup, form, "--accept", f"irls,{accept}", status=1)
    assert workup.read_bytes() == before


def test_another_patients_form_is_refused_without_naming_anybody(
    capsys: Captured, form: Path, workup: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.pdf"
    other.write_bytes(by_pikepdf(form.read_bytes(), {"patient-family_name": "Green"}))
    told = said(capsys, "import", workup, other, "--accept", "all", status=1)
    assert "family name differs" in told
    assert "Green" not in told


def test_a_signed_work_up_takes_nothing(capsys: Captured, form: Path, workup: Path) -> None:
    document = json.loads(workup.read_text())
    document["status"] = "completed"
    workup.write_text(json.dumps(document))
    assert "is signed" in said(capsys, "import", workup, form, "--accept", "all", status=1)


def test_a_sheet_is_no_place_to_write_to(capsys: Captured, form: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.pdf"
    said(capsys, "sheet", SAMPLE, "-o", sheet)
    assert "with -o NAME.rlsworkup" in said(capsys, "import", sheet, form, "--accept", "all", status=1)
    assert "carries" not in said(capsys, "import", sheet, form)


def test_a_paper_needs_a_work_up_unless_it_is_blank(capsys: Captured, tmp_path: Path) -> None:
    assert "Name the work-up" in said(capsys, "sheet", "-o", tmp_path / "x.pdf", status=2)
    assert not (tmp_path / "x.pdf").exists()


def test_a_locked_form_is_read_with_its_password(capsys: Captured, workup: Path, tmp_path: Path) -> None:
    (tmp_path / "lock").write_text("grüner Tee")
    form = tmp_path / "form.pdf"
    said(capsys, "sheet", workup, "--kind", "blank", "-o", form, "--lock-file", tmp_path / "lock")
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(form)
    assert "locked with a password" in said(capsys, "import", workup, form, status=1)
    assert "0 new" in said(capsys, "import", workup, form, "--password-file", tmp_path / "lock")
