"""The computer's keyring: used where it is a real one, never where it is none or a plain file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.chainer import ChainerBackend
from keyring.backends.fail import Keyring as NoKeyring
from keyring.errors import KeyringLocked, PasswordDeleteError

from rls_workup.errors import StoreTrouble
from rls_workup.store.remembering import keyring_is_real, remembered_key
from rls_workup.store.sealing import Cost
from rls_workup.store.unlocking import key_for, open_unlocked, opening_for, unlocked_quietly
from rls_workup.store.users import forget, protection_of, remember, remove_user, set_passphrase

CHEAP = Cost(n=2**10)


class Drawer(KeyringBackend):
    """A keyring that keeps its secrets in this process."""

    priority = 5.0

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.locked = False

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.locked:
            raise KeyringLocked
        self.kept[service, username] = password

    def get_password(self, service: str, username: str) -> str | None:
        if self.locked:
            raise KeyringLocked
        return self.kept.get((service, username))

    def delete_password(self, service: str, username: str) -> None:
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError


class PlainFile(Drawer):
    """What the package keyrings.alt offers: a file that anybody can read."""

    priority = 0.5


@pytest.fixture
def drawer() -> Iterator[Drawer]:
    before = keyring.get_keyring()
    made = Drawer()
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)


@pytest.fixture
def where(tmp_path: Path) -> Path:
    path = tmp_path / "w.db"
    open_unlocked(path).close()
    set_passphrase(path, key(path), "Ann", "correct horse battery", CHEAP)
    return path


def key(path: Path) -> bytearray:
    found = key_for(path, lambda _users: "correct horse battery")
    assert found is not None
    return found


def test_who_is_remembered_is_not_asked(where: Path, drawer: Drawer) -> None:
    remember(where, key(where), "Ann")
    opening = unlocked_quietly(where)
    assert opening is not None
    assert (opening.key, opening.user) == (key(where), "Ann")
    assert protection_of(where).remembered == "Ann"
    assert key(where).hex() not in (where.parent / "w.db.keys").read_text()


def test_who_is_forgotten_is_asked_again(where: Path, drawer: Drawer) -> None:
    remember(where, key(where), "Ann")
    forget(where)
    forget(where)
    assert unlocked_quietly(where) is None
    assert drawer.kept == {}
    assert opening_for(where, lambda _users: "correct horse battery").user == "Ann"


def test_a_user_who_is_removed_is_no_longer_remembered(where: Path, drawer: Drawer) -> None:
    set_passphrase(where, key(where), "Bob", "another long passphrase", CHEAP)
    remember(where, key(where), "Bob")
    remove_user(where, "bob")
    assert drawer.kept == {}
    assert unlocked_quietly(where) is None


def test_a_keyring_that_is_locked_or_has_another_key_is_passed_over(where: Path, drawer: Drawer) -> None:
    remember(where, key(where), "Ann")
    drawer.locked = True
    assert unlocked_quietly(where) is None
    with pytest.raises(StoreTrouble, match="refused"):
        remember(where, key(where), "Ann")
    drawer.locked = False
    for entry in drawer.kept:
        drawer.kept[entry] = bytes(32).hex()
    assert unlocked_quietly(where) is None
    assert remembered_key("0" * 16, "Ann") is None


@pytest.mark.parametrize("backend", [NoKeyring, PlainFile])
def test_where_there_is_no_real_keyring_nothing_is_remembered(
    where: Path, drawer: Drawer, backend: type[KeyringBackend]
) -> None:
    assert keyring_is_real()
    keyring.set_keyring(backend())
    assert not keyring_is_real()
    with pytest.raises(StoreTrouble, match="no keyring"):
        remember(where, key(where), "Ann")
    assert protection_of(where).remembered is None


def test_a_chain_is_as_good_as_its_best_part(drawer: Drawer) -> None:
    class Chain(ChainerBackend):
        backends = [PlainFile(), Drawer()]

    keyring.set_keyring(Chain())
    assert keyring_is_real()
    Chain.backends = [PlainFile()]
    assert not keyring_is_real()
