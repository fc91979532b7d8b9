"""The protocol for review holds everything that the protocol says, as text and on paper, in reading order."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
import pytest

from rls_workup.__main__ import main
from rls_workup.domain.protocol import Protocol
from rls_workup.domain.quantity import plain
from rls_workup.errors import WorkupError
from rls_workup.protocols import load_protocol
from rls_workup.report.review import review_bytes, review_text
from rls_workup.report.review.pages import review_pages
from rls_workup.report.review.whole import review_of

Captured = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def shipped() -> Protocol:
    return load_protocol()


@pytest.fixture(scope="module")
def text(shipped: Protocol) -> str:
    return review_text(shipped)


@pytest.fixture(scope="module")
def printed(shipped: Protocol) -> list[str]:
    """The text of each page."""
    pdf = pypdfium2.PdfDocument(review_bytes(shipped))
    try:
        return [page.get_textpage().get_text_bounded() for page in pdf]
    finally:
        pdf.close()


def squeezed(text: str) -> str:
    """Without spaces, line breaks and boxes, which fall elsewhere on each medium."""
    return re.sub(r"[\s\ufffe\u00ad]+", "", text)


def everything(protocol: Protocol) -> list[str]:
    """Ids, words, cut-offs and sources that a reviewer must find."""
    told = [
        *protocol.items,
        *protocol.rules,
        *protocol.terms,
        *protocol.drugs,
        *protocol.sources,
        *protocol.units,
    ]
    told += [decision.id for decision in protocol.decisions]
    told += [words for item in protocol.items.values() for words in (item.asks, item.help, item.hint)]
    told += [choice.shows for item in protocol.items.values() for choice in item.choices]
    told += [
        words
        for rule in protocol.rules.values()
        for words in (rule.title, rule.when, rule.says, rule.dispute)
    ]
    told += [term.means for term in protocol.terms.values()]
    told += [how.gives for item in protocol.items.values() for how in item.computed]
    told += [words for drug in protocol.drugs.values() for words in (drug.name, *drug.brands, *drug.also)]
    told += [flag.says for drug in protocol.drugs.values() for flag in drug.flags]
    told += [source.cite for source in protocol.sources.values()]
    told += [
        f"{plain(amount)} {protocol.shown_unit(unit)}"
        for thresholds in protocol.thresholds.values()
        for threshold in thresholds
        for amount, unit in threshold.marks
    ]
    told += [protocol.about.intended_use, *protocol.about.notices, protocol.about.version]
    return told


def test_everything_that_the_protocol_says_stands_in_the_text(shipped: Protocol, text: str) -> None:
    found = squeezed(text)
    assert [words for words in everything(shipped) if squeezed(words) not in found] == []


def test_everything_that_the_protocol_says_stands_on_paper(shipped: Protocol, printed: list[str]) -> None:
    # Words that a page break parts are looked for in their halves: furniture stands between them.
    found = squeezed("".join(printed))
    lost = [words for words in everything(shipped) if squeezed(words) not in found]
    assert [words for words in lost if not all(squeezed(word) in found for word in words.split())] == []
    assert len(lost) < 10


def test_a_rule_is_shown_with_all_that_is_to_be_reviewed(text: str) -> None:
    entry = text[text.index("[iron_oral_or_iv_consider]") :].split("\n[ ] ")[0]
    assert "When:           adult (18 years or over) and (Ferritin ≤ 75 ng/mL or TSAT < 20 %)" in entry
    assert "As written:     adult and (ferritin <= 75 ng/mL or tsat < 20 %)" in entry
    assert "Severity:       caution · decision: Iron" in entry
    assert "source to be confirmed locally" in " ".join(entry.split())
    assert "Disputed:       JAMA 2026" in entry


def test_a_rule_says_when_what_it_names_is_looked_at_again(text: str) -> None:
    by_mouth = text[text.index("[follow_up_oral_iron]") :].split("\n[ ] ")[0]
    assert "Due:            12 to 16 weeks after the visit" in by_mouth
    yearly = text[text.index("[follow_up_iron_yearly]") :].split("\n[ ] ")[0]
    assert "Due:            12 months after the visit" in yearly


def test_an_item_is_shown_with_units_limits_and_choices(text: str) -> None:
    ferritin = text[text.index("[ferritin]") :].split("\n[ ] ")[0]
    assert "1 ng/mL = 2.247 pmol/L" in ferritin
    assert "0.5 to 100000 ng/mL, a question outside 3 to 1500" in ferritin
    mma = " ".join(text[text.index("[mma]") :].split("\n[ ] ")[0].split())
    assert "amount in nmol/L = 8.468 × amount in ng/mL" in mma
    gait = text[text.index("[gait]") :].split("\n[ ] ")[0]
    assert "ataxic (abnormal) = ataxic" in " ".join(gait.split())


def test_the_contents_name_the_page_on_which_each_chapter_begins(
    shipped: Protocol, printed: list[str]
) -> None:
    chapters = review_of(shipped).chapters
    for number, chapter in enumerate(chapters, 1):
        listed = re.search(
            rf"^{number}\s+{re.escape(chapter.title)}\s+([0-9]+)\s*$", printed[0], re.MULTILINE
        )
        assert listed is not None, chapter.title
        page = printed[int(listed[1]) - 1]
        assert re.search(rf"^{number}\s+{re.escape(chapter.title)}", page, re.MULTILINE), chapter.title


def test_no_page_is_overfull_and_no_entry_loses_its_title(shipped: Protocol) -> None:
    room = 700.0
    for page in review_pages(review_of(shipped), 500, room):
        assert sum(strip.height for strip in page) <= room
        assert not page[-1].keep


def test_the_same_protocol_gives_the_same_bytes_on_both_papers(shipped: Protocol) -> None:
    assert review_bytes(shipped) == review_bytes(shipped)
    assert review_bytes(shipped, "letter") != review_bytes(shipped)
    with pytest.raises(WorkupError, match="no paper size"):
        review_bytes(shipped, "a3")


def test_what_a_practice_adapted_is_named_and_marked(tmp_path: Path) -> None:
    (tmp_path / "ours.toml").write_text('[[sources]]\nid = "S901"\ncite = "Our laboratory"\n')
    (tmp_path / "settings.toml").write_text('[leading]\nvitamin_b12 = "us"\n')
    text = review_text(load_protocol(tmp_path))
    assert "Own entries:    sources: S901" in text
    assert "[ ] Our laboratory [S901] (this practice’s own)" in text
    assert "Read first:     US usage, this practice’s choice" in text


def test_on_the_command_line(capsys: Captured, tmp_path: Path) -> None:
    small = Path(__file__).parent.parent / "small_protocol"
    assert main(["protocol", "show", "--protocol", str(small)]) == 0
    assert "[ ] Ferritin" in capsys.readouterr().out
    out = tmp_path / "protocol.pdf"
    assert main(["--protocol", str(small), "protocol", "show", "-o", str(out), "--paper", "letter"]) == 0
    assert out.read_bytes().startswith(b"%PDF")
    assert "Written" in capsys.readouterr().err
    assert main(["protocol", "show", "--protocol", str(tmp_path / "nowhere")]) == 1
    assert "is no folder" in capsys.readouterr().err
