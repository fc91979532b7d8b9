"""The program's own words in other languages: `resources/words/<code>.toml`, by the English in the code."""

from __future__ import annotations

import tomli

from rls_workup.domain.wording import Wording
from rls_workup.resources import folder


def wording_of(language: str) -> Wording:
    """The words of a language; all in English where the program has none of it."""
    path = folder("words") / f"{language}.toml"
    if not path.is_file():
        return Wording(language)
    document = tomli.loads(path.read_text(encoding="utf-8"))
    words = {english: said for table in document["words"].values() for english, said in table.items()}
    return Wording(language, words, document["decimal"])
