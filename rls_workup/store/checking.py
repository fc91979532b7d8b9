"""Reading the whole store for damage: what SQLite sees, and whether every history still fits its chain."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rls_workup.errors import Sentence, StoreTrouble
from rls_workup.store.engine import Connection, Engine
from rls_workup.store.progress import Progress
from rls_workup.store.records import Revision, revision_of
from rls_workup.store.revisions import NO_HEAD, head_after, replay, sha
from rls_workup.store.words import UNKNOWN

WORKUPS = "SELECT id, head, document FROM workup WHERE id > ? ORDER BY id LIMIT 100"
HISTORY = (
    "SELECT version, at, author, station, kind, note, patch, snapshot, head, document_sha"
    " FROM revision WHERE workup_id = ? ORDER BY version"
)


def faults(engine: Engine, progress: Progress | None = None) -> Iterator[Sentence]:
    """A sentence for each thing that is wrong; when reading itself fails, that is the last one.

    Raises Cancelled when `progress` was cancelled.
    """
    try:
        with engine.told():
            yield from engine.faults()
            yield from _faults_of_histories(engine.connection, progress or Progress())
    except StoreTrouble as trouble:
        yield trouble.sentence


def _faults_of_histories(connection: Connection, progress: Progress) -> Iterator[Sentence]:
    if connection.keeps_words and connection.execute(UNKNOWN).fetchone()[0]:
        yield Sentence(
            "Some work-ups are not found by their words. Restore a backup, or look for them in the list."
        )
    last, done = "", 0
    whole = int(connection.execute("SELECT count(*) FROM workup").fetchone()[0])
    while some := connection.execute(WORKUPS, (last,)).fetchall():
        for workup_id, head, document in some:
            done += 1
            progress.at(done / max(whole, 1))
            fault = _fault_of(workup_id, head, document, connection.execute(HISTORY, (workup_id,)).fetchall())
            if fault is not None:
                yield Sentence(
                    "Work-up {workup_id}: {fault} Look at its other versions, or in a backup.",
                    workup_id=workup_id,
                    fault=fault,
                )
        last = some[-1][0]


def _fault_of(workup_id: str, head: bytes, document: str, history: list[tuple[Any, ...]]) -> Sentence | None:
    link, text, document_sha = NO_HEAD, None, b""
    for number, (*columns, document_sha) in enumerate(history, start=1):
        revision = revision_of(columns)
        if revision.version != number:
            return Sentence("version {number} is missing from its history.", number=number)
        link = _link_after(link, workup_id, revision, document_sha)
        if link.hex() != revision.head:
            return Sentence(
                "version {number} does not fit the chain, so it was changed outside this program.",
                number=number,
            )
        text = _text_after(text, revision)
        if text is None or sha(text) != document_sha:
            return Sentence("version {number} cannot be rebuilt as it was saved.", number=number)
    if link != head or document_sha != sha(document):
        return Sentence(
            "what is kept now is not what was saved last, so it was changed outside this program."
        )
    return None


def _link_after(link: bytes, workup_id: str, revision: Revision, document_sha: bytes) -> bytes:
    bound = (
        revision.version,
        revision.at,
        revision.author,
        revision.station,
        revision.kind,
        revision.note,
        revision.patch,
    )
    return head_after(link, workup_id, bound, document_sha)


def _text_after(text: str | None, revision: Revision) -> str | None:
    if revision.patch is None or text is None:
        return revision.snapshot
    try:
        after = replay(text, [revision.patch])
    except (ValueError, LookupError, TypeError, RecursionError):
        return None
    return after if revision.snapshot in (None, after) else None
