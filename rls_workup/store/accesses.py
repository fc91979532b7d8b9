"""The log of who looked: opened, printed, exported, imported, erased, or failed to unlock."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from rls_workup.store.engine import Engine, writing

OPEN, PRINT, EXPORT, IMPORT, UNLOCK_FAILED, PURGE, RESTORE = (
    "open",
    "print",
    "export",
    "import",
    "unlock failed",
    "purge",
    "restore",
)
KINDS: Final = (OPEN, PRINT, EXPORT, IMPORT, UNLOCK_FAILED, PURGE, RESTORE)
NOTE = "INSERT INTO access(at, author, station, what, workup_id, detail) VALUES (?, ?, ?, ?, ?, ?)"
OF_ONE = "SELECT at, author, station, what, workup_id, detail FROM access WHERE workup_id = ? ORDER BY at"
NEWEST = "SELECT at, author, station, what, workup_id, detail FROM access ORDER BY at DESC LIMIT ?"


@dataclass(frozen=True, slots=True)
class Access:
    """One line of the log. `detail` says no more than is needed: never a name, never an answer."""

    at: str
    author: str
    station: str
    what: str
    workup_id: str = ""
    detail: str = ""


def note_access(engine: Engine, *entries: Access) -> None:
    """Add lines to the log, on disk when this returns. Raises StoreTrouble."""
    with engine.told(), writing(engine.connection):
        for entry in entries:
            engine.connection.execute(NOTE, _columns(entry))


def accesses_to(engine: Engine, workup_id: str) -> list[Access]:
    """Who looked at one work-up, first to last."""
    with engine.told():
        return [Access(*row) for row in engine.connection.execute(OF_ONE, (workup_id,)).fetchall()]


def newest_accesses(engine: Engine, most: int = 1000) -> list[Access]:
    """The newest lines of the log, newest first."""
    with engine.told():
        return [Access(*row) for row in engine.connection.execute(NEWEST, (most,)).fetchall()]


def _columns(entry: Access) -> tuple[str, ...]:
    return (entry.at, entry.author, entry.station, entry.what, entry.workup_id, entry.detail)
