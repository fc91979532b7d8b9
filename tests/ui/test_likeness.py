"""A few letters find what is meant, also with a slip, and never everything."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rls_workup.domain.drug_names import fold_name
from rls_workup.ui.likeness import alike

WORDS = (
    "Serum ferritin Blood tests",
    "Serum vitamin B12 (total) Blood tests",
    "Transferrin saturation (TSAT) Blood tests",
    "Undo Ferritin Edit",
    "Family history of B12 deficiency History",
    "Préférences File",
)
TEXTS = [fold_name(words) for words in WORDS]


@pytest.mark.parametrize(
    ("typed", "first", "count"),
    [
        ("ferr", WORDS[0], 3),
        ("serum ferr", "Serum ferritin Blood tests", 1),
        ("FERRITIN", WORDS[0], 2),
        ("feritin", WORDS[0], 2),
        ("transfer sat", "Transferrin saturation (TSAT) Blood tests", 1),
        ("b12", "Serum vitamin B12 (total) Blood tests", 2),
        ("pref", "Préférences File", 1),
        ("hist b12", "Family history of B12 deficiency History", 1),
        ("xyzzy", None, 0),
        ("b13", None, 0),  # three letters with a slip would be anything
        ("", WORDS[0], 6),
        ("  ( ", WORDS[0], 6),
    ],
)
def test_letters_find_what_is_meant(typed: str, first: str | None, count: int) -> None:
    found = alike(typed, TEXTS)
    assert (WORDS[found[0]] if found else None, len(found)) == (first, count)


@given(st.text(max_size=30))
def test_whatever_is_typed_each_text_is_found_once_at_most(typed: str) -> None:
    found = alike(typed, TEXTS)
    assert len(set(found)) == len(found)


@given(st.sampled_from(TEXTS), st.data())
def test_a_whole_word_of_a_text_always_finds_it(text: str, data: st.DataObject) -> None:
    word = data.draw(st.sampled_from(text.split()))
    assert TEXTS.index(text) in alike(word, TEXTS)
