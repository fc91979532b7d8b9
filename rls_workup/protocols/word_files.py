"""The program's own words in other languages: `resources/words/<code>.toml`, by the English in the code."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import tomli

from rls_workup.domain.wording import Wording
from rls_workup.resources import folder

WINDOW = "window"


def wording_of(language: str) -> Wording:
    """The words of a language; all in English where the program has none of it."""
    document = _read(folder("words") / f"{language}.toml")
    return Wording(language, _words(document), document["decimal"]) if document else Wording(language)


def window_wording_of(language: str) -> Wording:
    """The words of a language with those that only the window says."""
    told = wording_of(language)
    document = _read(folder("words", WINDOW) / f"{language}.toml")
    return Wording(language, {**told.words, **_words(document)}, told.decimal)


def window_languages() -> dict[str, str]:
    """The languages that the window can be shown in, each by its own name, English first."""
    found = sorted(folder("words", WINDOW).glob("*.toml"))
    return {"en": "English", **{path.stem: str(_read(path)["name"]) for path in found}}


def _read(path: Path) -> Mapping[str, Any]:
    return tomli.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def _words(document: Mapping[str, Any]) -> dict[str, str]:
    tables = document.get("words", {})
    return {english: said for table in tables.values() for english, said in table.items()}
