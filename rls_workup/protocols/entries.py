"""The entries of a protocol folder as read from its files, each with the place where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import tomli

from rls_workup.protocols.files import SHIPPED, ProtocolFile, one_text

TABLES = ("cards", "items", "terms", "rules", "decisions", "disputes", "sources", "units", "flags", "drugs")
_DEEPEST_LINE = 200
_HEADER = re.compile(r"^\s*\[\[\s*([a-z_]+)\s*\]\]")
_TABLE = re.compile(r"^\s*\[\s*([a-z_]+)\s*\]")
_KEY = re.compile(r"^\s*([A-Za-z0-9_]+)\s*=")
_AT_LINE = re.compile(r"\s*\(at line (\d+), column \d+\)|\s*\(at end of document\)")


@dataclass(frozen=True, slots=True)
class Entry:
    """One table of a file: its keys, and the line of each."""

    file: str
    line: int
    keys: Mapping[str, Any]
    lines: Mapping[str, int] = field(default_factory=dict)

    def place(self, key: str = "") -> str:
        return f"{self.file}:{self.lines.get(key, self.line)}"

    @property
    def id(self) -> str:
        given = self.keys.get("id")
        return given if isinstance(given, str) else ""

    def name(self, table: str) -> tuple[str, str]:
        """What an own entry must be called to replace this one: a card's id holds in its section only."""
        return str(self.keys.get("section", "")) if table == "cards" else "", self.id


@dataclass(slots=True)
class Entries:
    """All entries of a folder by table; `mistakes` are sentences with file and line."""

    tables: dict[str, list[Entry]] = field(
        default_factory=lambda: {table: [] for table in ("about", "section", *TABLES)}
    )
    mistakes: list[str] = field(default_factory=list)
    files: list[ProtocolFile] = field(default_factory=list)
    changed: dict[str, frozenset[str]] = field(default_factory=dict)
    lost: bool = False  # a file could not be read, so what others name may have stood there

    @property
    def text(self) -> str:
        """The whole source, as the store keeps it."""
        return one_text(self.files)

    def under(self, own: Entries) -> Entries:
        """These entries with a practice's own laid over them, entry by entry."""
        laid = Entries(
            mistakes=[*self.mistakes, *own.mistakes],
            files=[*self.files, *own.files],
            lost=self.lost or own.lost,
        )
        for table, shipped in self.tables.items():
            given = own.tables[table]
            first = {entry.name(table): entry for entry in reversed(given) if entry.id}
            kept = [first.pop(entry.name(table), entry) for entry in shipped]
            laid.tables[table] = [*kept, *(entry for entry in given if entry not in kept)]
            if given:
                laid.changed[table] = frozenset(entry.id for entry in given)
        return laid


def read_files(files: Iterable[ProtocolFile], mistakes: Iterable[str] = ()) -> Entries:
    """The entries of files, in their order; what is not well-formed becomes a mistake.

    `mistakes` are those of files that could not be read at all.
    """
    told = list(mistakes)
    entries = Entries(mistakes=told, lost=bool(told))
    for file in files:
        _read_file(file, entries)
    return entries


def layers(files: Iterable[ProtocolFile]) -> tuple[list[ProtocolFile], list[ProtocolFile]]:
    """The shipped files, and the practice's own."""
    found = list(files)
    shipped = [file for file in found if file.layer == SHIPPED]
    return shipped, [file for file in found if file.layer != SHIPPED]


def _read_file(file: ProtocolFile, entries: Entries) -> None:
    document = document_of(file.name, file.text, entries.mistakes)
    if document is None:
        entries.lost = True
    else:
        entries.files.append(file)
        _sort_in(file.name, file.text, document, entries)


def document_of(name: str, text: str, mistakes: list[str]) -> Mapping[str, Any] | None:
    """What a file's text holds; None and a sentence in `mistakes` where it is not well-formed."""
    try:
        return tomli.loads(text, parse_float=Decimal)
    except RecursionError:
        mistakes.append(f"{name}: nested too deeply.")
    except tomli.TOMLDecodeError as trouble:
        mistakes.append(_syntax(name, str(trouble)))
    return None


def _syntax(file: str, message: str) -> str:
    line = _AT_LINE.search(message)
    where = f"{file}:{line[1]}" if line and line[1] else file
    return f"{where}: {_AT_LINE.sub('', message)}. The file is not well-formed TOML there."


def _sort_in(file: str, text: str, document: Mapping[str, Any], entries: Entries) -> None:
    places = _places(text)
    section = document.get("section")
    section_id = section.get("id", "") if isinstance(section, dict) else ""
    for table, content in document.items():
        if table not in entries.tables:
            line = places.get((table, 0), (1, {}))[0]
            entries.mistakes.append(f"{file}:{line}: [{table}] is no table of a protocol file.")
            continue
        for entry in _entries_of(file, table, content, places, entries.mistakes):
            entries.tables[table].append(_with_section(entry, table, section_id))


def _entries_of(
    file: str,
    table: str,
    content: Any,
    places: Mapping[tuple[str, int], tuple[int, dict[str, int]]],
    mistakes: list[str],
) -> Iterator[Entry]:
    contents = content if isinstance(content, list) else [content]
    for index, keys in enumerate(contents):
        line, lines = places.get((table, index), (1, {}))
        if isinstance(keys, dict):
            yield Entry(file, line, keys, lines)
        else:
            mistakes.append(f"{file}:{line}: {table} must be written as [[{table}]] with its keys below.")


def _with_section(entry: Entry, table: str, section: str) -> Entry:
    if table not in ("items", "cards") or not section or "section" in entry.keys:
        return entry
    return Entry(entry.file, entry.line, {**entry.keys, "section": section}, entry.lines)


def _places(text: str) -> dict[tuple[str, int], tuple[int, dict[str, int]]]:
    """Where each table begins and where each of its keys stands: tomllib does not tell."""
    places: dict[tuple[str, int], tuple[int, dict[str, int]]] = {}
    count: dict[str, int] = {}
    keys: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line) or _TABLE.match(line):
            table = header[1]
            keys = {}
            places[table, count.get(table, 0)] = (number, keys)
            count[table] = count.get(table, 0) + 1
        elif key := _KEY.match(line[:_DEEPEST_LINE]):
            keys.setdefault(key[1], number)
    return places
