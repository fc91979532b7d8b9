"""The small protocol of tests/small_protocol, and work-ups of it from a few words."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from rls_workup.domain.protocol import Protocol
from rls_workup.domain.workup import Workup
from rls_workup.exchange.workup_file import workup_from
from rls_workup.protocols import load_protocol

TODAY = date(2026, 11, 22)


@cache
def small() -> Protocol:
    return load_protocol(Path(__file__).parent / "small_protocol")


def workup(patient: dict[str, Any] | None = None, visit: str = "2026-11-20", **answers: Any) -> Workup:
    """A work-up with these answers by item id, as a file would give them."""
    document = {"format": "rls-workup/1", "visit_date": visit, "patient": patient or {}, "answers": answers}
    return workup_from(document, small())
