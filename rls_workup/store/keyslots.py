"""The keys file as text: who can open the store, each in a slot of its own, and a sum that tells damage."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Callable
from typing import Any, NamedTuple

FORMAT = "rls-workup-keys/1"
KEY_BYTES = 32
LARGEST_FILE = 1_000_000  # characters
MOST_SLOTS = 500

Key = bytes | bytearray


class Damaged(ValueError):
    """A keys file that is not what was written."""


class TooNew(ValueError):
    """A keys file of a newer version of the program."""


class AccountSlot(NamedTuple):
    """No passphrase is set yet: the key as it is, protected by the computer account only."""

    key: str
    kind: str = "account"


class KeyringSlot(NamedTuple):
    """The computer's own keyring remembers the key for this user."""

    user: str
    kind: str = "keyring"


class PassphraseSlot(NamedTuple):
    """The key, sealed by AES-GCM under a key that scrypt makes of the user's passphrase.

    `salt`, `nonce` and `sealed` are hexadecimal digits; `n`, `r` and `p` are scrypt's parameters.
    """

    user: str
    made: str
    n: int
    r: int
    p: int
    salt: str
    nonce: str
    sealed: str
    kind: str = "passphrase"


Slot = AccountSlot | KeyringSlot | PassphraseSlot
_KINDS: dict[str, type[Slot]] = {
    "account": AccountSlot,
    "keyring": KeyringSlot,
    "passphrase": PassphraseSlot,
}


class Keys(NamedTuple):
    """All slots of a store. `check` tells the right key from a wrong one and gives nothing of it away."""

    check: str
    slots: tuple[Slot, ...]

    @property
    def account_key(self) -> bytearray | None:
        """The key that lies open; None once a passphrase is set."""
        found = [slot.key for slot in self.slots if isinstance(slot, AccountSlot)]
        return bytearray.fromhex(found[0]) if found else None

    @property
    def passphrases(self) -> tuple[PassphraseSlot, ...]:
        """The slots that a passphrase opens."""
        return tuple(slot for slot in self.slots if isinstance(slot, PassphraseSlot))

    @property
    def users(self) -> tuple[str, ...]:
        """The names of those who have a passphrase, in the order in which they came."""
        return tuple(slot.user for slot in self.passphrases)

    @property
    def remembered(self) -> str | None:
        """The user whom this computer's keyring remembers; None where nobody is."""
        return next((slot.user for slot in self.slots if isinstance(slot, KeyringSlot)), None)

    def slot_of(self, user: str) -> PassphraseSlot | None:
        """The slot of a user; capitals and the way an accent is typed do not matter."""
        wanted = same_user(user)
        return next((slot for slot in self.passphrases if same_user(slot.user) == wanted), None)

    def with_passphrase(self, new: PassphraseSlot) -> Keys:
        """This user's slot put in or replaced; from now on the key lies nowhere in the open."""
        before = self.slot_of(new.user)
        if before is not None:
            return self._where(lambda slot: new if slot is before else slot)
        kept = tuple(slot for slot in self.slots if not isinstance(slot, AccountSlot))
        return self._replace(slots=(*kept, new))

    def without_user(self, user: str) -> Keys:
        """Nothing of this user is left."""
        gone = same_user(user)
        return self._replace(
            slots=tuple(
                slot for slot in self.slots if isinstance(slot, AccountSlot) or same_user(slot.user) != gone
            ),
        )

    def remembering(self, user: str | None) -> Keys:
        """The keyring remembers this user, or nobody."""
        kept = tuple(slot for slot in self.slots if not isinstance(slot, KeyringSlot))
        return self._replace(slots=kept if user is None else (*kept, KeyringSlot(user)))

    def _where(self, changed: Callable[[Slot], Slot]) -> Keys:
        return self._replace(slots=tuple(changed(slot) for slot in self.slots))


def same_user(name: str) -> str:
    """What two ways of typing one name have in common."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def check_of(key: Key) -> str:
    """Sixteen digits by which the right key is known; the key is random, so they tell nothing else."""
    return hashlib.sha256(b"rls-workup key check\0" + key).hexdigest()[:16]


def first_keys(key: Key) -> Keys:
    """The keys of a new store: only the account protects it."""
    return Keys(check_of(key), (AccountSlot(key.hex()),))


def written(keys: Keys) -> str:
    """The text of the keys file."""
    body = {"format": FORMAT, "check": keys.check, "slots": [slot._asdict() for slot in keys.slots]}
    return json.dumps({**body, "sum": _sum(body)}, indent=1, ensure_ascii=False) + "\n"


def _sum(body: dict[str, Any]) -> str:
    plain = json.dumps(body, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


def read_keys(text: str) -> Keys:
    """The keys of a file's text. Raises Damaged or TooNew."""
    body = _body(text)
    given = body.pop("sum", None)
    if _is_newer(body):
        raise TooNew
    if given != _sum(body) or body.get("format") != FORMAT:
        raise Damaged
    try:
        keys = Keys(str(body["check"]), tuple(_slot(entry) for entry in body["slots"]))
        account = keys.account_key
    except (KeyError, TypeError, ValueError) as trouble:
        raise Damaged from trouble
    if len(keys.slots) > MOST_SLOTS or (account is not None and check_of(account) != keys.check):
        raise Damaged
    return keys


def _body(text: str) -> dict[str, Any]:
    if len(text) > LARGEST_FILE:
        raise Damaged
    try:
        body = json.loads(text)
    except (ValueError, RecursionError) as trouble:
        raise Damaged from trouble
    if not isinstance(body, dict):
        raise Damaged
    return body


def _is_newer(body: dict[str, Any]) -> bool:
    name, _, number = str(body.get("format")).partition("/")
    return name == "rls-workup-keys" and number.isdecimal() and int(number[:9]) > 1


def _slot(entry: dict[str, Any]) -> Slot:
    kind = _KINDS[entry["kind"]]
    slot = kind(**entry)
    for name, value in entry.items():
        if type(value) is not (int if name in ("n", "r", "p") else str):
            raise TypeError(name)
    return slot
