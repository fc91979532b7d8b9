"""A backup takes the place of the store: first what would be missing, then one swap; nothing is deleted."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from rls_workup.errors import Locked, NewerFormat, NoKeys, Sentence, StoreTrouble, UnreadableFile
from rls_workup.store.backup_file import DATABASE, Manifest, manifest_of, unpack
from rls_workup.store.backups import is_stale
from rls_workup.store.checking import faults
from rls_workup.store.engine import Connection
from rls_workup.store.heads import Standing, heads_sum, standings
from rls_workup.store.inspecting import inspected
from rls_workup.store.keyfile import keys_path, load_keys
from rls_workup.store.keyslots import Key
from rls_workup.store.place import make_folder, sync_folder
from rls_workup.store.progress import Progress
from rls_workup.store.trouble import told

KeyFor = Callable[[Path], Key | None]
"""The key of the store at a path, from the keys file beside it; None where it is not encrypted."""
# Where SQLite's own locks lie: whoever has the file open holds at least a shared one of these bytes.
_SHARED_FIRST, _SHARED_SIZE = 0x40000002, 510


@dataclass(frozen=True, slots=True)
class Missing:
    """A work-up of the live store that the backup has not, or only up to `kept` (0: not at all)."""

    id: str
    kept: int
    version: int
    updated_at: str
    family_name: str
    given_name: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """A backup beside the live store; `live` says how that one is: in order, damaged or absent."""

    manifest: Manifest
    live: str
    missing: tuple[Missing, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A backup unpacked beside the store and read whole, ready to take its place."""

    database: Path
    key: Key | None
    own_keys: bool
    comparison: Comparison


@contextmanager
def unpacked(
    backup: Path, store: Path, key_for: KeyFor, progress: Progress | None = None
) -> Iterator[tuple[Path, Key | None, bool]]:
    """The database of a backup beside the store, its key, and whether the backup's own keys file counts.

    Raises UnreadableFile, NewerFormat, StoreTrouble or Cancelled.
    """
    manifest = manifest_of(backup)
    with told(str(store)):
        make_folder(store.parent)
        for left in store.parent.glob(f".{store.name}.restoring-*"):
            if is_stale(left):  # of a program that was killed
                shutil.rmtree(left, ignore_errors=True)
        _check_room(store, manifest)
        folder = Path(tempfile.mkdtemp(prefix=f".{store.name}.restoring-", dir=store.parent))
        try:
            database = folder / DATABASE
            unpack(backup, database, progress)
            own_keys = not _same_keys(database, store)
            yield database, key_for(database) if manifest.encrypted else None, own_keys
        finally:
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def candidate(
    backup: Path, store: Path, key_for: KeyFor, progress: Progress | None = None
) -> Iterator[Candidate]:
    """Unpack and read a backup, and compare it with the live store; nothing of that is changed.

    Raises UnreadableFile (no backup, or damaged), NewerFormat, StoreTrouble or Cancelled.
    """
    progress = progress or Progress()
    progress.stage(0.0, 0.3)
    with unpacked(backup, store, key_for, progress) as (database, key, own_keys):
        manifest = manifest_of(backup)
        progress.stage(0.3, 0.9)
        _look_through(backup, database, key, manifest, progress)
        progress.stage(0.9, 1.0)
        live_key = key if not own_keys else None
        comparison = _compared(manifest, database, key, store, live_key, key_for)
        yield Candidate(database, key, own_keys, comparison)


def _check_room(store: Path, manifest: Manifest) -> None:
    if shutil.disk_usage(store.parent).free < 2 * manifest.database_bytes:
        raise StoreTrouble(
            "There is too little room in {parent} to restore. Free some space.", parent=store.parent
        )


def _same_keys(database: Path, store: Path) -> bool:
    """Whether the store's keys open the backup too; then they are used, since passphrases may be newer."""
    try:
        mine = load_keys(store)
    except (NoKeys, NewerFormat):
        return False
    theirs = load_keys(database)
    if mine is None or (theirs is not None and theirs.check != mine.check):
        return False
    shutil.copyfile(keys_path(store), keys_path(database))
    return True


def _look_through(
    backup: Path, database: Path, key: Key | None, manifest: Manifest, progress: Progress
) -> None:
    with inspected(database, key) as engine:
        found = next(faults(engine, progress), None)
        if found is None and heads_sum(engine.connection)[2] != manifest.heads:
            found = Sentence("It does not hold what it says of itself.")
    if found is not None:
        raise UnreadableFile(
            "The backup {backup} is damaged: {found} Choose another.", backup=backup, found=found
        )


def _compared(
    manifest: Manifest, database: Path, key: Key | None, store: Path, live_key: Key | None, key_for: KeyFor
) -> Comparison:
    if not store.exists():
        return Comparison(manifest, "absent", ())
    try:
        with (
            inspected(database, key) as then,
            inspected(store, live_key if live_key is not None else key_for(store)) as now,
        ):
            return Comparison(manifest, "in order", tuple(_missing(now.connection, then.connection)))
    except Locked:
        raise
    except StoreTrouble:
        return Comparison(manifest, "damaged", ())


def _missing(now: Connection, then: Connection) -> Iterator[Missing]:
    """Both by id, side by side, since either may be larger than the memory."""
    older = standings(then)
    behind = next(older, None)
    for mine in standings(now):
        while behind is not None and behind[0] < mine[0]:
            behind = next(older, None)
        kept = behind if behind is not None and behind[0] == mine[0] else None
        if kept is None or kept[1:3] != mine[1:3]:
            yield _lost(mine, kept)


def _lost(mine: Standing, kept: Standing | None) -> Missing:
    version = min(kept[1], mine[1]) if kept is not None else 0
    return Missing(mine[0], version, mine[1], *mine[3:])


def put_in_place(ready: Candidate, store: Path) -> Path | None:
    """Let the candidate be the store; returns where the store before it lies now, None where there was none.

    Raises StoreTrouble when the store is open anywhere; nothing is changed then.
    """
    with told(str(store)):
        with open(ready.database, "rb+") as file:
            os.fsync(file.fileno())
        if not store.exists():
            _keys_in_place(ready, store, None)
            os.replace(ready.database, store)
            sync_folder(store.parent)
            return None
        word = "damaged" if ready.comparison.live == "damaged" else "replaced"
        aside = _aside(store, word)
        with _nobody_has_open(store):
            _swap(ready, store, aside)
        return aside


def _aside(store: Path, word: str) -> Path:
    return store.with_name(f"{store.name}.{word}-{datetime.now(UTC):%Y%m%dT%H%M%SZ}")


def _swap(ready: Candidate, store: Path, aside: Path) -> None:
    try:
        os.link(store, aside)  # the name of the store is never without a file
    except OSError:
        os.rename(store, aside)
    # What waits in the WAL belongs to the old database; beside the new one it would tear it.
    for ending in ("-wal", "-shm"):
        with suppress(FileNotFoundError):
            os.rename(f"{store}{ending}", f"{aside}{ending}")
    _keys_in_place(ready, store, aside)
    os.replace(ready.database, store)
    sync_folder(store.parent)


def _keys_in_place(ready: Candidate, store: Path, aside: Path | None) -> None:
    beside, own = keys_path(store), keys_path(ready.database)
    if not ready.own_keys:
        return
    if beside.exists():
        os.rename(beside, keys_path(aside or _aside(store, "replaced")))
    if own.exists():
        os.replace(own, beside)


@contextmanager
def _nobody_has_open(store: Path) -> Iterator[None]:
    """Hold the store for ourselves while its names change. There must be no connection of ours to it."""
    if os.name == "nt":  # there an open file cannot be renamed in the first place
        yield
        return
    import fcntl

    with open(store, "rb+") as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, _SHARED_SIZE, _SHARED_FIRST)
        except OSError:
            raise StoreTrouble(
                "The store {store} is open in a window or another program. Close it there, then restore.",
                store=store,
            ) from None
        yield


def put_aside_damaged(store: Path) -> Path:
    """Rename a damaged store and what waits beside it; nothing is deleted. Raises StoreTrouble."""
    with told(str(store)):
        aside = _aside(store, "damaged")
        with _nobody_has_open(store):
            for ending in ("-wal", "-shm", ""):
                with suppress(FileNotFoundError):
                    os.rename(f"{store}{ending}", f"{aside}{ending}")
            keys = keys_path(store)
            if keys.exists():
                shutil.copy2(keys, keys_path(aside))
        sync_folder(store.parent)
        return aside
