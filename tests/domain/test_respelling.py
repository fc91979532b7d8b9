"""English in another spelling: capitals and slots stay, and words that only look alike."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rls_workup.domain.respelling import Respelling
from rls_workup.resources import spelling_of

AMERICAN = Respelling(spelling_of("en-US"))


@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("Anaemia in a behaviour", "Anemia in a behavior"),
        ("HAEMOGLOBIN", "HEMOGLOBIN"),
        ("Recognised, organising, generalisation", "Recognized, organizing, generalization"),
        (
            "otherwise raised exercise, specialist, organism",
            "otherwise raised exercise, specialist, organism",
        ),
        ("{haemoglobin} is grey in the centre", "{haemoglobin} is gray in the center"),
        ("hypopnoea, apnoea, ischaemic, coeliac", "hypopnea, apnea, ischemic, celiac"),
        ("millilitres and metres, asymmetric", "milliliters and meters, asymmetric"),
        ("Raised ferritin", "Raised ferritin"),
    ],
)
def test_words_are_spelt_the_american_way(british: str, american: str) -> None:
    assert AMERICAN.respelt(british) == american
    assert AMERICAN.respelt(american) == american


def test_without_a_table_nothing_changes() -> None:
    assert not Respelling({})
    assert Respelling({}).respelt("anaemia") == "anaemia"


def test_the_program_s_own_sentences_are_respelt_and_no_other_text() -> None:
    spoken = AMERICAN.wording("en-US", {"words": {"any": {"Colours": "Farben", "Paper": "Papier"}}})
    assert [spoken.say(said) for said in ("Colours", "Paper", "Colours")] == ["Colors", "Paper", "Colors"]
    assert spoken.say("/home/colours") == "/home/colours"
    assert spoken.words == {"Colours": "Colors", "Paper": "Paper"}
    assert len(spoken.words) == 2


@given(st.text(max_size=60))
def test_twice_is_the_same_as_once(text: str) -> None:
    once = AMERICAN.respelt(text)
    assert AMERICAN.respelt(once) == once
