"""The entries of a protocol folder as read from its files, each with the place where it stands."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

TABLES = ("cards", "items", "terms", "rules", "decisions", "sources", "units", "flags", "drugs")
_LARGEST_FILE = 2 * 1024 * 1024
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


@dataclass(slots=True)
class Entries:
    """All entries of a folder by table; `mistakes` are sentences with file and line."""

    tables: dict[str, list[Entry]] = field(
        default_factory=lambda: {table: [] for table in ("about", "section", *TABLES)}
    )
    mistakes: list[str] = field(default_factory=list)
    text: str = ""
    adapted: bool = False

    def under(self, own: Entries) -> Entries:
        """These entries with a practice's own laid over them, entry by entry."""
        laid = Entries(mistakes=[*self.mistakes, *own.mistakes], text=self.text + own.text, adapted=True)
        for table, shipped in self.tables.items():
            replaced = {entry.id: entry for entry in own.tables[table] if entry.id}
            kept = [replaced.pop(entry.id, entry) for entry in shipped]
            laid.tables[table] = [*kept, *replaced.values()]
        return laid


def read_folder(folder: Path) -> Entries:
    """Every `*.toml` of a folder, in the order of their names; what cannot be read becomes a mistake."""
    entries = Entries()
    if not folder.is_dir():
        entries.mistakes.append(f"{folder} is no folder.")
        return entries
    files = sorted(folder.glob("*.toml"))
    if not files:
        entries.mistakes.append(f"{folder.name} holds no .toml file, so it is no protocol folder.")
    for path in files:
        _read_file(path, entries)
    return entries


def _read_file(path: Path, entries: Entries) -> None:
    try:
        if path.stat().st_size > _LARGEST_FILE:
            entries.mistakes.append(f"{path.name}: larger than a protocol file can be (2 MiB).")
            return
        text = path.read_text(encoding="utf-8")
        document = tomllib.loads(text, parse_float=Decimal)
    except UnicodeDecodeError:
        entries.mistakes.append(f"{path.name}: not UTF-8 text. Save it as UTF-8.")
    except OSError as trouble:
        entries.mistakes.append(f"{path.name}: cannot be read ({trouble.strerror}).")
    except RecursionError:
        entries.mistakes.append(f"{path.name}: nested too deeply.")
    except tomllib.TOMLDecodeError as trouble:
        entries.mistakes.append(_syntax(path.name, str(trouble)))
    else:
        entries.text += f"# {path.name}\n{text}\n"
        _sort_in(path.name, text, document, entries)


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
