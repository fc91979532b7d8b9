"""Protocol folders: the shipped one is in order; a broken one tells every mistake at once."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rls_workup.domain.assessment import assess
from rls_workup.errors import ProtocolMistakes
from rls_workup.exchange.workup_file import workup_from
from rls_workup.protocols import load_protocol, shipped_folder

SMALL = Path(__file__).parent.parent / "small_protocol"
Change = Callable[[str, str, str], None]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "protocol"
    shutil.copytree(SMALL, copy)
    return copy


@pytest.fixture
def change(folder: Path) -> Change:
    """Replace a text in one file of the copied folder."""

    def replace(file: str, old: str, new: str) -> None:
        path = folder / file
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new, 1))

    return replace


def mistakes(folder: Path) -> tuple[str, ...]:
    with pytest.raises(ProtocolMistakes) as told:
        load_protocol(folder)
    return told.value.mistakes


def test_the_shipped_protocol_is_in_order() -> None:
    protocol = load_protocol()
    assert protocol.about.id == "rls-adult"
    assert not protocol.adapted
    assert protocol.text


def test_every_rule_has_a_source_and_an_evidence_tag() -> None:
    protocol = load_protocol()
    for rule in protocol.rules.values():
        assert rule.sources
        assert rule.evidence in "RSGE"


def test_what_several_rules_mark_an_item_by_is_told(folder: Path) -> None:
    thresholds = load_protocol(folder).thresholds["ferritin"]
    assert [(threshold.op, str(threshold.marks[0][0])) for threshold in thresholds] == [("<=", "75")]


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        ("tests.toml", "ferritin <= 75", "ferrtin <= 75", "tests.toml: low: ferrtin is not known: did you mean ferritin?"),
        ("tests.toml", 'sources = ["S1"]', 'sources = ["S9"]', "tests.toml: too_much: S9 is no source."),
        ("tests.toml", 'sources = ["S1"]', "sources = []", "tests.toml: too_much: sources is empty."),
        ("tests.toml", 'sources = ["S1"]\n', "", "tests.toml: too_much: sources is missing."),
        ("tests.toml", 'severity = "caution"', 'severity = "loud"', "tests.toml: low: severity must be one of 'note', 'caution' or 'alert'."),
        ("tests.toml", 'severity = "caution"', 'due = { from = 8, to = 4, in = "weeks" }', "tests.toml: low: “to” lies before “from”."),
        ("tests.toml", 'severity = "caution"', 'due = { from = 8, to = 12, in = "days" }', "tests.toml: low: due.in must be one of 'weeks' or 'months'."),
        ("tests.toml", 'evidence = "S"', 'evidence = "X"', "tests.toml: too_much: evidence must be one of 'R', 'S', 'G' or 'E'."),
        ("tests.toml", 'kind = "quantity"', 'knd = "quantity"', "tests.toml: ferritin: “knd” is not known here: did you mean kind?"),
        ("tests.toml", 'asks = "CRP"', 'asks = "CRP"\nalso = ["FERRITIN"]', "tests.toml: crp: “FERRITIN” is also a name of ferritin."),
        ("tests.toml", 'units = { "%" = 1 }', 'units = { "furlong" = 1 }', "tests.toml: tsat: furlong is no unit."),
        ("tests.toml", 'units = { "mg/L" = 1 }\n', "", "tests.toml: crp: a quantity needs its units."),
        ("tests.toml", 'unit = "%", says', 'unit = "ug/L", says', "tests.toml: tsat: computed in no unit of the item."),
        ("tests.toml", 'about = "ferritin"\n', "", "tests.toml: low: a flag needs “about”, the item that it marks."),
        ("tests.toml", 'decision = "iron"', 'decision = "irn"', "tests.toml: low: irn is no decision: did you mean iron?"),
        ("tests.toml", "{tsat}.", "{tsta}.", "tests.toml: low: tsta is no item for {…}: did you mean tsat?"),
        ("tests.toml", 'when = "tsat > 45 %"\n', "", "tests.toml: rule too_much has no “when”."),
        ("tests.toml", 'id = "low"', 'id = "Low Iron"', "tests.toml: Low Iron: id must be lower_snake_case: small letters, digits and _, a letter first."),
        ("tests.toml", 'id = "low"', 'id = "too_much"', "tests.toml: too_much is used twice in rules."),
        ("tests.toml", 'id = "low"', 'id = "ferritin"', "tests.toml: ferritin already names something else."),
        ("tests.toml", 'rejects = ["iron", "tibc"]', 'rejects = ["irn", "tibc"]', "tests.toml: iron_above_tibc: irn is no item: did you mean iron?"),
        ("tests.toml", "Iron cannot be above TIBC.", "Iron {iron} cannot be above TIBC.", "tests.toml: iron_above_tibc: a rejected value cannot be shown with {…}."),
        ("questions.toml", 'card = "first"', 'card = "frst"', "questions.toml: urge: frst is no card of its section: did you mean first?"),
        ("questions.toml", "[[cards]]", "[[crds]]", "questions.toml: [crds] is no table of a protocol file."),
        ("questions.toml", "[[cards]]", "[cards]", None),
        ("questions.toml", 'asks = "Gait"\nchoices', 'asks = "Gait"\nshort = "x"\n#', "questions.toml: gait: a choice needs its choices."),
        ("questions.toml", 'asked_when = "urge = no"', 'asked_when = "urge = maybe"', "questions.toml: earlier: urge has no choice “maybe”."),
        ("questions.toml", 'gives = "sum(part_*)"', 'gives = "sum(prt_*)"', "questions.toml: total: No item is named like prt_*."),
        ("questions.toml", 'for_each = "worsens"', 'for_each = "worsen"', "questions.toml: worsening_drug: worsen is no drug flag: did you mean worsens?"),
        ("questions.toml", "accepts = { from = 0, to = 40 }", "accepts = { from = 0, to = 40, step = 1 }", "questions.toml: score: accepts.step is not known here."),
        ("questions.toml", "measured = true", 'measured = "very"', "questions.toml: index: measured must be true or false."),
        ("questions.toml", "accepts = { from = 0, to = 40 }", "accepts = 40", "questions.toml: score: accepts must be written in braces, { … }."),
        ("questions.toml", "accepts = { from = 0, to = 40 }", 'accepts = { from = 0, to = "forty" }', "questions.toml: score: accepts.to must be a number."),
        ("tests.toml", 'units = { "mg/L" = 1 }', 'units = { "mg/L" = "one" }', "tests.toml: crp: how mg/L is converted must be a number above 0, or { times = …, plus = … }."),
        ("tests.toml", '"umol/L" = "0.1791"', '"umol/L" = "[0.1791"', "tests.toml: iron: how umol/L is converted must be a number above 0, or { times = …, plus = … }."),
        ("tests.toml", 'units = { "mg/L" = 1 }', 'units = { "mg/L" = 0 }', "tests.toml: crp: how mg/L is converted must be a number above 0, or { times = …, plus = … }."),
        ("tests.toml", 'units = { "mg/L" = 1 }', 'units = { "mg/L" = { plus = 1 } }', "tests.toml: crp: how mg/L is converted must be a number above 0, or { times = …, plus = … }."),
        ("tests.toml", "accepts = { from = 0, to = 1000 }", "accepts = { from = 1000, to = 0 }", "tests.toml: crp: the limits are not in order."),
        ("tests.toml", "usual = [3, 1500]", "usual = [0.1, 1500]", "tests.toml: ferritin: the limits are not in order."),
        ("tests.toml", 'units = { "mg/L" = 1 }', 'units = "mg/L"', "tests.toml: crp: units must be written in braces, { … }."),
        ("protocol.toml", "year = 2020", "year = 2020.5", "protocol.toml: S1: year must be a whole number."),
        ("protocol.toml", '[[sources]]\nid = "S1"', '[[sources]]\nid = "practice_1"', "protocol.toml: practice_1: id must be S or G with up to three digits and at most one letter, such as S12 or G4b."),
        ("protocol.toml", 'version = "2026.11"', 'version = "1.0"', "protocol.toml: small: version must be year and month, such as 2026.11, or with a further number, such as 2026.11.1."),
        ("protocol.toml", 'id = "small"', 'id = "Small one"', "protocol.toml: Small one: id must be small letters, digits and hyphens, such as rls-adult."),
        ("protocol.toml", "[about]", "[abut]", "protocol.toml: an [about] table with the protocol's id and version is missing."),
        ("protocol.toml", 'means = "age >= 18"', 'means = "age >= 18 and adult"', "adult rests on adult: rules cannot rest on each other in a circle."),
        ("questions.toml", 'gives = "sum(part_*)"', 'gives = "sum(part_*)", when = "not known(total)"', "total rests on total: rules cannot rest on each other in a circle."),
        ("protocol.toml", 'blocks = ["ferritin", "tsat"]', 'blocks = ["feritin"]', "protocol.toml: iron: feritin is no item: did you mean ferritin?"),
        ("protocol.toml", 'alternatives = ["bupropion"]', 'alternatives = ["bupropin"]', "protocol.toml: amitriptyline: bupropin is no drug: did you mean bupropion?"),
        ("protocol.toml", 'flags = [{ kind = "worsens"', 'flags = [{ kind = "wrsens"', "protocol.toml: amitriptyline: wrsens is no drug flag: did you mean worsens?"),
    ],
)  # fmt: skip
def test_a_mistake_says_file_line_id_and_a_guess(
    folder: Path, change: Change, file: str, old: str, new: str, expected: str | None
) -> None:
    change(file, old, new)
    if expected is None:
        assert load_protocol(folder).sections[1].cards[0].id == "first", "one table reads like a list of one"
        return
    told = {re.sub(r"^(\w+\.toml):\d+:", r"\1:", mistake): mistake for mistake in mistakes(folder)}
    assert expected in told
    line = re.match(r"\w+\.toml:(\d+):", told[expected])
    if line and new and "\n" not in new:
        assert new in (folder / file).read_text().splitlines()[int(line[1]) - 1]


def test_all_mistakes_come_at_once(folder: Path, change: Change) -> None:
    change("tests.toml", "ferritin <= 75", "ferrtin <= 75")
    change("questions.toml", 'asked_when = "urge = no"', 'asked_when = "urg = no"')
    change("protocol.toml", 'means = "age >= 18"', 'means = "age >="')
    assert {mistake.split(":")[0] for mistake in mistakes(folder)} == {
        "tests.toml",
        "questions.toml",
        "protocol.toml",
    }


def test_a_broken_entry_is_told_once_and_not_at_every_use(folder: Path, change: Change) -> None:
    change("tests.toml", 'kind = "quantity"', 'kind = "quantty"')
    told = mistakes(folder)
    assert len(told) == 1
    assert re.match(r"tests\.toml:[0-9]+: ferritin: kind must be one of", told[0])


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"[about\n", "The file is not well-formed TOML there."),
        (b"a = ", "The file is not well-formed TOML there."),
        (b"\xff\xfe\x00", "not UTF-8 text"),
        (b"x = " + b"[" * 5000, "nested too deeply"),
        (b"rules = 5\n", "must be written as [[rules]]"),
        (b"# " + b"x" * 2_200_000, "larger than a protocol file can be"),
    ],
)
def test_a_file_that_is_no_toml_is_a_mistake_like_any_other(
    folder: Path, content: bytes, sentence: str
) -> None:
    (folder / "zz.toml").write_bytes(content)
    assert any(mistake.startswith("zz.toml") and sentence in mistake for mistake in mistakes(folder))


def test_a_file_that_cannot_be_opened_is_a_mistake(folder: Path) -> None:
    (folder / "zz.toml").symlink_to(folder / "nowhere")
    assert any("zz.toml: cannot be read" in mistake for mistake in mistakes(folder))


def test_an_empty_or_missing_folder_is_a_mistake(tmp_path: Path) -> None:
    assert mistakes(tmp_path) == (f"{tmp_path.name} holds no .toml file, so it is no protocol folder.",)
    assert mistakes(tmp_path / "nowhere") == (f"{tmp_path / 'nowhere'} is no folder.",)


def test_a_practices_own_folder_lies_over_the_shipped_one(tmp_path: Path) -> None:
    rule = load_protocol().rules["iron_oral_or_iv_consider"]
    (tmp_path / "ours.toml").write_text(
        f'[[rules]]\nid = "{rule.id}"\nwhen = "adult and ferritin <= 50 ng/mL"\ntitle = "Ours"\nsays = "Ours."\n'
        'sources = ["E"]\nevidence = "E"\n[[terms]]\nid = "our_own"\nmeans = "age >= 65"\n'
    )
    adapted = load_protocol(tmp_path)
    assert adapted.adapted
    assert adapted.rules[rule.id].title == "Ours"
    assert "our_own" in adapted.terms
    assert list(adapted.rules) == list(load_protocol().rules)


def test_one_blood_test_and_one_rule_touch_one_file(tmp_path: Path) -> None:
    """What the README promises: no Python is opened."""
    copy = tmp_path / "protocol"
    shutil.copytree(shipped_folder(), copy)
    (copy / "zinc.toml").write_text(
        '[[items]]\nid = "zinc"\nsection = "blood_tests"\nkind = "quantity"\nasks = "Zinc"\nunits = { "nmol/L" = 1 }\n'
        '[[rules]]\nid = "zinc_low"\nwhen = "zinc < 50 nmol/L"\ntitle = "Low"\nsays = "Low."\nsources = ["E"]\nevidence = "E"\n'
    )
    protocol = load_protocol(copy)
    assert protocol.items["zinc"] in protocol.items_of("blood_tests")
    assert "zinc_low" in protocol.rules


def test_the_blood_test_of_the_readme_works_as_it_stands(tmp_path: Path) -> None:
    """A newcomer copies the block into a folder of the practice: it loads, it fires, and nothing else changes."""
    readme = (Path(__file__).parent.parent.parent / "README.md").read_text()
    block = next(part for part in readme.split("```toml\n")[1:] if part.startswith("[[items]]")).split("```")[
        0
    ]
    (tmp_path / "ours.toml").write_text(block)
    protocol = load_protocol(tmp_path)
    document = {
        "format": "rls-workup/1",
        "patient": {"date_of_birth": "1980-05-01"},
        "visit_date": "2026-11-20",
        "answers": {"zinc": {"value": 60, "unit": "ug/dL"}},
    }
    found = assess(protocol, workup_from(document, protocol), date(2026, 11, 22)).findings
    assert ("zinc_low", "zinc") in [(finding.id, finding.item) for finding in found]
    assert protocol.changed.keys() == {"items", "rules", "sources"}
    shipped = load_protocol()
    assert [item for item in protocol.items if item != "zinc"] == list(shipped.items)


def test_the_choice_of_the_readme_works_as_it_stands(tmp_path: Path) -> None:
    readme = (Path(__file__).parent.parent.parent / "README.md").read_text()
    block = next(part for part in readme.split("```toml\n")[1:] if part.startswith("[leading]")).split("```")[
        0
    ]
    (tmp_path / "settings.toml").write_text(block)
    assert load_protocol(tmp_path).chosen


def test_mistakes_of_an_own_folder_are_its_own(tmp_path: Path) -> None:
    (tmp_path / "ours.toml").write_text("[[rules]\n")
    assert all(mistake.startswith("ours.toml") for mistake in mistakes(tmp_path))


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(
    st.sampled_from(["tests.toml", "questions.toml", "protocol.toml"]),
    st.integers(0, 4000),
    st.sampled_from(["", '"', "[", "= 5\n", "id", "\x00", "é", "}"]),
    st.integers(0, 30),
)
def test_any_damage_is_told_in_sentences(folder: Path, file: str, place: int, put: str, cut: int) -> None:
    path = folder / file
    whole = (SMALL / file).read_text()
    path.write_text(whole[:place] + put + whole[place + cut :])
    try:
        load_protocol(folder)
    except ProtocolMistakes as told:
        assert all(mistake.rstrip(".)").strip() for mistake in told.mistakes)  # noqa: PT017  either outcome is right
    finally:
        path.write_text(whole)
