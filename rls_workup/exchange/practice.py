"""The practice patients: fictitious work-ups whose days count from the day on which they are looked at.

A file says under `dated` as of which day it was written, else that is its visit. All its days move together,
so that a result that was pending nine days is pending nine days; of a birthday only the year moves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

from rls_workup.domain.dates import iso_date, later
from rls_workup.domain.protocol import Protocol
from rls_workup.domain.wording import word
from rls_workup.domain.workup import Workup
from rls_workup.errors import UnreadableFile
from rls_workup.exchange.strict_json import read_json
from rls_workup.exchange.workup_file import workup_from
from rls_workup.resources import folder

FIRST: Final = "brown-margaret.rlsworkup"
OTHER_PROTOCOL: Final = word("The practice patients are for the shipped protocol, not for the one in use.")
_DATED, _BIRTH = "dated", "date_of_birth"
_DAY: Final = re.compile(r"(\d{4}-\d{2}-\d{2})(T.*)?")


def first_patient(protocol: Protocol, today: date) -> Workup:
    """The one with whom the program is first opened. Raises WorkupError."""
    return practised(folder("sample", FIRST), protocol, today)


def practice_patients(protocol: Protocol, today: date) -> Iterator[Workup]:
    """The others, which cover the field. Raises WorkupError."""
    for path in sorted(folder("sample", "practice").glob("*.rlsworkup")):
        yield practised(path, protocol, today)


def practised(path: Path, protocol: Protocol, today: date) -> Workup:
    """The work-up of a file, under this protocol and as of today, marked as a practice patient."""
    document = read_json(path.read_bytes())
    if document["protocol"]["id"] != protocol.about.id:
        raise UnreadableFile(OTHER_PROTOCOL)
    workup = workup_from(as_of(today, document), protocol)
    return replace(workup, protocol_version=protocol.about.version, protocol_mark=protocol.mark, sample=True)


def as_of(today: date, document: dict[str, Any]) -> dict[str, Any]:
    """The document with each of its days moved, as if it had been written today."""
    rest = {name: value for name, value in document.items() if name != _DATED}
    written = iso_date(str(document.get(_DATED, document.get("visit_date", ""))))
    return {name: _moved(value, written, today) for name, value in rest.items()} if written else rest


def _moved(value: Any, written: date, today: date) -> Any:
    if isinstance(value, dict):
        return {
            name: _aged(inner, written, today) if name == _BIRTH else _moved(inner, written, today)
            for name, inner in value.items()
        }
    if isinstance(value, list):
        return [_moved(inner, written, today) for inner in value]
    found = _DAY.fullmatch(value) if isinstance(value, str) else None
    day = iso_date(found[1]) if found else None
    return value if found is None or day is None else _day_after(day, today - written) + (found[2] or "")


def _day_after(day: date, passed: timedelta) -> str:
    return (day + passed).isoformat()


def _aged(value: Any, written: date, today: date) -> Any:
    """The birthday of somebody who is as old today, to within a year, as they were then."""
    born = iso_date(value) if isinstance(value, str) else None
    return value if born is None else later(born, 12 * (today.year - written.year), "months").isoformat()
