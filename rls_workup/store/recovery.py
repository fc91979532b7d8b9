"""The key as 14 groups of four letters for the safe, and read back: a slip is found, and in which group."""

from __future__ import annotations

import base64
from functools import cache

from rls_workup.errors import WrongPassphrase
from rls_workup.store.keyslots import KEY_BYTES, Key

GROUPS = 14
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_CHECK_BYTES = 3
_POLYNOMIAL = 0x1864CFB  # the one of OpenPGP's armour
_MARK = 0x524C53  # “RLS”: without it a row of the same letter would be a code
_TAKEN_FOR = str.maketrans("018", "OIB")  # signs that Base32 does without


def recovery_groups(key: Key) -> tuple[str, ...]:
    """The code of a key: its 256 bits and a check of 24, in groups of four letters."""
    whole = bytes(key) + _check(bytes(key)).to_bytes(_CHECK_BYTES, "big")
    letters = base64.b32encode(whole).decode()
    return tuple(letters[at : at + 4] for at in range(0, len(letters), 4))


def key_from_code(typed: str) -> bytearray:
    """The key of a code as somebody typed it. Raises WrongPassphrase, which names the group with the slip."""
    letters = "".join(typed.upper().split()).replace("-", "").replace("·", "").translate(_TAKEN_FOR)
    _refuse_what_is_no_code(letters)
    key = _key_in(letters)
    if key is None:
        raise _slip_in(letters)
    return key


def _refuse_what_is_no_code(letters: str) -> None:
    for at, letter in enumerate(letters):
        if letter not in LETTERS:
            raise WrongPassphrase(
                "“{letter}” in group {group} is no sign of a recovery code; it has the letters A to Z"
                " and the digits 2 to 7. Look at the sheet again.",
                letter=letter,
                group=at // 4 + 1,
            )
    if len(letters) != 4 * GROUPS:
        raise WrongPassphrase(
            "A recovery code has {groups} groups of four letters, {letters} in all; these are "
            "{count}. Look which group is missing or twice.",
            groups=GROUPS,
            letters=4 * GROUPS,
            count=len(letters),
        )


def _key_in(letters: str) -> bytearray | None:
    key, given = _parted(letters)
    return bytearray(key) if _check(key) == given else None


def _parted(letters: str) -> tuple[bytes, int]:
    whole = base64.b32decode(letters)
    return whole[:KEY_BYTES], int.from_bytes(whole[KEY_BYTES:], "big")


def _slip_in(letters: str) -> WrongPassphrase:
    key, given = _parted(letters)
    at = _slips().get(_check(key) ^ given)
    if at is None:
        return WrongPassphrase(
            "The code does not fit: more than one letter is wrong. Compare each group with the sheet."
        )
    return WrongPassphrase(
        "There is a slip in group {number} ({group}). Look at it again.",
        number=at // 4 + 1,
        group=letters[at // 4 * 4 :][:4],
    )


@cache
def _slips() -> dict[int, int]:
    """What one wrong letter does to the check, and where that letter stands."""
    last = 4 * GROUPS - 1
    return {
        _remainder(wrong << 5 * (last - at)): at for at in range(last + 1) for wrong in range(1, len(LETTERS))
    }


def _check(key: bytes) -> int:
    return _remainder(int.from_bytes(key, "big") << 8 * _CHECK_BYTES) ^ _MARK


def _remainder(number: int) -> int:
    """Division without carries. Two codes differ in three letters at least, so each slip leaves its own."""
    for bit in range(number.bit_length() - 1, 8 * _CHECK_BYTES - 1, -1):
        if number >> bit & 1:
            number ^= _POLYNOMIAL << (bit - 8 * _CHECK_BYTES)
    return number
