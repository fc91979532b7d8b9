"""An assessment as the JSON object `rls-assessment/1` that other programs read."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from rls_workup.domain.assessment import Assessment
from rls_workup.domain.conditions import Value
from rls_workup.domain.finding import Finding
from rls_workup.domain.missing import Missing, OpenItem
from rls_workup.domain.quantity import Quantity, plain
from rls_workup.domain.reasons import Because
from rls_workup.domain.replies import Replied

FORMAT = "rls-assessment/1"
_LONGEST = 15


def assessment_document(assessment: Assessment) -> dict[str, Any]:
    """Findings by urgency, undecided rules, progress; numbers as exact decimals."""
    return {
        "format": FORMAT,
        "findings": [_finding(found, assessment.replied(found)) for found in assessment.findings],
        "undecided": [{"id": rule.id, "waits_for": list(rule.waits_for)} for rule in assessment.undecided],
        "progress": {
            "answered": assessment.progress.answered,
            "open": assessment.progress.open,
            "awaited": assessment.progress.awaited,
        },
        "missing": [_missing(missing) for missing in assessment.missing],
        "unknown_items": list(assessment.unknown_items),
    }


def _finding(finding: Finding, told: Replied | None) -> dict[str, Any]:
    document: dict[str, Any] = {
        "id": finding.id,
        "item": finding.item,
        "severity": finding.severity,
        "title": finding.title,
        "explanation": finding.explanation,
        "because": [_because(part) for part in finding.because],
        "sources": list(finding.sources),
        "evidence": finding.evidence,
        "disputed": finding.disputed,
    }
    more: dict[str, Any] = {"dispute": finding.dispute, "profile": finding.profile}
    if finding.due:
        more["due"] = {"from": finding.due[0].isoformat(), "to": finding.due[-1].isoformat()}
    if told is not None:
        more["reply"] = _reply(told)
    return document | {key: words for key, words in more.items() if words}


def _reply(told: Replied) -> dict[str, Any]:
    """What a clinician said to a finding; `stands` is false where that was said of other values."""
    reply = told.reply
    texts = {"name": reply.name, "at": reply.at, "reason": reply.reason}
    said = {key: text for key, text in texts.items() if text}
    return {"stance": str(reply.stance), "stands": told.stands, **said}


def _because(because: Because) -> dict[str, Any]:
    document: dict[str, Any] = {"item": because.item, "value": _plain(because.value)}
    if isinstance(because.value, Quantity) and because.value.comparator:
        document["comparator"] = because.value.comparator
    if because.unit:
        document["unit"] = because.unit
    document["rule"] = because.rule
    return {**document, "how": because.how} if because.how else document


def _plain(value: Value | None) -> Any:
    if isinstance(value, Quantity):
        return _short(value.amount)
    if isinstance(value, Decimal):
        return _short(value)
    return [line.name for line in value] if isinstance(value, tuple) else value


def _short(amount: Decimal) -> Decimal:
    """A typed amount as typed; a computed one to six decimals."""
    exponent = amount.as_tuple().exponent
    return Decimal(plain(amount, 6)) if isinstance(exponent, int) and exponent < -_LONGEST else amount


def _missing(missing: Missing) -> dict[str, Any]:
    return {
        "decision": missing.decision,
        "blocks": [_open(item) for item in missing.blocks],
        "confidence": [_open(item) for item in missing.confidence],
        "completeness": [_open(item) for item in missing.completeness],
    }


def _open(item: OpenItem) -> dict[str, str]:
    document = {"item": item.item, "state": str(item.state) if item.state else "not_asked"}
    return {**document, "since": item.since} if item.since else document
