"""Which backups stay: seven days, four weeks, twelve months, and the last three before a migration."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime

DAYS, WEEKS, MONTHS, MIGRATIONS = 7, 4, 12, 3
MIGRATION = "migration"
NAMED = re.compile(r"workups-(\d{8}T\d{6})Z-(day|asked|migration)\.rlsbackup\Z")


def name_for(at: datetime, why: str) -> str:
    """`workups-20261122T104207Z-day.rlsbackup`."""
    return f"workups-{at.astimezone(UTC):%Y%m%dT%H%M%S}Z-{why}.rlsbackup"


def moment_of(name: str) -> datetime | None:
    """When the backup of this name was made; None where it is no name of ours."""
    found = NAMED.match(name)
    try:
        return datetime.strptime(found[1], "%Y%m%dT%H%M%S").replace(tzinfo=UTC) if found else None
    except ValueError:
        return None


def outlived(names: Iterable[str]) -> list[str]:
    """The backups that may go. A file that is not named by this program always stays.

    Counted in days, weeks and months that have a backup, so that a holiday costs none.
    """
    dated = sorted(((at, name) for name in names if (at := moment_of(name)) is not None), reverse=True)
    before = [name for _, name in dated if _why(name) == MIGRATION]
    others = [(at, name) for at, name in dated if _why(name) != MIGRATION]
    kept = set(before[:MIGRATIONS])
    kept |= _newest_of_each(others, DAYS, lambda at: (at.year, at.month, at.day))
    kept |= _newest_of_each(others, WEEKS, lambda at: at.isocalendar()[:2])
    kept |= _newest_of_each(others, MONTHS, lambda at: (at.year, at.month))
    return sorted(name for _, name in dated if name not in kept)


def _why(name: str) -> str:
    found = NAMED.match(name)
    return found[2] if found else ""


def _newest_of_each(
    dated: list[tuple[datetime, str]], most: int, span: Callable[[datetime], object]
) -> set[str]:
    kept: dict[object, str] = {}
    for at, name in dated:
        kept.setdefault(span(at), name)
    return set(list(kept.values())[:most])
