"""A table pasted from a laboratory's portal: what each column holds, told from the headings alone."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from rls_workup.exchange.lab_words import COLUMNS, DATE

_PARTED: Final = (
    re.compile(r"\t"),
    re.compile(r"\|"),
    re.compile(r";"),
    re.compile(r"\s{2,}"),
    re.compile(r","),
)
_DAY: Final = re.compile(rf"[\W_]*{DATE}[\W_]*\Z", re.IGNORECASE)
_ROLES: Final[Mapping[str, str]] = {word: role for role, words in COLUMNS.items() for word in words}
_RULE: Final = re.compile(r"[\s|:=+_–-]*\Z")


@dataclass(frozen=True, slots=True)
class Heading:
    """The columns of a table: what each holds, and the day in the heading of those that have one."""

    mark: re.Pattern[str]
    roles: tuple[str, ...]
    days: tuple[str, ...]
    labels: tuple[str, ...]

    @property
    def values(self) -> list[int]:
        """The columns that hold results."""
        return [at for at, role in enumerate(self.roles) if role == "value"]

    @property
    def unclear(self) -> bool:
        """Whether several columns could be the result, and no day tells them apart."""
        return len(self.values) > 1 and not all(self.days[at] for at in self.values)

    def cells(self, line: str) -> list[str] | None:
        """The cells of a row; None where it has other columns than the heading."""
        found = cells_of(line, self.mark)
        return found if len(found) == len(self.roles) else None

    def parts(self, line: str) -> bool:
        """Whether the line has the mark that parts the columns."""
        return bool(self.mark.search(line.strip()))

    def about_the_patient(self, cells: Sequence[str]) -> list[tuple[str, str]]:
        """What a row says of the patient: each heading with its cell."""
        labelled = zip(self.labels, self.roles, cells, strict=True)
        return [(label, cell) for label, role, cell in labelled if role == "patient" and cell]

    def cell(self, cells: Sequence[str], role: str) -> str:
        """The first cell of a role, "" where no column has it."""
        return next((cells[at] for at, known in enumerate(self.roles) if known == role), "")


def cells_of(line: str, mark: re.Pattern[str]) -> list[str]:
    """The cells of a line, without the frame of a drawn table."""
    framed = line.strip(" \r\n") if mark.pattern != r"\s{2,}" else line.strip()
    if mark.pattern == r"\|":
        framed = framed.strip().removeprefix("|").removesuffix("|")
    return [cell.strip().strip('"').strip() for cell in mark.split(framed)]


def is_rule(line: str) -> bool:
    """Whether it only draws a line under a heading."""
    return bool(_RULE.match(line)) and "-" in line.replace("–", "-").replace("=", "-")


def heading_in(line: str) -> Heading | None:
    """The heading of a table; None for any other line."""
    for mark in _PARTED:
        cells = cells_of(line, mark)
        if len(cells) > 1 and (heading := _heading(mark, cells)):
            return heading
    return None


def _heading(mark: re.Pattern[str], cells: list[str]) -> Heading | None:
    days = [_DAY.match(cell) for cell in cells]
    named = [_ROLES.get(cell.casefold().strip(" :*()"), "") for cell in cells]
    roles = ["value" if day else role for role, day in zip(named, days, strict=True)]
    if roles and not roles[0] and not cells[0] and "value" in roles:
        roles[0] = "test"  # the corner of a table of days is often empty
    if (
        roles.count("test") != 1
        or "value" not in roles
        or any(roles.count(one) > 1 for one in ("unit", "date"))
    ):
        return None
    dated = tuple(day["date"] if day else "" for day in days)
    return Heading(mark, tuple(roles), dated, tuple(cells))
