"""Sheets on the command line: the data inside, the password, many at once."""

from __future__ import annotations

import json
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from rls_workup.__main__ import main
from rls_workup.resources import folder
from rls_workup.store import Summary, open_store

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


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--kind", "referral"), "Referral to neurology"),
        (("--kind", "referral", "--to", "sleep"), "Referral to the sleep laboratory"),
        (("--kind", "handout"), "Do not stop and do not change any medicine on your own."),
        (("--kind", "handout", "--language", "de", "--paper", "letter"), "Holen Sie sofort Hilfe"),
        (("--kind", "referral", "--language", "en-US"), "Hemoglobin"),
    ],
)
def test_letters_and_handouts_go_to_others_and_carry_no_data(
    capsys: Captured, tmp_path: Path, words: tuple[str, ...], says: str
) -> None:
    out = tmp_path / "paper.pdf"
    said(capsys, "sheet", str(SAMPLE), "-o", str(out), *words)
    assert says in text_of(out)
    assert "carries no work-up" in said(capsys, "assess", str(out), status=1)


def test_a_note_is_text_long_or_short_and_one_or_many(capsys: Captured, tmp_path: Path) -> None:
    long, short = tmp_path / "long.txt", tmp_path / "short.txt"
    said(capsys, "sheet", str(SAMPLE), "-o", str(long), "--kind", "note")
    said(capsys, "sheet", str(SAMPLE), "-o", str(short), "--kind", "note", "--short")
    assert 1 < len(short.read_text("utf-8")) < len(long.read_text("utf-8"))
    said(capsys, "sheet", str(SAMPLE), str(SAMPLE), "-o", str(tmp_path), "--kind", "note")
    assert (tmp_path / "brown-margaret.txt").read_bytes() == long.read_bytes()
    assert (tmp_path / "brown-margaret-2.txt").read_bytes() == long.read_bytes()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--to", "sleep"), "--to goes with --kind referral only"),
        (("--kind", "handout", "--short"), "--short goes with --kind note only"),
        (("--kind", "note", "--lock-file", "{lock}"), "plain text and cannot be locked"),
    ],
)
def test_what_does_not_fit_a_kind_is_said(
    capsys: Captured, tmp_path: Path, words: tuple[str, ...], says: str
) -> None:
    lock, out = tmp_path / "lock", tmp_path / "out"
    lock.write_text("secret")
    given = [word.format(lock=lock) for word in words]
    assert says in said(capsys, "sheet", str(SAMPLE), "-o", str(out), *given, status=1)
    assert not out.exists()


def test_only_the_sheet_is_written_as_a_page(capsys: Captured, tmp_path: Path) -> None:
    out = tmp_path / "paper.html"
    told = said(capsys, "sheet", str(SAMPLE), "-o", str(out), "--kind", "handout", status=1)
    assert "Let the name end with .pdf" in told


def test_a_page_that_should_be_locked_is_not_written_open(capsys: Captured, tmp_path: Path) -> None:
    lock, out = tmp_path / "lock", tmp_path / "sheet.html"
    lock.write_text("secret")
    words = ("sheet", str(SAMPLE), "-o", str(out), "--lock-file", str(lock))
    assert "HTML page cannot be locked" in said(capsys, *words, status=1)
    assert not out.exists()


def test_an_empty_password_leaves_no_sheet_open(capsys: Captured, tmp_path: Path) -> None:
    lock, out = tmp_path / "lock", tmp_path / "sheet.pdf"
    lock.write_text("\n")
    told = said(capsys, "sheet", str(SAMPLE), "-o", str(out), "--lock-file", str(lock), status=1)
    assert "holds no password" in told
    assert not out.exists()


def test_a_paper_never_takes_the_place_of_its_work_up(capsys: Captured, tmp_path: Path) -> None:
    workup, other = tmp_path / "ana.rlsworkup", tmp_path / "same.rlsworkup"
    workup.write_bytes(SAMPLE.read_bytes())
    other.symlink_to(workup)
    told = said(capsys, "sheet", str(other), "-o", str(workup), "--kind", "handout", status=1)
    assert "is the work-up itself" in told
    assert workup.read_bytes() == SAMPLE.read_bytes()


def test_a_practice_patient_is_told_from_real_ones(capsys: Captured, tmp_path: Path) -> None:
    assert "SAMPLE: a practice patient" in said(capsys, "assess", str(SAMPLE))
    place = tmp_path / "workups.db"
    store = open_store(place)
    for name, sample in (("Real", False), ("Brown", True)):
        listed = Summary("in-progress", name, awaited=1, pending_since="2026-11-01", sample=sample)
        store.save(name, 0, "{}", listed, "Ann", "Room 1")
    store.close()
    assert "SAMPLE · Brown · " in said(capsys, "worklist", "--store", str(place))
    assert "Brown" not in said(capsys, "worklist", "--pending", "--store", str(place))


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("sheet", "gone.rlsworkup", "-o", "a.pdf"), "lässt sich nicht öffnen: es gibt keine solche Datei."),
        (("assess", "empty.rlsworkup"), "ist nicht als Abklärung lesbar: es ist leer."),
        (
            ("sheet", "empty.rlsworkup", "-o", "a.pdf", "--kind", "note", "--to", "sleep"),
            "geht nur mit --kind",
        ),
    ],
)
def test_what_is_wrong_is_told_in_the_language_that_is_asked_for(
    capsys: Captured, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], says: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("empty.rlsworkup").touch()
    assert says in said(capsys, *words, "--language", "de", status=1)
    assert says not in said(capsys, *words, status=1)
