"""Whatever a file may hold is told in words, never in the spelling of a programming language."""

from __future__ import annotations

import pytest

from rls_workup.domain.workup import plain_value


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, ""),
        (True, "yes"),
        (False, "no"),
        (7, "7"),
        ("as typed", "as typed"),
        ([{"name": "metformin", "months": 3}, "zzq"], "name: metformin; months: 3, zzq"),
    ],
)
def test_a_value_is_told_in_words(value: object, words: str) -> None:
    assert plain_value(value) == words
