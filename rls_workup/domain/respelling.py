"""English as it is spelt elsewhere: parts of words put in place of others; words in braces stay."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from typing import Any

from rls_workup.domain.wording import Wording, wording_from

_SLOT = re.compile(r"(\{[^{}]*\})")


class Respelling:
    """A table of spelling as read from its file: `parts` of words, and stems of `verbs` in -ise."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self.parts: Mapping[str, str] = table.get("parts", {})
        self.verbs: tuple[str, ...] = tuple(table.get("verbs", ()))

    def __bool__(self) -> bool:
        return bool(self.parts)

    @cached_property
    def _wrong(self) -> re.Pattern[str]:
        parts = sorted(self.parts, key=len, reverse=True)
        verbs = rf"\b(?P<verb>{'|'.join(self.verbs)})is(?=e|ing|ation)"
        return re.compile(rf"{verbs}|{'|'.join(parts)}", re.IGNORECASE)

    def respelt(self, english: str) -> str:
        """The text in the other spelling; `{haemoglobin}` and other slots stay."""
        if not self:
            return english
        return "".join(
            part if part.startswith("{") else self._wrong.sub(self._right, part)
            for part in _SLOT.split(english)
        )

    def _right(self, found: re.Match[str]) -> str:
        was = found[0]
        now = f"{was[:-2]}iz" if found["verb"] else self.parts[was.casefold()]
        if was.isupper():
            return now.upper()
        return f"{now[0].upper()}{now[1:]}" if was[0].isupper() else now

    def wording(self, language: str, *documents: Mapping[str, Any]) -> Wording:
        """The program's own English in this spelling; any translation's file names all that it says."""
        return Wording(language, _Respelt(self, wording_from("", *documents).words.keys()))


class _Respelt(Mapping[str, str]):
    """Each of the sentences in the other spelling, made when it is first said: the start says a few only."""

    def __init__(self, spelling: Respelling, sentences: Collection[str]) -> None:
        self._spelling, self._sentences = spelling, sentences
        self._made: dict[str, str] = {}

    def __getitem__(self, english: str) -> str:
        if english not in self._made:
            if english not in self._sentences:
                raise KeyError(english)
            self._made[english] = self._spelling.respelt(english)
        return self._made[english]

    def __iter__(self) -> Iterator[str]:
        return iter(self._sentences)

    def __len__(self) -> int:
        return len(self._sentences)
