"""What a store stands on, a file or a practice's server: the few things in which the two differ."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from rls_workup.errors import Sentence

Ask = Callable[[str], str]
"""Asks a person for the password to what it names; "" when they give none."""


class Cursor(Protocol):
    """The part of a DB-API cursor that the store uses."""

    @property
    def rowcount(self) -> int: ...
    def fetchone(self) -> Any: ...
    def fetchall(self) -> list[Any]: ...


class Either(NamedTuple):
    """A statement of a schema that the two engines say differently; "" says nothing."""

    file: str
    server: str


class Connection(Protocol):
    """One connection. Statements are written in what both engines understand, with `?` for parameters."""

    @property
    def keeps_words(self) -> bool:
        """Whether the words that work-ups are found by lie in a table of their own."""

    @property
    def in_transaction(self) -> bool: ...
    def execute(self, sql: str, parameters: tuple[object, ...] = ..., /) -> Cursor: ...
    def close(self) -> None: ...
    def begin(self, *, alone: bool = False) -> None:
        """Begin to write. `alone`: nobody else may change the schema meanwhile."""

    def create(self, statement: str | Either) -> None:
        """Make a table, an index or a trigger; tables are written as for SQLite."""

    def walking(self, index: str) -> str:
        """The words that make a query walk this index, where it would not by itself."""

    def clock(self, seconds: int) -> str:
        """The time by the store's own clock, so many seconds from now, as the store writes times."""

    def schema(self) -> int:
        """The number of the schema; 0 when nothing was ever made."""

    def put_schema(self, number: int) -> None:
        """Note the number of the schema, in the transaction that made it."""


class Engine(Protocol):
    """A connection with what belongs to it; used by one thread at a time."""

    @property
    def where(self) -> str:
        """The store as a person is told of it; never with a password."""

    @property
    def path(self) -> Path | None:
        """The file of the store, None where it has none."""

    @property
    def connection(self) -> Connection: ...
    def told(self) -> AbstractContextManager[None]:
        """Turn what the database reports inside the block into StoreTrouble; faults of ours pass."""

    def look(self) -> None:
        """Raise StoreTrouble when the store is no longer the one that was opened."""

    def renew(self) -> None:
        """Connect again after Unreachable. Raises Unreachable when that does not help."""

    def another(self) -> Engine:
        """A second connection to the same store, as for another thread."""

    def interrupt(self) -> None:
        """End what another thread is reading, which then raises StoreTrouble. A server is left to finish."""

    def faults(self) -> Iterator[Sentence]:
        """A sentence for each damage that the database itself sees."""

    def close(self) -> None: ...


@contextmanager
def writing(connection: Connection, *, alone: bool = False) -> Iterator[None]:
    """One write transaction, all or nothing.

    On a server others write at the same time: a statement that rests on what was read before says so in its
    WHERE (`AND version = ?`), and its `rowcount` tells whether that still held.
    """
    connection.begin(alone=alone)
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # SQLite has already rolled back by itself after some disk errors
            connection.execute("ROLLBACK")
        raise
