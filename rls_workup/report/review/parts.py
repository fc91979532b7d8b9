"""The protocol as a document to be reviewed, as values that both the text and the PDF read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rls_workup.domain.protocol import Protocol

EVIDENCE = {
    "R": "R, read in the primary text",
    "S": "S, seen in a secondary source: source to be confirmed locally",
    "G": "G, from general knowledge: source to be confirmed locally",
    "E": "E, proposal of this program",
}


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of an entry: what it is about, and what the protocol says."""

    label: str
    says: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One item, rule, drug or other part of the protocol, with its id."""

    title: str
    id: str
    facts: tuple[Fact, ...]
    own: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Entries that belong together under a heading."""

    title: str
    entries: tuple[Entry, ...]
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter; its title stands in the contents."""

    title: str
    groups: tuple[Group, ...]
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """The whole document: what stands in front, and the chapters in reading order."""

    title: str
    about: tuple[Fact, ...]
    reading: tuple[str, ...]
    chapters: tuple[Chapter, ...]
    foot: str


def facts(*pairs: tuple[str, str]) -> tuple[Fact, ...]:
    """The pairs of label and text that say something."""
    return tuple(Fact(label, " ".join(says.split())) for label, says in pairs if says.strip())


def entry(
    protocol: Protocol, table: str, title: str, name: str, *pairs: tuple[str, str], given: str = ""
) -> Entry:
    """An entry, marked where it is the practice's own; `given` is its id in the files, where it differs."""
    own = (given or name) in protocol.changed.get(table, ())
    return Entry(title, name, facts(*pairs), own)


def cited(protocol: Protocol, sources: Iterable[str], evidence: str) -> str:
    """`S29 AASM 2025; S31 AAN 2016 · evidence S: source to be confirmed locally`."""
    named = "; ".join(f"{source} {protocol.cite(source)}" for source in sources)
    confirm = ": source to be confirmed locally" if evidence in ("S", "G") else ""
    return " · ".join(part for part in (named, f"evidence {evidence}{confirm}") if part)


def names(protocol: Protocol, items: Iterable[str]) -> str:
    """Items by their short names."""
    return "; ".join(protocol.label(item) for item in items)
