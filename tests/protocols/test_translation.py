"""A protocol in another language: valid pairs are used, all others are told and English stands in."""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rls_workup.domain.parts import SHOWN, Frozen
from rls_workup.domain.wording import Wording
from rls_workup.errors import ProtocolMistakes, WorkupError
from rls_workup.protocols import in_language, languages, load_protocol, texts_to_fill_in
from rls_workup.protocols.skeleton import _quoted
from rls_workup.protocols.texts import Pair, Texts, read_texts
from rls_workup.protocols.translation import Translation, _difference, retold, translate

SMALL = Path(__file__).parent.parent / "small_protocol"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "protocol"
    shutil.copytree(SMALL, copy)
    (copy / "texts" / "de").mkdir(parents=True)
    return copy


def load_translation(folder: Path, language: str) -> Translation:
    return in_language(load_protocol(folder), folder, language)


def to_fill_in(folder: Path, language: str) -> dict[str, str]:
    return texts_to_fill_in(load_protocol(folder), folder, language)


def in_german(folder: Path, texts: str) -> Translation:
    (folder / "texts" / "de" / "questions.toml").write_text(texts, encoding="utf-8")
    return load_translation(folder, "de")


TEXTS = """
[items.urge]
asks = ["Is there an urge to move?", "Besteht ein Bewegungsdrang?"]
short = ["Urge", "Drang"]

[items.gait.choices]
ataxic = ["ataxic", "ataktisch"]

[items.index]
shows_unit = ["per hour", "pro Stunde"]

[sections.questions.cards.first]
title = ["First", "Erstens"]

[facts.sex.choices]
female = ["female", "weiblich"]

[rules.total_high]
title = ["Total {total}", "Summe {total}"]

[drugs.amitriptyline]
name = ["amitriptyline", "Amitriptylin"]
"""


def test_each_kind_of_text_is_shown_in_the_language(folder: Path) -> None:
    translation = in_german(folder, TEXTS)
    protocol = translation.protocol
    assert not translation.mistakes
    assert not translation.stale
    assert protocol.language == "de"
    assert protocol.items["urge"].asks == "Besteht ein Bewegungsdrang?"
    assert protocol.label("urge") == "Drang"
    assert protocol.choice_shown("gait", "ataxic") == "ataktisch"
    assert protocol.choice_shown("gait", "normal") == "normal"
    assert protocol.choice_shown("sex", "female") == "weiblich"
    assert protocol.items["index"].shows_unit == "pro Stunde"
    assert protocol.sections[1].cards[0].title == "Erstens"
    assert protocol.rules["total_high"].title == "Summe {total}"
    assert protocol.rules["total_high"].says.startswith("Total"), "English stands in"
    assert "rules.total_high.says" in protocol.in_english
    assert "rules.total_high.title" not in protocol.in_english


def test_a_drug_is_found_by_its_name_in_both_languages(folder: Path) -> None:
    pharmacy = in_german(folder, TEXTS).protocol.reader.pharmacy
    for name in ("Amitriptylin 25 mg", "amitriptyline"):
        found = pharmacy.find(name)
        assert found is not None
        assert found.name == "Amitriptylin"


def test_thresholds_and_rules_show_the_same_texts(folder: Path) -> None:
    says = '[rules.low]\nflag_says = ["Low for RLS", "Niedrig bei RLS"]\n'
    protocol = in_german(folder, says).protocol
    assert protocol.thresholds["ferritin"][0].rule is protocol.rules["low"]


def test_the_language_of_the_files_stays_as_it_is(folder: Path) -> None:
    english, german = load_protocol(folder), in_german(folder, TEXTS).protocol
    assert german.text == english.text
    assert english.language == "en"
    assert german.conditions is not None
    assert list(german.items) == list(english.items)


@pytest.mark.parametrize(
    ("texts", "kind", "expected"),
    [
        ('[items.urge]\nshort = ["Drive", "Drang"]', "stale", "texts/de/questions.toml:2: items.urge.short is stale. The English is now “Urge”."),
        ('[items.urge]\nshort = ["Urge", ""]', "untranslated", "items.urge.short is not translated: “Urge”."),
        ('[items.urge]\nshort = ["Urge", " "]', "untranslated", "items.urge.short is not translated: “Urge”."),
        ("", "untranslated", "items.urge.short is not translated: “Urge”."),
        ('[items.urg]\nshort = ["Urge", "Drang"]', "mistakes", "texts/de/questions.toml:2: items.urg.short: the protocol has no “urg” there: did you mean urge?"),
        ('[itms.urge]\nshort = ["Urge", "Drang"]', "mistakes", "texts/de/questions.toml:2: itms.urge.short: the protocol has no “itms” there: did you mean items?"),
        ('[items.urge]\n\nshrt = ["Urge", "Drang"]', "mistakes", "texts/de/questions.toml:3: items.urge.shrt: the protocol has no “shrt” there: did you mean short?"),
        ('[items.urge]\nloinc = ["2276-4", "1"]', "mistakes", "texts/de/questions.toml:2: items.urge.loinc: the protocol has no “loinc” there."),
        ('[items.gait]\nchoices = ["ataxic", "ataktisch"]', "mistakes", "texts/de/questions.toml:2: items.gait.choices is a table of texts, not a text."),
        ('[items.urge]\nshort = "Drang"', "mistakes", 'texts/de/questions.toml:2: items.urge.short must be a pair, ["English", "translation"].'),
        ('[items.urge]\nshort = ["Urge", 5]', "mistakes", 'texts/de/questions.toml:2: items.urge.short must be a pair, ["English", "translation"].'),
        (f'[items.urge]\nshort = ["Urge", "{"x" * 4001}"]', "mistakes", "texts/de/questions.toml:2: items.urge.short is longer than a text can be (4000 characters)."),
        ('[rules.total_high]\ntitle = ["Total {total}", "Summe {summe}"]', "mistakes", "texts/de/questions.toml:2: rules.total_high.title has not the same {…} as the English."),
        ('[items.earlier]\nasks = ["Was it so earlier?", "War es vor 5 Jahren so?"]', "mistakes", "texts/de/questions.toml:2: items.earlier.asks has not the same numbers as the English."),
    ],
)  # fmt: skip
def test_what_is_not_rightly_translated_is_told_and_english_stands_in(
    folder: Path, texts: str, kind: str, expected: str
) -> None:
    translation = in_german(folder, texts)
    assert expected in getattr(translation, kind)
    assert translation.protocol.label("urge") == "Urge"
    assert translation.protocol.rules["total_high"].title == "Total {total}"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"[items\n", "texts/de/questions.toml:1: Expected ']' at the end of a table declaration."),
        (b"\xff\xfe", "not UTF-8 text"),
        (b"x = " + b"[" * 5000, "nested too deeply"),
    ],
)
def test_a_file_of_texts_that_cannot_be_read_is_a_sentence(
    folder: Path, content: bytes, sentence: str
) -> None:
    (folder / "texts" / "de" / "questions.toml").write_bytes(content)
    for load in (load_translation, to_fill_in):
        with pytest.raises(ProtocolMistakes) as told:
            load(folder, "de")
        assert sentence in str(told.value)


def test_a_text_that_stands_in_two_files_is_a_mistake(folder: Path) -> None:
    (folder / "texts" / "de" / "again.toml").write_text('[items.urge]\nshort = ["Urge", "Trieb"]\n')
    told = in_german(folder, TEXTS)
    assert (
        "texts/de/questions.toml:4: items.urge.short stands in texts/de/again.toml already." in told.mistakes
    )


def test_tables_without_an_end_are_refused(folder: Path) -> None:
    deep = ".".join(["a"] * 3000)
    with pytest.raises(ProtocolMistakes, match="nested too deeply"):
        in_german(folder, f"{deep} = 1\n")


def test_an_unknown_language_is_answered_with_those_there_are(folder: Path) -> None:
    assert languages(folder) == ["de", "en", "en-US"]
    for language in ("xx", "../de", ""):
        with pytest.raises(WorkupError, match=r"There are: de, en, en-US\."):
            load_protocol(folder, language)
    with pytest.raises(WorkupError, match="no code of a language"):
        to_fill_in(folder, "../de")


def test_a_practice_brings_texts_for_its_own_entries_and_better_ones(tmp_path: Path) -> None:
    own = tmp_path / "ours"
    (own / "texts" / "qaa").mkdir(parents=True)
    (own / "ours.toml").write_text(
        '[[sources]]\nid = "S901"\ncite = "Ours"\n[[terms]]\nid = "ours"\nmeans = "age >= 18"\nsays = "ours"\n'
    )
    (own / "texts" / "qaa" / "x.toml").write_text(
        '[terms.ours]\nsays = ["ours", "unser"]\n[terms.out]\nsays = ["a", "b"]\n'
    )
    translation = load_translation(own, "qaa")
    assert translation.protocol.terms["ours"].says == "unser"
    assert translation.mistakes[0].startswith(
        "ours/texts/qaa/x.toml:4: terms.out.says: the protocol has no “out” there"
    )
    assert list(to_fill_in(own, "qaa")) == ["ours.toml"]
    assert 'says = ["ours", "unser"]' in to_fill_in(own, "qaa")["ours.toml"]


@pytest.mark.parametrize(
    ("english", "translation", "kept"),
    [
        ("Below 75 µg/L", "Unter 75 µg/L", True),
        ("1.73 m²", "1,73 m²", True),
        ("5 to 15, 20.", "20, 5 bis 15", True),
        ("Below 75 µg/L", "Unter 57 µg/L", False),
        ("after 24 hours", "nach einem Tag", False),
        ("none", "0", False),
    ],
)
def test_a_translation_keeps_the_numbers(english: str, translation: str, kept: bool) -> None:
    assert (_difference(english, translation) == "") is kept


def test_a_folder_with_nothing_but_choices_gives_the_shipped_texts(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text("[leading]\n")
    assert "iron.toml" in to_fill_in(tmp_path, "qaa")


@pytest.mark.parametrize("language", languages())
def test_the_shipped_texts_hold_no_mistake(language: str) -> None:
    assert in_language(load_protocol(), None, language).mistakes == ()


def test_all_that_is_shipped_is_said_in_german() -> None:
    """No text is missing, and none stands beside an English that has changed since."""
    german = in_language(load_protocol(), None, "de")
    assert german.stale == ()
    assert german.untranslated == ()


# the files for the translator


def test_the_files_for_the_translator_hold_every_text_once(folder: Path) -> None:
    first = in_german(folder, TEXTS)
    files = to_fill_in(folder, "de")
    assert set(files) == {"protocol.toml", "questions.toml", "tests.toml"}
    assert 'ataxic = ["ataxic", "ataktisch"]' in files["questions.toml"]
    assert 'normal = ["normal", ""]' in files["questions.toml"]
    for name, text in files.items():
        (folder / "texts" / "de" / name).write_text(text, encoding="utf-8")
    again = load_translation(folder, "de")
    assert again.untranslated == first.untranslated
    assert again.mistakes == again.stale == ()
    assert len(again.protocol.in_english) < again.texts
    assert to_fill_in(folder, "de") == files


def test_a_stale_pair_stays_in_the_file_with_the_new_english_beside_it(folder: Path) -> None:
    in_german(folder, '[items.urge]\nshort = ["Drive", "Drang"]\n')
    written = to_fill_in(folder, "de")["questions.toml"]
    assert '# short = ["Urge", ""]\nshort = ["Drive", "Drang"]\n' in written


NOT_SHOWN = {
    "About": "id version reviewed",
    "Card": "id",
    "Choice": "id",
    "Computation": "gives when unit",
    "Decision": "id needs_when",
    "Dispute": "id leads",
    "Drug": "id rxcui",
    "DrugFlag": "kind grade",
    "FlagMeaning": "id",
    "Item": "id section card asked_when loinc loinc_si expected",
    "Profile": "id",
    "Rule": "id when for_each decision about asks_for profile",
    "Section": "id icon",
    "Source": "id cite short",
    "Term": "id means",
    "Unit": "id shows",
}


@pytest.mark.parametrize("kind", Frozen.__subclasses__())
def test_every_text_is_a_code_or_can_be_translated(kind: type[Frozen]) -> None:
    """A text that people read is `Shown` or `Told`; else it belongs on the list of what no language changes."""
    assert " ".join(_codes(kind)) == NOT_SHOWN.get(kind.__name__, "")


def _codes(kind: type[Frozen]) -> list[str]:
    fields = kind.model_fields.items()
    return [name for name, about in fields if about.annotation is str and SHOWN not in about.metadata]


words = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@given(words)
def test_any_text_goes_through_a_file_unchanged(text: str) -> None:
    assert tomllib.loads(f"x = {_quoted(text)}") == {"x": text}


@given(st.dictionaries(st.sampled_from(["urge", "gait", "out"]), st.lists(words | st.integers(), max_size=3)))
def test_any_texts_give_a_protocol_and_sentences(pairs: dict[str, list[str | int]]) -> None:
    english = load_protocol(SMALL)
    texts = Texts()
    texts.pairs = {
        ("items", name, "asks"): Pair(str(pair[0]), str(pair[1]), "x")
        for name, pair in pairs.items()
        if len(pair) > 1
    }
    told = translate(english, texts, Wording("de"))
    asks = told.protocol.items["urge"].asks
    given_pair = texts.pairs.get(("items", "urge", "asks"))
    assert asks == english.items["urge"].asks or (given_pair and asks == given_pair.translation)


@given(st.binary(max_size=60) | words.map(str.encode))
def test_any_file_of_texts_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    place = tmp_path_factory.mktemp("texts")
    (place / "x.toml").write_bytes(content)
    texts = read_texts(place, "texts/de")
    assert len(texts.unreadable) <= 1


def test_retelling_in_the_same_words_changes_nothing() -> None:
    english = load_protocol()
    again = retold(english, lambda _path, text: text)
    for name in (
        "about",
        "sections",
        "items",
        "facts",
        "terms",
        "rules",
        "decisions",
        "flags",
        "drugs",
        "units",
        "computed",
        "thresholds",
    ):
        assert getattr(again, name) == getattr(english, name)
