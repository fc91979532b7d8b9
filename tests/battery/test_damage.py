"""A damaged file is found out or does no harm; nothing of it is ever shown as if it were what was saved."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from rls_workup.errors import StoreTrouble
from rls_workup.store import Row, Store, Summary
from rls_workup.store.unlocking import open_unlocked
from tests.battery.figures import Times, Told
from tests.battery.saving_on import document

PAGE = 4096
WORKUPS, VERSIONS = 20, 6
Damage = Callable[[bytearray, bytes, random.Random], None]


class Sound(NamedTuple):
    """A store as it was saved: its bytes now and some saves ago, what it lists, and its documents."""

    now: bytes
    before: bytes
    listed: tuple[tuple[object, ...], ...]
    documents: dict[tuple[str, int], str]


def one_bit(content: bytearray, _before: bytes, chance: random.Random) -> None:
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)


def sixteen_bytes(content: bytearray, _before: bytes, chance: random.Random) -> None:
    at = chance.randrange(len(content) - 16)
    content[at : at + 16] = chance.randbytes(16)


def sixty_four_bytes(content: bytearray, _before: bytes, chance: random.Random) -> None:
    at = chance.randrange(len(content) - 64)
    content[at : at + 64] = chance.randbytes(64)


def a_page_of_zeros(content: bytearray, _before: bytes, chance: random.Random) -> None:
    at = chance.randrange(len(content) // PAGE) * PAGE
    content[at : at + PAGE] = bytes(PAGE)


def two_pages_swapped(content: bytearray, _before: bytes, chance: random.Random) -> None:
    one, other = (page * PAGE for page in chance.sample(range(len(content) // PAGE), 2))
    kept = content[one : one + PAGE]
    content[one : one + PAGE] = content[other : other + PAGE]
    content[other : other + PAGE] = kept


def cut_short(content: bytearray, _before: bytes, chance: random.Random) -> None:
    del content[chance.randrange(len(content)) :]


def an_older_page(content: bytearray, before: bytes, chance: random.Random) -> None:
    changed = [
        at
        for at in range(0, min(len(content), len(before)), PAGE)
        if content[at : at + PAGE] != before[at : at + PAGE]
    ]
    at = chance.choice(changed)
    content[at : at + PAGE] = before[at : at + PAGE]


KINDS: tuple[Damage, ...] = (
    one_bit,
    sixteen_bytes,
    sixty_four_bytes,
    a_page_of_zeros,
    two_pages_swapped,
    cut_short,
    an_older_page,
)


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Sound:
    """A store of about 1 MB, saved by the program itself."""
    path = tmp_path_factory.mktemp("sound") / "workups.db"
    chance = random.Random(20261122)
    _saved(path, range(VERSIONS - 1), chance)
    before = path.read_bytes()
    _saved(path, range(VERSIONS - 1, VERSIONS), chance)
    store = open_unlocked(path)
    listed, documents = _listed(store), _documents(store)
    store.close()
    shutil.copy(f"{path}.keys", path.with_name("kept.keys"))
    return Sound(path.read_bytes(), before, listed, documents)


@pytest.fixture(scope="module")
def keys(sound: Sound, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return next(tmp_path_factory.getbasetemp().rglob("kept.keys"))


def _saved(path: Path, versions: range, chance: random.Random) -> None:
    store = open_unlocked(path)
    for base in versions:
        for number in range(WORKUPS):
            summary = Summary(
                "in-progress", f"Name{number} {base}", next_step=f"B12 {base}", awaited=base % 2
            )
            store.save(f"w{number}", base, document(base * 100 + number, chance) * 2, summary, "me", "here")
    store.close()


def _listed(store: Store) -> tuple[tuple[object, ...], ...]:
    rows: list[Row] = []
    page = store.page(limit=7)
    while True:
        rows += page.rows
        if page.next is None:
            return tuple(rows)
        page = store.page(after=page.next, limit=7)


def _documents(store: Store) -> dict[tuple[str, int], str]:
    found = {
        (f"w{number}", version): store.document_at(f"w{number}", version)
        for number in range(WORKUPS)
        for version in range(1, VERSIONS + 1)
    }
    return {**found, **{(f"w{number}", 0): store.read(f"w{number}").document for number in range(WORKUPS)}}


def judged(path: Path, sound: Sound) -> str:
    """`found` when it was opened or checked, `harmless` where all is as it was saved; else what was shown."""
    try:
        store = open_unlocked(path)
    except StoreTrouble:
        return "found"
    try:
        shown = _shown(store, sound)
        return "found" if store.check() else shown or "harmless"
    finally:
        store.close()


def _shown(store: Store, sound: Sound) -> str:
    try:
        if _listed(store) != sound.listed:
            return "an old or wrong worklist"
        if _documents(store) != sound.documents:
            return "an old or wrong document"
    except StoreTrouble:
        return "a sentence, though the check finds nothing"
    return ""


@pytest.mark.parametrize("damage", KINDS, ids=lambda damage: damage.__name__)
def test_damage_is_found_or_does_no_harm(
    damage: Damage, sound: Sound, keys: Path, tmp_path: Path, times: Times, figures: Told
) -> None:
    count, chance = times(12, 150), random.Random(20261122)
    path, told = tmp_path / "workups.db", list[str]()
    shutil.copy(keys, f"{path}.keys")
    for _ in range(count):
        content = bytearray(sound.now)
        damage(content, sound.before, chance)
        for ending in ("-wal", "-shm"):
            Path(f"{path}{ending}").unlink(missing_ok=True)
        path.write_bytes(content)
        told.append(judged(path, sound))
    figures(
        f"damage × {count}: {damage.__name__.replace('_', ' ')}",
        "found or harmless",
        f"{told.count('found')} found, {told.count('harmless')} harmless, {len(set(told) - {'found', 'harmless'})} shown",
    )
    assert set(told) <= {"found", "harmless"}
