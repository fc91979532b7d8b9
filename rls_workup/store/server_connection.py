"""A connection to PostgreSQL that understands the store's statements and never waits for ever."""

from __future__ import annotations

import re
from functools import lru_cache
from selectors import DefaultSelector
from time import monotonic
from typing import Any

import psycopg
from psycopg.adapt import Dumper
from psycopg.pq import TransactionStatus
from psycopg.types.string import StrDumper, TextLoader
from psycopg.waiting import Ready

from rls_workup.store.engine import Cursor, Either
from rls_workup.store.server_address import Address

PATIENCE_SECONDS = 8.0
PATIENCE_WITH_TABLES_SECONDS = 900.0  # an index over a million work-ups takes its time
ALONE = 0x524C5357  # "RLSW": the lock of whoever changes the tables

BEGUN_WITH = (
    "SELECT set_config('search_path', 'rls_workup', false), set_config('synchronous_commit', 'on', false),"
    " set_config('lock_timeout', '5s', false),"
    " set_config('idle_in_transaction_session_timeout', '10s', false),"
    " set_config('client_min_messages', 'error', false),"
    " current_setting('server_encoding'), current_setting('fsync'), current_setting('full_page_writes')"
)

# Read from the tables themselves: `to_regclass` may answer from a memory older than a lock just taken.
THERE_IS_META = "SELECT 1 FROM pg_catalog.pg_tables WHERE schemaname = 'rls_workup' AND tablename = 'meta'"

CLOCK = (
    "SELECT to_char((clock_timestamp() + make_interval(secs => ?)) AT TIME ZONE 'UTC',"
    """ 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')"""
)

# PostgreSQL keeps every character but NUL; this one stands for it, and for itself when doubled.
NUL, STAND_IN = "\0", "\ufdd0"


class KeptText(StrDumper):
    """Text on its way to the server."""

    def dump(self, obj: str) -> Any:
        if NUL in obj or STAND_IN in obj:
            obj = obj.replace(STAND_IN, STAND_IN * 2).replace(NUL, STAND_IN + "0")
        return super().dump(obj)


class ReadText(TextLoader):
    """Text on its way back."""

    def load(self, data: Any) -> bytes | str:
        text = super().load(data)
        if isinstance(text, str) and STAND_IN in text:
            return re.sub(STAND_IN + "(.)", lambda found: NUL if found[1] == "0" else found[1], text)
        return text


class Number(Dumper):
    """A truth value, which the tables keep as 0 or 1."""

    oid = psycopg.adapters.types["int4"].oid

    def dump(self, obj: bool) -> bytes:
        return b"1" if obj else b"0"


class Impatient(psycopg.Connection[tuple[Any, ...]]):
    """Gives a server that has fallen silent up, where psycopg would wait for as long as the line stands."""

    patience = PATIENCE_SECONDS

    def wait(self, gen: Any, *given: Any, **named: Any) -> Any:
        if given or named:
            return super().wait(gen, *given, **named)
        deadline = monotonic() + self.patience
        try:
            wanted = next(gen)
            with DefaultSelector() as selector:
                selector.register(self.pgconn.socket, wanted)
                while ready := selector.select(max(deadline - monotonic(), 0.0)):
                    wanted = gen.send(Ready(ready[0][1]))
                    selector.modify(self.pgconn.socket, wanted)
        except StopIteration as done:
            return done.value
        self.pgconn.finish()
        raise psycopg.OperationalError("no answer in time")


class ServerConnection:
    """The store's `Connection`, on a server."""

    keeps_words = False

    def __init__(self, raw: Impatient) -> None:
        self.raw = raw

    @classmethod
    def opened(cls, address: Address) -> ServerConnection:
        """Connect. Raises psycopg.Error."""
        raw = Impatient.connect(autocommit=True, prepare_threshold=None, **address.parameters)  # type: ignore[arg-type]
        raw.adapters.register_dumper(str, KeptText)
        raw.adapters.register_dumper(bool, Number)
        raw.adapters.register_loader("text", ReadText)
        return cls(raw)

    @property
    def in_transaction(self) -> bool:
        return self.raw.info.transaction_status in (TransactionStatus.INTRANS, TransactionStatus.INERROR)

    def execute(self, sql: str, parameters: tuple[object, ...] = (), /) -> Cursor:
        if not parameters:
            return self.raw.execute(sql.encode())
        return self.raw.execute(in_postgres(sql), parameters)

    def close(self) -> None:
        self.raw.close()

    def begin(self, *, alone: bool = False) -> None:
        self.raw.patience = PATIENCE_WITH_TABLES_SECONDS if alone else PATIENCE_SECONDS
        self.execute("BEGIN")
        if alone:
            self.execute("SELECT pg_advisory_xact_lock(?)", (ALONE,))

    def create(self, statement: str | Either) -> None:
        said = statement.server if isinstance(statement, Either) else table_in_postgres(statement)
        if said:
            self.execute(said)

    def walking(self, index: str) -> str:
        return ""

    def clock(self, seconds: int) -> str:
        return str(self.execute(CLOCK, (seconds,)).fetchone()[0])

    def schema(self) -> int:
        if self.execute(THERE_IS_META).fetchone() is None:
            return 0
        found = self.execute("SELECT value FROM rls_workup.meta WHERE name = 'schema'").fetchone()
        return int(found[0]) if found else 0

    def put_schema(self, number: int) -> None:
        self.execute("DELETE FROM meta WHERE name = 'schema'")
        self.execute("INSERT INTO meta(name, value) VALUES ('schema', ?)", (str(number),))


@lru_cache(maxsize=256)
def in_postgres(sql: str) -> bytes:
    """A statement of the store with the server's placeholders."""
    return sql.replace("%", "%%").replace("?", "%s").encode()


def table_in_postgres(statement: str) -> str:
    """A CREATE that was written for SQLite, for the server."""
    said = statement.replace(", WITHOUT ROWID", "").replace(" STRICT", "")
    # "C": by code point, as SQLite sorts, whatever the language of the server.
    return re.sub(r"\bBLOB\b", "bytea", re.sub(r"\bTEXT\b", 'text COLLATE "C"', said))
