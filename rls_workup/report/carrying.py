"""The paper that carries its own data: the work-up inside the PDF, and the password on it."""

from __future__ import annotations

import hashlib
from io import BytesIO

NAME = "workup.rlsworkup"
DIGEST = "/RLSWorkupSHA256"


def carrying(pdf: bytes, document: bytes) -> bytes:
    """The PDF with the work-up's document attached as its source (PDF/A-3). Same input, same bytes."""
    import pikepdf

    with pikepdf.open(BytesIO(pdf)) as paper:
        spec = pikepdf.AttachedFileSpec(
            paper,
            document,
            filename=NAME,
            description="The work-up that this sheet was made from",
            mime_type="application/json",
            creation_date="",  # a clock would make other bytes of the same work-up
            mod_date="",
        )
        spec.relationship = pikepdf.Name.Source
        spec.obj[DIGEST] = pikepdf.String(hashlib.sha256(document).hexdigest())
        paper.attachments[NAME] = spec
        paper.Root.AF = pikepdf.Array([spec.obj])
        out = BytesIO()
        paper.save(out, deterministic_id=True)
    return out.getvalue()


def locked(pdf: bytes, password: str) -> bytes:
    """The PDF behind a password (AES-256, revision 6): nothing of it can be read without."""
    import pikepdf

    with pikepdf.open(BytesIO(pdf)) as paper:
        out = BytesIO()
        paper.save(out, encryption=pikepdf.Encryption(owner=password, user=password, R=6, aes=True))
    return out.getvalue()
