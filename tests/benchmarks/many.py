"""Fills a new, encrypted store with very many work-ups in minutes, each with the revision it would have."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from rls_workup.domain.workup import Workup
from rls_workup.exchange.workup_file import workup_text
from rls_workup.store import Store, Summary
from rls_workup.store.recording import ENTER, REVISE, Recorder, _listed
from rls_workup.store.unlocking import open_unlocked
from rls_workup.store.words import keep_all_words

BEGIN = datetime(2016, 11, 22, 8, tzinfo=UTC)
SYLLABLES = [
    "ba",
    "ber",
    "bro",
    "cor",
    "dan",
    "den",
    "der",
    "el",
    "fin",
    "gar",
    "han",
    "hol",
    "jen",
    "kel",
    "kin",
    "lar",
    "lin",
    "mac",
    "mar",
    "mil",
    "mor",
    "mul",
    "nor",
    "o",
    "pa",
    "pet",
    "ri",
    "ro",
    "sa",
    "schmi",
    "sen",
    "sin",
    "sta",
    "ter",
    "tho",
    "ton",
    "ul",
    "va",
    "wal",
    "wil",
    "ya",
    "zim",
]
GIVEN = [
    "Ana",
    "Margaret",
    "Jörg",
    "Peter",
    "Maria",
    "John",
    "Li",
    "Zoë",
    "Émile",
    "Fatima",
    "Ivan",
    "Olga",
    "Søren",
    "Priya",
    "Thomas",
    "Ruth",
]
KEPT_BYTES = 3500
AT_ONCE = 5000
INDEXES = "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL"
ID = "the id of the work-up"


def family_names(chance: random.Random, count: int = 4000) -> list[str]:
    """Names that share their beginnings, as names do."""
    made: dict[str, None] = {}
    while len(made) < count:
        made["".join(chance.choice(SYLLABLES) for _ in range(chance.choice((1, 2, 2, 3)))).title()] = None
    return list(made)


def document_of(workup: Workup) -> str:
    """The document of a work-up with so many of its answers that it has about 3.5 kB."""
    answers = dict(workup.answers)
    while len(text := workup_text(replace(workup, id=ID, answers=answers, sample=False))) > KEPT_BYTES:
        answers.popitem()
    return text


def fill(path: Path, count: int, document: str) -> Store:
    """A store of `count` work-ups with about this document."""
    store = open_unlocked(path)
    connection = store.engine.connection
    for pragma in ("synchronous = OFF", "cache_size = -1000000", "wal_autocheckpoint = 50000"):
        connection.execute("PRAGMA " + pragma)
    indexes = connection.execute(INDEXES).fetchall()
    for name, _said in indexes:
        connection.execute(f"DROP INDEX {name}")
    recorder = Recorder(store.engine)
    rows = _rows(recorder, count, document)
    for _ in range(0, count, AT_ONCE):
        connection.begin()
        for _place, (kept, revision) in zip(range(AT_ONCE), rows, strict=False):
            connection.execute(ENTER, kept)
            connection.execute(REVISE, revision)
        connection.execute("COMMIT")
    for _name, said in indexes:
        connection.execute(said)
    connection.begin()
    keep_all_words(connection)
    connection.execute("COMMIT")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    store.close()
    return open_unlocked(path)


def _rows(
    recorder: Recorder, count: int, document: str
) -> Iterator[tuple[tuple[object, ...], tuple[object, ...]]]:
    chance = random.Random(20261122)
    families = family_names(chance)
    weights = [1 / (rank + 10) for rank in range(len(families))]
    minutes = 10 * 365 * 24 * 60
    for number in range(count):
        workup_id = f"{number:08x}-{chance.getrandbits(32):08x}"
        summary = _summary(chance, chance.choices(families, weights)[0], number)
        text = document.replace(ID, workup_id, 1)
        at = BEGIN + timedelta(minutes=chance.random() * minutes)
        signature = ("Dr Who", "Room 1", "edit", "")
        saved, _tree, revision = recorder._next(
            workup_id, None, text, signature, True, f"{at:%Y-%m-%dT%H:%M:%S.%fZ}"
        )
        listed = (*_listed(summary), signature[0], 1, saved.at)
        yield (*listed, bytes.fromhex(saved.head), text, workup_id), revision


def _summary(chance: random.Random, family: str, number: int) -> Summary:
    awaited = int(chance.random() < 0.03)
    return Summary(
        "in-progress" if chance.random() < 0.1 else "completed",
        family,
        chance.choice(GIVEN),
        f"19{chance.randrange(30, 99)}-0{chance.randrange(1, 10)}-1{chance.randrange(10)}",
        "female",
        str(10_000_000 + number * 7),
        "B12" if awaited else "",
        awaited,
        "2026-11-12" if awaited else "",
    )
