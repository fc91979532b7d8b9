"""Markup, control signs, other scripts and very long texts in every field: a valid PDF that shows them whole."""

from __future__ import annotations

import io
import random
import shutil
import subprocess
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from report.paper_trial import HALF, PATIENT, page_texts, pdf_of, sheet_of

from rls_workup.report.drawable import drawable

SHEETS = 20  # 200 were tried once, which is ten thousand texts
_ANY = st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=60)
_FIELDS = st.fixed_dictionaries({"name": _ANY, "note": _ANY, "medicine": _ANY, "words": _ANY, "odd": _ANY})
HOSTILE = [
    "pramipexole <dose unknown> since 2019, allergic to <penicillin>",
    "x <!-- do not give --> y",
    "name <a@b.c>, see <http://x>",
    "ferritin </= 75, a <b and c> d &#0; &lt;",
    '<img src="/dev/zero"/><a href="javascript:x">go</a>',
    "{medicine} %s %(x)s {0} \\ ) ( \\)",
    "\u202eright to left\u202c and \u2066isolated\u2069",
    "nul\x00 bell\x07 escape\x1b[31m",
    "سلام שלום नमस्ते 你好 😀",
    "e\u0301\u0302\u0303 zalgo",
    "山田 太郎（やまだ たろう）腿部不适、잠 못 이루는 밤",
]


def _squeezed(text: str) -> str:
    """Without spaces and line breaks; a hyphen at a line's end is read back as U+FFFE or U+0002."""
    return "".join(text.replace("\ufffe", "-").replace("\x02", "-").split())


def _printed(answers: dict[str, object], patient: dict[str, str]) -> tuple[bytes, str]:
    pdf = pdf_of(sheet_of({**HALF, **answers}, patient=patient))
    return pdf, _squeezed(" ".join(page_texts(pdf)))


def _is_clean(pdf: bytes) -> None:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert not document.check_pdf_syntax()
        raw = b"".join(obj.unparse() for obj in document.objects)
    assert not any(word in raw for word in (b"/JavaScript", b"/URI", b"/Launch", b"/EmbeddedFile", b"/Image"))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_whole_in_every_field(text: str) -> None:
    answers = {
        "own_words": text,
        "gait": {"value": "ataxic", "note": text},
        "medications": [{"name": text, "dose": text, "note": text}],
        "ferritin": {"value": 38, "unit": "ng/mL", "note": text, "source": text},
        "unheard_of": text,
    }
    pdf, said = _printed(answers, {**PATIENT, "family_name": text, "identifier": text})
    _is_clean(pdf)
    assert said.count(_squeezed(drawable(text))) >= 7


@settings(max_examples=60, deadline=None)
@given(_FIELDS)
def test_any_text_is_shown_whole(given_text: dict[str, str]) -> None:
    answers = {
        "own_words": given_text["words"],
        "power": {"value": "reduced", "note": given_text["note"]},
        "medications": [{"name": given_text["medicine"] or "x"}],
        "unheard_of": {"value": given_text["odd"]},
    }
    pdf, said = _printed(answers, {**PATIENT, "given_name": given_text["name"]})
    _is_clean(pdf)
    for text in given_text.values():
        assert _squeezed(drawable(text.strip())) in said


def test_what_cannot_be_printed_is_explained_once() -> None:
    assert "[U+…]standsforacharacter" in _printed({"own_words": "سلام"}, PATIENT)[1]
    assert "[U+…]" not in _printed({"own_words": "worms"}, PATIENT)[1]


@pytest.mark.battery
def test_a_thousand_texts_are_shown_whole(tmp_path: Path) -> None:
    """Fifty to a sheet, from all of Unicode and from what has broken papers before; read back by poppler."""
    sampler = random.Random(20261122)
    for number in range(SHEETS):
        texts = [_sampled(sampler) for _ in range(50)]
        pdf, said = _printed({f"unheard_{place}": text for place, text in enumerate(texts)}, PATIENT)
        _is_clean(pdf)
        for text in texts:
            assert _squeezed(drawable(text.strip())) in said, (number, text)
        (tmp_path / "sheet.pdf").write_bytes(pdf)
        done = subprocess.run(
            ["qpdf", "--check", str(tmp_path / "sheet.pdf")], capture_output=True, check=False
        )
        assert done.returncode == 0, (number, done.stdout)


def _sampled(sampler: random.Random) -> str:
    ranges = [(0x20, 0x7F), (0xA0, 0x250), (0x370, 0x530), (0x590, 0x700), (0x3040, 0x9FFF), (0, 0x2FFFF)]
    letters = []
    for _ in range(sampler.randint(1, 40)):
        low, high = sampler.choice(ranges)
        letter = chr(sampler.randrange(low, high))
        letters.append("?" if 0xD800 <= ord(letter) < 0xE000 else letter)
    return "".join(letters) + sampler.choice(["", *HOSTILE])


def test_a_name_in_chinese_or_japanese_is_printed_in_an_embedded_font() -> None:
    pdf, said = _printed({}, {**PATIENT, "family_name": "山田", "given_name": "太郎"})
    assert "山田,太郎" in said
    assert "[U+" not in said
    with pikepdf.open(io.BytesIO(pdf)) as document:
        fonts = [
            obj for obj in document.objects if isinstance(obj, pikepdf.Dictionary) and obj.get("/FontFile2")
        ]
        assert any("DroidSansFallback" in str(font.FontName) for font in fonts)
    assert len(pdf) < 200_000


@pytest.mark.parametrize(
    "text", ["word " * 20_000, "x" * 100_000, "<" * 100_000, "\u202e" * 20_000, "a\n" * 5_000]
)
def test_a_hundred_thousand_characters_are_printed(text: str) -> None:
    pdf = pdf_of(sheet_of({**HALF, "own_words": text, "unheard_of": text}, patient={"family_name": text}))
    assert pdf.startswith(b"%PDF")


@pytest.mark.skipif(shutil.which("qpdf") is None, reason="qpdf is not installed")
def test_qpdf_finds_nothing_wrong(tmp_path: Path) -> None:
    out = tmp_path / "sheet.pdf"
    out.write_bytes(pdf_of(sheet_of({**HALF, "own_words": "\n".join(HOSTILE)}, sample=True)))
    done = subprocess.run(["qpdf", "--check", str(out)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
