"""JSON from anywhere: exact, bounded, one sentence when refused."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rls_workup.errors import UnreadableFile
from rls_workup.exchange.strict_json import LARGEST, MOST_VALUES, compact_json, read_json, write_json


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b'{"a": 7.50}', {"a": Decimal("7.50")}),
        (b'{"a": 75}', {"a": 75}),
        (b'\xef\xbb\xbf{"a": []}', {"a": []}),
        (b'{"a": NaN, "b": -Infinity}', {"a": "NaN", "b": "-Infinity"}),
        (b'{"a": 1e999}', {"a": Decimal("1e999")}),
        (b'"[[[[" ', "[[[["),
        (b'{"a": "\\ud83d\\ude00"}', {"a": "\U0001f600"}),
        (b'{"a": "\\u0000"}', {"a": "\x00"}),
    ],
)
def test_documents_are_read_exactly(data: bytes, expected: Any) -> None:
    assert read_json(data) == expected


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "it is empty"),
        (b"  \n", "it is empty"),
        (b"{", "no well-formed JSON (line 1"),
        (b"%PDF-1.4 \x00\xff", "no UTF-8 text"),
        ("{}".encode("utf-16"), "no UTF-8 text"),
        (b"[" * 100_000, "nested more than 64 deep"),
        (b"[" + b"1," * (MOST_VALUES + 1) + b"1]", "more values than a work-up can"),
        (b'{"a": 1, "a": 2}', "“a” twice"),
        (b'{"a<b": 1, "a<b": 2}', "“a?b” twice"),
        (b'{"a": ' + b"9" * 5000 + b"}", "a number of more than 1000 digits"),
        (b'["\\ud800"]', "half a character"),
        (b'{"\\ud800": 1}', "half a character"),
        (b" " * (LARGEST + 1), "larger than a work-up can be"),
    ],
)
def test_hostile_documents_are_refused_with_a_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(UnreadableFile) as refused:
        read_json(data)
    assert sentence in str(refused.value)


def test_a_refusal_quotes_nothing_of_the_content() -> None:
    with pytest.raises(UnreadableFile) as refused:
        read_json(b'{"family_name": "ZZQXSECRET", ')
    assert "ZZQXSECRET" not in str(refused.value)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=8)
    | st.decimals(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)


@given(JSON)
def test_what_is_written_reads_back_the_same(document: Any) -> None:
    assert read_json(write_json(document).encode()) == document
    assert read_json(compact_json(document).encode()) == document


@given(st.binary(max_size=60) | st.text(alphabet='{}[]",:\\ud80e-.1aN ', max_size=60).map(str.encode))
def test_any_bytes_are_a_document_or_a_sentence(data: bytes) -> None:
    with suppress(UnreadableFile):
        read_json(data)
