"""The recovery code: read back whole, and no slip passes."""

from __future__ import annotations

import random
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rls_workup.errors import WrongPassphrase
from rls_workup.store.recovery import GROUPS, LETTERS, _slips, key_from_code, recovery_groups

KEYS = st.binary(min_size=32, max_size=32)


@given(KEYS, st.sampled_from([" ", "-", "", "\n", " · "]), st.booleans())
def test_a_code_gives_its_key_back_however_it_is_typed(key: bytes, between: str, small: bool) -> None:
    typed = between.join(recovery_groups(key))
    assert key_from_code(typed.lower() if small else typed) == key


def test_a_code_has_fourteen_groups_of_four() -> None:
    groups = recovery_groups(bytes(range(32)))
    assert [len(group) for group in groups] == [4] * GROUPS
    assert groups[0] == "AAAQ"
    assert set("".join(groups)) <= set(LETTERS)


def test_what_is_taken_for_another_sign_is_read_as_meant() -> None:
    key = next(
        k
        for k in (bytes([n]) * 32 for n in range(256))
        if {"O", "I", "B"} <= set("".join(recovery_groups(k)))
    )
    typed = "".join(recovery_groups(key)).translate(str.maketrans("OIB", "018"))
    assert key_from_code(typed) == key


def test_twenty_thousand_slips_are_found_with_their_group() -> None:
    dice = random.Random(4)
    for _ in range(400):
        code = "".join(recovery_groups(dice.randbytes(32)))
        for _ in range(50):
            at = dice.randrange(len(code))
            wrong = dice.choice([letter for letter in LETTERS if letter != code[at]])
            with pytest.raises(WrongPassphrase, match=rf"group {at // 4 + 1} \("):
                key_from_code(code[:at] + wrong + code[at + 1 :])


def test_each_of_the_slips_that_there_can_be_has_a_place_of_its_own() -> None:
    assert len(_slips()) == 4 * GROUPS * 31
    assert 0 not in _slips()


@given(KEYS, st.integers(0, 54))
def test_two_neighbours_swapped_are_found(key: bytes, at: int) -> None:
    code = "".join(recovery_groups(key))
    swapped = code[:at] + code[at + 1] + code[at] + code[at + 2 :]
    if swapped != code:
        with pytest.raises(WrongPassphrase):
            key_from_code(swapped)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "14 groups"),
        ("ABCD EFGH", "these are 8"),
        ("ABCD EF9H", "“9” in group 2"),
        ("ABCD ÄFGH", "“Ä” in group 2"),
        ("A" * 60, "these are 60"),
        ("ABCD" * 14, "more than one letter"),
    ],
)
def test_what_is_no_code_is_told(typed: str, said: str) -> None:
    with pytest.raises(WrongPassphrase, match=said):
        key_from_code(typed)


@given(st.text(alphabet=string.printable + "äß漢\u202e", max_size=80))
def test_any_text_is_answered_with_a_sentence(typed: str) -> None:
    with pytest.raises(WrongPassphrase):
        key_from_code(typed)
