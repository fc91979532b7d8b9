"""For how long a medicine is taken, where a text says since when: `since March 2021`, up to the visit."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from rls_workup.domain.dates import MONTHS

_EARLIEST = 1940
# A year alone leaves twelve months open: only where that hardly matters is it a number.
_SURE_FROM_MONTHS = 24
_MONTH = "|".join(f"{month}[a-z]*" for month in MONTHS).lower()
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"(?:\d{{1,2}}\.?\s*)?(?P<name>{_MONTH})\.?,?\s*(?P<year>\d{{4}})",
        r"(?P<year>\d{4})-(?P<month>\d{1,2})(?:-\d{1,2})?",
        r"(?P<month>\d{1,2})\s?[./-]\s?(?P<year>\d{4})",
        r"\d{1,2}\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4})",
        r"(?:1[3-9]|2\d|3[01])[/-](?P<month>\d{1,2})[/-](?P<year>\d{4})",
        r"(?P<year>\d{4})",
    )
)
SINCE_WORDS = r"(?:since|from|seit|started(?:\s+in)?)"
_ANY_FORM = "|".join(re.sub(r"[?]P<[a-z]+>", "?:", form.pattern) for form in _FORMS)
SINCE = rf"{SINCE_WORDS}\s+(?:about\s+|early\s+|late\s+|mid\s+)?(?:{_ANY_FORM})"


def months_since(text: str, visit: date) -> Decimal | None:
    """Whole months to the visit from the month, or the end of the year, in a text; None if not sure."""
    day = re.sub(rf"\A\s*{SINCE_WORDS}\s+", "", text.strip(), flags=re.IGNORECASE).strip()
    for form in _FORMS:
        if found := form.fullmatch(day):
            parts = found.groupdict()
            return _counted(int(parts["year"]), _month_of(parts), visit)
    return None


def _month_of(parts: dict[str, str]) -> int | None:
    if name := parts.get("name"):
        return [month.casefold() for month in MONTHS].index(name[:3].casefold()) + 1
    month = parts.get("month")
    return int(month) if month else None


def _counted(year: int, month: int | None, visit: date) -> Decimal | None:
    if year < _EARLIEST or (month is not None and not 1 <= month <= 12):
        return None
    months = (visit.year - year) * 12 + visit.month - (12 if month is None else month)
    if months < (_SURE_FROM_MONTHS if month is None else 0):
        return None
    return Decimal(months)
