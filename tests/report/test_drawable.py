"""Any text becomes text that the fonts can draw, and nothing of it is lost."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rls_workup.report.drawable import by_face, drawable, is_drawable
from rls_workup.report.typeface import BOLD, REGULAR, SEMIBOLD, advances, repertoire

_TOKEN = re.compile(r"\[U\+([0-9A-F]{4,6})\]")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ferritin ≤ 75 µg/L – low", "Ferritin ≤ 75 µg/L – low"),
        ("e\u0301", "é"),
        ("a\tb", "a b"),
        ("a\r\nb\nc", "a\nb\nc"),
        ("a\rb", "a[U+000D]b"),
        ("a\x00b", "a[U+0000]b"),
        ("right\u202eleft", "right[U+202E]left"),
        ("zero\u200bwidth", "zero[U+200B]width"),
        ("soft\u00adhyphen", "soft[U+00AD]hyphen"),
        ("\ud800", "[U+D800]"),
        ("\ue000", "[U+E000]"),
        ("سلام", "[U+0633][U+0644][U+0627][U+0645]"),
        ("שלום", "[U+05E9][U+05DC][U+05D5][U+05DD]"),
        ("नम", "[U+0928][U+092E]"),
        ("😀", "[U+1F600]"),
        ("山田 太郎（やまだ）", "山田 太郎（やまだ）"),
        ("张伟、김", "张伟、[U+AE40]"),
        ("\u3000\u3164", "[U+3000][U+3164]"),
        ("x\u0301\u0302", "x[U+0301][U+0302]"),
        ("<b>&amp;</b>", "<b>&amp;</b>"),
        ("Жанна Ωmega Łódź", "Жанна Ωmega Łódź"),
    ],
)
def test_what_cannot_be_drawn_is_named(text: str, expected: str) -> None:
    assert drawable(text) == expected


@given(st.text(alphabet=st.characters(codec=None, exclude_categories=())))
def test_every_character_can_be_drawn_and_none_is_dropped(text: str) -> None:
    drawn = drawable(text)
    assert is_drawable(drawn.replace("\n", ""))
    again = _TOKEN.sub(lambda token: chr(int(token[1], 16)), drawn)
    meant = _TOKEN.sub(lambda token: chr(int(token[1], 16)), unicodedata.normalize("NFC", text))
    assert again == meant.replace("\r\n", "\n").replace("\t", " ")


@given(st.text())
def test_drawing_twice_changes_nothing(text: str) -> None:
    assert drawable(drawable(text)) == drawable(text)


@given(st.text(alphabet=st.sampled_from("aé Ж山田や、")))
def test_the_pieces_of_each_face_make_the_text_again(text: str) -> None:
    pieces = list(by_face(text))
    assert "".join(piece for _, piece in pieces) == text
    assert all(spare == (not repertoire().issuperset(piece)) for spare, piece in pieces if piece)


@pytest.mark.parametrize("face", [REGULAR, SEMIBOLD, BOLD])
def test_digits_are_equally_wide_so_that_columns_of_numbers_line_up(face: str) -> None:
    assert len({advances(face)[digit] for digit in "0123456789"}) == 1


def test_the_repertoire_has_what_results_are_written_with() -> None:
    assert set("≤≥µ·–×²³°→½±…“”‘’†") <= repertoire()
