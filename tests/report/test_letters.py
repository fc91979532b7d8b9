"""The referral letter, the handout and the note: only what is known, in the words of who reads it."""

from __future__ import annotations

import io
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from report.paper_trial import HALF, PATIENT, page_texts, trial_protocol

from rls_workup.domain.assessment import assess
from rls_workup.domain.protocol import Protocol
from rls_workup.domain.replies import reply_to
from rls_workup.domain.reply import Stance
from rls_workup.domain.workup import Workup
from rls_workup.errors import WorkupError
from rls_workup.exchange.workup_file import read_workup, workup_from
from rls_workup.protocols import load_protocol
from rls_workup.report import Sheet, note_bytes, sheet_bytes
from rls_workup.report.drawable import is_drawable
from rls_workup.report.handout import handout
from rls_workup.report.marks import Words
from rls_workup.report.paper_texts import paper_texts
from rls_workup.report.referral_letter import letter_of
from rls_workup.resources import folder

TODAY = date(2026, 11, 22)
GOLDEN = Path(__file__).parent / "golden"
PAPERS = ("referral_sleep", "referral_neurology", "handout", "note", "note_short")


@cache
def protocol_in(language: str = "en") -> Protocol:
    return load_protocol(None, language)


def sample(language: str = "en") -> Workup:
    return read_workup(folder("sample", "brown-margaret.rlsworkup"), protocol_in(language))


def workup_with(answers: Mapping[str, Any], language: str = "en", **patient: str) -> Workup:
    document = {
        "format": "rls-workup/1",
        "id": "0192f0c1",
        "visit_date": "2026-11-20",
        "patient": {**PATIENT, **patient},
        "answers": dict(answers),
    }
    return workup_from(document, protocol_in(language))


def sheet_with(workup: Workup, kind: str, language: str = "en") -> Sheet:
    protocol = protocol_in(language)
    return Sheet(protocol, workup, assess(protocol, workup, TODAY), kind)


def pdf_of(workup: Workup, kind: str, language: str = "en", paper: str = "a4") -> bytes:
    protocol = protocol_in(language)
    return sheet_bytes(protocol, workup, assess(protocol, workup, TODAY), kind=kind, paper=paper)


def said(workup: Workup, kind: str, language: str = "en") -> str:
    if kind.startswith("note"):
        return note_bytes(sheet_with(workup, kind, language)).decode()
    return " ".join(page_texts(pdf_of(workup, kind, language)))


def lines_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()
    return "\n\f\n".join("\n".join(page.splitlines()) for page in pages) + "\n"


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("kind", PAPERS)
def test_the_sample_reads_as_it_did(kind: str, language: str) -> None:
    """A change of words shows here; RLS_WORKUP_GOLDEN=1 writes the files anew, to be read before a commit."""
    workup = sample(language)
    text = (
        said(workup, kind, language) if kind.startswith("note") else lines_of(pdf_of(workup, kind, language))
    )
    golden = GOLDEN / f"{kind}-{language}.txt"
    if os.environ.get("RLS_WORKUP_GOLDEN"):
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("kind", ["referral", "handout"])
def test_the_same_work_up_gives_the_same_bytes_on_both_papers(kind: str, paper: str) -> None:
    pdf = pdf_of(sample(), kind, paper=paper)
    assert pdf == pdf_of(sample(), kind, paper=paper)
    assert len(page_texts(pdf)) <= 2


@pytest.mark.parametrize(
    ("answers", "to"),
    [
        ({}, "sleep"),
        ({"stopbang": 5}, "sleep"),
        ({"witnessed_apnoea": "yes"}, "sleep"),
        ({"diagnosis_uncertain": "yes"}, "sleep"),
        ({"vibration": "reduced", "ankle_reflexes": "absent"}, "neurology"),
        ({"parkinsonism": "present"}, "neurology"),
        ({"rapid_progression": "yes", "stopbang": 8}, "neurology"),
        ({"sleep_referral": {"state": "ordered"}, "parkinsonism": "present"}, "sleep"),
        ({"sleep_referral": {"state": "ordered"}, "rapid_progression": "yes"}, "neurology"),
    ],
)
def test_a_referral_goes_where_the_work_up_has_the_better_reason_for(
    answers: Mapping[str, Any], to: str
) -> None:
    assert letter_of(sheet_with(workup_with(answers), "referral")).id == to


def test_a_letter_makes_up_nothing() -> None:
    empty = said(workup_with({}), "referral_sleep")
    assert "records no reason for this referral yet" in empty
    assert "Not examined." in empty
    assert "PARTIAL" in empty
    assert "Medicines Not asked yet" in empty
    assert "normal" not in empty.casefold()
    assert "answered no" not in empty


def test_a_letter_tells_reason_question_red_flags_and_what_is_awaited() -> None:
    answers = {
        "stopbang": 5,
        "new_leg_weakness": "yes",
        "sleep_referral": {"state": "ordered", "since": "2026-11-19"},
        "sleep_referral_question": "Apnoea?",
        "ferritin": {"value": 38, "unit": "ug/L", "collected": "2026-11-18"},
        "mma": {"state": "pending", "since": "2026-11-18"},
        "vibration": {"value": "reduced", "note": "left"},
        "gait": {"state": "declined"},
        "medications": [{"name": "amitriptyline", "dose": "10 mg at night", "months": 18}],
        "clinician_conclusion": "Sleep first.",
    }
    text = said(workup_with(answers), "referral_sleep")
    order = [
        "Possible cord compression",
        "Sleep apnoea is in question. STOP-Bang 5",
        "Question Apnoea?",
        "Sleep first.",
        "38 µg/L L Low for RLS 18-Nov-2026",
        "N1 Vibration reduced (left)",
        "N7 Gait: declined",
        "amitriptyline 10 mg at night · 18 months",
        "MMA: awaited since 18-Nov-2026",
    ]
    places = [text.index(words) for words in order]
    assert places == sorted(places)


def test_red_flags_that_were_all_denied_are_said_so() -> None:
    flags = [item.id for item in protocol_in().items_of("red_flags")]
    text = said(workup_with(dict.fromkeys(flags, "no")), "referral")
    assert "all asked about, each answered no" in text
    assert "not asked about" in said(workup_with(dict.fromkeys(flags[1:], "no")), "referral")


@pytest.mark.parametrize("language", ["en", "de"])
def test_a_handout_names_the_syndrome_only_where_the_criteria_are_met(language: str) -> None:
    assert "RLS" in said(sample(language), "handout", language)
    ferritin = {"ferritin": {"value": 38, "unit": "ug/L"}}
    text = said(workup_with(ferritin, language), "handout", language)
    assert "RLS" not in text
    assert "38 µg/L" in text
    assert "yndrom" not in text


def test_a_handout_tells_tests_awaited_ones_and_medicines_to_ask_about() -> None:
    text = said(sample(), "handout")
    assert "Ferritin 38 µg/L (16-Nov-2026)" in text
    assert "MMA: we are still waiting" in text
    assert "amitriptyline: may make restless legs worse." in text
    assert "Do not stop and do not change any medicine on your own." in text
    nothing = said(workup_with({}), "handout")
    assert "No test result is here yet." in nothing
    assert "may make restless legs worse." not in nothing


def test_a_medicine_that_is_no_longer_taken_is_not_asked_about() -> None:
    past = {"medications": [{"name": "amitriptyline", "current": "no"}]}
    assert "amitriptyline" not in said(workup_with(past), "handout")


@pytest.mark.parametrize("language", ["en", "de"])
def test_no_handout_says_to_stop_a_medicine_or_gives_a_dose(language: str) -> None:
    texts = str(paper_texts("handout", language)).casefold()
    stops = re.findall(r"[^.]*\b(?:stop|setzen sie)\b[^.]*", texts)
    assert [words for words in stops if "not stop" not in words and "setzen sie kein" not in words] == []
    assert re.findall(r"\d+\s*(?:mg|µg|g)\b", texts) == []


def test_a_handout_carries_the_next_visit_and_ticks_what_was_talked_about() -> None:
    answers = {"follow_up_date": "Monday, 9 am", "counselled_exercise": "yes"}
    assert "Monday, 9 am" in said(workup_with(answers), "handout")


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("kind", ["note", "note_short"])
def test_a_note_is_plain_lines_that_say_what_is_pending(kind: str, language: str) -> None:
    text = said(sample(language), kind, language)
    assert max(map(len, text.splitlines())) < 80
    waits = "MMA: ordered since 18-Nov-2026" if language == "en" else "MMA: angefordert seit 18-Nov-2026"
    assert waits in " ".join(text.split())


def test_a_note_says_what_it_rests_on_and_a_short_one_is_short() -> None:
    long, short = said(sample(), "note"), said(sample(), "note_short")
    assert "rule: Ferritin ≤ 75 ng/mL" in " ".join(long.split())
    assert "rule:" not in short
    assert len(short) < len(long) / 4
    assert "N1 Vibration reduced (Great toes, both sides)" in " ".join(short.split())


@pytest.mark.parametrize("kind", ["note", "note_short"])
def test_what_was_set_aside_stands_in_the_note_with_its_reason(kind: str) -> None:
    protocol, workup = protocol_in(), workup_with({"ferritin": {"value": 38, "unit": "ug/L"}, "tsat": 30})
    assessment = assess(protocol, workup, TODAY)
    low = next(part for part in assessment.findings if part.id == "iron_oral_or_iv_consider")
    reply = reply_to(protocol, low, Stance.SET_ASIDE, "Dr A", "2026-11-20T10:00:00+00:00", "donates no more")
    text = " ".join(said(replace(workup, replies=(reply,)), kind).split())
    head, _, rest = text.casefold().partition("set aside by the clinician")
    assert low.title.casefold() not in head
    assert low.title.casefold() in rest
    assert "by dr a: donates no more" in rest


def test_what_was_not_examined_is_not_normal_in_a_short_note() -> None:
    assert "Examination: not done" in said(workup_with({}), "note_short")
    assert "normal" not in said(workup_with({}), "note_short")


@given(st.text(min_size=1, max_size=400))
def test_whatever_is_typed_a_note_hides_nothing_and_stays_narrow(text: str) -> None:
    note = said(workup_with({"clinician_conclusion": text}, family_name=text), "note_short")
    assert all(line.isprintable() and len(line) < 80 for line in note.split("\n"))


@pytest.mark.parametrize("kind", ["referral", "handout"])
@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("<b>&amp;</b>", "<b>&amp;</b>"),
        ("山田 太郎", "山田太郎"),
        ("محمد", "[u+0645][u+062d]"),
        ("{title} %s", "{title}%s"),
        ("Z" * 3000, "z" * 40),
    ],
)
def test_hostile_names_are_printed_as_they_are(kind: str, name: str, printed: str) -> None:
    text = said(workup_with({}, family_name=name), kind).replace(" ", "").casefold()
    assert printed in text
    assert text.count("z") >= name.count("Z")


@pytest.mark.parametrize("kind", ["referral", "handout", "note", "note_short"])
def test_papers_under_another_protocol_leave_out_what_it_does_not_ask(kind: str) -> None:
    document = {"format": "rls-workup/1", "id": "0192", "patient": PATIENT, "answers": dict(HALF)}
    protocol = trial_protocol()
    workup = workup_from(document, protocol)
    sheet = Sheet(protocol, workup, assess(protocol, workup, TODAY), kind)
    if kind.startswith("note"):
        assert "38 µg/L" in note_bytes(sheet).decode()
    else:
        pdf = sheet_bytes(protocol, workup, sheet.assessment, kind=kind)
        assert "38 µg/L" in " ".join(page_texts(pdf))


@pytest.mark.parametrize("paper", ["referral", "handout"])
def test_a_paper_that_is_not_written_in_a_language_says_so(paper: str) -> None:
    with pytest.raises(WorkupError, match="not written in the language “fr” yet"):
        paper_texts(paper, "fr")
    assert paper_texts(paper, "de-CH") == paper_texts(paper, "de")


@pytest.mark.parametrize("paper", ["referral", "handout"])
def test_the_texts_name_what_the_protocol_has_and_can_be_drawn(paper: str) -> None:
    known = {
        "finding": {"", *protocol_in().rules},
        "item": set(protocol_in().items),
        "flag": set(protocol_in().flags),
        "request": set(protocol_in().items),
        "question": {"", *protocol_in().items},
        "safety": {section.id for section in protocol_in().sections},
    }
    whole = tomllib.loads((folder("papers") / f"{paper}.toml").read_text(encoding="utf-8"))
    languages = set(whole.pop("languages"))

    def walk(part: Any) -> None:
        if isinstance(part, list):
            for inner in part:
                walk(inner)
        elif isinstance(part, dict) and part.keys() & languages:
            assert set(part) == languages
            assert all(words.strip() and is_drawable(words) for words in part.values())
        elif isinstance(part, dict):
            for name, inner in part.items():
                if name in known:
                    assert inner in known[name], inner
                walk(inner)

    walk(whole)
    for group in whole.get("tests", {}).get("groups", ()):
        assert set(group["items"]) <= set(protocol_in().items)
    for letter in whole.get("letters", ()):
        sections = {section.id for section in protocol_in().sections}
        assert set(letter["asked"]) | set(letter["told"]) <= sections
        assert set(letter["findings"]) <= {decision.id for decision in protocol_in().decisions}
        assert set(letter["quoted"]) <= set(protocol_in().items)


@pytest.mark.parametrize(("language", "said_as"), [("en", "en-GB"), ("de", "de")])
@pytest.mark.parametrize("kind", ["referral_sleep", "handout"])
def test_the_file_is_sound_and_its_properties_name_nobody(kind: str, language: str, said_as: str) -> None:
    pdf = pdf_of(sample(language), kind, language)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert document.check_pdf_syntax() == []
        assert str(document.Root.Lang) == said_as
        assert "Brown" not in str(document.docinfo)
        assert list(document.attachments) == []
        fonts = [
            part
            for part in document.objects
            if isinstance(part, pikepdf.Dictionary) and part.get("/Type") == "/Font"
        ]
        assert fonts
        assert all("/FontFile2" in font.FontDescriptor for font in fonts)


def test_a_handout_is_set_in_12_points_or_more() -> None:
    sheet = sheet_with(sample(), "handout")
    words = [mark for strip in handout(sheet, 515) for mark in strip.marks if isinstance(mark, Words)]
    assert min(mark.style.size for mark in words) >= 12


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ([], "No medicines."),
        ({"state": "declined", "note": "in a hurry"}, "Medicines: declined (in a hurry)"),
        ({"state": "pending"}, "Medicines: awaited"),
        ("metformin, Prozac", "Medicines: “metformin, Prozac” not accepted"),
        (["metformin"], "metformin"),
    ],
)
def test_a_letter_says_why_it_lists_no_medicine(answer: Any, words: str) -> None:
    letter = said(workup_with({"medications": answer}), "referral")
    assert words in letter
    assert "Medicines Not asked yet" not in letter


@pytest.mark.parametrize("kind", ["referral", "note"])
def test_notes_on_medicines_and_awaited_results_are_written(kind: str) -> None:
    answers = {
        "medications": [{"name": "ropinirole", "note": "since the spring"}],
        "ferritin": {"state": "ordered", "note": "haemolysed before"},
    }
    words = said(workup_with(answers), kind)
    assert "since the spring" in words
    assert "Ferritin: ordered (haemolysed before)" in words


def test_a_medicine_that_cannot_be_read_is_shown_in_plain_words() -> None:
    words = said(workup_with({"medications": [{"name": "metformin", "months": -3}]}), "note")
    assert "Medicines name: metformin; months: -3" in words
