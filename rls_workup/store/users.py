"""Who can open a store: passphrases set, changed and taken away; the store itself is not written anew."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from rls_workup.errors import NoKeys, Sentence, StoreTrouble
from rls_workup.store.keyfile import change_keys, load_keys, lost_keys, replace_keys
from rls_workup.store.keyslots import Key, Keys, check_of, same_user
from rls_workup.store.place import path_of
from rls_workup.store.sealing import SHORTEST, USUAL, Cost, seal

LONGEST_NAME = 80  # characters


class Protection(NamedTuple):
    """How a store is protected, for showing."""

    encrypted: bool
    users: tuple[str, ...] = ()
    remembered: str | None = None
    check: str = ""

    @property
    def by_account_only(self) -> bool:
        """Whether whoever uses this computer account can read the store."""
        return not self.users


def protection_of(where: str | Path) -> Protection:
    """How the store in this file is protected. Raises NoKeys, NewerFormat or StoreTrouble."""
    keys = load_keys(path_of(where))
    if keys is None:
        return Protection(encrypted=False)
    return Protection(True, keys.users, keys.remembered, keys.check)


def fault_of_passphrase(passphrase: str) -> Sentence:
    """What is wrong with a new passphrase, in a sentence; "" when nothing is."""
    if len(passphrase) < SHORTEST:
        return Sentence(
            "A passphrase has at least {shortest} characters, such as four words. This one has fewer.",
            shortest=SHORTEST,
        )
    return Sentence("")


def set_passphrase(where: str | Path, key: Key, user: str, passphrase: str, cost: Cost = USUAL) -> None:
    """Give this user this passphrase, new or instead of the one before. `key` is the store's own.

    With the first one the key no longer lies in the open. Raises StoreTrouble or NoKeys.
    """
    name, path = _name(user), path_of(where)
    if fault := fault_of_passphrase(passphrase):
        raise StoreTrouble(fault.english, **fault.values)
    slot = seal(key, name, passphrase, check_of(key), cost)

    def changed(before: Keys | None) -> Keys:
        return _right(path, before, key).with_passphrase(slot)

    change_keys(path, changed)


def set_passphrase_by_code(
    where: str | Path, key: Key, user: str, passphrase: str, cost: Cost = USUAL
) -> None:
    """As `set_passphrase`, for who came with the recovery sheet: a keys file that is lost is made anew."""
    path = path_of(where)
    try:
        keys = load_keys(path)
    except NoKeys:
        keys = None
    if keys is None or keys.check != check_of(key):
        slot = seal(key, _name(user), passphrase, check_of(key), cost)
        replace_keys(path, Keys(check_of(key), (slot,)))
    else:
        set_passphrase(where, key, user, passphrase, cost)


def remove_user(where: str | Path, user: str) -> None:
    """Take a user's passphrase away. Raises StoreTrouble for the last one, or for nobody."""
    path = path_of(where)

    def changed(before: Keys | None) -> Keys:
        if before is None:
            raise lost_keys(path)
        if before.slot_of(user) is None:
            raise StoreTrouble("There is no user “{user}”. Choose one of the list.", user=user)
        if len(before.passphrases) == 1:
            raise StoreTrouble("The last passphrase stays: without it nobody opens the store. Add another.")
        return before.without_user(user)

    gone = load_keys(path)
    change_keys(path, changed)
    if gone is not None and gone.remembered is not None and same_user(gone.remembered) == same_user(user):
        from rls_workup.store.remembering import forget_key

        forget_key(gone.check, user)


def remember(where: str | Path, key: Key, user: str) -> None:
    """This computer's keyring opens the store for this user from now on. Raises StoreTrouble."""
    from rls_workup.store.remembering import remember_key

    path = path_of(where)
    remember_key(check_of(key), user, key)
    change_keys(path, lambda before: _right(path, before, key).remembering(user))


def forget(where: str | Path) -> None:
    """This computer's keyring opens the store no more."""
    from rls_workup.store.remembering import forget_key

    path = path_of(where)
    keys = load_keys(path)
    if keys is None or keys.remembered is None:
        return
    forget_key(keys.check, keys.remembered)
    change_keys(path, lambda before: (before or keys).remembering(None))


def _right(path: Path, keys: Keys | None, key: Key) -> Keys:
    if keys is None or keys.check != check_of(key):
        raise lost_keys(path)
    return keys


def _name(user: str) -> str:
    name = " ".join(user.split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise StoreTrouble("Give a name by which this person is known, at most 80 characters.")
    return name
