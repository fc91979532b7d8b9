"""The texts of one language as read from its files: pairs of English and translation, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rls_workup.protocols.entries import document_of
from rls_workup.protocols.files import text_of

TextPath = tuple[str, ...]
_DEEPEST = 6
_LONGEST = 4000
_HEADER = re.compile(r"^\s*\[(?!\[)(.*)\]")
_KEY = re.compile(r'^\s*("(?:[^"\\]|\\.)*"|[A-Za-z0-9_-]+)\s*=')
_WORD = re.compile(r'"((?:[^"\\]|\\.)*)"|([A-Za-z0-9_-]+)')


@dataclass(frozen=True, slots=True)
class Pair:
    """A translation and the English that it was made from, in one file. Empty: not translated yet."""

    english: str
    translation: str
    file: str

    @property
    def empty(self) -> bool:
        return not self.translation.strip()

    def translates(self, english: str) -> bool:
        """Whether the English is still the one that was translated; line breaks make no difference."""
        return self.english.split() == english.split()


@dataclass(slots=True)
class Texts:
    """All pairs of a language by what they translate, `("items", "ferritin", "asks")`.

    `unreadable` and `mistakes` are sentences: of a file that cannot be read, and of a text that cannot.
    """

    pairs: dict[TextPath, Pair] = field(default_factory=dict)
    unreadable: list[str] = field(default_factory=list)
    mistakes: list[str] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)
    _lines: dict[str, dict[TextPath, int]] = field(default_factory=dict)

    def under(self, own: Texts) -> Texts:
        """These texts with a practice's own laid over them, text by text."""
        return Texts(
            {**self.pairs, **own.pairs},
            [*self.unreadable, *own.unreadable],
            [*self.mistakes, *own.mistakes],
            {**self.files, **own.files},
        )

    def place(self, file: str, path: TextPath) -> str:
        """File and line of a text, `texts/de/iron.toml:12`."""
        if file not in self._lines:
            self._lines[file] = dict(_lines_of(self.files.get(file, "")))
        line = self._lines[file].get(path)
        return f"{file}:{line}" if line else file


def read_texts(folder: Path, name: str) -> Texts:
    """Every `*.toml` of a language's folder; its files are named in sentences as `name/iron.toml`."""
    texts = Texts()
    for path in sorted(folder.glob("*.toml")):
        file = f"{name}/{path.name}"
        text = text_of(path, texts.unreadable, file)
        document = None if text is None else document_of(file, text, texts.unreadable)
        if text is not None and document is not None:
            texts.files[file] = text
            for text_path, given in _texts_in(document, ()):
                _take(texts, file, text_path, given)
    return texts


def _texts_in(table: Mapping[str, Any], path: TextPath) -> Iterator[tuple[TextPath, Any]]:
    for key, given in table.items():
        if isinstance(given, dict) and len(path) < _DEEPEST:
            yield from _texts_in(given, (*path, key))
        else:
            yield (*path, key), given


def _take(texts: Texts, file: str, path: TextPath, given: Any) -> None:
    where, name = texts.place(file, path), ".".join(path)
    if not _is_pair(given):
        texts.mistakes.append(f'{where}: {name} must be a pair, ["English", "translation"].')
    elif len(given[1]) > _LONGEST:
        texts.mistakes.append(f"{where}: {name} is longer than a text can be ({_LONGEST} characters).")
    elif path in texts.pairs:
        texts.mistakes.append(f"{where}: {name} stands in {texts.pairs[path].file} already.")
    else:
        texts.pairs[path] = Pair(given[0], given[1], file)


def _is_pair(given: Any) -> bool:
    return isinstance(given, list) and len(given) == 2 and all(isinstance(text, str) for text in given)


def _lines_of(text: str) -> Iterator[tuple[TextPath, int]]:
    """Where each key stands: tomllib does not tell."""
    table: TextPath = ()
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            table = tuple(quoted or bare for quoted, bare in _WORD.findall(header[1]))
        elif key := _KEY.match(line):
            yield (*table, key[1].strip('"')), number
