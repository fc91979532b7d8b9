"""A protocol being filled in for one person on one visit: what was given, kept exactly as given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any

from rls_workup.domain.dates import iso_date
from rls_workup.domain.reply import Reply
from rls_workup.domain.signing import Act, Signing

Given = Any  # a value as a person or a file gave it: text, Decimal, bool, list or mapping


_SEXES = {"female": "female", "f": "female", "male": "male", "m": "male"}


class State(StrEnum):
    """Where an item is in its life. None of them is ever read as “no” or “normal”."""

    ANSWERED = "answered"
    UNKNOWN = "unknown"
    DECLINED = "declined"
    NOT_APPLICABLE = "not_applicable"
    ORDERED = "ordered"
    COLLECTED = "collected"
    PENDING = "pending"
    REJECTED = "rejected"

    @property
    def awaited(self) -> bool:
        return self in (State.ORDERED, State.COLLECTED, State.PENDING)


class Status(StrEnum):
    IN_PROGRESS = "in-progress"
    COMPLETED = "completed"
    AMENDED = "amended"


@dataclass(frozen=True, slots=True)
class Answer:
    """One item's answer. `typed` is text still being typed; `reason` says why a value was rejected."""

    value: Given = None
    state: State = State.ANSWERED
    unit: str = ""
    comparator: str = ""
    collected: str = ""
    since: str = ""
    note: str = ""
    source: str = ""
    typed: str = ""
    reason: str = ""
    extra: Mapping[str, Given] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Patient:
    """Who the work-up is for; every field as given, dates as ISO 8601 text."""

    family_name: str = ""
    given_name: str = ""
    date_of_birth: str = ""
    sex: str = ""
    identifier: str = ""
    extra: Mapping[str, Given] = field(default_factory=dict)

    @property
    def known_sex(self) -> str:
        """`female` or `male`, however it was written; empty where it is neither, or not known."""
        return {"female": "female", "f": "female", "male": "male", "m": "male"}.get(
            self.sex.strip().casefold(), ""
        )

    @property
    def born(self) -> date | None:
        return iso_date(self.date_of_birth)


@dataclass(frozen=True, slots=True)
class Workup:
    """A work-up: who, when, under which protocol, and the answers by item id.

    An absent id has not been asked. `sample` marks a practice patient. `protocol_mark` stands for the very
    text of the protocol, where it is known; `protocol_extra` is what else a file says of the protocol.
    """

    id: str
    protocol_id: str = ""
    protocol_version: str = ""
    protocol_mark: str = ""
    status: Status = Status.IN_PROGRESS
    visit_date: str = ""
    patient: Patient = field(default_factory=Patient)
    answers: Mapping[str, Answer] = field(default_factory=dict)
    sample: bool = False
    extra: Mapping[str, Given] = field(default_factory=dict)
    protocol_extra: Mapping[str, Given] = field(default_factory=dict)
    signing: tuple[Signing, ...] = ()
    replies: tuple[Reply, ...] = ()

    @property
    def closed(self) -> bool:
        """Whether it is signed, so that it takes no answer before it is amended with a reason."""
        if self.signing:
            return self.signing[-1].act is Act.SIGNED
        return self.status is Status.COMPLETED

    def with_signing(self, entry: Signing) -> Workup:
        """A copy that was signed, or opened again to be amended; once amended it says so for good."""
        amended = Act.AMENDED in (entry.act, *(known.act for known in self.signing))
        status = Status.AMENDED if amended or self.status is Status.AMENDED else Status.COMPLETED
        return replace(self, status=status, signing=(*self.signing, entry))

    @property
    def visit(self) -> date | None:
        return iso_date(self.visit_date)

    def answered(self, item: str, answer: Answer | None) -> Workup:
        """A copy with this answer; None takes the answer back to “not asked”."""
        answers = {key: value for key, value in self.answers.items() if key != item or answer is not None}
        if answer is not None:
            answers[item] = answer
        return replace(self, answers=answers)


def plain_value(value: object) -> str:
    """Any value of a file as text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return "; ".join(f"{key}: {plain_value(inner)}" for key, inner in value.items())
    if isinstance(value, (list, tuple)):
        return ", ".join(plain_value(inner) for inner in value)
    return str(value)
