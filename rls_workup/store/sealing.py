"""A key sealed under a passphrase, and opened again; the only place that needs the cryptography package."""

from __future__ import annotations

import json
import os
import unicodedata
from datetime import UTC, datetime
from typing import NamedTuple

from rls_workup.store.keyslots import Damaged, Key, PassphraseSlot

SHORTEST = 12  # characters of a passphrase; no other rule
LONGEST = 1024
_MOST_MEMORY = 256 * 2**20  # bytes that a keys file may make scrypt take


class Cost(NamedTuple):
    """What trying a passphrase costs: scrypt's own parameters (64 MiB and about 0.15 s)."""

    n: int = 2**16
    r: int = 8
    p: int = 1


USUAL = Cost()


def seal(key: Key, user: str, passphrase: str, check: str, cost: Cost = USUAL) -> PassphraseSlot:
    """A slot from which only this passphrase gives the key back."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    made = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    salt, nonce = os.urandom(16), os.urandom(12)
    blank = PassphraseSlot(user, made, cost.n, cost.r, cost.p, salt.hex(), nonce.hex(), "")
    sealed = AESGCM(_stretched(blank, passphrase)).encrypt(nonce, bytes(key), _bound(blank, check))
    return PassphraseSlot(user, made, cost.n, cost.r, cost.p, salt.hex(), nonce.hex(), sealed.hex())


def unseal(slot: PassphraseSlot, passphrase: str, check: str) -> bytearray | None:
    """The key, or None for another passphrase. Raises Damaged for parameters that were never written."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    _refuse_odd_costs(slot)
    try:
        nonce, sealed = bytes.fromhex(slot.nonce), bytes.fromhex(slot.sealed)
        if len(nonce) != 12 or len(sealed) != 48:
            raise Damaged
        return bytearray(AESGCM(_stretched(slot, passphrase)).decrypt(nonce, sealed, _bound(slot, check)))
    except InvalidTag:
        return None


def _refuse_odd_costs(slot: PassphraseSlot) -> None:
    n, r, p = slot.n, slot.r, slot.p
    power = n >= 2**10 and n & (n - 1) == 0
    if not power or not 1 <= r <= 32 or not 1 <= p <= 8 or 128 * n * r > _MOST_MEMORY:
        raise Damaged


def _stretched(slot: PassphraseSlot, passphrase: str) -> bytes:
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    salt = bytes.fromhex(slot.salt)
    if len(salt) < 16:
        raise Damaged
    typed = unicodedata.normalize("NFKC", passphrase[:LONGEST]).encode("utf-8", "surrogatepass")
    return Scrypt(salt=salt, length=32, n=slot.n, r=slot.r, p=slot.p).derive(typed)


def _bound(slot: PassphraseSlot, check: str) -> bytes:
    """What is sealed together with the key, so that nobody changes it unseen."""
    bound = ["rls-workup key slot 1", check, slot.user, slot.made, slot.n, slot.r, slot.p, slot.salt]
    return json.dumps(bound, ensure_ascii=True, separators=(",", ":")).encode()
