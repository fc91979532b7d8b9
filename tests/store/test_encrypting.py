"""A store that was never encrypted becomes one that is, whole, and the old one goes only when it is told to."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rls_workup.errors import StoreTrouble
from rls_workup.store import Summary, open_store
from rls_workup.store.encrypting import encrypt_store, remove_for_good
from rls_workup.store.keyfile import keys_path
from rls_workup.store.unlocking import key_for, open_unlocked

SECRET = "ZZQXSECRET"


@pytest.fixture
def where(tmp_path: Path) -> Path:
    path = tmp_path / "w.db"
    store = open_store(path)
    for number in range(30):
        for version in range(3):
            text = json.dumps({"name": SECRET, "version": version})
            store.save(f"w{number}", version, text, Summary("in-progress", SECRET), "Ann", "Room 1")
    store.keep_protocol("rls-adult", "2026.11", "text")
    store.close()
    return path


def test_it_is_the_same_store_and_nobody_can_read_it(where: Path) -> None:
    old = encrypt_store(where)
    assert SECRET.encode() not in where.read_bytes()
    assert SECRET.encode() in old.read_bytes()
    store = open_unlocked(where)
    assert store.count() == 30
    assert [revision.version for revision in store.revisions("w7")] == [1, 2, 3]
    assert store.protocol_text("rls-adult", "2026.11") == "text"
    assert store.check() == []
    store.close()
    remove_for_good(old)
    assert {path.name for path in where.parent.iterdir()} == {"w.db", "w.db.keys", ".w.db.keys.lock"}


def test_one_that_is_open_elsewhere_is_left(where: Path) -> None:
    other = open_store(where)
    with pytest.raises(StoreTrouble, match="open in another window"):
        encrypt_store(where)
    assert other.count() == 30
    other.close()
    assert not keys_path(where).exists()
    encrypt_store(where)


def test_after_an_attempt_that_was_cut_off_it_opens_and_can_be_encrypted(where: Path) -> None:
    plain = where.read_bytes()
    encrypt_store(where)
    key = key_for(where)
    where.write_bytes(plain)
    store = open_unlocked(where)
    assert store.count() == 30
    store.close()
    encrypt_store(where)
    assert key_for(where) == key
    open_unlocked(where).close()


def test_what_is_no_store_of_ours_is_refused(tmp_path: Path, where: Path) -> None:
    encrypt_store(where)
    for path in (where, tmp_path / "text"):
        if path != where:
            path.write_text("x" * 1000)
        before = path.read_bytes()
        with pytest.raises(StoreTrouble):
            encrypt_store(path)
        assert path.read_bytes() == before
