"""What opens a store: its account, a passphrase, the recovery code; and what is said when nothing does."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from rls_workup.errors import Locked, NoKeys, StoreTrouble, WrongPassphrase
from rls_workup.store import Store, Summary, open_store
from rls_workup.store.keyfile import keys_path, load_keys
from rls_workup.store.recovery import recovery_groups
from rls_workup.store.sealing import Cost
from rls_workup.store.unlocking import (
    key_for,
    open_unlocked,
    open_with,
    opening_for,
    unlocked,
    unlocked_by_code,
    unlocked_quietly,
    users_of,
)
from rls_workup.store.users import (
    fault_of_passphrase,
    protection_of,
    remove_user,
    set_passphrase,
    set_passphrase_by_code,
)

CHEAP = Cost(n=2**10)
ANN, BOB = "correct horse battery", "another long passphrase"
SECRET = "ZZQXSECRET"


@pytest.fixture
def where(tmp_path: Path) -> Path:
    return tmp_path / "s" / "w.db"


@pytest.fixture
def key(where: Path) -> bytearray:
    """The key of a store that was just made and holds one work-up."""
    store = open_unlocked(where)
    store.save("w1", 0, f'{{"name": "{SECRET}"}}', Summary("in-progress", SECRET), "Ann", "Room 1")
    store.close()
    found = key_for(where)
    assert found is not None
    return found


def names(store: Store) -> list[str]:
    try:
        return [row.family_name for row in store.page().rows]
    finally:
        store.close()


def test_a_new_store_is_encrypted_from_its_first_byte(where: Path, key: bytearray) -> None:
    content = where.read_bytes()
    assert not content.startswith(b"SQLite format")
    assert SECRET.encode() not in content
    assert names(open_unlocked(where)) == [SECRET]
    assert len(key) == 32
    assert stat.S_IMODE(where.stat().st_mode) == stat.S_IMODE(keys_path(where).stat().st_mode) == 0o600
    assert stat.S_IMODE(where.parent.stat().st_mode) == 0o700


def test_without_a_passphrase_the_account_opens_it(where: Path, key: bytearray) -> None:
    protection = protection_of(where)
    assert (protection.encrypted, protection.by_account_only, protection.users) == (True, True, ())
    assert opening_for(where).user == ""


def test_a_passphrase_opens_it_and_nothing_else_does(where: Path, key: bytearray) -> None:
    set_passphrase(where, key, "Ann", ANN, CHEAP)
    assert key.hex() not in keys_path(where).read_text()
    assert unlocked_quietly(where) is None
    assert key_for(where, lambda _users: ANN) == key
    with pytest.raises(Locked, match="opens with a passphrase"):
        key_for(where)
    with pytest.raises(WrongPassphrase, match="not the right one"):
        key_for(where, lambda _users: "something else now")
    assert names(open_unlocked(where, lambda _users: ANN)) == [SECRET]
    assert not protection_of(where).by_account_only


def test_each_user_has_a_passphrase_of_their_own(where: Path, key: bytearray) -> None:
    set_passphrase(where, key, "Ann", ANN, CHEAP)
    set_passphrase(where, key, "Bob", BOB, CHEAP)
    asked: list[tuple[str, ...]] = []
    opening = opening_for(where, lambda users: asked.append(users) or BOB)  # type: ignore[func-returns-value]
    assert (opening.key, opening.user, asked) == (key, "Bob", [("Ann", "Bob")])
    assert unlocked(where, ANN, "ann").user == "Ann"
    for passphrase, user in ((BOB, "Ann"), (ANN, "Nobody")):
        with pytest.raises(WrongPassphrase):
            unlocked(where, passphrase, user)


def test_a_passphrase_is_changed_without_writing_the_store_anew(where: Path, key: bytearray) -> None:
    set_passphrase(where, key, "Ann", ANN, CHEAP)
    before = where.read_bytes()
    set_passphrase(where, key, "Ann", BOB, CHEAP)
    assert where.read_bytes() == before
    assert users_of(where) == ("Ann",)
    assert unlocked(where, BOB).key == key
    with pytest.raises(WrongPassphrase):
        unlocked(where, ANN)


def test_a_user_is_removed_but_never_the_last(where: Path, key: bytearray) -> None:
    set_passphrase(where, key, "Ann", ANN, CHEAP)
    set_passphrase(where, key, "Bob", BOB, CHEAP)
    remove_user(where, "ann")
    assert users_of(where) == ("Bob",)
    for user, said in (("Bob", "last passphrase"), ("Ann", "no user")):
        with pytest.raises(StoreTrouble, match=said):
            remove_user(where, user)


@pytest.mark.parametrize(
    ("passphrase", "fine"), [("x" * 11, False), ("x" * 12, True), ("", False), ("äöü" * 4, True)]
)
def test_a_passphrase_has_twelve_characters(passphrase: str, fine: bool) -> None:
    assert (fault_of_passphrase(passphrase) == "") == fine


@pytest.mark.parametrize("name", ["", "  ", "x" * 81, "a\u202eb", "a\x00b"])
def test_a_name_that_cannot_be_shown_is_refused(where: Path, key: bytearray, name: str) -> None:
    with pytest.raises(StoreTrouble, match="Give a name"):
        set_passphrase(where, key, name, ANN, CHEAP)
    assert protection_of(where).by_account_only


def test_a_foreign_key_seals_nothing(where: Path, key: bytearray) -> None:
    with pytest.raises(NoKeys):
        set_passphrase(where, os.urandom(32), "Ann", ANN, CHEAP)


def test_lost_keys_damaged_keys_wrong_passphrase_and_damaged_store_are_four_sentences(
    where: Path, key: bytearray
) -> None:
    set_passphrase(where, key, "Ann", ANN, CHEAP)
    good = keys_path(where).read_text()
    said = set()

    def told(passphrase: str = ANN) -> str:
        with pytest.raises(StoreTrouble) as trouble:
            open_unlocked(where, lambda _users: passphrase).close()
        said.add(str(trouble.value))
        return str(trouble.value)

    assert "not the right one" in told("wrong passphrase")
    keys_path(where).write_text(good.replace("Ann", "Abb"))
    assert "is damaged; the store itself may be well" in told()
    keys_path(where).unlink()
    assert "not beside it" in told()
    keys_path(where).write_text(good)
    with open(where, "r+b") as file:
        file.seek(100)
        file.write(os.urandom(64))
    assert "The store" in told()
    assert "is damaged, or w.db.keys beside it belongs to another store" in told()
    assert len(said) == 4


def test_the_recovery_code_opens_the_store_with_and_without_its_keys_file(
    where: Path, key: bytearray
) -> None:
    code = " ".join(recovery_groups(key))
    set_passphrase(where, key, "Ann", ANN, CHEAP)
    keys_path(where).unlink()
    opening = unlocked_by_code(where, code)
    assert opening.key == key
    assert opening.key is not None
    set_passphrase_by_code(where, opening.key, "Ann", BOB, CHEAP)
    assert names(open_unlocked(where, lambda _users: BOB)) == [SECRET]
    keys_path(where).write_text("damaged")
    set_passphrase_by_code(where, key, "Bob", BOB, CHEAP)
    set_passphrase_by_code(where, key, "Ann", ANN, CHEAP)
    assert users_of(where) == ("Bob", "Ann")


def test_the_code_of_another_store_is_refused(where: Path, key: bytearray) -> None:
    with pytest.raises(WrongPassphrase, match="belongs to another store"):
        unlocked_by_code(where, "".join(recovery_groups(os.urandom(32))))


def test_a_store_that_was_never_encrypted_opens_as_it_is(where: Path) -> None:
    open_store(where).close()
    assert key_for(where) is None
    open_unlocked(where).close()
    assert where.read_bytes().startswith(b"SQLite format")
    assert not keys_path(where).exists()
    assert not protection_of(where).encrypted


def test_an_encryption_that_was_cut_off_still_opens(where: Path, key: bytearray) -> None:
    where.unlink()
    open_store(where).close()
    open_unlocked(where).close()
    assert where.read_bytes().startswith(b"SQLite format")


def test_a_lost_store_is_not_taken_for_a_new_one(where: Path, key: bytearray) -> None:
    set_passphrase(where, key, "Ann", ANN, CHEAP)
    where.unlink()
    with pytest.raises(StoreTrouble, match="but the store is not"):
        open_unlocked(where, lambda _users: ANN)
    assert not where.exists()


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4" + b"x" * 5000, os.urandom(4096)])
def test_a_file_that_is_no_store_is_refused_and_left(where: Path, content: bytes) -> None:
    where.parent.mkdir()
    where.write_bytes(content)
    with pytest.raises(StoreTrouble, match=r"choose another file|cut short"):
        open_unlocked(where)
    assert where.read_bytes() == content
    assert [path.name for path in where.parent.iterdir()] == ["w.db"]


def test_a_folder_that_is_not_there_gets_no_keys(tmp_path: Path) -> None:
    with pytest.raises(StoreTrouble, match="does not exist"):
        open_unlocked(tmp_path / "none" / "s" / "w.db")
    assert not list(tmp_path.iterdir())


def test_whoever_opens_gets_the_same_key(where: Path) -> None:
    first, second = opening_for(where), opening_for(where)
    assert first == second
    open_with(where, first).close()
    open_with(where, second).close()
    keys = load_keys(where)
    assert keys is not None
    assert keys.account_key == first.key


def test_a_server_has_no_keys_file() -> None:
    assert key_for("postgresql://user@localhost/db") is None
    assert users_of("postgresql://user@localhost/db") == ()


OPENING = """
import sys
from rls_workup.store import Summary
from rls_workup.store.unlocking import open_unlocked
store = open_unlocked(sys.argv[1])
store.save(sys.argv[2], 0, "{}", Summary("in-progress"), "Ann", "Room 1")
store.close()
"""


def test_programs_that_begin_a_store_at_once_share_one_key(where: Path) -> None:
    where.parent.mkdir()
    each = [
        subprocess.Popen([sys.executable, "-c", OPENING, str(where), f"w{number}"]) for number in range(4)
    ]
    assert [one.wait(60) for one in each] == [0] * 4
    store = open_unlocked(where)
    assert store.count() == 4
    store.close()


CHANGING = """
import sys
from rls_workup.store.sealing import Cost
from rls_workup.store.unlocking import key_for
from rls_workup.store.users import set_passphrase
key = key_for(sys.argv[1], lambda _users: "correct horse battery")
print("begun", flush=True)
while True:
    set_passphrase(sys.argv[1], key, "Ann", "correct horse battery", Cost(n=2**10))
    set_passphrase(sys.argv[1], key, "Bob", "another long passphrase", Cost(n=2**10))
"""


def test_a_program_killed_while_it_changes_the_keys_locks_nobody_out(where: Path, key: bytearray) -> None:
    for round_ in range(12):
        victim = subprocess.Popen(
            [sys.executable, "-c", CHANGING, str(where)], stdout=subprocess.PIPE, text=True
        )
        assert victim.stdout is not None
        assert victim.stdout.readline() == "begun\n"
        time.sleep(round_ * 0.007)
        assert victim.poll() is None
        victim.kill()
        victim.wait()
        victim.stdout.close()
        assert key_for(where, lambda _users: ANN) == key
    assert names(open_unlocked(where, lambda _users: ANN)) == [SECRET]
    set_passphrase(where, key, "Bob", BOB, CHEAP)
    assert not list(where.parent.glob("*.new"))


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreTrouble, match="cannot be used: not a directory"):
        open_unlocked(tmp_path / "file" / "w.db")
    with pytest.raises(StoreTrouble, match=r"cannot be used|does not exist"):
        open_unlocked(Path("/proc/none/w.db"))
