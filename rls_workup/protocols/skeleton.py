"""The files that a translator fills in: every text of a protocol beside its translation, if any."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

from rls_workup.domain.protocol import Protocol
from rls_workup.protocols.entries import Entries
from rls_workup.protocols.texts import Pair, TextPath, Texts
from rls_workup.protocols.translation import retold

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_HEAD = """\
# The texts of {file} in “{language}”: [English, translation]. Empty: not translated, English is shown.
# {{words in braces}} stay as they are. Written by `rls-workup protocol texts --language {language}`.
"""


def text_files(protocol: Protocol, entries: Entries, texts: Texts, language: str) -> dict[str, str]:
    """By file name, what `texts/<language>/` should hold for the texts that these entries bring."""
    english: dict[TextPath, str] = {}

    def note(path: TextPath, text: str) -> str:
        english[path] = text
        return text

    retold(protocol, note)
    files = _files(entries)
    sorted_in: dict[str, dict[TextPath, str]] = {}
    for path, text in english.items():
        if file := files.get(path[:4]) or files.get(path[:2]) or files.get(path[:1]):
            sorted_in.setdefault(file, {})[path] = text
    return {
        file: _HEAD.format(file=file, language=language) + "\n".join(_lines(found, texts)) + "\n"
        for file, found in sorted(sorted_in.items())
    }


def _files(entries: Entries) -> Mapping[TextPath, str]:
    """Which file brings what; the patient's facts, which no file brings, go with the protocol's own table."""
    files: dict[TextPath, str] = {}
    for table, found in entries.tables.items():
        for entry in found:
            if table == "about":
                files[("about",)] = files[("facts",)] = entry.file
            elif table == "cards":
                files["sections", str(entry.keys.get("section")), "cards", entry.id] = entry.file
            else:
                files["sections" if table == "section" else table, entry.id] = entry.file
    return files


def _lines(english: Mapping[TextPath, str], texts: Texts) -> Iterator[str]:
    table: TextPath = ()
    for path, text in english.items():
        if path[:-1] != table:
            table = path[:-1]
            yield f"\n[{'.'.join(map(_key, table))}]"
        yield from _line(path, text, texts.pairs.get(path))


def _line(path: TextPath, english: str, pair: Pair | None) -> Iterator[str]:
    if pair is None or pair.empty:
        yield _pair(path, english, "")
        return
    if not pair.translates(english):
        yield "# stale: the English is now as in the next line; put it, translated, in place of the old pair."
        yield f"# {_pair(path, english, '')}"
        yield _pair(path, pair.english, pair.translation)
        return
    yield _pair(path, english, pair.translation)


def _pair(path: TextPath, english: str, translation: str) -> str:
    return f"{_key(path[-1])} = [{_quoted(english)}, {_quoted(translation)}]"


def _key(word: str) -> str:
    return word if _BARE.fullmatch(word) else _quoted(word)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
