"""One sum over the heads of all histories: who rewrites any of them has to rewrite this too."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator

from rls_workup.store.engine import Connection
from rls_workup.store.progress import Progress

STANDING = (
    "SELECT id, version, head, updated_at, family_name, given_name FROM workup"
    " WHERE id > ? ORDER BY id LIMIT 500"
)
Standing = tuple[str, int, str, str, str, str]  # id, version, head, updated_at, family and given name


def standings(connection: Connection) -> Iterator[Standing]:
    """Every work-up by its id, voided or not."""
    last = ""
    while some := connection.execute(STANDING, (last,)).fetchall():
        for row in some:
            workup_id, version, head, *rest = row
            yield workup_id, version, bytes(head).hex(), *rest
        last = some[-1][0]


def amounts(connection: Connection) -> tuple[int, int]:
    """How many work-ups and how many versions of them there are."""
    counted = [
        int(connection.execute(statement).fetchone()[0])
        for statement in ("SELECT count(*) FROM workup", "SELECT count(*) FROM revision")
    ]
    return counted[0], counted[1]


def heads_sum(connection: Connection, progress: Progress | None = None) -> tuple[int, str, str]:
    """How many work-ups there are, their newest time, and SHA-256 over their ids, versions and heads."""
    digest, count, newest = hashlib.sha256(), 0, ""
    for workup_id, version, head, updated_at, *_ in standings(connection):
        digest.update(json.dumps([workup_id, version, head]).encode() + b"\n")
        count, newest = count + 1, max(newest, updated_at)
        if progress is not None:
            progress.at(1.0)
    return count, newest, digest.hexdigest()
