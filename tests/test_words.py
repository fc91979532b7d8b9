"""The program's own words: all of them are there in each shipped language, with the same slots."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from own_words import PACKAGE, WINDOW, english_in_code, untold_troubles

from rls_workup.domain.quantity import NotANumber
from rls_workup.domain.wording import ENGLISH, Untold, Wording
from rls_workup.errors import CannotWrite, UnreadableFile
from rls_workup.protocols.word_files import wording_of
from rls_workup.resources import folder, spellings
from rls_workup.ui.words import window_languages, window_wording_of

LANGUAGES = sorted(path.stem for path in folder("words").glob("*.toml"))
SAME_IN_GERMAN = {
    *(
        "Name",
        "Test",
        "{amount} in {unit}",
        "Letter",
        "Passphrase",
        "Patient",
        "{label} in {reads}",
        "PDF (*.pdf)",
        "Text (*.txt)",
        "&Patient",
        "{path}: {trouble}",
        "{some}, {one}",
    ),
}
SLOT = re.compile(r"\{[^{}]*\}")


def test_there_is_german() -> None:
    assert "de" in LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_the_program_is_translated_and_none_is_left_over(language: str) -> None:
    """Missing: add it to resources/words/. Left over: take it out there."""
    said, known = english_in_code(), window_wording_of(language).words
    assert {english: file for english, file in said.items() if english not in known} == {}
    assert [english for english in known if english not in said] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_papers_say_does_not_stand_among_the_words_of_the_window(language: str) -> None:
    elsewhere = {
        english: file
        for below in PACKAGE.iterdir()
        if below != WINDOW and below.is_dir()
        for english, file in english_in_code(below).items()
    }
    known = wording_of(language).words
    assert {english: file for english, file in elsewhere.items() if english not in known} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_word_stands_once_in_the_files(language: str) -> None:
    files = [folder("words") / f"{language}.toml", folder("words") / "window" / f"{language}.toml"]
    tables = [table for file in files for table in tomllib.loads(file.read_text()).get("words", {}).values()]
    count = Counter(english for table in tables for english in table)
    assert [english for english, times in count.items() if times > 1] == []


def test_the_window_speaks_the_languages_of_the_papers() -> None:
    assert window_languages() == {"en": "English (UK)", "en-US": "English (US)", "de": "Deutsch"}
    assert {*LANGUAGES, "en", *spellings()} == set(window_languages())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_the_same_slots_digits_and_underlined_letter(language: str) -> None:
    for english, said in window_wording_of(language).words.items():
        assert set(SLOT.findall(said)) == set(SLOT.findall(english)), english
        assert re.findall("[0-9]+", said) == re.findall("[0-9]+", english), english
        assert said.strip(), english
        assert said[0].isspace() == english[0].isspace(), english
        assert said.count("&") == english.count("&"), english


@pytest.mark.parametrize("file", sorted(PACKAGE.rglob("*.py")), ids=lambda path: path.name)
def test_what_a_person_can_mend_is_said_in_every_language(file: Path) -> None:
    """Write StoreTrouble("The store {path} …", path=path): the sentence is found in the files of words."""
    assert untold_troubles(file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ('StoreTrouble("No store {path}.", path=path)', False),
        ("StoreTrouble(NONE, where=where)", False),
        ('WorkupError(say("No."))', False),
        ('StoreTrouble(f"No store {path}.")', True),
        ("StoreTrouble(NONE.format(where=where))", True),
        ('CannotWrite("a" if b else "c")', True),
        ("CannotWrite(str(trouble))", True),
    ],
)
def test_a_sentence_that_is_put_together_too_early_is_found(code: str, found: bool) -> None:
    assert bool(untold_troubles(code)) is found


def test_an_error_is_told_with_the_errors_in_it() -> None:
    inner = UnreadableFile("it is empty")
    outer = CannotWrite("{path} cannot be opened: {why}.", path="a{why}.json", why=inner)
    german = Wording(
        "de", {"it is empty": "sie ist leer", "{path} cannot be opened: {why}.": "{path}: {why}."}
    )
    assert str(outer) == "a{why}.json cannot be opened: it is empty."
    assert outer.told(german) == "a{why}.json: sie ist leer."
    assert Untold("{a} b", a=inner).told(german) == "sie ist leer b"


def test_german_is_not_english() -> None:
    words = window_wording_of("de").words
    assert {english for english, said in words.items() if english == said} == SAME_IN_GERMAN


def test_what_has_no_translation_is_said_in_english() -> None:
    assert Wording("xx").say("{count} months", count=3) == "3 months"
    assert wording_of("xx") == Wording("xx")


@given(st.text(max_size=30))
def test_what_a_person_wrote_comes_through_unchanged(text: str) -> None:
    assert Wording("xx", {"a {x} b": "{x}"}).say("a {x} b", x=text) == text


@pytest.mark.parametrize(
    ("plain", "expected"), [("7.5", "7,5"), ("75", "75"), ("0.001", "0,001"), ("1234.5", "1234,5")]
)
def test_a_number_has_the_decimal_mark_of_the_language(plain: str, expected: str) -> None:
    assert wording_of("de").number(plain) == expected
    assert ENGLISH.number(plain) == plain


def test_a_sentence_is_told_in_the_language_of_who_reads_it() -> None:
    trouble = NotANumber("{amount} is negative, which no result here can be.", amount="-3")
    assert str(trouble) == trouble.told(ENGLISH) == "-3 is negative, which no result here can be."
    assert trouble.told(wording_of("de")) == "-3 ist negativ; das kann hier kein Ergebnis sein."
