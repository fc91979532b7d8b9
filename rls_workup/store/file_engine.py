"""A store in one file of this computer, as the store works with it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

from rls_workup.errors import Sentence, StoreTrouble
from rls_workup.store.connection import FileConnection, connect
from rls_workup.store.place import Place, refuse_what_is_no_file
from rls_workup.store.trouble import told
from rls_workup.store.whereabouts import refuse_shared_place

if TYPE_CHECKING:
    from rls_workup.store.keyslots import Key


class FileEngine:
    """A store in one file of this computer."""

    def __init__(self, connection: FileConnection, place: Place, key: Key | None = None) -> None:
        self.connection = connection
        self.place = place
        self.key = key

    @classmethod
    def at(cls, path: Path, key: Key | None) -> FileEngine:
        """Connect to a store that was opened before, so has this program's schema. Raises StoreTrouble."""
        with told(str(path)):
            refuse_shared_place(path)
            if not os.path.lexists(path):
                raise StoreTrouble(
                    "The store {path} is no longer there. Put the file back where it was.", path=path
                )
            refuse_what_is_no_file(path)
            return cls(connect(path, key), Place(path), key)

    @property
    def where(self) -> str:
        return str(self.place.path)

    @property
    def path(self) -> Path:
        return self.place.path

    def told(self) -> AbstractContextManager[None]:
        return told(self.where)

    def look(self) -> None:
        self.place.look()

    def renew(self) -> None:
        """A file is never out of reach."""

    def another(self) -> FileEngine:
        other = FileEngine.at(self.path, self.key)
        if other.place.identity != self.place.identity:
            other.close()
            raise StoreTrouble(
                "The store {path} was replaced while it was open. Restart the program.", path=self.path
            )
        return other

    def with_key(self, key: Key | None) -> FileEngine:
        """The same file with the key given again, since the one before is overwritten when it is locked."""
        return FileEngine(self.connection, self.place, key)

    def interrupt(self) -> None:
        self.connection.interrupt()

    def faults(self) -> Iterator[Sentence]:
        # Not quick_check: it does not see an index that lags behind its table, and the worklist is an index.
        yield from self._bad_lines("PRAGMA integrity_check")
        if self.key is not None:
            # The check reads the main file only, so what is still in the WAL goes there first.
            self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            yield from self._bad_lines("PRAGMA cipher_integrity_check")

    def _bad_lines(self, pragma: str) -> Iterator[Sentence]:
        for (line,) in self.connection.execute(pragma).fetchall():
            if line != "ok":
                yield Sentence("The store {where} is damaged ({line}).", where=self.where, line=line)

    def close(self) -> None:
        self.connection.close()
