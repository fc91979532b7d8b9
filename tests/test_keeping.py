"""Backup, restore and verify on the command line: what they do, what they say, how they end."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from rls_workup.__main__ import main
from rls_workup.cli import keeping
from rls_workup.store import Store, Summary
from rls_workup.store.accesses import newest_accesses
from rls_workup.store.backups import back_up_by_itself
from rls_workup.store.unlocking import key_for, open_unlocked
from rls_workup.store.users import set_passphrase

Captured = pytest.CaptureFixture[str]
NAME = "ZZQXSECRET"


def save(store: Store, workup_id: str, base: int = 0) -> None:
    document = json.dumps({"id": workup_id, "base": base, "name": NAME})
    store.save(workup_id, base, document, Summary("in-progress", NAME), "Dr Who", "Room 1")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    path = tmp_path / "workups.db"
    store = open_unlocked(path)
    save(store, "w1")
    save(store, "w2")
    store.close()
    return path


def ids(path: Path) -> list[str]:
    store = open_unlocked(path)
    found = sorted(row.id for row in store.page().rows)
    store.close()
    return found


def work_on(path: Path) -> None:
    store = open_unlocked(path)
    save(store, "w1", 1)
    save(store, "w3")
    store.close()


def test_there_and_back(place: Path, capsys: Captured) -> None:
    out = place.parent / "out.rlsbackup"
    assert main(["backup", str(out), "--store", str(place)]) == 0
    said = capsys.readouterr().err
    assert "2 work-ups" in said
    assert "whoever has this file can read it" in said
    work_on(place)
    assert main(["--store", str(place), "restore", str(out), "--yes"]) == 0
    told = capsys.readouterr().err
    assert "w1 of" in told
    assert "goes back from version 2 to 1" in told
    assert "w3 of" in told
    assert "is not in the backup" in told
    assert NAME not in told
    assert ids(place) == ["w1", "w2"]
    (aside,) = place.parent.glob("*.replaced-*Z")
    assert str(aside) in told
    store = open_unlocked(place)
    assert [entry.what for entry in newest_accesses(store.engine)] == ["restore"]
    store.close()


def test_a_backup_into_a_folder_gets_a_name(place: Path) -> None:
    folder = place.parent / "out"
    folder.mkdir()
    assert main(["backup", str(folder), "--store", str(place)]) == 0
    assert len(list(folder.glob("workups-*-asked.rlsbackup"))) == 1


def test_without_a_word_nothing_is_restored(
    place: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = place.parent / "out.rlsbackup"
    main(["backup", str(out), "--store", str(place)])
    work_on(place)
    with open(os.devnull) as nothing:
        monkeypatch.setattr("sys.stdin", nothing)
        assert main(["restore", str(out), "--store", str(place)]) == 1
    assert "add --yes" in capsys.readouterr().err
    assert ids(place) == ["w1", "w2", "w3"]


def test_verify_is_0_when_in_order_and_1_with_a_sentence_when_not(place: Path, capsys: Captured) -> None:
    assert main(["verify", "--store", str(place)]) == 0
    assert "is in order: 2 work-ups, 2 versions." in capsys.readouterr().out
    store = open_unlocked(place)
    store._connection.execute("UPDATE workup SET document = '{}' WHERE id = 'w2'")
    store.close()
    assert main(["verify", "--store", str(place)]) == 1
    told = capsys.readouterr()
    assert "Work-up w2: what is kept now is not what was saved last" in told.err
    assert (told.out, NAME in told.err) == ("", False)
    with pytest.raises(SystemExit) as ended:
        main(["verify", "--no-such-word"])
    assert ended.value.code == 2


@pytest.mark.parametrize("page", [2, 5, 9, 14])
def test_verify_tells_one_wrong_bit_in_a_page_and_names_the_newest_backup(
    place: Path, page: int, capsys: Captured
) -> None:
    back_up_by_itself(place, key_for(place), "day")
    data = bytearray(place.read_bytes())
    data[page * 4096 + 1000] ^= 1
    place.write_bytes(data)
    assert main(["verify", "--store", str(place)]) == 1
    told = capsys.readouterr()
    assert "is damaged" in told.err
    assert "rls-workup restore " in told.err
    assert ("made a mistake" in told.err, told.out) == (False, "")


def test_verify_against_a_backup_tells_a_rewritten_history(place: Path, capsys: Captured) -> None:
    out = place.parent / "out.rlsbackup"
    main(["backup", str(out), "--store", str(place)])
    assert main(["verify", "--store", str(place), "--against", str(out)]) == 0
    store = open_unlocked(place)
    store._connection.execute("DROP TRIGGER revision_is_not_deleted")
    store._connection.execute("DELETE FROM revision WHERE workup_id = 'w2'")
    store._connection.execute("DELETE FROM workup WHERE id = 'w2'")
    store.save("w2", 0, "{}", Summary("x"), "", "")
    store.close()
    assert main(["verify", "--store", str(place)]) == 0
    assert main(["verify", "--store", str(place), "--against", str(out)]) == 1
    assert "its history was rewritten" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["backup", "out"], ["verify"]])
def test_a_store_that_is_not_there_is_not_made(tmp_path: Path, words: list[str], capsys: Captured) -> None:
    assert main([*words, "--store", str(tmp_path / "none.db")]) == 1
    assert "There is no store" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("words", [["backup", "out"], ["restore", "out"]])
def test_a_server_has_its_own_tools(words: list[str], capsys: Captured) -> None:
    assert main([*words, "--store", "postgresql://127.0.0.1/none"]) == 1
    assert "pg_dump" in capsys.readouterr().err


def test_a_damaged_store_is_named_and_the_newest_backup_offered(place: Path, capsys: Captured) -> None:
    back_up_by_itself(place, key_for(place), "day")
    data = bytearray(place.read_bytes())
    data[100:140] = bytes(40)
    place.write_bytes(data)
    assert main(["worklist", "--store", str(place)]) == 1
    told = capsys.readouterr().err
    assert "is damaged" in told
    offered = told.split("rls-workup restore ")[1].strip()
    assert "(2 work-ups)" in told
    assert main(["restore", offered, "--yes", "--store", str(place)]) == 0
    assert "cannot be read" in capsys.readouterr().err
    assert ids(place) == ["w1", "w2"]
    assert len(list(place.parent.glob("*.damaged-*Z"))) == 1


def test_without_any_backup_that_is_said(place: Path, capsys: Captured) -> None:
    place.write_bytes(b"x")
    assert main(["verify", "--store", str(place)]) == 1
    assert "No backup of it was found." in capsys.readouterr().err


def test_a_passphrase_changed_since_the_backup_is_the_one_that_counts(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    out = place.parent / "out.rlsbackup"
    key = key_for(place)
    assert key is not None
    set_passphrase(place, key, "Ann", "correct horse battery")
    monkeypatch.setenv("RLS_WORKUP_PASSPHRASE", "correct horse battery")
    assert main(["backup", str(out), "--store", str(place)]) == 0
    assert "whoever has this file" not in capsys.readouterr().err
    set_passphrase(place, key, "Ann", "another staple battery")
    monkeypatch.setenv("RLS_WORKUP_PASSPHRASE", "another staple battery")
    assert main(["restore", str(out), "--yes", "--store", str(place)]) == 0
    assert main(["verify", "--store", str(place)]) == 0
    elsewhere = place.parent / "elsewhere"
    elsewhere.mkdir()
    assert main(["restore", str(out), "--yes", "--store", str(elsewhere / "workups.db")]) == 1
    monkeypatch.setenv("RLS_WORKUP_PASSPHRASE", "correct horse battery")
    assert main(["restore", str(out), "--yes", "--store", str(elsewhere / "workups.db")]) == 0


def test_many_that_would_be_missing_are_cut_short(place: Path) -> None:
    from rls_workup.store.backup_file import Manifest
    from rls_workup.store.restoring import Comparison, Missing

    at = "2026-11-22T10:42:07Z"
    manifest = Manifest(at, "0", "day", 2, 1, 1, at, "", True, 1, "")
    lost = tuple(Missing(f"w{number}", 0, 1, at, NAME, "") for number in range(25))
    lines = keeping.comparison_lines(Comparison(manifest, "in order", lost))
    assert lines[-1] == "  and 5 more"
    assert NAME not in "\n".join(lines)


def test_a_store_on_a_server_is_verified_too(address: str, capsys: Captured) -> None:
    from rls_workup.store import open_store

    store = open_store(address)
    save(store, "w1")
    store.close()
    assert main(["verify", "--store", address]) == 0
    assert "is in order: 1 work-up, 1 version." in capsys.readouterr().out
