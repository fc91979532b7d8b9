"""What a work-up goes through between a file, the store and the screen; no widgets."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from rls_workup.domain.assessment import assess
from rls_workup.errors import StoreTrouble
from rls_workup.exchange.strict_json import read_json
from rls_workup.exchange.workup_file import new_id, read_workup, workup_from, workup_text
from rls_workup.store import Store
from rls_workup.ui.saving import Saving, local_clock
from rls_workup.ui.words import say

if TYPE_CHECKING:
    from rls_workup.domain.protocol import Protocol
    from rls_workup.domain.workup import Workup
    from rls_workup.ui.editions import Editions


def stored(store: Store, editions: Editions, workup_id: str, saving: Saving) -> tuple[Workup, Protocol, int]:
    """A work-up of the store, the protocol under which it was filled in, and its version there.

    Where a newer state is still on its way to the store, it is that one. Raises StoreTrouble, UnreadableFile
    or NewerFormat.
    """
    pending = saving.pending(workup_id)
    if pending is not None:
        return *read_as_kept(pending.document, editions), pending.base_version
    kept = store.read(workup_id)
    return *read_as_kept(kept.document, editions), kept.version


def read_as_kept(text: str, editions: Editions) -> tuple[Workup, Protocol]:
    """A work-up from its text and its own protocol. Raises UnreadableFile or NewerFormat."""
    document = read_json(text.encode("utf-8"))
    protocol = editions.of(document)
    return workup_from(document, protocol), protocol


def version_of(
    store: Store, editions: Editions, workup_id: str, version: int
) -> tuple[Workup, str, Protocol]:
    """A work-up as saved under a version, the head of its history there, its protocol. Raises as `stored`."""
    heads = {revision.version: revision.head for revision in store.revisions(workup_id)}
    document = read_json(store.document_at(workup_id, version).encode("utf-8"))
    protocol = editions.of(document)
    return workup_from(document, protocol), heads.get(version, ""), protocol


def take_in(
    store: Store, protocol: Protocol, path: Path, saving: Saving, today: date, *, password: str = ""
) -> tuple[str, str]:
    """Take a work-up file, or a PDF that carries one, into the store; its id there, and what to tell.

    What to tell the person is "" where there is nothing to tell.
    A file whose id the store has with other content becomes a copy of its own: neither is overwritten.
    """
    workup = read_workup(path, protocol, password)
    known = document_in(store, workup.id)
    if known == workup_text(workup):
        return workup.id, say("This file is in the worklist already, so nothing had to be added.")
    heard = ""
    if known is not None:
        workup = replace(workup, id=new_id())
        heard = say("The worklist has this work-up with other answers, so the file was added as a copy.")
    saving.save_other(protocol, workup, assess(protocol, workup, today))
    return workup.id, heard


def document_in(store: Store, workup_id: str) -> str | None:
    """The document that the store keeps under an id, None where there is none."""
    try:
        return store.read(workup_id).document
    except StoreTrouble:
        return None


def saved_clock(store: Store, workup_id: str) -> str:
    """When a work-up was last saved by anybody, `14:32:07`. Raises StoreTrouble."""
    return local_clock(store.read(workup_id).updated_at)


def copy_of(workup: Workup) -> Workup:
    """The same answers as a work-up of its own."""
    return replace(workup, id=new_id())
