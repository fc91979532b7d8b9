"""Finds resources/, in a checkout, an installed wheel or a frozen program."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rls_workup.errors import WorkupError

_SPELLING = "spelling"


def folder(*parts: str) -> Path:
    """A folder or file of the program's own resources. Raises WorkupError where the program is incomplete."""
    found = _root().joinpath(*parts)
    if not found.exists():
        raise WorkupError(
            "A part of the program is missing: {known}. Install it again.",
            known="/".join(("resources", *parts)),
        )
    return found


def read_words(*parts: str) -> Mapping[str, Any]:
    """A file of words: `name` and `decimal` of the language, and tables of `words`; empty where none is."""
    import tomli

    path = folder("words").joinpath(*parts)
    return tomli.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def spelling_of(language: str) -> Mapping[str, Any]:
    """How a language of the same words spells them, such as American English; empty for any other."""
    return read_words(_SPELLING, f"{language}.toml") if language in spellings() else {}


def spellings() -> list[str]:
    """The codes of the languages that are English in another spelling."""
    return sorted(path.stem for path in folder("words", _SPELLING).glob("*.toml"))


def _root() -> Path:
    package = Path(__file__).parent
    # The installed copy comes first: a `resources` beside an installed package belongs to somebody else.
    places = [package / "_resources", package.parent / "resources"]
    if frozen := getattr(sys, "_MEIPASS", None):
        places.insert(0, Path(frozen) / "resources")
    return next((place for place in places if place.is_dir()), places[-1])
