"""The protocol under which each work-up was filled in, from the text that the store keeps; each read once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rls_workup.domain.protocol import Protocol
from rls_workup.errors import Conflict, WorkupError
from rls_workup.exchange.workup_file import Named, named_in
from rls_workup.protocols.files import mark_of
from rls_workup.store import Store
from rls_workup.ui.tongues import Tongues


class Editions:
    """Finds a work-up's own protocol; `current` is the one at hand."""

    def __init__(self, store: Callable[[], Store], current: Protocol, tongues: Tongues | None = None) -> None:
        self._store, self._tongues = store, tongues
        self.current = current
        self._read: dict[tuple[str, str], Protocol | None] = {}

    def of(self, document: Any) -> Protocol:
        """The protocol of a parsed document: its own, else the one at hand where its text is not kept."""
        named = named_in(document)
        if named is None or named.id != self.current.about.id or self._is_current(named):
            return self.current
        key = (named.version, named.mark)
        if key not in self._read:
            self._read[key] = self._kept(named)
        return self._read[key] or self.current

    def _is_current(self, named: Named) -> bool:
        return named.version == self.current.about.version and named.mark in ("", self.current.mark)

    def _told(self, protocol: Protocol) -> Protocol:
        """In the language of the one at hand."""
        return self._tongues.told(protocol, self.current.language) if self._tongues else protocol

    def _kept(self, named: Named) -> Protocol | None:
        from rls_workup.protocols import protocol_from_text

        try:
            text = _text(self._store(), named)
            return self._told(protocol_from_text(text, self.current)) if text else None
        except WorkupError:  # it was read once; a later program may be stricter, and the answers still open
            return None


def _text(store: Store, named: Named) -> str | None:
    marked = store.protocol_text(named.id, f"{named.version}+{named.mark}") if named.mark else None
    if marked is not None:
        return marked
    text = store.protocol_text(named.id, named.version)
    return text if text and named.mark in ("", mark_of(text)) else None


def keep_text(store: Store, protocol: Protocol) -> None:
    """Keep the protocol's text in the store: a work-up stays bound to what it was filled in under.

    A text that was changed without a new version is kept beside the first one, under its mark.
    """
    about = protocol.about
    try:
        store.keep_protocol(about.id, about.version, protocol.text)
    except Conflict:
        store.keep_protocol(about.id, f"{about.version}+{protocol.mark}", protocol.text)
