"""What a clinician said to a finding: accepted it, or set it aside with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Stance(StrEnum):
    """Accepted, or set aside. Neither changes what a rule says."""

    ACCEPTED = "accepted"
    SET_ASIDE = "set-aside"


@dataclass(frozen=True, slots=True)
class Reply:
    """One reply. `item` and `line` say to which finding of its rule; `at` is a local time with its offset.

    `values`: what the finding rested on then, by item, so that a change of it can be told.
    """

    finding: str
    stance: Stance
    name: str
    at: str
    item: str = ""
    line: str = ""
    reason: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
