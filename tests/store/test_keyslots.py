"""The keys file: what is written is read, what was damaged is noticed, and two who change it lose nothing."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rls_workup.errors import NewerFormat, NoKeys, StoreTrouble
from rls_workup.store.keyfile import change_keys, keys_path, load_keys, replace_keys
from rls_workup.store.keyslots import Damaged, Keys, TooNew, check_of, first_keys, read_keys, written
from rls_workup.store.sealing import Cost, seal, unseal

KEY = bytes(range(32))
CHECK = check_of(KEY)
CHEAP = Cost(n=2**10)
NAMES = st.text(min_size=1, max_size=20)


def sealed(user: str, passphrase: str = "correct horse battery") -> Keys:
    return first_keys(KEY).with_passphrase(seal(KEY, user, passphrase, CHECK, CHEAP))


@given(st.lists(NAMES, max_size=4), NAMES)
def test_what_is_written_is_read(users: list[str], remembered: str) -> None:
    keys = first_keys(KEY)
    slot = seal(KEY, "x", "a passphrase", CHECK, CHEAP)
    for user in users:
        keys = keys.with_passphrase(slot._replace(user=user))
    keys = keys.remembering(remembered)
    assert read_keys(written(keys)) == keys


def test_the_first_passphrase_takes_the_open_key_away() -> None:
    assert first_keys(KEY).account_key == KEY
    assert KEY.hex() in written(first_keys(KEY))
    keys = sealed("Dr Who")
    assert keys.account_key is None
    assert KEY.hex() not in written(keys)


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("correct horse battery", True),
        ("Correct horse battery", False),
        ("correct horse battery ", False),
        ("", False),
        ("\ud800", False),
    ],
)
def test_only_the_passphrase_opens_its_slot(typed: str, right: bool) -> None:
    slot = seal(KEY, "Dr Who", "correct horse battery", CHECK, CHEAP)
    assert unseal(slot, typed, CHECK) == (KEY if right else None)


def test_an_accent_may_be_typed_in_either_way() -> None:
    slot = seal(KEY, "Dr Who", "caf\u00e9 au lait, deux", CHECK, CHEAP)
    assert unseal(slot, "cafe\u0301 au lait, deux", CHECK) == KEY


@pytest.mark.parametrize(
    "change", [{"user": "Dr What"}, {"made": "2020-01-01T00:00:00Z"}, {"n": 2**11}, {"p": 2}]
)
def test_what_is_sealed_with_the_key_cannot_be_changed(change: dict[str, object]) -> None:
    slot = seal(KEY, "Dr Who", "correct horse battery", CHECK, CHEAP)._replace(**change)  # type: ignore[arg-type]
    assert unseal(slot, "correct horse battery", CHECK) is None
    assert unseal(slot, "correct horse battery", "0" * 16) is None


@pytest.mark.parametrize(
    "change",
    [
        {"n": 2**30},
        {"n": 1000},
        {"n": 1},
        {"n": 0},
        {"r": 10**6},
        {"p": 9},
        {"r": 0},
        {"salt": "00"},
        {"nonce": ""},
    ],
)
def test_parameters_that_would_take_the_computer_are_refused(change: dict[str, object]) -> None:
    slot = seal(KEY, "Dr Who", "correct horse battery", CHECK, CHEAP)._replace(**change)  # type: ignore[arg-type]
    with pytest.raises(Damaged):
        unseal(slot, "correct horse battery", CHECK)


@given(st.data())
def test_each_changed_character_is_noticed(data: st.DataObject) -> None:
    text = written(TWO)
    at = data.draw(st.integers(0, len(text) - 2))
    other = data.draw(st.characters(codec="utf-8").filter(lambda sign: sign != text[at]))
    changed = text[:at] + other + text[at + 1 :]
    try:
        assert json.loads(changed) == json.loads(text)  # a blank between the words
    except ValueError:
        with pytest.raises(Damaged):
            read_keys(changed)
    except AssertionError:
        with pytest.raises((Damaged, TooNew)):
            read_keys(changed)


TWO = sealed("Ann").with_passphrase(seal(KEY, "Bob", "another long one", CHECK, CHEAP))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[]",
        "null",
        "[" * 100_000,
        '{"format": 1}',
        "\x00",
        "1e999",
        '{"slots": [1]}',
        "x" * 1_000_001,
    ],
)
def test_what_is_no_keys_file_is_damaged(text: str) -> None:
    with pytest.raises(Damaged):
        read_keys(text)


def test_users_are_told_apart_by_name_only() -> None:
    assert TWO.users == ("Ann", "Bob")
    assert TWO.slot_of(" ANN ") is not None
    assert TWO.without_user("ann").users == ("Bob",)
    assert TWO.remembering("Ann").without_user("ANN").remembered is None
    changed = TWO.with_passphrase(seal(KEY, "ANN", "now a third one", CHECK, CHEAP))
    assert changed.users == ("ANN", "Bob")


def test_the_file_is_for_its_owner_and_whole(tmp_path: Path) -> None:
    os.umask(0o000)
    store = tmp_path / "w.db"
    assert load_keys(store) is None
    assert change_keys(store, lambda _none: first_keys(KEY)) == load_keys(store)
    assert stat.S_IMODE(keys_path(store).stat().st_mode) == 0o600
    assert {path.name for path in tmp_path.iterdir()} == {"w.db.keys", ".w.db.keys.lock"}


def test_the_open_key_is_blotted_out_of_the_old_file(tmp_path: Path) -> None:
    store = tmp_path / "w.db"
    change_keys(store, lambda _none: first_keys(KEY))
    with open(keys_path(store), "rb") as before:
        change_keys(store, lambda _keys: sealed("Ann"))
        assert not before.read().strip(b"\0")
    assert load_keys(store) is not None


def test_a_damaged_file_and_a_newer_one_are_told_apart(tmp_path: Path) -> None:
    store = tmp_path / "w.db"
    keys_path(store).write_text("{")
    with pytest.raises(NoKeys, match="is damaged"):
        load_keys(store)
    keys_path(store).write_text('{"format": "rls-workup-keys/2"}')
    with pytest.raises(NewerFormat, match="newer version"):
        load_keys(store)
    assert keys_path(store).read_text() == '{"format": "rls-workup-keys/2"}'


def test_a_damaged_file_is_set_aside_not_deleted(tmp_path: Path) -> None:
    store = tmp_path / "w.db"
    keys_path(store).write_text("{")
    replace_keys(store, sealed("Ann"))
    kept = [path for path in tmp_path.iterdir() if ".damaged-" in path.name]
    assert [path.read_text() for path in kept] == ["{"]
    loaded = load_keys(store)
    assert loaded is not None
    assert loaded.users == ("Ann",)


ADDING = """
import sys
from pathlib import Path
from rls_workup.store.keyfile import change_keys
who = sys.argv[2]
for number in range(20):
    def added(keys):
        return keys.with_passphrase(keys.passphrases[0]._replace(user=f"{who}{number}"))
    change_keys(Path(sys.argv[1]), added)
"""


def test_two_programs_that_change_the_keys_at_once_lose_nothing(tmp_path: Path) -> None:
    store = tmp_path / "w.db"
    change_keys(store, lambda _none: sealed("first"))
    both = [subprocess.Popen([sys.executable, "-c", ADDING, str(store), who]) for who in ("a", "b")]
    assert [one.wait(60) for one in both] == [0, 0]
    keys = load_keys(store)
    assert keys is not None
    assert set(keys.users) == {"first"} | {f"{who}{number}" for who in "ab" for number in range(20)}


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreTrouble):
        change_keys(tmp_path / "none" / "w.db", lambda _none: first_keys(KEY))
