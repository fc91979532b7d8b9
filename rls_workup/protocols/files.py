"""The files of a protocol folder, and all of them as one text that the store keeps and that reads back."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from rls_workup.errors import ProtocolMistakes

CHOICES = "settings.toml"
SHIPPED, PRACTICE = "shipped", "practice"
_LARGEST = 2 * 1024 * 1024
_HEAD = re.compile(r"#: (shipped|practice) ([0-9]+) ([^\n]+)\n")


@dataclass(frozen=True, slots=True)
class ProtocolFile:
    """One file of a protocol: whose it is, its name and its text."""

    layer: str
    name: str
    text: str


def files_in(folder: Path, layer: str, mistakes: list[str]) -> Iterator[ProtocolFile]:
    """Every `*.toml` of a folder in the order of their names, without the practice's choices.

    What cannot be read becomes a sentence in `mistakes`.
    """
    if not folder.is_dir():
        mistakes.append(f"{folder} is no folder.")
        return
    try:
        paths = sorted(folder / name for name in os.listdir(folder) if name.endswith(".toml"))
    except OSError as trouble:
        mistakes.append(f"{folder} cannot be read ({trouble.strerror}).")
        return
    if not paths:
        mistakes.append(f"{folder.name} holds no .toml file, so it is no protocol folder.")
    for path in paths:
        text = text_of(path, mistakes) if path.name != CHOICES else None
        if text is not None:
            yield ProtocolFile(layer, path.name, text)


def text_of(path: Path, mistakes: list[str], name: str = "") -> str | None:
    """The text of a file; None and a sentence in `mistakes`, about `name`, where it cannot be read."""
    name = name or path.name
    try:
        if path.stat().st_size > _LARGEST:
            mistakes.append(f"{name}: larger than a protocol file can be (2 MiB).")
            return None
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        mistakes.append(f"{name}: not UTF-8 text. Save it as UTF-8.")
    except OSError as trouble:
        mistakes.append(f"{name}: cannot be read ({trouble.strerror}).")
    return None


def one_text(files: Iterable[ProtocolFile]) -> str:
    """All files one after the other, each behind a line with its layer, its length and its name."""
    return "".join(f"#: {file.layer} {len(file.text)} {file.name}\n{file.text}\n" for file in files)


def files_of(text: str) -> list[ProtocolFile]:
    """The files of a kept text. Raises ProtocolMistakes where it is not such a text."""
    files: list[ProtocolFile] = []
    place = 0
    while place < len(text):
        head = _HEAD.match(text, place)
        end = head.end() + int(head[2]) if head else -1
        if head is None or text[end : end + 1] != "\n":
            raise ProtocolMistakes(["The kept text of this protocol cannot be read any more."])
        files.append(ProtocolFile(head[1], head[3], text[head.end() : end]))
        place = end + 1
    return files


def mark_of(text: str) -> str:
    """Twelve signs that stand for a protocol's whole text: another text has other ones."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]
