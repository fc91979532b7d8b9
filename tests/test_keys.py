"""`rls-workup keys` as a person uses it: files, the environment, a terminal; and the sheet that is printed."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest

from rls_workup.__main__ import main
from rls_workup.store import open_store
from rls_workup.store.recovery import LETTERS, key_from_code
from rls_workup.store.unlocking import key_for, open_unlocked, users_of

ANN, BOB = "correct horse battery", "another long passphrase"
Captured = pytest.CaptureFixture[str]


@pytest.fixture
def where(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("", "NEW_"):
        monkeypatch.delenv(f"RLS_WORKUP_{name}PASSPHRASE", raising=False)
    return tmp_path / "w.db"


def run(where: Path, *words: str | Path, **environment: str) -> int:
    before = dict(os.environ)
    os.environ.update({f"RLS_WORKUP_{name}": value for name, value in environment.items()})
    try:
        return main([*map(str, words), "--store", str(where)])
    finally:
        os.environ.clear()
        os.environ.update(before)


def test_users_come_change_and_go(where: Path, capsys: Captured, tmp_path: Path) -> None:
    assert run(where, "keys", "add", "Ann", NEW_PASSPHRASE=ANN) == 0
    assert run(where, "keys", "add", "Bob", NEW_PASSPHRASE=BOB, PASSPHRASE=ANN) == 0
    assert run(where, "keys", "list") == 0
    assert capsys.readouterr().out.splitlines()[1:] == ["Ann", "Bob"]
    file = tmp_path / "passphrase"
    file.write_text(f"{BOB}\n")
    assert run(where, "worklist", "--passphrase-file", file) == 0
    assert run(where, "keys", "change", "Bob", "--passphrase-file", file, NEW_PASSPHRASE=f"{BOB}!") == 0
    assert run(where, "worklist", "--passphrase-file", file) == 1
    assert "not the right one" in capsys.readouterr().err
    assert run(where, "keys", "remove", "Bob", PASSPHRASE=ANN) == 0
    assert users_of(where) == ("Ann",)


@pytest.mark.parametrize(
    ("words", "given", "said"),
    [
        (["worklist"], {}, "no terminal"),
        (["keys", "add", "Ann"], {"PASSPHRASE": ANN}, "already"),
        (["keys", "add", "Cem"], {"PASSPHRASE": ANN, "NEW_PASSPHRASE": "short"}, "12 characters"),
        (["keys", "add", "Cem"], {"PASSPHRASE": "wrong wrong wrong"}, "not the right one"),
        (["keys", "change", "Nobody"], {"PASSPHRASE": ANN}, "no user"),
        (["keys", "remove", "Ann"], {"PASSPHRASE": ANN}, "last passphrase"),
        (["keys", "recover", "Ann"], {"RECOVERY_CODE": "ABCD"}, "14 groups"),
        (["keys", "encrypt"], {}, "encrypted already"),
        (["keys", "list", "--store", "postgresql://u@localhost/d"], {}, "kept by the server"),
        (["worklist", "--passphrase-file", "/no/such/file"], {}, "could not be read"),
    ],
)
def test_what_cannot_be_done_is_said(
    where: Path, capsys: Captured, words: list[str], given: dict[str, str], said: str
) -> None:
    assert run(where, "keys", "add", "Ann", NEW_PASSPHRASE=ANN) == 0
    status = main(words) if "--store" in words else run(where, *words, **given)
    assert status == 1
    shown = capsys.readouterr().err
    assert said in shown
    assert ANN not in shown


def test_the_recovery_sheet_opens_the_store_when_all_else_is_lost(where: Path, tmp_path: Path) -> None:
    assert run(where, "keys", "add", "Ann", NEW_PASSPHRASE=ANN) == 0
    out = tmp_path / "sheet.pdf"
    assert run(where, "keys", "recovery", "-o", out, PASSPHRASE=ANN) == 0
    pdf = pypdfium2.PdfDocument(out.read_bytes())
    try:
        words = pdf[0].get_textpage().get_text_bounded().split()
    finally:
        pdf.close()
    code = "".join(word for word in words if len(word) == 4 and set(word) <= set(LETTERS))
    assert key_from_code(code) == key_for(where, lambda _users: ANN)
    (tmp_path / "w.db.keys").unlink()
    (tmp_path / "code").write_text(code)
    recover = ("keys", "recover", "Bob", "--code-file", tmp_path / "code")
    assert run(where, *recover, NEW_PASSPHRASE=BOB) == 0
    open_unlocked(where, lambda _users: BOB).close()


def test_a_store_from_before_is_encrypted(where: Path, capsys: Captured) -> None:
    open_store(where).close()
    assert run(where, "keys", "list") == 0
    assert "not encrypted" in capsys.readouterr().out
    assert run(where, "keys", "add", "Ann", NEW_PASSPHRASE=ANN) == 1
    assert run(where, "keys", "encrypt", "--delete-old") == 0
    assert not where.read_bytes().startswith(b"SQLite")
    assert not list(where.parent.glob("*unencrypted*"))
    assert run(where, "keys", "list") == 0
    assert "account alone" in capsys.readouterr().out


def test_at_a_terminal_it_is_asked_and_not_shown(where: Path) -> None:
    assert run(where, "keys", "add", "Ann", NEW_PASSPHRASE=ANN) == 0
    ours, theirs = pty.openpty()
    asked = subprocess.Popen(
        [sys.executable, "-m", "rls_workup", "worklist", "--store", str(where)],
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=theirs,
        text=True,
        start_new_session=True,
        cwd=Path(__file__).parent.parent,
    )
    os.close(theirs)
    shown = b""
    while b"Passphrase of Ann" not in shown:
        shown += os.read(ours, 1000)
    os.write(ours, f"{ANN}\n".encode())
    assert asked.wait(30) == 0
    shown += os.read(ours, 1000)
    os.close(ours)
    assert ANN.encode() not in shown
    assert b"0 work-ups" in shown
    assert asked.stdout is not None
    asked.stdout.close()
