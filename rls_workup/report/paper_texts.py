"""The written texts of a paper: `resources/papers/<paper>.toml`, each text in every language that has it."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import tomli

from rls_workup.errors import WorkupError
from rls_workup.resources import folder

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
            f"This paper is not written in the language “{language}” yet. Choose one of {', '.join(written)}."
        )
    return {name: _in(spoken, part, frozenset(written)) for name, part in whole.items()}


def _in(language: str, part: Any, written: frozenset[str]) -> Any:
    if isinstance(part, list):
        return [_in(language, inner, written) for inner in part]
    if not isinstance(part, dict):
        return part
    if part.keys() <= written:
        return part[language]
    return {name: _in(language, inner, written) for name, inner in part.items()}
