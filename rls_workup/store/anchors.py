"""The sum over all heads, noted at each backup in the store and in the backup: neither can change alone."""

from __future__ import annotations

from collections.abc import Iterator

from rls_workup.store.engine import Engine, writing
from rls_workup.store.heads import standings

DROP = "INSERT INTO anchor(at, workups, heads) VALUES (?, ?, ?) ON CONFLICT (at) DO NOTHING"
HEADS_AT = "SELECT head FROM revision WHERE workup_id = ? AND version = ?"
STONES = "SELECT workup_id FROM tombstone"


def drop_anchor(engine: Engine, at: str, workups: int, heads: str) -> None:
    """Note the sum of a backup made at this time. Raises StoreTrouble."""
    with engine.told(), writing(engine.connection):
        engine.connection.execute(DROP, (at, workups, bytes.fromhex(heads)))


def anchored(engine: Engine, at: str) -> str:
    """The sum noted for the backup of this time; "" where none was."""
    with engine.told():
        found = engine.connection.execute("SELECT heads FROM anchor WHERE at = ?", (at,)).fetchone()
    return bytes(found[0]).hex() if found else ""


def rewritten_since(now: Engine, then: Engine) -> Iterator[str]:
    """A sentence for each history that no longer is what the backup `then` holds of it."""
    with now.told(), then.told():
        erased = {row[0] for row in now.connection.execute(STONES).fetchall()}
        for workup_id, version, head, *_ in standings(then.connection):
            found = now.connection.execute(HEADS_AT, (workup_id, version)).fetchone()
            if found is None and workup_id not in erased:
                yield f"Work-up {workup_id}: version {version} of the backup is missing from the store."
            elif found is not None and bytes(found[0]).hex() != head:
                yield f"Work-up {workup_id}: its history was rewritten since the backup was made."
