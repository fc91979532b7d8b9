"""Opening a store: a file, never half made, brought to this program's schema after a backup; or a server."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from sqlcipher3 import dbapi2 as sqlite

from rls_workup.errors import Cancelled, StoreTrouble
from rls_workup.store.connection import APPLICATION_ID, FileConnection, connect, opened, set_up, unlock
from rls_workup.store.engine import Ask, Engine
from rls_workup.store.file_engine import FileEngine
from rls_workup.store.place import Place, make_folder, path_of, refuse_what_is_no_file, sync_folder
from rls_workup.store.schema import STEPS, migrate
from rls_workup.store.server_address import is_address
from rls_workup.store.trouble import told
from rls_workup.store.whereabouts import refuse_shared_place

if TYPE_CHECKING:
    from rls_workup.store.keyslots import Key
    from rls_workup.store.progress import Progress

LOOK_EVERY = 50_000
"""Steps of the database after which it is asked whether to stop."""
Renew = Callable[[Path, "Callable[[Progress], object]"], object]
"""Does the work that brings an older store, the file at this path, to this program's schema."""


def at_once(_path: Path, work: Callable[[Progress], object]) -> None:
    """Do it here, with nobody looking on."""
    from rls_workup.store.progress import Progress

    work(Progress())


def open_engine(
    where: str | Path, key: Key | None = None, ask: Ask | None = None, renew: Renew = at_once
) -> Engine:
    """The engine for `where`, a file or an address; made when there is none. StoreTrouble or NewerFormat.

    Raises Cancelled where `renew` was stopped.
    """
    if is_address(where):
        from rls_workup.store.server import ServerEngine

        return ServerEngine.opened(str(where), ask)
    return _file(path_of(where), key, renew, new=True)


def reopened(engine: Engine, key: Key | None, *, replaced: bool = False, renew: Renew = at_once) -> Engine:
    """A new connection to the store of an engine that was closed. Raises as `open_engine`.

    `replaced`: the program itself has put another file in its place.
    """
    if not isinstance(engine, FileEngine):
        return engine.another()
    if replaced:
        return _file(engine.path, key, renew, new=False)
    return engine.with_key(key).another()


def _file(path: Path, key: Key | None, renew: Renew, *, new: bool) -> FileEngine:
    with told(str(path)):
        refuse_shared_place(path)
        if not os.path.lexists(path):
            if not new:
                raise StoreTrouble(
                    "The store {path} is no longer there. Put the file back where it was.", path=path
                )
            make_folder(path.parent)
            _create(path, key)
        refuse_what_is_no_file(path)
        connection = connect(path, key)
        try:
            if 0 < connection.schema() < len(STEPS):
                renew(path, partial(_renewed, connection, path, key))
            migrate(connection)
        except BaseException:
            connection.close()
            raise
        return FileEngine(connection, Place(path), key)


def _renewed(connection: FileConnection, path: Path, key: Key | None, progress: Progress) -> None:
    """A backup, then this program's schema. Raises Cancelled; every work-up is as it was then."""
    from rls_workup.store.backups import back_up_by_itself
    from rls_workup.store.rotation import MIGRATION

    back_up_by_itself(path, key, MIGRATION, progress=progress)
    progress.endless()
    connection.set_progress_handler(lambda: int(progress.cancelled), LOOK_EVERY)
    try:
        migrate(connection)
    except sqlite.OperationalError as error:
        if getattr(error, "sqlite_errorname", "") == "SQLITE_INTERRUPT":
            raise Cancelled("Stopped. Nothing was changed.") from None
        raise
    finally:
        connection.set_progress_handler(None, 0)


def _create(path: Path, key: Key | None) -> None:
    """Make a new store at `path`, whole or not at all; somebody else's, made meanwhile, is left."""
    with _draft_beside(path) as draft:
        os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        connection = opened(draft)
        try:
            unlock(connection, key)
            set_up(connection, path)
            connection.execute("PRAGMA application_id = " + str(APPLICATION_ID))
            migrate(connection)
        finally:
            connection.close()
        with suppress(FileExistsError):
            _publish(draft, path)
    sync_folder(path.parent)


@contextmanager
def _draft_beside(path: Path) -> Iterator[Path]:
    draft = path.with_name(f".{path.name}.{os.getpid()}-{time.monotonic_ns():x}.new")
    try:
        yield draft
    finally:
        for ending in ("", "-wal", "-shm"):
            with suppress(FileNotFoundError):
                os.unlink(f"{draft}{ending}")


def _publish(draft: Path, path: Path) -> None:
    try:
        os.link(draft, path)  # unlike a rename, never replaces a store that another program has just made
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        if path.exists():
            raise FileExistsError(path) from None
        os.rename(draft, path)
