"""The history of a work-up: what each save changed, whole documents now and then, and the chain of heads."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from rls_workup.store.patches import Tree, difference, parsed, rebuilt, written

SNAPSHOT_EVERY = 50
NO_HEAD = bytes(32)


@dataclass(frozen=True, slots=True)
class Step:
    """How a version follows from the one before: by a patch, by a whole snapshot, or by both."""

    patch: str | None
    snapshot: str | None
    tree: Tree


def sha(text: str) -> bytes:
    """SHA-256 of the text in UTF-8."""
    return hashlib.sha256(text.encode()).digest()


def tree_of(document: str) -> Tree:
    """The document as a tree; None when it is not JSON, which the store keeps all the same."""
    try:
        return parsed(document)
    except (ValueError, RecursionError):
        return None


def step(old: Tree, document: str, version: int, *, whole: bool) -> Step:
    """The step to `document`; a patch is taken only after it was seen to rebuild the document to the letter.

    `old` is the tree of the version before (None: there is none); `whole` asks for a snapshot besides.
    """
    new = tree_of(document)
    patch = _patch(old, new, document)
    snapshot = document if whole or patch is None or version % SNAPSHOT_EVERY == 0 else None
    return Step(patch, snapshot, new)


def _patch(old: Tree, new: Tree, document: str) -> str | None:
    if old is None or new is None:
        return None
    try:
        changes = difference(old, new)
        patch = written(changes)
        patch.encode()  # a "\ud800" that went away is half a character here, which no column takes
        return patch if written(rebuilt(old, changes)) == document else None
    except (RecursionError, UnicodeEncodeError):
        return None


def head_after(previous: bytes, workup_id: str, revision: tuple[object, ...], document_sha: bytes) -> bytes:
    """The next link of the chain; `revision` is (version, at, author, station, kind, note, patch)."""
    bound = json.dumps([workup_id, *revision, document_sha.hex()], separators=(",", ":"))
    return hashlib.sha256(previous + bound.encode()).digest()


def replay(snapshot: str, patches: list[str]) -> str:
    """The document that the patches make of the snapshot. ValueError, LookupError or TypeError: a misfit."""
    if not patches:
        return snapshot
    tree = parsed(snapshot)
    for patch in patches:
        tree = rebuilt(tree, parsed(patch))
    return written(tree)


def replayed(snapshot: str, patches: list[str], document_sha: bytes) -> str | None:
    """The document that the patches make of the snapshot, or None when it is not the one that was saved."""
    try:
        document = replay(snapshot, patches)
    except (ValueError, LookupError, TypeError, RecursionError):
        return None
    return document if sha(document) == document_sha else None
