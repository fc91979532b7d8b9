"""A store in the PostgreSQL database of a practice."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from time import monotonic

import psycopg

from rls_workup.errors import Sentence, StoreTrouble, Unreachable
from rls_workup.store.engine import Ask, Connection, writing
from rls_workup.store.schema import migrate, refuse_newer
from rls_workup.store.server_address import Address, address_of
from rls_workup.store.server_connection import BEGUN_WITH, ServerConnection
from rls_workup.store.server_trouble import AWAY, NO_PASSWORD, NO_RIGHT, told, while_connecting

SILENT_SECONDS = 3.0
MAY_WRITE = (
    "SELECT has_table_privilege('workup', 'INSERT') AND has_table_privilege('workup', 'UPDATE')"
    " AND has_table_privilege('revision', 'INSERT') AND has_table_privilege('workup', 'SELECT')"
    " AND has_table_privilege('revision', 'SELECT')"
)
IDENTITY = "SELECT value FROM meta WHERE name = 'identity'"


class ServerEngine:
    """One connection to a store on a server."""

    def __init__(self, connection: ServerConnection, address: Address, identity: str) -> None:
        self._connection = connection
        self._address = address
        self._identity = identity

    @classmethod
    def opened(cls, where: str, ask: Ask | None = None) -> ServerEngine:
        """Connect, making the tables where there are none. Raises StoreTrouble or NewerFormat."""
        address = address_of(where)
        try:
            connection = _connected(address)
        except PasswordWanted:
            password = ask(address.shown) if ask else ""
            if not password:
                raise StoreTrouble(NO_PASSWORD, where=address.shown) from None
            address = address.with_password(password)
            connection = _connected(address)
        return cls(connection, address, _made_ready(connection, address.shown))

    @property
    def where(self) -> str:
        return self._address.shown

    @property
    def path(self) -> Path | None:
        return None

    @property
    def connection(self) -> Connection:
        return self._connection

    def told(self) -> AbstractContextManager[None]:
        return told(self._connection.raw, self.where)

    def look(self) -> None:
        """What is connected stays what it is."""

    def interrupt(self) -> None:
        """A server is left to finish."""

    def renew(self) -> None:
        self._connection.close()
        # The window does not wait again for a line that has just been found dead.
        if monotonic() < self._address.line.silent_until:
            raise Unreachable(AWAY, where=self.where)
        connection = _connected(self._address)
        identity = _made_ready(connection, self.where)
        if identity != self._identity:
            connection.close()
            raise StoreTrouble(
                "The store {where} was replaced while it was open. Restart the program.", where=self.where
            )
        self._connection = connection

    def another(self) -> ServerEngine:
        other = ServerEngine(self._connection, self._address, self._identity)
        other._connection = _connected(self._address)
        other._identity = _made_ready(other._connection, self.where)
        return other

    def faults(self) -> Iterator[Sentence]:
        """The server looks after its own pages."""
        yield from ()

    def close(self) -> None:
        self._connection.close()


class PasswordWanted(StoreTrouble):
    """The server asks for a password and was given none."""


def _connected(address: Address) -> ServerConnection:
    try:
        connection = ServerConnection.opened(address)
        address.line.silent_until = 0.0
        return connection
    except psycopg.Error as error:
        address.line.silent_until = monotonic() + SILENT_SECONDS
        if error.pgconn is not None and error.pgconn.needs_password:
            raise PasswordWanted(str(while_connecting(error, address.shown))) from None
        # `from None`: libpq's words may hold the whole address.
        raise while_connecting(error, address.shown) from None


def _made_ready(connection: ServerConnection, where: str) -> str:
    """Set the connection up, bring the tables to the newest schema, and return the store's identity."""
    try:
        with told(connection.raw, where):
            _begin_with(connection, where)
            if not connection.schema():
                _make_place(connection)
            refuse_newer(connection, where)
            migrate(connection)
            if not connection.execute(MAY_WRITE).fetchone()[0]:
                raise StoreTrouble(NO_RIGHT, where=where)
            return str(connection.execute(IDENTITY).fetchone()[0])
    except BaseException:
        connection.close()
        raise


def _begin_with(connection: ServerConnection, where: str) -> None:
    *_, encoding, fsync, full_pages = connection.execute(BEGUN_WITH).fetchone()
    if encoding != "UTF8":
        raise StoreTrouble(
            "The database of the store {where} keeps text as {encoding}, which lacks letters. "
            "Make one with the encoding UTF8.",
            where=where,
            encoding=encoding,
        )
    if "off" in (fsync, full_pages):
        raise StoreTrouble(
            "The server of the store {where} is set up to lose what was saved last when its power"
            " fails. Have fsync and full_page_writes switched on.",
            where=where,
        )


def _make_place(connection: ServerConnection) -> None:
    there = "SELECT 1 FROM pg_namespace WHERE nspname = 'rls_workup'"
    with writing(connection, alone=True):
        if not connection.execute(there).fetchone():
            connection.execute("CREATE SCHEMA rls_workup")
