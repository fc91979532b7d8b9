"""The clinical cases of tests/cases/*.toml, as values: what is answered, what is expected, on what source.

A case that is `like` one of its file's people has that person's answers, but for its own and those it is
`without`. Where it says `exactly`, every other rule is quiet.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from rls_workup.domain.facts import WorkupFacts
from rls_workup.domain.protocol import Protocol
from rls_workup.domain.workup import Workup
from rls_workup.exchange.workup_file import workup_from
from rls_workup.protocols import load_protocol

FOLDER = Path(__file__).parent / "cases"
TODAY = date(2026, 11, 22)


@dataclass(frozen=True)
class Case:
    """One vignette: the findings that it fires, leaves quiet and leaves undecided; the terms that hold or fail."""

    id: str
    says: str
    sources: tuple[str, ...]
    document: Mapping[str, Any]
    fires: frozenset[str] = frozenset()
    quiet: frozenset[str] = frozenset()
    undecided: frozenset[str] = frozenset()
    holds: frozenset[str] = frozenset()
    fails: frozenset[str] = frozenset()
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def named(self) -> frozenset[str]:
        """Every finding and term that the case expects something of."""
        return self.fires | self.quiet | self.undecided | self.holds | self.fails


@cache
def protocol() -> Protocol:
    """The protocol that ships."""
    return load_protocol()


@cache
def clinical_cases() -> tuple[Case, ...]:
    """Every case, in the order of the files; its id is `file:id`."""
    found: list[Case] = []
    for path in sorted(FOLDER.glob("*.toml")):
        document = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
        people = document.get("people", {})
        found += [
            _case(path.stem, case, people[case["like"]] if "like" in case else {})
            for case in document["cases"]
        ]
    return tuple(found)


def _case(file: str, case: Mapping[str, Any], person: Mapping[str, Any]) -> Case:
    answers = {**person.get("answers", {}), **case.get("answers", {})}
    document = {
        "format": "rls-workup/1",
        "id": case["id"],
        "visit_date": case.get("visit_date", "2026-11-20"),
        "patient": {**person.get("patient", {}), **case.get("patient", {})},
        "answers": {item: answer for item, answer in answers.items() if item not in case.get("without", ())},
    }
    exactly = frozenset(case.get("exactly", ()))
    others = frozenset(protocol().rules) - exactly if exactly else frozenset()
    return Case(
        id=f"{file}:{case['id']}",
        says=case["says"],
        sources=tuple(case["sources"]),
        document=document,
        fires=exactly | frozenset(case.get("fires", ())),
        quiet=others | frozenset(case.get("quiet", ())),
        undecided=frozenset(case.get("undecided", ())),
        holds=frozenset(case.get("holds", ())),
        fails=frozenset(case.get("fails", ())),
        values=case.get("values", {}),
    )


@cache
def workup_of(case_id: str) -> Workup:
    """The work-up of a case, read as a file would be."""
    return workup_from(dict(_by_id()[case_id].document), protocol())


@cache
def facts_of(case_id: str) -> WorkupFacts:
    """What the rule language sees of a case."""
    return WorkupFacts(protocol(), workup_of(case_id), TODAY)


@cache
def _by_id() -> Mapping[str, Case]:
    return {case.id: case for case in clinical_cases()}
