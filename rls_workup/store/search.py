"""Finding a name however it is typed: folded words, each matched from its beginning."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

MOST_WORDS = 12
LONGEST_WORD = 100


def folded(text: str) -> str:
    """`text` without case, accents and invisible signs; control characters become spaces."""
    # Decomposed twice, since case folding itself can bring accents back (U+0130).
    spread = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(_shown(letter) for letter in spread)


def _shown(letter: str) -> str:
    match unicodedata.category(letter):
        case "Mn" | "Cf" | "Cs":
            return ""
        case "Cc" | "Zs" | "Zl" | "Zp":
            return " "
    return letter


@lru_cache(maxsize=16)  # the same few words at every save of a work-up
def search_key(*texts: str) -> str:
    """The words by which a work-up is found, each after a space: as written, in parts, and run together."""
    found: dict[str, None] = {}
    for text in texts:
        words = folded(text).split()
        for word in (*words, "".join(words)):
            parts = _parts(word)
            found.update(dict.fromkeys((word, *parts, "".join(parts))))
    return "".join(" " + word for word in found if word)


def _parts(word: str) -> list[str]:
    """O'Brien-Smith is also found as Brien, as Smith and as OBrienSmith."""
    return "".join(" " if unicodedata.category(letter).startswith("P") else letter for letter in word).split()


def beginnings(search: str) -> list[str]:
    """How the words looked for begin, twelve of them at most."""
    return [word[:LONGEST_WORD] for word in folded(search).split()[:MOST_WORDS]]


def patterns(search: str) -> list[str]:
    """One LIKE pattern (ESCAPE '\\') for each word looked for."""
    return ["% " + _escaped(word) + "%" for word in beginnings(search)]


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
