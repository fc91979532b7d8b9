"""The filled fields of a PDF form, as text by name: nothing in the file is run, and its size is bounded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rls_workup.domain.wording import word
from rls_workup.errors import NeedsPassword, UnreadableFile

if TYPE_CHECKING:
    import pikepdf

LARGEST = 16 * 1024 * 1024
_MOST_FIELDS, _DEEPEST = 20_000, 32
_LONGEST, _LONGEST_NAME = 100_000, 200
NOTHING = word("this PDF has no fields to read. A form that was printed and scanned must be typed in by hand")

_TOO_LARGE = word("it is larger than a form can be (16 MiB)")
_NO_PDF = word("it is no PDF")


@dataclass(frozen=True, slots=True)
class Written:
    """What stands in a field.

    `before`: what stood in it when the form was made; `trouble`: why it cannot be read.
    """

    text: str
    before: str = ""
    trouble: str = ""


def fields_in(content: bytes, password: str = "") -> dict[str, Written]:
    """Every field that holds or held something, in the order of the form.

    Raises NeedsPassword, or UnreadableFile with what is wrong.
    """
    import pikepdf

    if len(content) > LARGEST:
        raise UnreadableFile(_TOO_LARGE)
    try:
        with pikepdf.open(BytesIO(content), password=password, suppress_warnings=True) as paper:
            fields = dict(_walked(paper))
    except pikepdf.PasswordError:
        if password:
            raise NeedsPassword("the password is not right") from None
        raise NeedsPassword("it is locked with a password") from None
    except (pikepdf.PdfError, pikepdf.DataDecodingError):
        raise UnreadableFile("this PDF is damaged") from None
    except (ValueError, TypeError, RuntimeError, KeyError, AttributeError):
        raise UnreadableFile("the fields of this PDF are damaged") from None
    return fields


def _walked(paper: pikepdf.Pdf) -> Iterator[tuple[str, Written]]:
    import pikepdf

    form = paper.Root.get("/AcroForm")
    top = form.get("/Fields") if isinstance(form, pikepdf.Dictionary) else None
    if not isinstance(top, pikepdf.Array) or not len(top):
        raise UnreadableFile(NOTHING)
    waiting = [(field, "", 0) for field in reversed(list(top))]
    count, seen = 0, set()
    while waiting:
        field, above, depth = waiting.pop()
        count += 1
        if count > _MOST_FIELDS:
            raise UnreadableFile("it has more fields than any form of this program")
        if not isinstance(field, pikepdf.Dictionary) or depth > _DEEPEST or field.objgen in seen:
            continue
        if field.is_indirect:
            seen.add(field.objgen)
        name = _named(above, field.get("/T"))
        kids = _kids(field)
        below = [kid for kid in kids if "/T" in kid]
        waiting += [(kid, name, depth + 1) for kid in reversed(below)]
        if name and not below:
            written = _written(field, kids)
            if written.text or written.before or written.trouble:
                yield name, written


def _named(above: str, own: Any) -> str:
    part = "" if own is None else str(own)[:_LONGEST_NAME]
    return f"{above}.{part}" if above and part else above or part


def _kids(field: pikepdf.Object) -> list[pikepdf.Object]:
    import pikepdf

    kids = field.get("/Kids")
    if not isinstance(kids, pikepdf.Array):
        return []
    return [kid for kid in list(kids)[:_MOST_FIELDS] if isinstance(kid, pikepdf.Dictionary)]


def _written(field: pikepdf.Object, kids: list[pikepdf.Object]) -> Written:
    text, trouble = _text(field.get("/V"))
    if field.get("/FT") == "/Btn":
        text = text.removeprefix("/")  # some programs store the name of a box as text
    before, _ = _text(field.get("/DV"))
    shown = {name for kid in (field, *kids) if (name := _text(kid.get("/AS"))[0])}
    if text and shown and text not in shown:
        trouble = "the box that is shown is not the one that is stored"
    return Written(text or (shown.pop() if len(shown) == 1 else ""), before, trouble)


def _text(value: Any) -> tuple[str, str]:
    """A value as text with one kind of line break, or why it is none."""
    import pikepdf

    if value is None:
        return "", ""
    if isinstance(value, pikepdf.Name):
        return ("" if value == pikepdf.Name.Off else str(value)[1:]), ""
    if not isinstance(value, pikepdf.String):
        return "", "it holds no text"
    try:
        text = _decoded(bytes(value)).replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeError:
        return "", "its text is damaged"
    return (text, "") if len(text) <= _LONGEST else ("", "its text is longer than 100,000 characters")


def _decoded(content: bytes) -> str:
    """The text of a PDF string, strictly. Raises UnicodeError."""
    for mark, coding in _MARKS.items():
        if content.startswith(mark):
            return content[len(mark) :].decode(coding)
    return content.decode("pdfdoc")


_MARKS = {b"\xfe\xff": "utf-16-be", b"\xff\xfe": "utf-16-le", b"\xef\xbb\xbf": "utf-8"}


def content_of(path: Path) -> bytes:
    """The bytes of a PDF. Raises UnreadableFile: it is not there, too large, or no PDF."""
    try:
        if path.is_dir():
            raise UnreadableFile("it is a folder")
        if path.stat().st_size > LARGEST:
            raise UnreadableFile(_TOO_LARGE)
        content = path.read_bytes()
    except OSError as trouble:
        if isinstance(trouble, FileNotFoundError):
            raise UnreadableFile("there is no such file") from None
        raise UnreadableFile(trouble.strerror or _NO_PDF) from None
    if not content.startswith(b"%PDF-"):
        raise UnreadableFile(_NO_PDF)
    return content
