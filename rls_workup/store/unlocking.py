"""From a store's place to its key: made for a new store, lying open, remembered, or by a passphrase."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from rls_workup.errors import Locked, StoreDamaged, StoreTrouble, WrongPassphrase
from rls_workup.store.connection import is_plain, key_fits
from rls_workup.store.keyfile import change_keys, damaged_keys, load_keys, lost_keys
from rls_workup.store.keyslots import KEY_BYTES, Damaged, Keys, PassphraseSlot, check_of, first_keys
from rls_workup.store.opening import Renew, at_once
from rls_workup.store.place import make_folder, path_of
from rls_workup.store.server_address import is_address
from rls_workup.store.store import Store, open_store
from rls_workup.store.whereabouts import refuse_shared_place

Ask = Callable[[tuple[str, ...]], str]
"""Asks for a passphrase; given the names of the users, any of whom may answer, or the address of a server."""


class Opening(NamedTuple):
    """What opens a store: its key (None: it is not encrypted) and the name of who opened it ("": no name)."""

    key: bytearray | None
    user: str = ""


def key_for(where: str | Path, ask: Ask | None = None) -> bytearray | None:
    """The key of the store at `where`, None where it has none; a new store gets one here.

    Raises Locked where a passphrase is needed and `ask` is None, WrongPassphrase, NoKeys or StoreTrouble.
    """
    return opening_for(where, ask).key


def opening_for(where: str | Path, ask: Ask | None = None) -> Opening:
    """As `key_for`, with the name of the user."""
    opening = unlocked_quietly(where)
    if opening is not None:
        return opening
    users = users_of(where)
    if ask is None:
        raise Locked("The store {path} opens with a passphrase.", path=path_of(where))
    return unlocked(where, ask(users))


def open_unlocked(where: str | Path, ask: Ask | None = None, renew: Renew = at_once) -> Store:
    """Open the store at `where`, made and encrypted when there is none. Raises as `key_for`, `open_store`."""
    if is_address(where):
        return open_store(where, None, None if ask is None else lambda shown: ask((shown,)))
    return open_with(where, opening_for(where, ask), renew)


def open_with(where: str | Path, opening: Opening, renew: Renew = at_once) -> Store:
    """Open the store with what was found to open it. Raises as `open_store`."""
    try:
        return open_store(where, opening.key, renew=renew)
    except StoreTrouble as trouble:
        if opening.key is None or getattr(trouble.__cause__, "sqlite_errorname", "") != "SQLITE_NOTADB":
            raise
        path = path_of(where)
        if is_plain(path):  # the program ended while it was being encrypted
            return open_store(path, renew=renew)
        raise StoreDamaged(
            "The store {path} is damaged, or {name}.keys beside it belongs to another store: that"
            " key does not open it. Put the right keys file back, or leave the file as it is and "
            "open a backup.",
            path=path,
            name=path.name,
        ) from trouble.__cause__


def unlocked_quietly(where: str | Path) -> Opening | None:
    """The opening where nobody need be asked, None where a passphrase is needed; a new store gets its key.

    Raises NoKeys, NewerFormat or StoreTrouble.
    """
    if is_address(where):
        return Opening(None)
    path = path_of(where)
    keys = load_keys(path)
    if keys is None:
        return _without_keys_file(path)
    _refuse_lost_store(path, keys)
    if keys.account_key is not None:
        return Opening(keys.account_key)
    return _remembered(keys)


def _without_keys_file(path: Path) -> Opening:
    if not os.path.lexists(path):
        return Opening(_new_key(path))
    if not path.is_file() or is_plain(path) or path.stat().st_size < 512:
        return Opening(None)  # what is wrong with it, opening it will say
    raise lost_keys(path)


def _new_key(path: Path) -> bytearray:
    refuse_shared_place(path)  # before a key is left there
    make_folder(path.parent)

    def first(before: Keys | None) -> Keys:
        return before or first_keys(os.urandom(KEY_BYTES))

    key = change_keys(path, first).account_key
    if key is None:  # another program was quicker, and its person too
        raise Locked("The store {path} opens with a passphrase.", path=path)
    return key


def _refuse_lost_store(path: Path, keys: Keys) -> None:
    if keys.passphrases and not os.path.lexists(path):
        raise StoreTrouble(
            "The keys of the store {path} are there, but the store is not. Put the file back, or "
            "restore a backup. To begin an empty store, move {name}.keys elsewhere first.",
            path=path,
            name=path.name,
        )


def _remembered(keys: Keys) -> Opening | None:
    if keys.remembered is None:
        return None
    from rls_workup.store.remembering import remembered_key

    key = remembered_key(keys.check, keys.remembered)
    return None if key is None else Opening(key, keys.remembered)


def users_of(where: str | Path) -> tuple[str, ...]:
    """Those who have a passphrase for the store. Raises NoKeys, NewerFormat or StoreTrouble."""
    keys = None if is_address(where) else load_keys(path_of(where))
    return keys.users if keys else ()


def unlocked(where: str | Path, passphrase: str, user: str = "") -> Opening:
    """What this passphrase of one user opens, or of any without a name. Raises WrongPassphrase or NoKeys."""
    path = path_of(where)
    keys = load_keys(path)
    if keys is None:
        raise lost_keys(path)
    slots = keys.passphrases
    if user:
        own = keys.slot_of(user)
        slots = () if own is None else (own,)
    for slot in slots:
        key = _tried(path, keys, slot, passphrase)
        if key is not None:
            return Opening(key, slot.user)
    raise WrongPassphrase("This passphrase is not the right one. Look at capital letters, then try again.")


def _tried(path: Path, keys: Keys, slot: PassphraseSlot, passphrase: str) -> bytearray | None:
    from rls_workup.store.sealing import unseal

    try:
        key = unseal(slot, passphrase, keys.check)
    except (Damaged, ValueError):
        raise damaged_keys(path) from None
    if key is not None and check_of(key) != keys.check:
        raise damaged_keys(path)
    return key


def unlocked_by_code(where: str | Path, code: str) -> Opening:
    """What the recovery code opens, with or without a keys file. Raises WrongPassphrase."""
    from rls_workup.store.recovery import key_from_code

    path = path_of(where)
    key = key_from_code(code)
    if not key_fits(path, key):
        raise WrongPassphrase(
            "This recovery code is well written, but it belongs to another store, or the store is damaged. "
            "Look whether the sheet has the name of this store."
        )
    return Opening(key)
