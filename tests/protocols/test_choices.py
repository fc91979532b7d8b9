"""What a practice chose where sources disagree: read, checked, written; a practice's folder as a whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rls_workup.errors import CannotWrite, ProtocolMistakes
from rls_workup.protocols import load_protocol, protocol_from_text, write_choices
from rls_workup.protocols.files import ProtocolFile, files_of, one_text

SOURCE = '[[sources]]\nid = "S901"\ncite = "Our laboratory"\n'
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))


def test_a_choice_is_kept_and_changes_nothing_but_the_order(tmp_path: Path) -> None:
    write_choices(tmp_path / "own", {"vitamin_b12": "us"})
    shipped, chosen = load_protocol(), load_protocol(tmp_path / "own")
    assert chosen.chosen == {"vitamin_b12": "us"}
    assert not chosen.adapted
    assert (chosen.text, chosen.mark) == (shipped.text, shipped.mark)
    assert list(chosen.rules) != list(shipped.rules)
    assert dict(chosen.rules) == dict(shipped.rules)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('[leading]\nvitamin_b21 = "us"\n', "settings.toml: vitamin_b21 is nothing that sources disagree on: did you mean vitamin_b12?"),
        ('[leading]\nvitamin_b12 = "nce"\n', "settings.toml: vitamin_b12: nce is no profile: did you mean nice?"),
        ("[leading]\nvitamin_b12 = 5\n", 'settings.toml: write [leading] and below it lines like vitamin_b12 = "nice".'),
        ("[led]\n", "settings.toml: “led” is not known here; only [leading] is."),
        ("[leading\n", "settings.toml: not well-formed TOML."),
        ("\N{BOM}x", "settings.toml: not well-formed TOML."),
    ],
)  # fmt: skip
def test_a_wrong_choice_is_a_sentence(tmp_path: Path, text: str, sentence: str) -> None:
    (tmp_path / "settings.toml").write_text(text)
    with pytest.raises(ProtocolMistakes) as told:
        load_protocol(tmp_path)
    assert sentence in told.value.mistakes


def test_wrong_choices_and_wrong_entries_are_told_together(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text("[led]\n")
    (tmp_path / "ours.toml").write_text('[[sources]]\nid = "practice_1"\ncite = "x"\n')
    with pytest.raises(ProtocolMistakes) as told:
        load_protocol(tmp_path)
    assert sorted(mistake.split(":")[0] for mistake in told.value.mistakes) == ["ours.toml", "settings.toml"]


def test_a_choice_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CannotWrite, match="The choice was not kept"):
        write_choices(tmp_path / "file", {})


def test_an_own_entry_without_an_id_or_given_twice_is_told(tmp_path: Path) -> None:
    (tmp_path / "ours.toml").write_text(SOURCE + SOURCE + '[[rules]]\ntitle = "No id"\n')
    with pytest.raises(ProtocolMistakes) as told:
        load_protocol(tmp_path)
    assert "ours.toml:5: S901 is used twice in sources." in told.value.mistakes
    assert "ours.toml:7: id is missing." in told.value.mistakes


def test_an_own_card_replaces_the_one_of_its_section_only(tmp_path: Path) -> None:
    (tmp_path / "ours.toml").write_text(
        '[[cards]]\nsection = "blood_tests"\nid = "iron"\ntitle = "Our iron"\n'
    )
    cards = {
        section.id: [card.title for card in section.cards] for section in load_protocol(tmp_path).sections
    }
    before = {section.id: [card.title for card in section.cards] for section in load_protocol().sections}
    assert "Our iron" in cards.pop("blood_tests")
    before.pop("blood_tests")
    assert cards == before


def test_the_kept_text_gives_the_same_protocol_again(tmp_path: Path) -> None:
    (tmp_path / "ours.toml").write_text(SOURCE)
    write_choices(tmp_path, {"vitamin_b12": "us"})
    adapted = load_protocol(tmp_path)
    again = protocol_from_text(adapted.text, adapted)
    assert again.changed == {"sources": frozenset({"S901"})}
    assert (again.rules, again.items, again.sources) == (adapted.rules, adapted.items, adapted.sources)
    assert (list(again.rules), again.mark, again.chosen) == (
        list(adapted.rules),
        adapted.mark,
        adapted.chosen,
    )
    shipped = load_protocol()
    assert not protocol_from_text(shipped.text, shipped).adapted


@given(
    st.lists(st.builds(ProtocolFile, st.sampled_from(["shipped", "practice"]), st.just("a b.toml"), TEXTS))
)
def test_files_read_back_from_one_text_as_they_were(files: list[ProtocolFile]) -> None:
    assert files_of(one_text(files)) == files


@given(TEXTS)
def test_any_other_text_is_refused_in_a_sentence(text: str) -> None:
    if text:
        with pytest.raises(ProtocolMistakes, match="cannot be read any more"):
            files_of(text)


def test_a_file_that_is_no_toml_hides_no_mistake_of_the_others(tmp_path: Path) -> None:
    (tmp_path / "broken.toml").write_text("a = [\n")
    entries = [f'[[sources]]\nid = "practice_{number}"\ncite = "x"\n' for number in range(4)]
    (tmp_path / "ours.toml").write_text("".join(entries))
    (tmp_path / "settings.toml").write_text("[led]\n")
    with pytest.raises(ProtocolMistakes) as told:
        load_protocol(tmp_path)
    places = [mistake.split(": ")[0] for mistake in told.value.mistakes]
    assert places == [
        "broken.toml",
        "settings.toml",
        "ours.toml:2",
        "ours.toml:5",
        "ours.toml:8",
        "ours.toml:11",
    ]


def test_a_profile_that_is_not_there_is_told_with_the_entries(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text('[leading]\nvitamin_b12 = "nce"\n')
    (tmp_path / "ours.toml").write_text('[[sources]]\nid = "practice_1"\ncite = "x"\n')
    with pytest.raises(ProtocolMistakes) as told:
        load_protocol(tmp_path)
    assert len(told.value.mistakes) == 2


def test_a_folder_that_may_not_be_looked_into_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / ("n" * 200)).mkdir()
    with pytest.raises(ProtocolMistakes, match=r"cannot be read \(File name too long\)"):
        load_protocol(tmp_path / ("n" * 300))
