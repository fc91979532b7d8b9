"""Every clinical case of tests/cases/*.toml, read as a work-up and assessed."""

from __future__ import annotations

import tomllib
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from rls_workup.domain.assessment import assess
from rls_workup.domain.protocol import Protocol
from rls_workup.domain.quantity import Quantity, plain
from rls_workup.exchange.workup_file import workup_from
from rls_workup.protocols import load_protocol

FOLDER = Path(__file__).parent / "cases"
TODAY = date(2026, 11, 22)


def _cases() -> list[Any]:
    found = []
    for path in sorted(FOLDER.glob("*.toml")):
        document = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
        found += [pytest.param(case, id=f"{path.stem}:{case['id']}") for case in document["cases"]]
    return found


@cache
def _protocol() -> Protocol:
    return load_protocol()


@pytest.mark.parametrize("case", _cases())
def test_case(case: dict[str, Any]) -> None:
    """The findings that a clinician would expect are there, the others are not."""
    document = {
        "format": "rls-workup/1",
        "id": case["id"],
        "visit_date": case.get("visit_date", "2026-11-20"),
        "patient": case.get("patient", {}),
        "answers": case.get("answers", {}),
    }
    workup = workup_from(document, _protocol())
    assessment = assess(_protocol(), workup, TODAY)
    found = {finding.id for finding in assessment.findings}
    named = {*case.get("fires", ()), *case.get("quiet", ()), *case.get("undecided", ())}
    assert named or case.get("values"), "a case must expect something"
    assert set(case.get("fires", ())) <= found
    assert not set(case.get("quiet", ())) & found
    assert set(case.get("undecided", ())) <= {undecided.id for undecided in assessment.undecided}
    for item, expected in case.get("values", {}).items():
        value = assessment.standings[item].value
        assert value is not None
        amount = value.amount if isinstance(value, Quantity) else value
        assert isinstance(amount, Decimal)
        places = len(expected.partition(".")[2])
        assert plain(amount, places) == plain(Decimal(expected))
