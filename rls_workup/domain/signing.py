"""Who put a name to a work-up, and who opened it again and why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Act(StrEnum):
    """What was done: a name put to it, or opened again to be amended."""

    SIGNED = "signed"
    AMENDED = "amended"


@dataclass(frozen=True, slots=True)
class Signing:
    """One act. `at` is a local time with its offset, ISO 8601; `reason` says why it was amended."""

    act: Act
    name: str
    at: str
    role: str = ""
    reason: str = ""
