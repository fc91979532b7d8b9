"""A disk that loses power: what was synced is there, of the rest any 512 bytes may be, in any order."""

from __future__ import annotations

import random
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

HEAD = struct.Struct("<cxxxIQI")
SECTOR = 512
SURVIVING = (0.0, 0.1, 0.5, 0.9, 1.0)


class Event(NamedTuple):
    """One call: W write, T truncate, S sync, C create or link, U unlink, R rename, D sync of the folder."""

    what: str
    file: int
    at: int
    content: bytes


def events(log: Path) -> Iterator[Event]:
    """The calls as crashlog.c noted them."""
    raw, place = log.read_bytes(), 0
    while place < len(raw):
        what, file, at, length = HEAD.unpack_from(raw, place)
        place += HEAD.size
        yield Event(what.decode(), file, at, raw[place : place + length])
        place += length


@dataclass
class OnDisk:
    """One file: what is synced for certain, and what was asked since."""

    synced: bytearray = field(default_factory=bytearray)
    asked: list[Event] = field(default_factory=list)

    def sync(self) -> None:
        """All that was asked is there from now on."""
        for event in self.asked:
            _apply(self.synced, event)
        self.asked.clear()

    def after_a_cut(self, chance: random.Random) -> bytes:
        """The content after a power cut: of what was asked since the last sync, some pieces."""
        content, odds = bytearray(self.synced), chance.choice(SURVIVING)
        for event in self.asked:
            for piece in _pieces(event):
                if chance.random() < odds:
                    _apply(content, piece)
        return bytes(content)


class Disk:
    """All files, and which names lead to them. Changed names survive in the order in which they were made."""

    def __init__(self) -> None:
        self.files: dict[int, OnDisk] = {}
        self.names: dict[str, int] = {}
        self.renamed: list[Event] = []

    def take(self, event: Event) -> None:
        """One call more."""
        file = self.files.setdefault(event.file, OnDisk()) if event.file else OnDisk()
        match event.what:
            case "W" | "T":
                file.asked.append(event)
            case "S":
                file.sync()
            case "D":
                for change in self.renamed:
                    _name(self.names, change)
                self.renamed.clear()
            case _:
                self.renamed.append(event)

    def after_a_cut(self, chance: random.Random) -> dict[str, bytes]:
        """The files by their names, as they may lie there when the power is back."""
        names = dict(self.names)
        for change in self.renamed[: chance.randint(0, len(self.renamed))]:
            _name(names, change)
        return {name: self.files[file].after_a_cut(chance) for name, file in names.items()}


def _name(names: dict[str, int], change: Event) -> None:
    name = change.content.decode()
    if change.what == "C":
        names[name] = change.file
    elif change.what == "U":
        names.pop(name, None)
    else:
        old, new = name.split("/")
        names.pop(old, None)
        names[new] = change.file


def _apply(content: bytearray, event: Event) -> None:
    end = event.at + len(event.content)
    if event.what == "T":
        del content[event.at :]
    content.extend(bytes(max(0, end - len(content))))
    content[event.at : end] = event.content


def _pieces(event: Event) -> Iterator[Event]:
    """A write in the sectors of the disk, each of which is there or not."""
    if event.what == "T":
        yield event
    at, end = event.at, event.at + len(event.content)
    while at < end:
        to = min(end, (at // SECTOR + 1) * SECTOR)
        yield event._replace(at=at, content=event.content[at - event.at : to - event.at])
        at = to
