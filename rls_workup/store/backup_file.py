"""One file for a whole backup: the database, its keys and a note of what it holds, so that none gets lost."""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import IO

from rls_workup.errors import NewerFormat, UnreadableFile
from rls_workup.store.keyfile import keys_path
from rls_workup.store.place import sync_folder
from rls_workup.store.progress import Progress

FORMAT = "rls-backup/1"
DATABASE, KEYS, MANIFEST = "workups.db", "workups.db.keys", "manifest.json"
CHUNK = 1 << 20
LARGEST_NOTE = 1 << 20  # bytes; of the manifest and of the keys


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds, without anything about a patient, since it can be read without the key."""

    made_at: str
    program: str
    why: str
    schema: int
    workups: int
    revisions: int
    newest: str
    heads: str
    encrypted: bool
    database_bytes: int
    database_sha256: str
    format: str = FORMAT


def pack(out: Path, database: Path, keys: bytes | None, manifest: Manifest, progress: Progress) -> None:
    """Write the backup whole or not at all, 0600, and on disk when this returns.

    The size and sum of `manifest` are taken from `database` here. Raises OSError or Cancelled.
    """
    draft = out.with_name(f".{out.name}.{os.getpid()}.tmp")
    try:
        with open(os.open(draft, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "w+b") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as box:
                size, sha = _put(box, database, progress)
                if keys is not None:
                    box.writestr(zipfile.ZipInfo(KEYS), keys)
                note = {**asdict(manifest), "database_bytes": size, "database_sha256": sha}
                box.writestr(zipfile.ZipInfo(MANIFEST), json.dumps(note, indent=1))
            file.flush()
            os.fsync(file.fileno())
        progress.at(1.0)  # the last chance to stop
        os.replace(draft, out)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    sync_folder(out.parent)


def _put(box: zipfile.ZipFile, database: Path, progress: Progress) -> tuple[int, str]:
    with open(database, "rb") as source, box.open(zipfile.ZipInfo(DATABASE), "w", force_zip64=True) as target:
        return _copied(source, target, os.stat(database).st_size, progress)


def _copied(source: IO[bytes], target: IO[bytes], whole: int, progress: Progress) -> tuple[int, str]:
    digest, size = hashlib.sha256(), 0
    while chunk := source.read(CHUNK):
        target.write(chunk)
        digest.update(chunk)
        size += len(chunk)
        progress.at(size / max(whole, 1))
    return size, digest.hexdigest()


def manifest_of(backup: Path) -> Manifest:
    """What the backup says of itself. Raises UnreadableFile or NewerFormat."""
    with _opened(backup) as box:
        return _manifest(box, backup)


def unpack(backup: Path, database: Path, progress: Progress | None = None) -> Manifest:
    """Write the database to the new file `database` and its keys beside it, both 0600; compared by their sum.

    Raises UnreadableFile, NewerFormat, OSError or Cancelled; what was begun is removed then.
    """
    beside = keys_path(database)
    try:
        with _opened(backup) as box:
            manifest = _manifest(box, backup)
            with _new(database) as target, box.open(DATABASE) as source:
                found = _copied(source, target, manifest.database_bytes, progress or Progress())
                target.flush()
                os.fsync(target.fileno())
            if found != (manifest.database_bytes, manifest.database_sha256):
                raise _damaged(backup)
            if KEYS in box.namelist():
                with _new(beside) as target:
                    target.write(_small(box, KEYS, backup))
                    os.fsync(target.fileno())
            return manifest
    except BaseException:
        for path in (database, beside):
            path.unlink(missing_ok=True)
        raise


def _new(path: Path) -> IO[bytes]:
    return open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


@contextmanager
def _opened(backup: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(backup) as box:
            names = box.namelist()
            plain = all(entry.compress_type == zipfile.ZIP_STORED for entry in box.infolist())
            if not plain or len(set(names)) != len(names) or not {DATABASE, MANIFEST} <= set(names):
                raise _stranger(backup)
            yield box
    except FileNotFoundError:
        raise UnreadableFile("There is no backup {backup}. Choose another.", backup=backup) from None
    except IsADirectoryError:
        raise UnreadableFile("{backup} is a folder. Name the file of a backup.", backup=backup) from None
    except PermissionError:
        raise UnreadableFile("There is no permission to read {backup}. Ask for it.", backup=backup) from None
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as trouble:
        raise (_damaged(backup) if "CRC" in str(trouble) else _stranger(backup)) from None


def _manifest(box: zipfile.ZipFile, backup: Path) -> Manifest:
    try:
        note = json.loads(_small(box, MANIFEST, backup))
        said = note["format"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise _stranger(backup) from None
    if said != FORMAT:
        if isinstance(said, str) and said.startswith("rls-backup/"):
            raise NewerFormat(
                "The backup {backup} was made by a newer version. Please update the program.", backup=backup
            )
        raise _stranger(backup)
    if any(type(note.get(field.name)).__name__ != field.type for field in fields(Manifest)):
        raise _damaged(backup)
    return Manifest(**{field.name: note[field.name] for field in fields(Manifest)})


def _small(box: zipfile.ZipFile, name: str, backup: Path) -> bytes:
    if box.getinfo(name).file_size > LARGEST_NOTE:
        raise _stranger(backup)
    return box.read(name)


def _stranger(backup: Path) -> UnreadableFile:
    return UnreadableFile("The file {backup} is no backup of this program. Choose another.", backup=backup)


def _damaged(backup: Path) -> UnreadableFile:
    return UnreadableFile("The backup {backup} is damaged. Choose another.", backup=backup)
