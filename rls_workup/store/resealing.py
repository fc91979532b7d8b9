"""Backups from before the first passphrase hold the key in the open; they get the keys as they are now."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterable
from pathlib import Path

from rls_workup.errors import NewerFormat, StoreTrouble, UnreadableFile
from rls_workup.store.backup_file import KEYS, LARGEST_NOTE, Manifest, pack, unpack
from rls_workup.store.backups import backups_in
from rls_workup.store.keyfile import keys_path, load_keys
from rls_workup.store.keyslots import Damaged, Keys, TooNew, read_keys
from rls_workup.store.progress import Progress


def reseal_backups(store: Path, folders: Iterable[Path], progress: Progress | None = None) -> list[Path]:
    """Put the store's keys into each backup of these folders whose key lies open; those that it could not.

    Raises StoreTrouble, or Cancelled between two backups or within one, which stays whole.
    """
    keys = load_keys(store)
    if keys is None or keys.account_key is not None:
        raise StoreTrouble(
            "The store {store} has no passphrase yet, so its backups have none either.", store=store
        )
    left = []
    for folder in folders:
        for backup, manifest in backups_in(folder):
            if _lies_open(backup, keys) and not _resealed(store, backup, manifest, progress or Progress()):
                left.append(backup)
    return left


def _lies_open(backup: Path, keys: Keys) -> bool:
    try:
        with zipfile.ZipFile(backup) as box:
            held = read_keys(box.read(KEYS)[:LARGEST_NOTE].decode())
    except (KeyError, OSError, zipfile.BadZipFile, Damaged, TooNew, UnicodeDecodeError):
        return False
    return held.account_key is not None and held.check == keys.check


def _resealed(store: Path, backup: Path, manifest: Manifest, progress: Progress) -> bool:
    database = backup.with_name(f".{backup.name}.{os.getpid()}.resealed")
    try:
        with zipfile.ZipFile(backup) as box:
            begins = box.getinfo(KEYS).header_offset
        unpack(backup, database, progress)
        with open(backup, "rb+") as old:
            pack(backup, database, keys_path(store).read_bytes(), manifest, progress)
            _blot(old.fileno(), begins)
    except (OSError, StoreTrouble, UnreadableFile, NewerFormat, KeyError):
        return False
    finally:
        for path in (database, keys_path(database)):
            path.unlink(missing_ok=True)
    return True


def _blot(handle: int, begins: int) -> None:
    """Overwrite what stood in the old file from the open key on."""
    os.lseek(handle, begins, os.SEEK_SET)
    os.write(handle, bytes(os.fstat(handle).st_size - begins))
    os.fsync(handle)
