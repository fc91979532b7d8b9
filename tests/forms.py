"""Forms to fill in: blank ones of a protocol, and what a person would do with them in a PDF program."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

import pikepdf
import pypdf

from rls_workup.domain.assessment import assess
from rls_workup.domain.protocol import Protocol
from rls_workup.domain.workup import Workup
from rls_workup.report import sheet_bytes

TODAY = date(2026, 11, 22)


def form_of(protocol: Protocol, workup: Workup | None = None, **more: Any) -> bytes:
    """The form of a protocol, with what a work-up knows filled in."""
    known = workup or Workup("", protocol.about.id, protocol.about.version)
    return sheet_bytes(protocol, known, assess(protocol, known, TODAY), kind="blank", **more)


def by_pikepdf(form: bytes, given: Mapping[str, str]) -> bytes:
    """Fill in as a program does that sets values and boxes and leaves the looks to the reader."""
    with pikepdf.open(io.BytesIO(form)) as paper:
        fields = {str(field.T): field for field in paper.Root.AcroForm.Fields}
        for name, text in given.items():
            field = fields[name]
            if pikepdf.Name.Btn == field.FT:
                field.V = pikepdf.Name(f"/{text}")
                for kid in field.Kids:
                    field_on = f"/{text}" in kid.AP.N
                    kid.AS = pikepdf.Name(f"/{text}") if field_on else pikepdf.Name.Off
            else:
                field.V = pikepdf.String(b"\xfe\xff" + text.encode("utf-16-be"))
        paper.Root.AcroForm.NeedAppearances = True
        out = io.BytesIO()
        paper.save(out)
    return out.getvalue()


def by_pypdf(form: bytes, given: Mapping[str, str]) -> bytes:
    """Fill in with a second library, which draws the looks of the fields as well."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(form))
    boxes = {name for name, field in (writer.get_fields() or {}).items() if field.get("/FT") == "/Btn"}
    values = {name: f"/{text}" if name in boxes else text for name, text in given.items()}
    for page in writer.pages:
        writer.update_page_form_field_values(page, values, auto_regenerate=False)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


class Field(NamedTuple):
    """What a field holds, asks and how often it stands on the pages."""

    value: str
    asks: str
    places: int


def fields_of(form: bytes) -> dict[str, Field]:
    """The fields in the order of the form; "" for a box that is not ticked."""
    with pikepdf.open(io.BytesIO(form)) as paper:
        return {
            str(field.T): Field(
                str(field.get("/V", "")).removeprefix("/").replace("Off", ""), str(field.TU), len(field.Kids)
            )
            for field in paper.Root.AcroForm.Fields
        }
