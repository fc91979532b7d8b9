"""The form to fill in: all items as boxes and lines, and the same as fields that several programs know."""

from __future__ import annotations

import io
import itertools
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pikepdf
import pypdf
import pypdfium2
import pytest
from forms import by_pypdf, fields_of, form_of
from report.paper_trial import HALF, page_texts, sheet_of, trial_protocol

from rls_workup.domain import form_fields as form
from rls_workup.domain.protocol import Protocol
from rls_workup.domain.workup import Answer, State
from rls_workup.protocols import load_protocol
from rls_workup.report.marks import WRITING_LINE, Entry
from rls_workup.report.press import laid_out
from rls_workup.resources import folder


@cache
def shipped() -> Protocol:
    return load_protocol()


@cache
def blank() -> bytes:
    return form_of(shipped())


@cache
def known() -> bytes:
    return form_of(trial_protocol(), sheet_of(HALF).workup)


def value_of(pdf: bytes, name: str) -> str:
    return fields_of(pdf)[name].value


def test_every_item_is_on_the_form_under_its_id() -> None:
    names = {name.split("-")[0] for name in fields_of(blank())}
    assert names == {*shipped().items, "patient", "visit_date", "rls"}


def test_a_blank_form_says_nothing_yet_and_assumes_no_unit() -> None:
    assert [name for name, field in fields_of(blank()).items() if field.value] == [form.ABOUT]
    units = [name for name in fields_of(blank()) if name.endswith("-unit")]
    assert len(units) == sum(item.kind == "quantity" for item in shipped().items.values())


def test_three_libraries_find_the_same_fields() -> None:
    names = list(fields_of(blank()))
    reader = pypdf.PdfReader(io.BytesIO(blank()))
    assert set(reader.get_fields() or {}) == set(names)
    assert set(pdfium_names(blank())) == set(names)


def pdfium_names(pdf: bytes) -> Iterator[str]:
    raw = pypdfium2.raw
    document = pypdfium2.PdfDocument(pdf)
    document.init_forms()
    forms = document.formenv.raw
    try:
        for page in document:
            for number in range(raw.FPDFPage_GetAnnotCount(page)):
                found = raw.FPDFPage_GetAnnot(page, number)
                size = raw.FPDFAnnot_GetFormFieldName(forms, found, None, 0)
                room = (raw.FPDF_WCHAR * (size // 2))()
                raw.FPDFAnnot_GetFormFieldName(forms, found, room, size)
                yield bytes(room).decode("utf-16-le").rstrip("\0")
                raw.FPDFPage_CloseAnnot(found)
    finally:
        document.close()


def test_every_field_asks_its_question() -> None:
    asked = {name: field.asks for name, field in fields_of(blank()).items()}
    assert all(asked.values())
    for item in shipped().items.values():
        names = [name for name in asked if name == item.id or name.startswith(f"{item.id}-")]
        assert any(item.asks in asked[name] or item.label in asked[name] for name in names), item.id


def test_the_tab_key_goes_in_reading_order() -> None:
    with pikepdf.open(io.BytesIO(blank())) as paper:
        order = [str(field.T) for field in paper.Root.AcroForm.Fields]
        items = list(
            dict.fromkeys(name.split("-")[0] for name in order if name.split("-")[0] in shipped().items)
        )
        asked = [item.id for section in shipped().sections for item in shipped().items_of(section.id)]
        assert sorted(items, key=asked.index) == items
        for page in paper.pages:
            tops = [float(note.Rect[3]) for note in page.Annots if note.F != 2]
            assert all(later <= before + 24 for before, later in itertools.pairwise(tops))
            assert page.Tabs == "/W"


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_every_page_has_the_identity_the_version_and_its_number(paper: str) -> None:
    pages = page_texts(form_of(shipped(), paper=paper))
    about = shipped().about
    for number, text in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in text
        assert f"Protocol {about.id} {about.version}" in text
        for word in ("Family name", "Given name", "Born", "Number"):
            assert word in text


def test_the_name_is_one_field_on_all_pages() -> None:
    assert fields_of(blank())["patient-family_name"].places == len(page_texts(blank()))


def test_lines_to_write_on_are_8_mm_apart() -> None:
    sheet = replace(sheet_of({}, kind="blank"), protocol=trial_protocol())
    written = [strip for page in laid_out(sheet).pages for strip in page if writes(strip.marks)]
    assert len(written) > 10
    assert all(strip.height >= WRITING_LINE - 0.01 for strip in written)


def writes(marks: object) -> bool:
    entries = [mark for mark in marks if isinstance(mark, Entry)] if isinstance(marks, tuple) else []
    return any(not entry.option and not entry.hidden for entry in entries)


def test_nothing_overlaps() -> None:
    """No field lies over another one, and none leaves the paper."""
    for pdf, (wide, high) in ((blank(), (595.3, 841.9)), (form_of(shipped(), paper="letter"), (612, 792))):
        with pikepdf.open(io.BytesIO(pdf)) as paper:
            for page in paper.pages:
                edges = [[float(edge) for edge in note.Rect] for note in page.Annots if note.F != 2]
                for number, (left, low, right, top) in enumerate(edges):
                    assert 0 < left < right < wide - 20
                    assert 0 < low < top < high
                    for other in edges[number + 1 :]:
                        apart = right <= other[0] or other[2] <= left or top <= other[1] or other[3] <= low
                        assert apart, (edges[number], other)


def test_every_font_is_embedded_and_the_bytes_are_the_same_again() -> None:
    assert blank() == form_of(shipped())
    with pikepdf.open(io.BytesIO(blank())) as paper:
        fonts = [
            obj
            for obj in paper.objects
            if isinstance(obj, pikepdf.Dictionary) and obj.get("/Type") == "/Font"
        ]
        assert len(fonts) >= 4
        for font in fonts:
            assert "Inter" in str(font.BaseFont)
            assert "/FontFile2" in font.FontDescriptor


def test_it_carries_no_work_up_and_runs_nothing() -> None:
    with pikepdf.open(io.BytesIO(known())) as paper:
        assert not list(paper.attachments)
        assert "/OpenAction" not in paper.Root
        assert not [obj for obj in paper.objects if isinstance(obj, pikepdf.Dictionary) and "/JS" in obj]


def test_what_is_known_is_filled_in() -> None:
    text = " ".join(page_texts(known()))
    expected = {
        "ferritin": "38",
        "ferritin-unit": "ug-2F-L",
        "ferritin-day": "18-Nov-2026",
        "urge_to_move": "yes",
        "gait": "ataxic",
        "gait-note": "wide-based",
        "crp-state": "state-pending",
        "irls": "24",
        "medications-1-name": "Nightline",
        "medications-1-length": "30",
        "medications-1-span": "months",
        "medications-2-name": "moonroot tea",
        "patient-family_name": "Brown",
        "patient-date_of_birth": "14-Jul-1961",
        "patient-sex": "female",
    }
    assert {name: value_of(known(), name) for name in expected} == expected
    assert "so far: ordered since 19-Nov-2026" not in text  # a box of its own shows it


def test_what_no_box_can_show_stands_beside_the_question() -> None:
    workup = sheet_of(HALF).workup
    workup = workup.answered("urge_to_move", Answer(None, State.PENDING))
    workup = workup.answered("ferritin", Answer("about 40", State.REJECTED, note="by phone"))
    text = " ".join(page_texts(form_of(trial_protocol(), workup)))
    assert "so far: awaited" in text
    assert "so far: about 40 (by phone)" in text


def test_a_long_text_is_whole_in_its_field(tmp_path: Path) -> None:
    workup = sheet_of(HALF).workup.answered("plan_notes", Answer("word " * 4000 + "end"))
    pdf = form_of(trial_protocol(), workup)
    assert value_of(pdf, "plan_notes").endswith("end")
    assert value_of(pdf, "plan_notes").count("word") == 4000


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler is not installed")
def test_poppler_shows_what_is_filled_in_and_that_a_long_text_is_cut(tmp_path: Path) -> None:
    workup = sheet_of(HALF).workup.answered("plan_notes", Answer("word " * 4000 + "end"))
    text = poppler_text(form_of(trial_protocol(), workup), tmp_path)
    assert "Nightline" in text
    assert "wor…" in text
    assert "4711" in poppler_text(by_pypdf(form_of(trial_protocol()), {"ferritin": "4711"}), tmp_path)


def poppler_text(pdf: bytes, place: Path) -> str:
    (place / "form.pdf").write_bytes(pdf)
    done = subprocess.run(["pdftotext", place / "form.pdf", "-"], capture_output=True, check=True)
    return " ".join(done.stdout.decode().split())


def test_pdfium_draws_what_was_filled_in() -> None:
    assert pictures(by_pypdf(form_of(trial_protocol()), {"ferritin": "4711"})) != pictures(
        form_of(trial_protocol())
    )


def pictures(pdf: bytes) -> list[bytes]:
    document = pypdfium2.PdfDocument(pdf)
    document.init_forms()
    try:
        return [page.render(scale=0.5, may_draw_forms=True).to_pil().tobytes() for page in document]
    finally:
        document.close()


def test_the_sample_is_marked_on_its_form() -> None:
    from rls_workup.exchange.workup_file import read_workup

    sample = read_workup(folder("sample", "brown-margaret.rlsworkup"), shipped())
    assert "SAMPLE" in page_texts(form_of(shipped(), sample))[0]
