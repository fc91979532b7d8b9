"""A work-up out of the PDF that carries it, and every PDF from which none comes."""

from __future__ import annotations

import zlib
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rls_workup.domain.protocol import Protocol
from rls_workup.errors import NeedsPassword, UnreadableFile
from rls_workup.exchange.carried import NAME, carried
from rls_workup.exchange.strict_json import LARGEST
from rls_workup.exchange.workup_file import read_workup
from rls_workup.protocols import load_protocol
from rls_workup.report.carrying import carrying, locked
from rls_workup.resources import folder

DOCUMENT = '{"format": "rls-workup/1", "answers": {"own_words": "Krämpfe, 腿"}}'.encode()


@pytest.fixture(scope="module")
def protocol() -> Protocol:
    return load_protocol(None)


def empty_pdf() -> bytes:
    out = BytesIO()
    with pikepdf.new() as paper:
        paper.add_blank_page()
        paper.save(out, static_id=True)
    return out.getvalue()


def attached(
    data: bytes, *, name: str = NAME, raw: bytes | None = None, filters: str = "/FlateDecode"
) -> bytes:
    out = BytesIO()
    with pikepdf.open(BytesIO(empty_pdf())) as paper:
        paper.attachments[name] = pikepdf.AttachedFileSpec(paper, data)
        if raw is not None:
            paper.attachments[name].obj.EF.F.write(raw, filter=pikepdf.Name(filters))
        paper.save(out, compress_streams=False)
    return out.getvalue()


@given(st.binary(max_size=2000))
def test_what_goes_in_comes_out(document: bytes) -> None:
    assert carried(carrying(empty_pdf(), document)) == document


def test_the_same_document_gives_the_same_bytes() -> None:
    assert carrying(empty_pdf(), DOCUMENT) == carrying(empty_pdf(), DOCUMENT)


def test_another_library_finds_it_too() -> None:
    paper = pypdf.PdfReader(BytesIO(carrying(empty_pdf(), DOCUMENT)))
    assert paper.attachments == {NAME: [DOCUMENT]}
    assert paper.trailer["/Root"]["/AF"][0]["/AFRelationship"] == "/Source"


def test_behind_a_password_it_asks_and_says_when_it_is_wrong() -> None:
    paper = locked(carrying(empty_pdf(), DOCUMENT), "eine Nacht ohne Ruhe")
    assert DOCUMENT[:20] not in paper
    assert carried(paper, "eine Nacht ohne Ruhe") == DOCUMENT
    with pytest.raises(NeedsPassword, match="locked with a password"):
        carried(paper)
    with pytest.raises(NeedsPassword, match="not right"):
        carried(paper, "eine andere")


def test_the_lock_is_aes_256() -> None:
    with pikepdf.open(BytesIO(locked(empty_pdf(), "x")), password="x") as paper:
        assert (paper.encryption.R, paper.encryption.bits, str(paper.encryption.stream_method)) == (
            6,
            256,
            "EncryptionMethod.aesv3",
        )


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (empty_pdf(), "carries no work-up"),
        (attached(DOCUMENT, name="picture.png"), "carries no work-up"),
        (b"%PDF-1.7\nnothing", "damaged"),
        (carrying(empty_pdf(), DOCUMENT)[:-300], "damaged"),
        (attached(b"", raw=b"no deflate at all"), "damaged"),
        (attached(b"", raw=b"-", filters="/LZWDecode"), "packed in a way"),
        (attached(b"", raw=zlib.compress(b" " * (LARGEST + 1))), "larger than a work-up"),
    ],
    ids=["plain", "other file", "no pdf", "cut", "no deflate", "other filter", "bomb"],
)
def test_what_is_no_work_up_is_said_in_a_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(UnreadableFile, match=sentence):
        carried(data)


def test_two_work_ups_in_one_paper_are_not_guessed_between() -> None:
    out = BytesIO()
    with pikepdf.open(BytesIO(carrying(empty_pdf(), DOCUMENT))) as paper:
        paper.attachments["b.rlsworkup"] = pikepdf.AttachedFileSpec(paper, b"{}")
        paper.save(out)
    with pytest.raises(UnreadableFile, match="more than one"):
        carried(out.getvalue())


def test_a_document_that_was_changed_in_the_paper_is_not_opened() -> None:
    out = BytesIO()
    with pikepdf.open(BytesIO(carrying(empty_pdf(), DOCUMENT))) as paper:
        paper.attachments[NAME].obj.EF.F.write(DOCUMENT.replace(b"answers", b"Answers"))
        paper.save(out)
    with pytest.raises(UnreadableFile, match="was changed"):
        carried(out.getvalue())


def test_a_paper_is_read_like_a_file_and_a_paper_without_is_named(tmp_path: Path, protocol: Protocol) -> None:
    sample = folder("sample", "brown-margaret.rlsworkup")
    paper = tmp_path / "sheet.pdf"
    paper.write_bytes(carrying(empty_pdf(), sample.read_bytes()))
    assert read_workup(paper, protocol) == read_workup(sample, protocol)
    paper.write_bytes(locked(paper.read_bytes(), "x"))
    assert read_workup(paper, protocol, "x") == read_workup(sample, protocol)
    with pytest.raises(NeedsPassword, match=r"sheet\.pdf.*left as it is"):
        read_workup(paper, protocol)
