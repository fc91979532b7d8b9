"""The one way from any text to text that the fonts can draw: nothing is dropped without a word."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import groupby

from rls_workup.report.typeface import is_spare, repertoire

_BREAKS = re.compile(r"\r\n|\n")


def drawable(text: str) -> str:
    """The text in composed form, with `[U+202E]` for every character that cannot be drawn as itself.

    Line breaks stay; a tab becomes a space.
    """
    if text.isascii() and text.isprintable():
        return text
    composed = _BREAKS.sub("\n", unicodedata.normalize("NFC", text)).replace("\t", " ")
    known = repertoire()
    strange = {letter for letter in set(composed) - known - {"\n"} if not is_spare(letter)}
    if not strange:
        return composed
    return composed.translate({ord(character): token(character) for character in strange})


def token(character: str) -> str:
    """What is printed for a character that cannot be drawn."""
    return f"[U+{ord(character):04X}]"


def is_drawable(text: str) -> bool:
    """Whether every character of a line can be drawn as itself."""
    return all(map(is_spare, set(text) - repertoire()))


def by_face(text: str) -> Iterator[tuple[bool, str]]:
    """Drawable text in pieces of one face, each with whether that is the spare one."""
    known = repertoire()
    if known.issuperset(text):
        yield False, text
        return
    for own, letters in groupby(text, known.__contains__):
        yield not own, "".join(letters)
