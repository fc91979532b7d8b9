"""Text that a person typed or a file brought, made visible: nothing hidden, nothing dropped."""

from __future__ import annotations

import unicodedata

from rls_workup.domain.dates import iso_date, shown_day

_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def visible(text: str, keep: str = "") -> str:
    """The text in NFC with every control, format or unassigned character shown as `[U+202E]`."""
    composed = unicodedata.normalize("NFC", text)
    if composed.isprintable():
        return composed
    return "".join(
        c if c in keep or unicodedata.category(c) not in _HIDDEN else f"[U+{ord(c):04X}]" for c in composed
    )


def shown_date(text: str) -> str:
    """An ISO 8601 date for people; any other text as given, made visible."""
    day = iso_date(text)
    return shown_day(day) if day else visible(text)
