"""Results of a laboratory by what they are: FHIR, HL7 version 2 or text; and whether a file may be such."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from rls_workup.domain.wording import word
from rls_workup.errors import Sentence, UnreadableFile
from rls_workup.exchange.hl7_segments import is_hl7
from rls_workup.exchange.results import Laboratory, Report
from rls_workup.exchange.strict_json import LARGEST

_ENDINGS: Final = (".hl7", ".oru", ".csv", ".tsv", ".txt", ".xml", ".ldt")
_BEGINNING: Final = 4096


def read_results(content: bytes, laboratory: Laboratory) -> Report:
    """The results in some bytes. Raises UnreadableFile with a sentence that quotes nothing of them."""
    if len(content) > LARGEST:
        raise UnreadableFile(word("it is larger than results can be (16 MiB)"))
    if is_hl7(content):
        from rls_workup.exchange.hl7 import read_hl7

        return read_hl7(content, laboratory)
    if content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"["):
        from rls_workup.exchange.fhir import read_fhir

        return read_fhir(content, laboratory)
    from rls_workup.exchange.lab_text import read_text

    return read_text(_text(content), laboratory)


def _text(content: bytes) -> str:
    if not content.strip():
        raise UnreadableFile(word("it is empty"))
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        if encoding == "utf-16" or b"\0" in content:
            raise UnreadableFile(word("it is no text")) from None
        text = content.decode("cp1252", errors="replace")
    if "\0" in text or text.startswith(("%PDF", "\x89PNG", "PK\x03")):
        raise UnreadableFile(word("it is no text"))
    if text.lstrip().startswith("<"):
        raise UnreadableFile(
            word("it is XML; ask the laboratory for FHIR as JSON, for HL7 version 2, or paste the text")
        )
    return text


def content_at(path: Path) -> bytes:
    """The bytes of a file of results. Raises UnreadableFile with a sentence that names the file."""
    try:
        if path.is_dir():
            raise UnreadableFile("{path} is a folder.", path=path)
        if path.stat().st_size > LARGEST:
            raise UnreadableFile("{path} is larger than results can be (16 MiB).", path=path)
        return path.read_bytes()
    except OSError as trouble:
        missing = isinstance(trouble, FileNotFoundError)
        why = Sentence("there is no such file") if missing else trouble.strerror
        raise UnreadableFile("{path} cannot be opened: {why}.", path=path, why=why) from None


def may_be_results(path: Path) -> bool:
    """Whether a file begins or ends its name as results of a laboratory do; it is not read whole for that."""
    try:
        with path.open("rb") as file:
            start = file.read(_BEGINNING)
    except OSError:
        return False
    if is_hl7(start) or b'"resourceType"' in start:
        return True
    return path.suffix.lower() in _ENDINGS and b"\0" not in start
