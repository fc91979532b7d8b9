"""HL7 version 2 taken apart: characters, segments, fields; escapes undone, nothing dropped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rls_workup.domain.wording import word
from rls_workup.errors import UnreadableFile
from rls_workup.exchange.strict_json import LARGEST

_WRAPPED = b"\x0b\x1c \r\n\t"
_STARTS = (b"MSH", b"FHS", b"BHS")
_MOST_SEGMENTS = 20_000
_NAME = re.compile(r"[A-Z][A-Z0-9]{2}")
_SETS = {
    "": "",
    "ASCII": "ascii",
    "UNICODE UTF-8": "utf-8",
    "UTF-8": "utf-8",
    "UTF8": "utf-8",
    "UNICODE UTF-16": "utf-16",
    "CP1252": "cp1252",
    "WINDOWS-1252": "cp1252",
}


def is_hl7(content: bytes) -> bool:
    """Whether the bytes begin as a message of HL7 version 2, wrapped for a wire or not."""
    return _bare(content[:200]).startswith(_STARTS)


def _bare(content: bytes) -> bytes:
    content = content.removeprefix(b"\xef\xbb\xbf")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            content = content.decode("utf-16").encode("utf-8")
        except UnicodeDecodeError:
            return b""
    return content.lstrip(_WRAPPED)


@dataclass(frozen=True, slots=True)
class Marks:
    """What parts fields, components, repetitions and subcomponents, and what begins an escape."""

    field: str
    component: str
    repetition: str
    escape: str
    inner: str


@dataclass(frozen=True, slots=True)
class Segment:
    """One segment with its line in the file. Fields count from 1, as in HL7's own tables."""

    name: str
    line: int
    fields: tuple[str, ...]
    marks: Marks

    def repeated(self, field: int) -> list[list[str]]:
        """The repetitions of a field, each as its components, with escapes undone."""
        text = self.fields[field - 1] if field <= len(self.fields) else ""
        return [
            [self._plain(component) for component in part.split(self.marks.component)]
            for part in text.split(self.marks.repetition)
        ]

    def parts(self, field: int) -> list[str]:
        """The components of a field's first repetition, seven at least."""
        found = self.repeated(field)[0]
        return found + [""] * (7 - len(found))

    def text(self, field: int) -> str:
        """A field that has no parts."""
        return self.parts(field)[0].strip()

    def _plain(self, text: str) -> str:
        marks, escape = self.marks, re.escape(self.marks.escape)
        if not escape or marks.escape not in text:
            return text
        known = {
            "F": marks.field,
            "S": marks.component,
            "T": marks.inner,
            "R": marks.repetition,
            "E": marks.escape,
        }
        known |= {".br": "\n", ".sp": "\n", "H": "", "N": ""}
        return re.sub(
            f"{escape}([^{escape}]{{1,80}}){escape}", lambda found: known.get(found[1], found[0]), text
        )


def segments_in(content: bytes) -> Iterator[Segment]:
    """Every segment, message after message. Raises UnreadableFile where it is no HL7 version 2."""
    if len(content) > LARGEST:
        raise UnreadableFile(word("it is larger than results can be (16 MiB)"))
    if not is_hl7(content):
        raise UnreadableFile(word("it is no HL7 message"))
    bare = _bare(content).rstrip(_WRAPPED)
    lines = re.split(r"\r\n|\r|\n", _decoded(bare))
    if len(lines) > _MOST_SEGMENTS:
        raise UnreadableFile(word("it holds more lines than results can"))
    marks: Marks | None = None
    for number, line in enumerate(lines, 1):
        text = line.strip("\x0b\x1c")
        name = text[:3]
        if not text.strip():
            continue
        if name in ("MSH", "FHS", "BHS"):
            marks = _marks(text)
        if marks is None or not _NAME.fullmatch(name) or text[3:4] not in ("", marks.field):
            raise UnreadableFile(word("it holds a line that is no segment of an HL7 message"))
        fields = text.split(marks.field)[1:]
        if name in ("MSH", "FHS", "BHS"):
            fields = [marks.field, *fields]
        yield Segment(name, number, tuple(fields), marks)


def _marks(text: str) -> Marks:
    signs = text[4:8].split(text[3:4])[0] if len(text) > 4 else ""
    if len(signs) < 2 or len(set(text[3] + signs)) != len(signs) + 1 or (text[3] + signs).isalnum():
        raise UnreadableFile(word("its first line does not say how the fields are parted"))
    signs += "\0\1\2"[: 4 - len(signs)]
    return Marks(text[3], signs[0], signs[1], signs[2], signs[3])


def _decoded(content: bytes) -> str:
    named = _set_named(content)
    known = _SETS.get(named.upper())
    if known is None and (found := re.fullmatch(r"(?:ISO[- ]?)?8859[/-](\d{1,2})", named.upper())):
        known = f"iso8859-{found[1]}"
    if known is None:
        raise UnreadableFile(word("it is in a character set that is not known here"))
    try:
        return content.decode(known or "utf-8")
    except (UnicodeDecodeError, LookupError):
        if known:
            raise UnreadableFile(word("it is not in the character set that it names")) from None
    # Nothing is said of the characters: what is no UTF-8 is read as Western European.
    return content.decode("cp1252", errors="replace")


def _set_named(content: bytes) -> str:
    at = max(content.find(b"MSH"), 0)
    first = re.split(rb"[\r\n]", content[at : at + 4096])[0]
    parted = first[3:4]
    fields = first.split(parted) if parted else []
    # MSH-1 is the mark itself, so MSH-18 is the part with the number 17.
    return fields[17].split(b"~")[0].decode("ascii", errors="replace").strip() if len(fields) > 17 else ""
