"""Erasing a work-up for good, as a law may ask: on purpose, logged, with a stone where it was."""

from __future__ import annotations

from rls_workup.errors import Conflict, StoreTrouble
from rls_workup.store.accesses import NOTE, PURGE
from rls_workup.store.engine import Engine, writing
from rls_workup.store.words import forget_words

STANDING = "SELECT version, voided, head, search_key FROM workup WHERE id = ?"
STONE = (
    "INSERT INTO tombstone(workup_id, version, head, at, author, station, reason)"
    " VALUES (?, ?, ?, ?, ?, ?, ?)"
)
STONE_OF = "SELECT version, head, at, author, station, reason FROM tombstone WHERE workup_id = ?"


def purge(engine: Engine, workup_id: str, base: int, at: str, author: str, station: str, reason: str) -> None:
    """Erase a work-up that was taken off the worklist, with its whole history. Cannot be undone.

    What stays is its id, its last version and head, who erased it, when and why. Backups made before still
    hold it. Raises StoreTrouble, or Conflict when it was saved elsewhere meanwhile; nothing is changed then.
    """
    if not reason.strip():
        raise StoreTrouble("Erasing a work-up for good needs a reason.")
    connection = engine.connection
    with engine.told(), writing(connection):
        found = connection.execute(STANDING, (workup_id,)).fetchone()
        if found is None:
            raise StoreTrouble(
                "There is no work-up {workup_id} in the store {where}.",
                workup_id=workup_id,
                where=engine.where,
            )
        if found[0] != base:
            raise Conflict("This work-up was changed meanwhile. Nothing was erased; look at it again.")
        if not found[1]:
            raise StoreTrouble("Only a work-up that was taken off the worklist can be erased for good.")
        connection.execute(STONE, (workup_id, base, found[2], at, author, station, reason))
        connection.execute(NOTE, (at, author, station, PURGE, workup_id, reason))
        connection.execute("DELETE FROM revision WHERE workup_id = ?", (workup_id,))
        forget_words(connection, workup_id, found[3])
        gone = connection.execute("DELETE FROM workup WHERE id = ? AND version = ?", (workup_id, base))
        if gone.rowcount != 1:
            raise Conflict("This work-up was changed meanwhile. Nothing was erased; look at it again.")


def was_purged(engine: Engine, workup_id: str) -> bool:
    """Whether a work-up of this id was erased for good."""
    with engine.told():
        return bool(engine.connection.execute(STONE_OF, (workup_id,)).fetchall())
