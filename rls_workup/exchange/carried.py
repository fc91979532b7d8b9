"""The work-up that one of our papers carries: taken out of the PDF, unchanged, or a sentence why not."""

from __future__ import annotations

import hashlib
from io import BytesIO
from typing import TYPE_CHECKING

from rls_workup.domain.wording import word
from rls_workup.errors import NeedsPassword, UnreadableFile
from rls_workup.exchange.strict_json import LARGEST

if TYPE_CHECKING:
    import pikepdf

START = b"%PDF-"
NAME = "workup.rlsworkup"
DIGEST = "/RLSWorkupSHA256"
_LARGEST_PACKED = 4 * 1024 * 1024
_NONE = word("this PDF carries no work-up: it was written without its data, or by another program")


def carried(data: bytes, password: str = "") -> bytes:
    """The document inside the PDF. Raises NeedsPassword, or UnreadableFile with what is wrong."""
    import pikepdf

    try:
        with pikepdf.open(BytesIO(data), password=password, attempt_recovery=False) as paper:
            return _document(paper)
    except pikepdf.PasswordError:
        if password:
            raise NeedsPassword("the password is not right") from None
        raise NeedsPassword("it is locked with a password") from None
    except (pikepdf.PdfError, pikepdf.DataDecodingError, ValueError, TypeError, RuntimeError, KeyError):
        raise UnreadableFile("this PDF is damaged") from None


_FORM = word("this PDF is a form to fill in; “import” takes what is filled in into a work-up, line by line")


def _document(paper: pikepdf.Pdf) -> bytes:
    if "/AcroForm" in paper.Root:
        raise UnreadableFile(_FORM)
    names = [name for name in paper.attachments if name.endswith(".rlsworkup")]
    if not names:
        raise UnreadableFile(_NONE)
    if len(names) > 1:
        raise UnreadableFile(
            "this PDF carries more than one work-up; open the one that is meant by its own file"
        )
    spec = paper.attachments[names[0]]
    stream = spec.obj.EF.F
    if len(stream.read_raw_bytes()) > _LARGEST_PACKED:
        raise UnreadableFile(_TOO_LARGE)
    document = _unpacked(stream)
    kept = spec.obj.get(DIGEST)
    if kept is not None and str(kept) != hashlib.sha256(document).hexdigest():
        raise UnreadableFile("the work-up in this PDF was changed after it was written, so it was not opened")
    return document


_TOO_LARGE = "the work-up in this PDF is larger than a work-up can be (16 MiB)"


def _unpacked(stream: pikepdf.Object) -> bytes:
    """The stream's bytes, unpacked no further than a work-up can be: a small file may hold gigabytes."""
    import zlib

    import pikepdf

    filters = stream.get("/Filter")
    if filters is None:
        raw = stream.read_raw_bytes()
    elif filters == pikepdf.Name.FlateDecode and stream.get("/DecodeParms") is None:
        unpacker = zlib.decompressobj()
        try:
            raw = unpacker.decompress(stream.read_raw_bytes(), LARGEST + 1)
        except zlib.error:
            raise UnreadableFile("the work-up in this PDF is damaged") from None
    else:
        raise UnreadableFile("the work-up in this PDF is packed in a way that this program does not read")
    if len(raw) > LARGEST:
        raise UnreadableFile(_TOO_LARGE)
    return bytes(raw)
