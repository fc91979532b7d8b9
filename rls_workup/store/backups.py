"""Backups of a store: made through an own connection while work goes on, looked through, then put there."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from sqlcipher3 import dbapi2 as sqlite

from rls_workup import __version__
from rls_workup.errors import Cancelled, CannotWrite, NewerFormat, StoreTrouble, UnreadableFile
from rls_workup.store.anchors import drop_anchor
from rls_workup.store.backup_file import Manifest, manifest_of, pack
from rls_workup.store.checking import faults
from rls_workup.store.heads import amounts, heads_sum
from rls_workup.store.inspecting import inspected, size_of
from rls_workup.store.keyfile import keys_path
from rls_workup.store.keyslots import Key
from rls_workup.store.progress import Progress
from rls_workup.store.rotation import MIGRATION, moment_of, name_for, outlived
from rls_workup.store.trouble import told

ROOM = 3  # times the size of the store: the copy, the file made of it, and some to go on working

A_DAY = 24 * 3600.0  # seconds


def folder_for(store: Path) -> Path:
    """Where the backups of a store lie by themselves."""
    return store.with_name(f"{store.stem}-backups")


def back_up(
    store: Path, key: Key | None, out: Path, why: str = "asked", progress: Progress | None = None
) -> Manifest:
    """Write a backup of the store to `out`, whole or not at all; what it holds was read again before.

    Raises CannotWrite, StoreTrouble (the store is damaged) or Cancelled.
    """
    progress = progress or Progress()
    _check_room(store, out)
    with _draft_beside(out) as draft:
        progress.stage(0.0, 0.4)
        _copy(store, key, draft, progress)
        progress.stage(0.4, 0.8)
        manifest = _looked_through(store, draft, key, why, progress)
        progress.stage(0.8, 1.0)
        with _writing(out):
            pack(out, draft, _keys(store), manifest, progress)
    return manifest_of(out)


def _check_room(store: Path, out: Path) -> None:
    if not store.is_file():
        raise StoreTrouble("There is no store {store} to back up.", store=store)
    if out.is_dir() or (out.exists() and not _is_backup(out)):
        raise CannotWrite("{out} is there already and is no backup. Choose another name.", out=out)
    if not out.parent.is_dir():
        raise CannotWrite(
            "The folder {parent} does not exist. Make it, or choose another.", parent=out.parent
        )
    needed = ROOM * size_of(store)
    if shutil.disk_usage(out.parent).free < needed:
        raise CannotWrite(
            "There is too little room in {parent} for a backup ({size} MB are needed while it is "
            "made). Free some space or choose another folder.",
            parent=out.parent,
            size=needed // 1_000_000 + 1,
        )


def _is_backup(path: Path) -> bool:
    try:
        manifest_of(path)
    except NewerFormat:
        return True
    except UnreadableFile:
        return False
    return True


@contextmanager
def _draft_beside(out: Path) -> Iterator[Path]:
    draft = out.with_name(f".{out.name}.{os.getpid()}.db.tmp")
    try:
        with _writing(out):
            os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        yield draft
    finally:
        for ending in ("", "-wal", "-shm", "-journal"):
            with suppress(FileNotFoundError):
                os.unlink(f"{draft}{ending}")


@contextmanager
def _writing(out: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        raise CannotWrite(
            "The backup {out} cannot be written: {reason}. Choose another place.", out=out, reason=reason
        ) from error


def _copy(store: Path, key: Key | None, draft: Path, progress: Progress) -> None:
    whole = size_of(store)

    def going_on() -> int:
        with suppress(Cancelled, OSError):
            progress.at(os.stat(draft).st_size / max(whole, 1))
        return int(progress.cancelled)

    with inspected(store, key) as engine:
        connection = engine.connection
        connection.set_progress_handler(going_on, 50_000)
        try:
            connection.execute("VACUUM INTO ?", (str(draft),))
        except sqlite.OperationalError as error:
            if getattr(error, "sqlite_errorname", "") == "SQLITE_INTERRUPT":
                raise Cancelled("Stopped. No backup was made.") from None
            if getattr(error, "sqlite_errorname", "").startswith(
                ("SQLITE_FULL", "SQLITE_IOERR", "SQLITE_CANT")
            ):
                raise CannotWrite(
                    "The disk refused the backup in {parent}. Check its free space.", parent=draft.parent
                ) from error
            raise
    with open(draft, "rb+") as file, _writing(draft):
        os.fsync(file.fileno())


def _looked_through(store: Path, draft: Path, key: Key | None, why: str, progress: Progress) -> Manifest:
    with inspected(draft, key) as engine:
        connection = engine.connection
        # Before a migration only the pages: what is wrong with one history must not lock all others away.
        looked = engine.faults() if why == MIGRATION else faults(engine, progress)
        found = next(looked, None)
        if found is not None:
            raise StoreTrouble(
                "No backup was made, because the store {store} itself is not in order: {found} The "
                "backups made before are unharmed.",
                store=store,
                found=found,
            )
        workups, newest, heads = heads_sum(connection, progress)
        revisions = amounts(connection)[1]
        schema = connection.schema()
    return Manifest(
        made_at=f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
        program=__version__,
        why=why,
        schema=schema,
        workups=workups,
        revisions=revisions,
        newest=newest,
        heads=heads,
        encrypted=key is not None,
        database_bytes=0,
        database_sha256="",
    )


def _keys(store: Path) -> bytes | None:
    with told(str(store)):
        try:
            return keys_path(store).read_bytes()
        except FileNotFoundError:
            return None


def back_up_by_itself(
    store: Path, key: Key | None, why: str, also: Path | None = None, progress: Progress | None = None
) -> Path:
    """A backup in the store's own folder of backups and a copy in `also`; those that outlived go.

    Raises as `back_up`; CannotWrite when only the copy failed.
    """
    folder = folder_for(store)
    with _writing(folder):
        folder.mkdir(mode=0o700, exist_ok=True)
    out = folder / name_for(datetime.now(UTC), why)
    manifest = back_up(store, key, out, why, progress)
    if why != MIGRATION:
        _drop_anchor(store, key, manifest)
    thin_out(folder)
    if also is not None:
        _copy_to(out, also)
    return out


def _drop_anchor(store: Path, key: Key | None, manifest: Manifest) -> None:
    from rls_workup.store.file_engine import FileEngine

    engine = FileEngine.at(store, key)
    try:
        drop_anchor(engine, manifest.made_at, manifest.workups, manifest.heads)
    finally:
        engine.close()


def _copy_to(backup: Path, folder: Path) -> None:
    beside = folder / f".{backup.name}.{os.getpid()}.tmp"
    with _writing(folder / backup.name):
        try:
            with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as target:
                with open(backup, "rb") as source:
                    shutil.copyfileobj(source, target)
                target.flush()
                os.fsync(target.fileno())
            os.replace(beside, folder / backup.name)
        finally:
            beside.unlink(missing_ok=True)
    thin_out(folder)


def thin_out(folder: Path) -> None:
    """Remove the backups that outlived their day, week and month; nothing else in the folder."""
    with _writing(folder):
        for name in outlived(entry.name for entry in os.scandir(folder) if entry.is_file()):
            (folder / name).unlink(missing_ok=True)
        for left in folder.glob(".workups-*.tmp"):
            if is_stale(left):  # of a program that was killed
                left.unlink(missing_ok=True)


def is_stale(left: Path) -> bool:
    """Whether nobody can be at work on a draft any more, since it was not touched for a day."""
    try:
        return time.time() - os.stat(left).st_mtime > A_DAY
    except FileNotFoundError:
        return False


def backups_in(folder: Path) -> list[tuple[Path, Manifest]]:
    """The readable backups of a folder, newest first."""
    found = []
    for path in folder.glob("*.rlsbackup") if folder.is_dir() else ():
        with suppress(UnreadableFile, NewerFormat):
            found.append((path, manifest_of(path)))
    return sorted(found, key=lambda pair: pair[1].made_at, reverse=True)


def due(store: Path, today: datetime, changed_at: str) -> bool:
    """Whether a backup is due: none of this day, or the newest one is older than the last change."""
    newest = max((at for at in _moments(folder_for(store))), default=None)
    if newest is None or newest.astimezone().date() != today.astimezone().date():
        return True
    return bool(changed_at) and f"{newest:%Y-%m-%dT%H:%M:%S}" < changed_at[:19]


def _moments(folder: Path) -> Iterator[datetime]:
    for entry in os.scandir(folder) if folder.is_dir() else ():
        at = moment_of(entry.name)
        if at is not None and f"-{MIGRATION}" not in entry.name:
            yield at
