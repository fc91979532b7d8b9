"""The border of a field by where its item stands, in the words of the style sheet."""

from __future__ import annotations

from rls_workup.domain.assessment import Standing

_BY_FLAG = {
    "low": "warn",
    "high": "warn",
    "abnormal": "warn",
    "critical_low": "critical",
    "critical_high": "critical",
    "in_range": "",
    "normal": "",
}


def tone_of(standing: Standing) -> str:
    """critical, warn, awaited or none."""
    if standing.rejected:
        return "critical"
    if tone := _BY_FLAG.get(standing.flag, ""):
        return tone
    if standing.warning:
        return "warn"
    return "awaited" if standing.awaited else ""
