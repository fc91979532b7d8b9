"""A store file opened to be read only, as a backup is: nothing is set up, migrated or written."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlcipher3 import dbapi2 as sqlite

from rls_workup.errors import StoreDamaged, StoreTrouble
from rls_workup.store.connection import FileConnection, is_plain, opened, refuse_strangers, unlock
from rls_workup.store.file_engine import FileEngine
from rls_workup.store.keyslots import Key
from rls_workup.store.place import Place
from rls_workup.store.trouble import told


@contextmanager
def inspected(path: Path, key: Key | None) -> Iterator[FileEngine]:
    """A store that can only be read. Raises StoreDamaged, StoreTrouble or NewerFormat."""
    with told(str(path)):
        engine = FileEngine(_connected(path, key), Place(path), key)
        try:
            yield engine
        finally:
            engine.close()


def _connected(path: Path, key: Key | None) -> FileConnection:
    connection = opened(path, mode="ro")
    try:
        unlock(connection, key)
        refuse_strangers(connection, path)
    except sqlite.DatabaseError as error:
        connection.close()
        name = getattr(error, "sqlite_errorname", None) or ""
        if name.startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT")):
            raise opening_trouble(path, key) from error
        raise
    except BaseException:
        connection.close()
        raise
    return connection


def opening_trouble(path: Path, key: Key | None) -> StoreTrouble:
    """Why a file could not be opened with this key, which is the one of its keys file."""
    plain = is_plain(path)
    if key is None and not plain:
        return StoreTrouble(
            "The file {path} is no store of work-ups, or it is encrypted and its keys file "
            "{name}.keys is not beside it. Put the keys file back, or open a backup.",
            path=path,
            name=path.name,
        )
    if key is not None and plain:
        return StoreTrouble(
            "The store {path} is not encrypted, though a keys file lies beside it.", path=path
        )
    return StoreDamaged("The store {path} is damaged. Leave the file as it is and open a backup.", path=path)


def size_of(path: Path) -> int:
    """Bytes of the database and of what waits beside it."""
    return sum(os.stat(part).st_size for part in (path, Path(f"{path}-wal")) if part.exists())
