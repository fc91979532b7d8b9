"""Blood tests by the names that laboratories give them: the whole name or nothing, never a part of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from unicodedata import combining, normalize

from rls_workup.domain.parts import Item

_KINDS = ("quantity", "choice", "text")
# What a laboratory writes before or behind a name for the usual sample: `S-Ferritin`, `Ferritin i.S.`.
_SAMPLE_FIRST = ("s", "p", "b", "fs", "fp", "serum", "plasma", "blood", "blut")
_SAMPLE_LAST = (
    *("s", "p", "b", "is", "ip", "serum", "plasma", "blood", "blut", "edta", "ims", "imserum", "implasma"),
    *("imblut", "inserum", "inblood", "inserumorplasma", "inplasma"),
)


def name_key(text: str) -> str:
    """A name for comparison: letters and figures alone, no accents, no case."""
    folded = normalize("NFKD", normalize("NFKC", text).casefold())
    return "".join(sign for sign in folded if sign.isalnum() and not combining(sign))


def names_of(item: Item) -> Iterator[str]:
    """Everything that a result of an item may be called; nothing where no laboratory reports it."""
    if item.kind in _KINDS and (item.orderable or item.loinc or item.also):
        yield from (item.asks, item.label, item.id, *item.also)


class LabNames:
    """The items that laboratories report, by name and by LOINC code."""

    def __init__(self, items: Iterable[Item]) -> None:
        self.items = [item for item in items if any(names_of(item))]
        self._by_name = {
            key: item for item in self.items for name in names_of(item) if (key := name_key(name))
        }
        self._met: dict[str, Item | None] = {}

    def named(self, text: str) -> Item | None:
        """The item of a whole name, with or without the usual sample before or behind it."""
        if text not in self._met:
            self._met[text] = self._found(text)
        return self._met[text]

    def _found(self, text: str) -> Item | None:
        return next((self._by_name[key] for key in _keys(text) if key in self._by_name), None)

    def coded(self, loinc: str) -> Item | None:
        """The item of a LOINC code."""
        return next((item for item in self.items if loinc and loinc in (item.loinc, item.loinc_si)), None)


def _keys(text: str) -> Iterator[str]:
    whole = name_key(text)
    yield whole
    words = [key for word in text.replace("-", " ").replace(",", " ").split() if (key := name_key(word))]
    first = len(words) > 1 and words[0] in _SAMPLE_FIRST
    for last in range(1, min(4, len(words))):
        if "".join(words[-last:]) in _SAMPLE_LAST:
            yield "".join(words[:-last])
            yield "".join(words[1:-last] if first else ())
    if first:
        yield "".join(words[1:])
