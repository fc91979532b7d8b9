"""The program's own words in other languages: `resources/words/<code>.toml`, by the English in the code."""

from __future__ import annotations

from rls_workup.domain.wording import Wording, wording_from
from rls_workup.resources import read_words


def wording_of(language: str) -> Wording:
    """The words of a language; all in English where the program has none of it."""
    return wording_from(language, read_words(f"{language}.toml"))
