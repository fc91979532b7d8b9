"""The command line as other programs use it: results, exit status, one sentence for what went wrong."""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from rls_workup.__main__ import main
from rls_workup.cli import first_word, names_command
from rls_workup.protocols import write_choices
from rls_workup.resources import folder
from rls_workup.store import Summary, open_store

SAMPLE = folder("sample", "brown-margaret.rlsworkup")
ROOT = Path(__file__).parent.parent
SECRET = "ZZQXSECRET"
Captured = pytest.CaptureFixture[str]


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """The work-up of contract.md, section 2."""
    document = {
        "format": "rls-workup/1",
        "id": "0192f0c1",
        "protocol": {"id": "rls-adult", "version": "2026.11"},
        "status": "in-progress",
        "visit_date": "2026-11-20",
        "patient": {
            "family_name": SECRET,
            "given_name": "Ana",
            "date_of_birth": "1980-05-01",
            "sex": "female",
            "identifier": "12345",
        },
        "answers": {
            "urge_to_move": "yes",
            "ferritin": {"value": 75, "unit": "ng/mL", "collected": "2026-11-20"},
            "mma": {"value": 400, "comparator": ">", "unit": "nmol/L"},
            "b12_total": {"state": "ordered", "since": "2026-11-20"},
            "joint_position": {"state": "declined", "note": "pain"},
            "medications": [{"name": "metformin", "months": 30}],
        },
    }
    path = tmp_path / "example.rlsworkup"
    path.write_text(json.dumps(document))
    return path


def findings(capsys: Captured, path: Path) -> dict[str, Any]:
    assert main(["assess", str(path), "--json"]) == 0
    document: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert document["format"] == "rls-assessment/1"
    return document


def pdf_text(path: Path) -> str:
    pdf = pypdfium2.PdfDocument(path.read_bytes())
    try:
        return "\n".join(page.get_textpage().get_text_bounded() for page in pdf)
    finally:
        pdf.close()


def test_the_example_of_the_contract_is_assessed_as_it_says(capsys: Captured, example: Path) -> None:
    document = findings(capsys, example)
    found = {finding["id"]: finding for finding in document["findings"]}
    iron = found["iron_oral_or_iv_consider"]
    assert (iron["item"], iron["disputed"]) == ("ferritin", True)
    ferritin = next(part for part in iron["because"] if part["item"] == "ferritin")
    assert ferritin == {
        "item": "ferritin",
        "value": 75,
        "unit": "ng/mL",
        "rule": "ferritin <= 75 ng/mL or tsat < 20 %",
    }
    assert "S29" in iron["sources"]
    mma = next(part for part in found["mma_raised"]["because"] if part["item"] == "mma")
    assert (mma["value"], mma["comparator"], mma["unit"]) == (400, ">", "nmol/L")
    assert {"at_threshold", "drug_lowers_b12"} <= set(found)
    assert any("tsat" in rule["waits_for"] for rule in document["undecided"])
    assert not {rule["id"] for rule in document["undecided"]} & set(found)
    assert {"answered", "open"} <= set(document["progress"])


def test_a_finding_in_plain_words_has_its_basis(capsys: Captured, example: Path) -> None:
    assert main(["assess", str(example)]) == 0
    text = capsys.readouterr().out
    assert "because Ferritin is 75 ng/mL (Ferritin ≤ 75 ng/mL or TSAT < 20 %)" in text
    assert "Still missing, by decision" in text
    assert "ordered since 20-Nov-2026" in text


@pytest.mark.parametrize(
    ("answers", "expected", "item"),
    [
        ({"haemoglobin": {"value": 135, "unit": "g/dL"}}, "input_rejected", "haemoglobin"),
        ({"haemoglobin": {"value": 135}}, "unit_required", "haemoglobin"),
        ({"tsat": {"value": "NaN", "unit": "%"}}, "input_rejected", "tsat"),
        ({"ferritin": {"value": "1,234", "unit": "ng/mL"}}, "input_rejected", "ferritin"),
        ({"irls": 41}, "input_rejected", "irls"),
    ],
)
def test_values_that_cannot_be_are_findings(
    capsys: Captured, tmp_path: Path, answers: dict[str, Any], expected: str, item: str
) -> None:
    path = tmp_path / "w.rlsworkup"
    path.write_text(json.dumps({"format": "rls-workup/1", "answers": answers}))
    assert (expected, item) in {
        (finding["id"], finding["item"]) for finding in findings(capsys, path)["findings"]
    }


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "there is no such file"),
        (b"", "it is empty"),
        (b"%PDF-1.4\n\xff\x00", "this PDF is damaged"),
        (b"[" * 200_000, "nested more than"),
        (b'{"format": "rls-workup/9"}', "newer version of this program"),
        (
            b'{"format": "rls-workup/1", "protocol": {"id": "rls-adult", "version": "2031.01"}}',
            "newer protocol version",
        ),
        (b"{" + b" " * (17 * 1024 * 1024) + b"}", "larger than"),
        (f'{{"family_name": "{SECRET}"'.encode(), "no well-formed JSON"),
    ],
)
@pytest.mark.parametrize("command", [["assess"], ["assess", "--json"], ["sheet", "-o", "OUT"]])
def test_a_hostile_file_is_one_sentence_and_status_1(
    capsys: Captured, tmp_path: Path, command: list[str], content: bytes | None, sentence: str
) -> None:
    path, out = tmp_path / "a.rlsworkup", tmp_path / "out.pdf"
    out.write_text("older")
    if content is not None:
        path.write_bytes(content)
    words = [str(out) if word == "OUT" else word for word in command]
    assert main([words[0], str(path), *words[1:]]) == 1
    told = capsys.readouterr()
    assert sentence in told.err
    assert told.out == ""
    assert "Traceback" not in told.err
    assert SECRET not in told.err
    assert out.read_text() == "older"


HOSTILE = (
    "<b>bold</b> & <penicillin>",
    "a\x00b\x1b[31mred",
    "\u202egnp.exe",
    "Ωmega Жук",
    "x" * 20_000,
    "{ferritin} %s",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_in_every_field_prints_whole(capsys: Captured, tmp_path: Path, text: str) -> None:
    document = json.loads(SAMPLE.read_text())
    document["patient"] |= {"family_name": text, "given_name": text, "identifier": text, "sex": text}
    document["visit_date"] = text
    document["answers"]["own_words"] = {"value": text, "note": text, "source": text}
    document["answers"]["medications"] = [{"name": text, "dose": text, "note": text}]
    document["answers"]["nobody_" + text[:20]] = text
    document["answers"]["ferritin"] = {"value": text, "unit": text, "collected": text, "note": text}
    path, out = tmp_path / "w.rlsworkup", tmp_path / "out.pdf"
    path.write_text(json.dumps(document))
    assert main(["sheet", str(path), "-o", str(out)]) == 0
    assert main(["assess", str(path)]) == 0
    terminal = capsys.readouterr().out
    assert "\x1b" not in terminal
    assert "\u202e" not in terminal
    printed = "".join(pdf_text(out).split())
    expected = text.replace("\x00", "[U+0000]").replace("\x1b", "[U+001B]").replace("\u202e", "[U+202E]")
    assert "".join(expected.split())[:200] in printed


def test_the_same_work_up_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a.pdf", "b.pdf"):
        assert main(["sheet", str(SAMPLE), "-o", str(tmp_path / name)]) == 0
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()
    assert (tmp_path / "a.pdf").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(("paper", "width"), [("a4", 595), ("letter", 612)])
def test_the_paper_is_the_one_asked_for(tmp_path: Path, paper: str, width: int) -> None:
    out = tmp_path / "out.pdf"
    assert main(["sheet", str(SAMPLE), "-o", str(out), "--paper", paper]) == 0
    pdf = pypdfium2.PdfDocument(out.read_bytes())
    assert round(pdf[0].get_width()) == width
    pdf.close()


@contextmanager
def full_disk() -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_leaves_the_older_sheet(capsys: Captured, tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"
    out.write_text("older")
    with full_disk():
        assert main(["sheet", str(SAMPLE), "-o", str(out)]) == 1
    assert out.read_text() == "older"
    assert os.listdir(tmp_path) == ["out.pdf"]
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize("out", ["missing/out.pdf", "."])
def test_a_place_that_cannot_be_written_is_a_sentence(capsys: Captured, tmp_path: Path, out: str) -> None:
    assert main(["sheet", str(SAMPLE), "-o", str(tmp_path / out)]) == 1
    assert "Traceback" not in capsys.readouterr().err


def test_demo_writes_the_sheet_here_and_says_where(
    capsys: Captured, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["demo"]) == 0
    out = tmp_path / "RLS-checklist-sample.pdf"
    assert str(out) in capsys.readouterr().out
    assert "BROWN" in pdf_text(out)


def test_protocol_check_tells_every_mistake(capsys: Captured, tmp_path: Path) -> None:
    assert main(["protocol", "check"]) == 0
    assert "is in order" in capsys.readouterr().out
    (tmp_path / "a.toml").write_text("[[rules]\n")
    (tmp_path / "b.toml").write_bytes(b"\xff")
    assert main(["protocol", "check", str(tmp_path)]) == 1
    told = capsys.readouterr().err
    assert "a.toml:1" in told
    assert "b.toml" in told
    assert "2 mistakes found." in told


def test_a_sheet_in_german(capsys: Captured, example: Path, tmp_path: Path) -> None:
    out = tmp_path / "sheet.pdf"
    assert main(["sheet", str(example), "-o", str(out), "--language", "de"]) == 0
    text = pdf_text(out)
    assert "Seite 1 von" in text
    assert "Befunde mit Handlungsbedarf" in text
    assert b"/Lang (de)" in out.read_bytes()
    told = capsys.readouterr().err
    assert ("not translated and shown in English" in told) == ("teilweise auf Englisch" in text)


def test_an_assessment_in_german_keeps_its_ids(capsys: Captured, example: Path) -> None:
    assert main(["assess", str(example), "--language", "de"]) == 0
    assert "Was noch fehlt, nach Entscheidung" in capsys.readouterr().out
    documents = []
    for language in ("en", "de"):
        assert main(["assess", str(example), "--json", "--language", language]) == 0
        documents.append(json.loads(capsys.readouterr().out))
    english, german = documents
    assert [finding["id"] for finding in german["findings"]] == [f["id"] for f in english["findings"]]
    assert german["undecided"] == english["undecided"]
    assert german["missing"] == english["missing"]


def test_a_language_that_is_not_there_is_answered_with_those_that_are(
    capsys: Captured, example: Path, tmp_path: Path
) -> None:
    out = tmp_path / "sheet.pdf"
    for command in (["assess", str(example)], ["sheet", str(example), "-o", str(out)]):
        assert main([*command, "--language", "fr"]) == 1
        assert "There is no language “fr”. There are: de, en, en-US." in capsys.readouterr().err
    assert not out.exists()


def test_protocol_check_lists_what_is_not_translated(capsys: Captured, tmp_path: Path) -> None:
    (tmp_path / "texts" / "qaa").mkdir(parents=True)
    (tmp_path / "ours.toml").write_text('[[sources]]\nid = "S901"\ncite = "Ours"\n')
    file = tmp_path / "texts" / "qaa" / "patient.toml"
    file.write_text('[items.weight]\nasks = ["Mass", "Gewicht"]\n')
    check = ["protocol", "check", str(tmp_path), "--language", "qaa"]
    assert main(check) == 0
    told = capsys.readouterr().out
    assert "texts/qaa/patient.toml:2: items.weight.asks is stale." in told
    assert "items.height.asks is not translated: “Height”." in told
    assert "stale: 1, missing:" in told
    file.write_text('[items.weigth]\nasks = ["Weight", "Gewicht"]\n')
    assert main(check) == 1
    assert "did you mean weight?" in capsys.readouterr().err
    assert main(["protocol", "check", "--language", "xx"]) == 1
    assert "There is no language “xx”." in capsys.readouterr().err


def test_protocol_texts_writes_what_a_translator_fills_in(capsys: Captured, tmp_path: Path) -> None:
    assert main(["protocol", "texts", "--language", "qaa"]) == 0
    assert "# units.toml" in capsys.readouterr().out
    assert main(["protocol", "texts", "--language", "qaa", "-o", str(tmp_path)]) == 0
    assert "[items.weight]" in (tmp_path / "patient.toml").read_text()
    assert main(["protocol", "texts", "--language", "qaa", "-o", str(tmp_path / "nowhere")]) == 1
    assert "does not exist" in capsys.readouterr().err


def test_another_protocol_can_be_used_for_one_run(capsys: Captured, tmp_path: Path) -> None:
    small = Path(__file__).parent / "small_protocol"
    path = tmp_path / "w.rlsworkup"
    path.write_text('{"format": "rls-workup/1", "answers": {"urge": "yes"}}')
    for arguments in (
        ["--protocol", str(small), "assess", str(path)],
        ["assess", str(path), "--protocol", str(small)],
    ):
        assert main(arguments) == 0
        assert "1 answered" in capsys.readouterr().out


def test_a_store_of_an_earlier_version_is_told_of(capsys: Captured, tmp_path: Path) -> None:
    old = shutil.copy(Path(__file__).parent / "samples" / "store-schema-3.db", tmp_path / "workups.db")
    said = []
    for _time in range(2):
        assert main(["worklist", "--store", str(old)]) == 0
        said.append(capsys.readouterr().err)
    assert said[0] == f"A backup of the store {old} is made, then it is brought to this version.\n{said[1]}"


def test_the_worklist_lists_the_store(capsys: Captured, tmp_path: Path) -> None:
    place = tmp_path / "workups.db"
    store = open_store(place)
    for number in range(120):
        listed = Summary(
            "in-progress", family_name=f"Name{number}", next_step="B12 pending\x1b", awaited=number % 2
        )
        store.save(f"w{number}", 0, "{}", listed, "me", "here", "edit")
    store.close()
    assert main(["worklist", "--store", str(place)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 120
    assert "[U+001B]" in lines[0]
    assert main(["--store", str(place), "worklist", "--json", "--search", "name7", "--pending"]) == 0
    listed_json = json.loads(capsys.readouterr().out)
    assert {row["family_name"] for row in listed_json["workups"]} == {
        "Name7",
        *(f"Name{number}" for number in range(71, 80, 2)),
    }


@pytest.mark.parametrize("content", [b"", b"not a database" * 100, None])
def test_a_store_that_is_none_is_a_sentence(capsys: Captured, tmp_path: Path, content: bytes | None) -> None:
    place = tmp_path / "workups.db"
    place.mkdir() if content is None else place.write_bytes(content)
    assert main(["worklist", "--store", str(place)]) == 1
    assert "Traceback" not in capsys.readouterr().err
    assert content is None or place.read_bytes() == content


@pytest.mark.parametrize(
    "arguments", [["assess"], ["sheet", "x"], ["assess", "x", "--nonsense"], ["protocol"], ["backup"]]
)
def test_wrong_usage_is_status_2(arguments: list[str]) -> None:
    try:
        status = main(arguments)
    except SystemExit as stopped:
        status = int(str(stopped.code))
    assert status == 2


@pytest.mark.parametrize(
    ("arguments", "command"),
    [
        ([], False),
        (["a.rlsworkup"], False),
        (["--store", "assess"], False),
        (["--store", "x", "assess", "y"], True),
        (["--version"], True),
        (["demo"], True),
    ],
)
def test_the_window_and_the_commands_are_told_apart(arguments: list[str], command: bool) -> None:
    assert names_command(arguments) is command
    assert first_word(["--store", "x", "assess"]) == "assess"


def test_a_mistake_of_ours_is_told_without_its_text(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: object) -> int:
        raise RuntimeError(SECRET)

    monkeypatch.setattr("rls_workup.cli.run", broken)
    assert main(["demo"]) == 1
    told = capsys.readouterr().err
    assert "RuntimeError at test_cli.py" in told
    assert SECRET not in told


def test_the_commands_do_without_qt_and_with_an_old_terminal(tmp_path: Path, example: Path) -> None:
    code = (
        "import sys; from rls_workup.__main__ import main\n"
        "sys.modules['PySide6'] = None\n"
        f"assert main(['assess', {str(example)!r}]) == 0\n"
        f"assert main(['sheet', {str(example)!r}, '-o', 'x.pdf']) == 0\n"
        "assert main(['worklist', '--store', 'w.db']) == 0\n"
        "assert main(['demo']) == 0\n"
    )
    environment = {**os.environ, "PYTHONIOENCODING": "latin-1", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()


def test_output_that_nobody_reads_is_no_traceback(example: Path) -> None:
    command = f"{sys.executable} -m rls_workup assess {example} | head -c 1 >/dev/null"
    done = subprocess.run(["sh", "-c", command], cwd=ROOT, capture_output=True, check=False)
    assert b"Traceback" not in done.stderr
    assert b"Exception" not in done.stderr


@pytest.mark.parametrize("command", [["assess"], ["assess", "--json"], ["sheet", "-o", "OUT"]])
def test_a_file_of_an_older_protocol_is_read_under_the_one_at_hand_and_says_so(
    capsys: Captured, tmp_path: Path, example: Path, command: list[str]
) -> None:
    document = json.loads(example.read_text())
    document["protocol"]["version"] = "2025.01"
    example.write_text(json.dumps(document))
    out = str(tmp_path / "out.pdf")
    assert main([command[0], str(example), *(out if word == "OUT" else word for word in command[1:])]) == 0
    assert "Filled in under protocol 2025.01, read here under 2026.11." in capsys.readouterr().err
    if "sheet" in command:
        assert "filled in under 2025.01" in pdf_text(tmp_path / "out.pdf")


def test_the_practices_own_choice_holds_without_naming_it(
    capsys: Captured, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "rls_workup.cli.protocol_words.default_practice_folder", lambda: tmp_path / "protocol"
    )
    path = tmp_path / "w.rlsworkup"
    answers = {"b12_total": {"value": 190, "unit": "pg/mL"}}
    path.write_text(json.dumps({"format": "rls-workup/1", "answers": answers}))
    assert main(["assess", str(path)]) == 0
    before = capsys.readouterr().out
    assert "Vitamin B12 is read by NICE NG239 first.\n" in before
    assert before.index("[b12_indeterminate_nice]") < before.index("[b12_deficient_us]")
    write_choices(tmp_path / "protocol", {"vitamin_b12": "us"})
    assert main(["assess", str(path)]) == 0
    after = capsys.readouterr().out
    assert "Vitamin B12 is read by US usage first, as this practice chose.\n" in after
    assert after.index("[b12_deficient_us]") < after.index("[b12_indeterminate_nice]")
    assert main(["sheet", str(path), "-o", str(tmp_path / "s.pdf")]) == 0
    assert "Vitamin B12 is read by US usage first, as this practice chose." in pdf_text(tmp_path / "s.pdf")


def test_a_store_on_a_server_is_listed_and_verified(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    with closing(open_store(address)) as store:
        store.save("w1", 0, "{}", Summary("in-progress", "Brown", "Margaret"), "Dr Who", "Room 1")
    assert main(["--store", address, "worklist"]) == 0
    assert "Brown, Margaret" in capsys.readouterr().out
    assert main(["--store", address, "verify"]) == 0
    assert "1 work-up" in capsys.readouterr().out


def test_a_server_that_cannot_be_trusted_is_a_sentence_without_the_password(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["--store", "postgresql://anna:ZZQXSECRET@server.example/rls", "worklist"]) == 1
    told = capsys.readouterr().err
    assert "verify-full" in told
    assert "ZZQXSECRET" not in told
