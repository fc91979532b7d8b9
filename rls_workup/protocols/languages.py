"""The languages that there are texts for, in the shipped folder and in a practice's own."""

from __future__ import annotations

import re
from pathlib import Path

from rls_workup.domain.protocol import Protocol
from rls_workup.domain.respelling import Respelling
from rls_workup.errors import ProtocolMistakes, WorkupError
from rls_workup.protocols.entries import read_files
from rls_workup.protocols.files import SHIPPED, files_in
from rls_workup.protocols.skeleton import text_files
from rls_workup.protocols.texts import Texts, read_texts
from rls_workup.protocols.translation import Translation, respelt, translate
from rls_workup.protocols.word_files import wording_of
from rls_workup.resources import folder, spelling_of, spellings

ENGLISH = "en"
_CODE = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?")


def languages(own: Path | None = None) -> list[str]:
    """The codes of the languages that there are texts for."""
    found = {ENGLISH, *spellings()}
    for place in _folders(own):
        found |= {path.name for path in place.glob("texts/*/") if _CODE.fullmatch(path.name)}
    return sorted(found)


def in_language(protocol: Protocol, own: Path | None, language: str) -> Translation:
    """The protocol in a language, with what is stale, not translated, or wrong in its texts.

    Raises ProtocolMistakes where a file of texts cannot be read, WorkupError for an unknown language.
    """
    if language not in languages(own):
        raise WorkupError(
            "There is no language “{language}”. There are: {known}.",
            language=language,
            known=", ".join(languages(own)),
        )
    if language == ENGLISH:
        return Translation(protocol)
    if spelling := Respelling(spelling_of(language)):
        return Translation(respelt(protocol, spelling, wording_of(language)))
    return translate(protocol, _texts(own, language), wording_of(language))


def texts_to_fill_in(protocol: Protocol, own: Path | None, language: str) -> dict[str, str]:
    """By file name, what a translator fills in: each text of the folder with its translation or without.
    A practice's own folder without entries has none: then those of the shipped one.

    The language may be a new one. Raises as in_language.
    """
    if not _CODE.fullmatch(language):
        raise WorkupError(
            "“{language}” is no code of a language. Write it like de or pt-BR.", language=language
        )
    files = list(files_in(own, SHIPPED, [])) if own else []
    entries = read_files(files or files_in(shipped_folder(), SHIPPED, []))
    return text_files(protocol, entries, _texts(own, language), language)


def shipped_folder() -> Path:
    """The protocol that ships with the program."""
    return folder("protocol")


def _folders(own: Path | None) -> list[Path]:
    if own is None:
        return [shipped_folder()]
    return [own] if (own / "protocol.toml").is_file() else [shipped_folder(), own]


def _texts(own: Path | None, language: str) -> Texts:
    texts = Texts()
    for number, place in enumerate(_folders(own)):
        name = f"{place.name}/texts/{language}" if number else f"texts/{language}"
        texts = texts.under(read_texts(place / "texts" / language, name))
    if texts.unreadable:
        raise ProtocolMistakes(texts.unreadable)
    return texts
