"""Results of a laboratory, read by the shipped protocol and laid beside a work-up."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from typing import Any

from rls_workup.domain.protocol import Protocol
from rls_workup.domain.workup import Answer, Patient, Workup
from rls_workup.exchange.results import Laboratory, Report
from rls_workup.exchange.results_in import read_results
from rls_workup.exchange.results_review import Review, reviewed
from rls_workup.exchange.typed_days import ASK
from rls_workup.exchange.workup_file import new_workup
from rls_workup.protocols import load_protocol

TODAY = date(2026, 11, 22)
VISIT = date(2026, 11, 18)
BROWN = Patient("Brown", "Margaret", "1961-07-14", "female", "999 000 0018")


@cache
def shipped() -> Protocol:
    return load_protocol()


@cache
def laboratory(order: str = ASK) -> Laboratory:
    return Laboratory(shipped(), TODAY, order)


def report(content: str | bytes, order: str = ASK) -> Report:
    return read_results(content.encode() if isinstance(content, str) else content, laboratory(order))


def work_up(**answers: Answer) -> Workup:
    workup = new_workup(shipped(), BROWN, VISIT)
    for item, answer in answers.items():
        workup = workup.answered(item, answer)
    return workup


def review(content: str | bytes, workup: Workup | None = None, order: str = ASK) -> Review:
    return reviewed(laboratory(order), workup or work_up(), report(content, order), "laboratory, a.txt")


def said(content: str | bytes, workup: Workup | None = None) -> list[str]:
    """Each line in short: what is understood where nothing speaks against it, else the sentence that does."""
    return [
        line.understood if line.sure else f"{line.standing.value}: {line.problem or line.understood}"
        for line in review(content, workup).lines
    ]


def one(content: str | bytes, workup: Workup | None = None) -> str:
    (only,) = said(content, workup)
    return only


def observation(test: str = "Ferritin", **parts: Any) -> dict[str, Any]:
    """A final Observation of ferritin 38 µg/L; None leaves a part out."""
    whole = {
        "resourceType": "Observation",
        "id": "a",
        "status": "final",
        "code": {"text": test},
        "effectiveDateTime": "2026-11-18",
        "valueQuantity": {"value": 38, "unit": "ug/L"},
        **parts,
    }
    return {name: part for name, part in whole.items() if part is not None}


def bundle(*resources: dict[str, Any]) -> str:
    return json.dumps({"resourceType": "Bundle", "entry": [{"resource": resource} for resource in resources]})


def message(*segments: str, header: str = "MSH|^~\\&|LAB||||20261119||ORU^R01|1|P|2.5.1") -> str:
    return "\r".join((header, "PID|1||999 000 0018||Brown^Margaret||19610714|F", *segments))


def obx(name: str, value: str, unit: str, kind: str = "NM", status: str = "F", **more: str) -> str:
    """An OBX segment; `day`, `flag`, `limits` go where HL7 has them."""
    fields = ["OBX", "1", kind, name, "", value, unit, more.get("limits", ""), more.get("flag", "")]
    return "|".join([*fields, "", "", status, "", "", more.get("day", "20261118")])
