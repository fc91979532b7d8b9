"""The sheet as HTML: the same content, marked up for who cannot see the paper, and nothing of it markup."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from report.paper_trial import HALF, PATIENT, WHOLE, page_texts, pdf_of, sheet_of
from report.test_hostile_text import HOSTILE

from rls_workup.__main__ import main
from rls_workup.report import page_bytes
from rls_workup.report.drawable import drawable
from rls_workup.resources import folder

OURS = {
    "html", "head", "meta", "title", "style", "body", "main", "footer", "section",
    "h1", "h2", "h3", "p", "strong", "small", "dl", "dt", "dd", "ol", "li",
    "table", "caption", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
_VOID = {"meta"}
_TURNING = re.compile("[\x00\x07\x1b\u202c\u202e\u2066\u2069]")


class Reader(HTMLParser):
    """Reads a page as a browser does and notes what it holds."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []
        self.feed(page.decode())
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.texts.append((self.open[-1] if self.open else "", " ".join(data.split())))

    def of(self, *tags: str) -> list[str]:
        return [text for tag, text in self.texts if tag in tags]

    @property
    def said(self) -> str:
        return " ".join(text for tag, text in self.texts if tag != "style")


def test_it_has_the_structure_that_a_screen_reader_walks() -> None:
    page = Reader(page_bytes(sheet_of(HALF)))
    assert dict(page.tags)["html"] == {"lang": "en"}
    assert page.of("h1") == ["Workup of restless legs"]
    assert page.of("h2")[:3] == ["Findings to act on", "Still missing, by decision", "Blood tests"]
    assert "Sources" in page.of("h2")
    assert all(attributes.get("scope") in ("col", "row") for tag, attributes in page.tags if tag == "th")
    assert len(page.of("caption")) == [tag for tag, _ in page.tags].count("table") > 1
    assert {tag for tag, _ in page.tags} <= OURS


@pytest.mark.parametrize("answers", [HALF, WHOLE])
def test_it_says_what_the_paper_says(answers: dict[str, object]) -> None:
    paper = " ".join(page_texts(pdf_of(sheet_of(answers, sample=True))))
    said = Reader(page_bytes(sheet_of(answers, sample=True))).said
    for words in (
        "BROWN, Margaret",
        "14-Jul-1961 (65y)",
        "Ferritin",
        "38",
        "≤ 75",
        "18-Nov-2026",
        "SAMPLE",
        "Nightline",
    ):
        assert words in paper, words
        assert words in said, words
    state = "PARTIAL" if "PARTIAL" in paper else "COMPLETE"
    assert state in said
    assert f"not {state}" not in said


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_text_in_every_field(text: str) -> None:
    answers = {
        "own_words": text,
        "gait": {"value": "ataxic", "note": text},
        "medications": [{"name": text, "dose": text, "note": text}],
        "ferritin": {"value": 38, "unit": "ng/mL", "note": text, "source": text},
        "unheard_of": text,
    }
    bytes_ = page_bytes(
        sheet_of({**HALF, **answers}, patient={**PATIENT, "family_name": text, "identifier": text})
    )
    page = Reader(bytes_)
    assert {tag for tag, _ in page.tags} <= OURS
    shown = _TURNING.sub(lambda found: f"[U+{ord(found[0]):04X}]", text)
    assert "".join(page.said.split()).count("".join(shown.split())) >= 8
    assert not set(bytes_.decode()) & set("\x00\x1b\x07\u202e\u2066")


@given(st.text(max_size=60))
def test_any_text_leaves_a_whole_page(text: str) -> None:
    page = Reader(page_bytes(sheet_of({"own_words": text}, patient={**PATIENT, "given_name": text})))
    assert {tag for tag, _ in page.tags} <= OURS


def test_the_same_work_up_gives_the_same_bytes_and_no_clock() -> None:
    assert page_bytes(sheet_of(HALF)) == page_bytes(sheet_of(HALF))


def test_the_command_line_writes_it_by_the_name_s_ending_and_in_german(tmp_path: Path) -> None:
    out = tmp_path / "sheet.html"
    sample = str(folder("sample", "brown-margaret.rlsworkup"))
    assert main(["sheet", sample, "-o", str(out), "--language", "de"]) == 0
    page = Reader(out.read_bytes())
    assert dict(page.tags)["html"] == {"lang": "de"}
    assert "Quellen" in page.of("h2")
    assert drawable("BROWN, Margaret") in page.said


def test_what_was_set_aside_stands_by_itself_with_the_reason() -> None:
    reply = {
        "finding": "iron_low",
        "item": "ferritin",
        "stance": "set-aside",
        "name": "Dr A",
        "at": "2026-11-21T09:00:00+01:00",
        "reason": "gave blood yesterday",
        "values": {"ferritin": "38 ug/L", "tsat": "14 %"},
    }
    page = Reader(page_bytes(sheet_of(HALF, replies=[reply])))
    assert page.of("h2")[1] == "Set aside by the clinician"
    assert "Set aside 21-Nov-2026 by Dr A: gave blood yesterday." in page.said


def test_a_list_of_bare_names_is_a_list_of_medicines() -> None:
    assert "zzq" in Reader(page_bytes(sheet_of({"medications": ["zzq"]}))).of("th")
