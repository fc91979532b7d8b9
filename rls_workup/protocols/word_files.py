"""The program's own words in other languages: `resources/words/<code>.toml`, by the English in the code."""

from __future__ import annotations

from rls_workup.domain.respelling import Respelling
from rls_workup.domain.wording import Wording, wording_from
from rls_workup.resources import read_words, spelling_of

# Any translation names all the English that there is.
_NAMES_ALL = "de.toml"


def wording_of(language: str) -> Wording:
    """The words of a language; all in English where the program has none of it."""
    if spelling := Respelling(spelling_of(language)):
        return spelling.wording(language, read_words(_NAMES_ALL))
    return wording_from(language, read_words(f"{language}.toml"))
