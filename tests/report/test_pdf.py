"""The file itself: paper size, fonts, language, nothing of the patient outside the pages, only black."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from report.paper_trial import HALF, pdf_of, sheet_of, trial_protocol
from reportlab import rl_config

import rls_workup
from rls_workup.report.drawable import is_drawable
from rls_workup.report.pen import PAPERS

_SOURCE = Path(rls_workup.__file__).parent


def _open(**own: Any) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf_of(sheet_of(**own))))


@pytest.mark.parametrize(("paper", "size"), [("a4", (595.276, 841.89)), ("letter", (612, 792))])
def test_the_pages_have_the_size_of_their_paper(paper: str, size: tuple[float, float]) -> None:
    with _open(paper=paper) as document:
        for page in document.pages:
            assert [float(edge) for edge in page.mediabox] == pytest.approx([0, 0, *size], abs=0.01)


def test_every_font_is_an_embedded_inter() -> None:
    with _open(sample=True) as document:
        fonts = [
            obj
            for obj in document.objects
            if isinstance(obj, pikepdf.Dictionary) and obj.get("/Type") == "/Font"
        ]
        assert len(fonts) >= 3
        for font in fonts:
            assert "Inter" in str(font.BaseFont)
            assert "/FontFile2" in font.FontDescriptor


def test_the_file_says_its_language_and_title_and_nothing_of_the_patient() -> None:
    pdf = pdf_of(sheet_of())
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert str(document.Root.Lang) == "en-GB"
        assert str(document.docinfo.Title) == "RLS workup sheet"
        assert not str(document.docinfo.get("/Author", ""))
        told = " ".join(str(value) for value in document.docinfo.values())
        assert "/Metadata" not in document.Root
    for word in ("Brown", "BROWN", "Margaret", "999 000 0018", "1961", "0192f0c1"):
        assert word not in told
        assert word.encode() not in pdf


def test_everything_is_black_or_a_dark_grey() -> None:
    with _open(sample=True) as document:
        for page in document.pages:
            page.contents_coalesce()
            for operands, operator in pikepdf.parse_content_stream(page):
                assert str(operator) not in ("rg", "RG", "k", "K", "sc", "SC", "scn", "SCN")
                if str(operator) == "G":
                    assert float(operands[0]) <= 0.45
                if str(operator) == "g":
                    assert float(operands[0]) in (0, 1)


def test_the_words_of_the_protocol_can_all_be_drawn() -> None:
    protocol = trial_protocol()
    said = [item.asks for item in protocol.items.values()]
    said += [text for rule in protocol.rules.values() for text in (rule.title, rule.says)]
    said += [source.cite for source in protocol.sources.values()]
    assert [text for text in said if not is_drawable(text)] == []


def test_no_paragraph_of_reportlab_is_made_and_only_the_pen_draws() -> None:
    modules = {path.name: path.read_text(encoding="utf-8") for path in _SOURCE.rglob("*.py")}
    assert not [
        name for name, text in modules.items() if re.search(r"\bParagraph\b|platypus|FontFinder", text)
    ]
    assert [name for name, text in modules.items() if "reportlab.pdfgen" in text] == ["pen.py"]


def test_reportlab_may_neither_evaluate_nor_fetch() -> None:
    pdf_of(sheet_of(HALF))
    assert rl_config.trustedHosts is None
    assert not rl_config.trustedSchemes
    assert rl_config.toColorCanUse == "rl_extended_literal_eval"
    assert set(PAPERS) == {"a4", "letter"}
