"""After the first passphrase no backup of before opens the store without one."""

from __future__ import annotations

from pathlib import Path

import pytest

from rls_workup.errors import StoreTrouble
from rls_workup.store import Summary
from rls_workup.store.backup_file import unpack
from rls_workup.store.backups import back_up, folder_for
from rls_workup.store.keyfile import load_keys
from rls_workup.store.resealing import reseal_backups
from rls_workup.store.sealing import Cost
from rls_workup.store.unlocking import key_for, open_unlocked
from rls_workup.store.users import set_passphrase

ANN = "correct horse battery"


@pytest.fixture
def where(tmp_path: Path) -> Path:
    path = tmp_path / "w.db"
    store = open_unlocked(path)
    store.save("w1", 0, "{}", Summary("in-progress"), "Ann", "Room 1")
    store.close()
    return path


def key_of(where: Path) -> bytearray:
    found = key_for(where, lambda _users: ANN)
    assert found is not None
    return found


def test_a_backup_of_before_gets_the_passphrase_too(where: Path, tmp_path: Path) -> None:
    key = key_of(where)
    folder = folder_for(where)
    folder.mkdir()
    backup = folder / "one.rlsbackup"
    back_up(where, bytes(key), backup)
    assert key.hex().encode() in backup.read_bytes()
    with open(backup, "rb") as old:
        set_passphrase(where, key, "Ann", ANN, Cost(n=2**10))
        assert reseal_backups(where, [folder, tmp_path / "none"]) == []
        assert key.hex().encode() not in old.read()
    assert key.hex().encode() not in backup.read_bytes()
    assert [path.name for path in folder.iterdir()] == ["one.rlsbackup"]
    restored = tmp_path / "restored.db"
    unpack(backup, restored)
    keys = load_keys(restored)
    assert keys is not None
    assert keys.users == ("Ann",)
    store = open_unlocked(restored, lambda _users: ANN)
    assert store.check() == []
    assert store.count() == 1
    store.close()
    before = backup.stat()
    assert reseal_backups(where, [folder]) == []
    assert backup.stat().st_mtime_ns == before.st_mtime_ns


def test_another_stores_backup_and_a_damaged_one_are_left(where: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    open_unlocked(other).close()
    folder = folder_for(where)
    folder.mkdir()
    back_up(other, bytes(key_of(other)), folder / "other.rlsbackup")
    (folder / "text.rlsbackup").write_text("no backup")
    before = {path: path.read_bytes() for path in folder.iterdir()}
    set_passphrase(where, key_of(where), "Ann", ANN, Cost(n=2**10))
    assert reseal_backups(where, [folder]) == []
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


def test_without_a_passphrase_there_is_nothing_to_seal_with(where: Path) -> None:
    with pytest.raises(StoreTrouble, match="no passphrase yet"):
        reseal_backups(where, [])
