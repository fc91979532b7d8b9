"""Protocols in the language of the window, also older ones: what has no text in it stays in English."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from rls_workup.domain.wording import ENGLISH
from rls_workup.errors import WorkupError

if TYPE_CHECKING:
    from rls_workup.domain.protocol import Protocol

_Key = tuple[str, str, tuple[tuple[str, str], ...]]


class Tongues:
    """Each protocol translated once; `own` is the folder that it was read from, if not the shipped."""

    def __init__(self, own: Path | None) -> None:
        self.own = own
        self._english: dict[_Key, Protocol] = {}
        self._told: dict[tuple[_Key, str], Protocol] = {}

    def english(self, protocol: Protocol) -> Protocol:
        """The protocol as it was read, before it was told in another language."""
        if protocol.language == ENGLISH.language:
            self._english[_key(protocol)] = protocol
        return self._english.get(_key(protocol), protocol)

    def told(self, protocol: Protocol, language: str) -> Protocol:
        """The protocol in a language; in English where there are no readable texts in it."""
        english = self.english(protocol)
        if language == ENGLISH.language:
            return english
        key = (_key(protocol), language)
        if key not in self._told:
            self._told[key] = self._translated(english, language)
        return self._told[key]

    def _translated(self, english: Protocol, language: str) -> Protocol:
        """By the practice's texts, else by the shipped ones wherever id and English are the same."""
        from rls_workup.protocols import in_language

        for own in dict.fromkeys((self.own, None)):
            # What is wrong with the texts is told by `protocol check`; the work goes on.
            with suppress(WorkupError):
                return in_language(english, own, language).protocol
        return english


def _key(protocol: Protocol) -> _Key:
    return protocol.about.version, protocol.mark, tuple(sorted(protocol.chosen.items()))
