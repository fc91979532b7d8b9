"""Sheets on the command line: the data inside, the password, many at once."""

from __future__ import annotations

import json
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from rls_workup.__main__ import main
from rls_workup.resources import folder

SAMPLE = folder("sample", "brown-margaret.rlsworkup")
Captured = pytest.CaptureFixture[str]


def said(capsys: Captured, *words: str, status: int = 0) -> str:
    capsys.readouterr()
    assert main(list(words)) == status
    captured = capsys.readouterr()
    return captured.out + captured.err


def text_of(path: Path) -> str:
    document = pypdfium2.PdfDocument(path.read_bytes())
    try:
        return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in document)
    finally:
        document.close()


def test_a_sheet_is_its_own_file(capsys: Captured, tmp_path: Path) -> None:
    sheet, again = tmp_path / "sheet.pdf", tmp_path / "again.pdf"
    said(capsys, "sheet", str(SAMPLE), "-o", str(sheet))
    assert "carries the work-up's data" in text_of(sheet)
    findings = said(capsys, "assess", str(sheet), "--json")
    assert findings == said(capsys, "assess", str(SAMPLE), "--json")
    assert len(json.loads(findings)["findings"]) > 5
    said(capsys, "sheet", str(sheet), "-o", str(again))
    assert again.read_bytes() == sheet.read_bytes()


def test_without_its_data_it_says_nothing_of_them_and_opens_nothing(capsys: Captured, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.pdf"
    said(capsys, "sheet", str(SAMPLE), "-o", str(sheet), "--without-data")
    assert "carries the work-up" not in text_of(sheet)
    assert "carries no work-up" in said(capsys, "assess", str(sheet), status=1)


def test_a_locked_sheet_opens_with_its_password_only(
    capsys: Captured, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet, lock = tmp_path / "sheet.pdf", tmp_path / "lock"
    lock.write_text("grüner Tee am Abend\n", encoding="utf-8")
    said(capsys, "sheet", str(SAMPLE), "-o", str(sheet), "--lock-file", str(lock))
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(sheet)
    assert "locked with a password" in said(capsys, "assess", str(sheet), status=1)
    opened = said(capsys, "assess", str(sheet), "--json", "--password-file", str(lock))
    assert opened == said(capsys, "assess", str(SAMPLE), "--json")
    monkeypatch.setenv("RLS_WORKUP_SHEET_PASSWORD", "grüner Tee am Abend")
    assert said(capsys, "assess", str(sheet), "--json") == opened
    monkeypatch.setenv("RLS_WORKUP_SHEET_PASSWORD", "schwarzer")
    assert "password is not right" in said(capsys, "assess", str(sheet), status=1)


def test_many_go_into_a_folder_and_one_that_fails_is_named(capsys: Captured, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    twin, broken, out = tmp_path / "other" / SAMPLE.name, tmp_path / "broken.rlsworkup", tmp_path / "out"
    twin.write_bytes(SAMPLE.read_bytes())
    broken.write_text("[1]")
    out.mkdir()
    told = said(capsys, "sheet", str(SAMPLE), str(broken), str(twin), "-o", str(out), status=1)
    assert "Not written: broken.pdf" in told
    assert "Written: 2 of 3" in told
    assert sorted(path.name for path in out.iterdir()) == ["brown-margaret-2.pdf", "brown-margaret.pdf"]


def test_many_into_what_is_no_folder_are_refused(capsys: Captured, tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"
    told = said(capsys, "sheet", str(SAMPLE), str(SAMPLE), "-o", str(out), status=1)
    assert "is no folder" in told
    assert not out.exists()
