"""The small protocol of tests/small_protocol, and work-ups of it from a few words."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from rls_workup.domain.protocol import Protocol
from rls_workup.domain.workup import Workup
from rls_workup.exchange.workup_file import workup_from
from rls_workup.protocols import load_protocol, protocol_from_text
from rls_workup.protocols.files import ProtocolFile, one_text

TODAY = date(2026, 11, 22)


@cache
def small() -> Protocol:
    return load_protocol(Path(__file__).parent / "small_protocol")


def workup(patient: dict[str, Any] | None = None, visit: str = "2026-11-20", **answers: Any) -> Workup:
    """A work-up with these answers by item id, as a file would give them."""
    document = {"format": "rls-workup/1", "visit_date": visit, "patient": patient or {}, "answers": answers}
    return workup_from(document, small())


def small_with(*changes: tuple[str, str], version: str = "2026.12") -> Protocol:
    """The small protocol of a later version, with each text replaced by another one."""
    text = small().text.replace('version = "2026.11"', f'version = "{version}"')
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    files = [ProtocolFile("shipped", f"{number}.toml", part) for number, part in enumerate(_parts(text))]
    return protocol_from_text(one_text(files), small())


def _parts(text: str) -> list[str]:
    """The files of a kept text that was changed, so that its lengths do not hold any more."""
    return [part.split("\n", 1)[1] for part in text.split("#: shipped ")[1:]]
