"""American English: no British spelling is left in what the program says, and only spelling differs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
import tomli
from own_words import english_in_code

from rls_workup.domain.protocol import Protocol
from rls_workup.domain.respelling import Respelling
from rls_workup.protocols import load_protocol
from rls_workup.protocols.translation import retold
from rls_workup.report.paper_texts import paper_texts
from rls_workup.resources import folder, spelling_of
from rls_workup.ui.words import window_wording_of

# Found by their British look, independently of the table that replaces them.
BRITISH = re.compile(
    r"\b\w*(?:aem|aes|aet|aed|aec|oed|oea|oel|oes(?=t|o)|foet|colour|behaviou|tumou|favou|labou|neighbou|odou|vapou"
    r"|litre|metre|centre|fibre|titre|theatre|gynae|leuco|grey|judgement|ageing|whilst|practis|licence|defence"
    r"|programme|catalogue|analys(?=e[ds]?\b|ing)|paralyse|oxidis|organis(?!m)|recognis|randomis|generalis(?!t)"
    r"|summaris|minimis|maximis|normalis|stabilis|standardis|utilis|prioritis|hospitalis|immunis|authoris"
    r"|labelled|cancelled|travelled|modelled)\w*",
    re.IGNORECASE,
)
FINE = {"does", "goes", "toes", "anaesthetic"}


def shown_texts(protocol: Protocol) -> dict[tuple[str, ...], str]:
    found: dict[tuple[str, ...], str] = {}

    def note(path: tuple[str, ...], text: str) -> str:
        found[path] = text
        return text

    retold(protocol, note)
    return found


def texts_in(part: Any) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    for inner in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        yield from texts_in(inner)


def british_in(texts: Iterator[str]) -> set[str]:
    plain = (re.sub(r"\{[^{}]*\}", " ", text) for text in texts)
    return {found[0].casefold() for text in plain for found in BRITISH.finditer(text)} - FINE


def test_no_british_word_is_left_in_what_the_program_says() -> None:
    table = Respelling(spelling_of("en-US"))
    wording = window_wording_of("en-US")
    assert british_in(iter(english_in_code())) >= {"colours"}
    assert british_in(wording.say(english) for english in english_in_code()) == set()
    assert wording.say("Colours") == "Colors"
    assert all(table.respelt(english) == said for english, said in wording.words.items())


def test_no_british_word_is_left_in_the_protocol_but_names_of_drugs_and_sources_stay() -> None:
    british, american = load_protocol(), load_protocol(language="en-US")
    told, before = shown_texts(american), shown_texts(british)
    assert british_in(iter(before.values())) >= {"anaemia", "haemoglobin", "apnoea", "tumours"}
    assert (
        british_in(text for path, text in told.items() if path[0] != "drugs" or path[-1] != "name") == set()
    )
    assert [drug.name for drug in american.drugs.values()] == [drug.name for drug in british.drugs.values()]
    assert american.sources == british.sources
    assert american.about.notices == british.about.notices
    assert american.items.keys() == british.items.keys()
    assert american.items["haemoglobin"].label == "Hemoglobin"
    assert american.language == "en-US"
    assert american.in_english == ()


@pytest.mark.parametrize("paper", sorted(path.stem for path in folder("papers").glob("*.toml")))
def test_no_british_word_is_left_on_paper_and_ids_stay(paper: str) -> None:
    american = paper_texts(paper, "en-US")
    ids = set(re.findall(r'"([a-z0-9_]+)"', (folder("papers") / f"{paper}.toml").read_text()))
    assert british_in(text for text in texts_in(american) if text not in ids) == set()
    whole = tomli.loads((folder("papers") / f"{paper}.toml").read_text())
    assert {text for text in texts_in(whole) if text in ids} - {"en", "de"} <= set(texts_in(american))
