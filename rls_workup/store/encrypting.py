"""A store that is not encrypted, written anew under a key; the old file stays until the person lets it go."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlcipher3 import dbapi2 as sqlite

from rls_workup.errors import StoreTrouble
from rls_workup.store.checking import faults
from rls_workup.store.connection import APPLICATION_ID, FileConnection, opened, refuse_strangers, unlock
from rls_workup.store.heads import heads_sum
from rls_workup.store.inspecting import inspected
from rls_workup.store.keyfile import change_keys, load_keys
from rls_workup.store.keyslots import KEY_BYTES, Keys, first_keys
from rls_workup.store.place import path_of, sync_folder
from rls_workup.store.progress import Progress
from rls_workup.store.trouble import told

COUNTED = "SELECT (SELECT count(*) FROM revision), (SELECT count(*) FROM protocol_text)"


def encrypt_store(where: str | Path, progress: Progress | None = None) -> Path:
    """Encrypt the store; returns where the old file, which anybody can read, lies now.

    No connection of ours may be open to it. Raises StoreTrouble or Cancelled; it is as it was then.
    """
    path = path_of(where)
    with told(str(path)), _alone(path) as plain, _draft_beside(path) as draft:
        key = _key_to_be(path)
        _export(plain, draft, key)
        _compare(plain, draft, key, progress or Progress())
        aside = _linked_aside(path)
        # The keys first: a keys file beside a store that is not encrypted yet does no harm.
        change_keys(path, lambda before: before or first_keys(key))
        os.replace(draft, path)
        sync_folder(path.parent)
    return aside


def _linked_aside(path: Path) -> Path:
    stamp = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())
    aside = path.with_name(f"{path.name}.unencrypted-{stamp}")
    while aside.exists():
        aside = aside.with_name(f"{aside.name}+")
    os.link(path, aside)
    return aside


@contextmanager
def _alone(path: Path) -> Iterator[FileConnection]:
    """The old store, with nobody else in it and all of it in its one file."""
    connection = opened(path)
    try:
        unlock(connection, None)
        refuse_strangers(connection, path)
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("PRAGMA journal_mode = DELETE").fetchone()
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("COMMIT")  # the lock stays, because the mode says so
        yield connection
    except sqlite.OperationalError as trouble:
        if not getattr(trouble, "sqlite_errorname", "").startswith("SQLITE_BUSY"):
            raise
        raise StoreTrouble(
            "The store {path} is open in another window or program. Close it there, then encrypt it.",
            path=path,
        ) from None
    finally:
        connection.close()


def _key_to_be(path: Path) -> bytes:
    keys: Keys | None = load_keys(path)
    if keys is None:
        return os.urandom(KEY_BYTES)
    if keys.account_key is None:
        raise StoreTrouble(
            "The keys file {name}.keys beside this store belongs to another one. Move it elsewhere.",
            name=path.name,
        )
    return bytes(keys.account_key)  # from an attempt that was cut off


@contextmanager
def _draft_beside(path: Path) -> Iterator[Path]:
    draft = path.with_name(f".{path.name}.{os.getpid()}.encrypted")
    os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    try:
        yield draft
    finally:
        for ending in ("", "-wal", "-shm", "-journal"):
            with suppress(FileNotFoundError):
                os.unlink(f"{draft}{ending}")


def _export(plain: FileConnection, draft: Path, key: bytes) -> None:
    plain.execute("ATTACH DATABASE ? AS fresh KEY ?", (str(draft), f"x'{key.hex()}'"))
    plain.execute("SELECT sqlcipher_export('fresh')").fetchone()
    # The two numbers by which the file is known are not copied.
    plain.execute("PRAGMA fresh.application_id = " + str(APPLICATION_ID))
    plain.execute("PRAGMA fresh.user_version = " + str(plain.schema()))
    plain.execute("DETACH DATABASE fresh")
    with open(draft, "rb+") as file:
        os.fsync(file.fileno())


def _compare(plain: FileConnection, draft: Path, key: bytes, progress: Progress) -> None:
    with inspected(draft, key) as engine:
        copy = engine.connection
        same = heads_sum(copy) == heads_sum(plain) and _counts(copy) == _counts(plain)
        fault = next(faults(engine, progress), None)
    if fault is not None or not same:
        raise StoreTrouble(
            "The encrypted copy is not the same, so the store stays as it was. {fault}", fault=fault or ""
        )


def _counts(connection: FileConnection) -> tuple[int, int]:
    found: tuple[int, int] = connection.execute(COUNTED).fetchone()
    return found


def remove_for_good(path: Path) -> None:
    """Overwrite a file and delete it. A solid-state disk may keep old blocks all the same."""
    with told(str(path)):
        with open(path, "rb+") as file:
            left = os.fstat(file.fileno()).st_size
            while left > 0:
                left -= file.write(bytes(min(left, 1 << 20)))
            file.flush()
            os.fsync(file.fileno())
        os.unlink(path)
        sync_folder(path.parent)
