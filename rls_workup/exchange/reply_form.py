"""Replies to findings in the form of the work-up file: a top-level list `replies`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rls_workup.domain.reply import Reply, Stance

_TEXTS = ("finding", "item", "line", "stance", "name", "at", "reason")
_NEEDED = {"finding", "stance", "name", "at"}


def taken_replies(rest: dict[str, Any]) -> tuple[Reply, ...]:
    """The replies taken out of a document; what is not in their form stays there, as given."""
    given = rest.get("replies")
    if not isinstance(given, list) or not given or not all(_is_reply(entry) for entry in given):
        return ()
    del rest["replies"]
    return tuple(Reply(**{**entry, "stance": Stance(entry["stance"])}) for entry in given)


def _is_reply(entry: Any) -> bool:
    if not isinstance(entry, dict) or not _is_values(entry.get("values", {"": ""})):
        return False
    texts = {key: text for key, text in entry.items() if key != "values"}
    if not _NEEDED <= set(texts) <= set(_TEXTS):
        return False
    return all(isinstance(text, str) and text for text in texts.values()) and texts["stance"] in tuple(Stance)


def _is_values(given: Any) -> bool:
    return isinstance(given, dict) and bool(given) and all(isinstance(text, str) for text in given.values())


def replies_document(replies: Sequence[Reply]) -> list[dict[str, Any]]:
    """The replies as the file holds them; nothing stands there for what is empty."""
    return [_document(reply) for reply in replies]


def _document(reply: Reply) -> dict[str, Any]:
    document: dict[str, Any] = {key: str(text) for key in _TEXTS if (text := getattr(reply, key))}
    return {**document, "values": dict(reply.values)} if reply.values else document
