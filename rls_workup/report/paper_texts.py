"""The written texts of a paper: `resources/papers/<paper>.toml`, each text in every language that has it."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

import tomli

from rls_workup.domain.respelling import Respelling
from rls_workup.errors import WorkupError
from rls_workup.resources import folder, spelling_of

Texts = dict[str, Any]


@lru_cache(maxsize=8)
def paper_texts(paper: str, language: str) -> Texts:
    """The file with every `{ en = "…", de = "…" }` replaced by its text in one language.

    Raises WorkupError where the paper is not written in that language: half of it would be in another.
    """
    whole = tomli.loads((folder("papers") / f"{paper}.toml").read_text(encoding="utf-8"))
    written: list[str] = whole.pop("languages")
    spoken = language if language in written else language.split("-")[0]
    if spoken not in written:
        raise WorkupError(
            "This paper is not written in the language “{language}” yet. Choose one of {known}.",
            language=language,
            known=", ".join(written),
        )
    chosen = _Chosen(spoken, frozenset(written), Respelling(spelling_of(language)))
    return {name: chosen.of(part) for name, part in whole.items()}


class _Chosen(NamedTuple):
    """Takes one language out of texts; everything else, such as ids, stays."""

    language: str
    written: frozenset[str]
    spelling: Respelling

    def of(self, part: Any) -> Any:
        if isinstance(part, list):
            return [self.of(inner) for inner in part]
        if not isinstance(part, dict):
            return part
        if part.keys() <= self.written:
            return self.spelling.respelt(part[self.language])
        return {name: self.of(inner) for name, inner in part.items()}
