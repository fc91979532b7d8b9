"""Names are found however they are typed, and nothing that is typed is a wildcard."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rls_workup.store import Store
from rls_workup.store.search import folded, search_key
from tests.store.conftest import UNHURRIED, Put

FOUND = [
    # family name, given name, identifier, looked for, found
    ("Müller", "Ana", "", "muller", True),
    ("Müller", "Ana", "", "MÜL", True),
    ("Mu\u0308ller", "Ana", "", "Müller", True),
    ("Müller", "Ana", "", "mueller", False),
    ("Müller", "Ana", "", "uller", False),
    ("Müller", "Ana", "", "ana mull", True),
    ("Müller", "Ana", "", "ana smith", False),
    ("O'Brien-Smith", "", "", "brien", True),
    ("O'Brien-Smith", "", "", "o'brien", True),
    ("O'Brien-Smith", "", "", "obrien", True),
    ("O'Brien-Smith", "", "", "smith", True),
    ("Straße", "", "", "STRASSE", True),
    ("İnci", "", "", "inci", True),
    ("Brown", "", "999 000 0018", "9990000018", True),
    ("Brown", "", "999 000 0018", "0018", True),
    ("Brown", "", "", "in-progress", True),
    ("Brown", "", "", "progress", True),
    ("Brown", "", "", "completed", False),
    ("Brown", "", "", "%", False),
    ("Brown", "", "", "_rown", False),
    ("Brown", "", "", "b%n", False),
    ("100%", "", "", "100%", True),
    ("a_b", "", "", "a_", True),
    ("a\\b", "", "", "a\\", True),
    ("Brown", "", "", "\\", False),
    ("Brown", "", "", "' OR 1=1 --", False),
    ("Robert'); DROP TABLE workup;--", "", "", "robert');", True),
    ("\u202eBrown\u202c", "", "", "brown", True),
    ("Brown\x00Ana", "", "", "ana", True),
    ("😀 Brown", "", "", "😀", True),
    ("אבג", "", "", "אב", True),
    ("Brown", "", "", "   ", True),
    ("Brown", "", "", "b " * 2000, True),
    ("Brown", "", "", "b" * 100_000, False),
]


@pytest.mark.parametrize(("family", "given_name", "identifier", "looked_for", "found"), FOUND)
def test_a_work_up_is_found_by_the_beginning_of_each_word(
    store: Store, put: Put, family: str, given_name: str, identifier: str, looked_for: str, found: bool
) -> None:
    put(family_name=family, given_name=given_name, identifier=identifier)
    assert bool(store.page(search=looked_for).rows) is found


@UNHURRIED
@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@UNHURRIED
@given(st.text())
def test_what_was_typed_finds_itself(text: str) -> None:
    key = search_key(text)
    assert all(" " + word in key for word in folded(text).split())
