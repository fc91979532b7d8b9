"""The store of work-ups: list, read, save, look back, void; nothing is overwritten unseen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from rls_workup.errors import Conflict, Locked, StoreTrouble, Unreachable
from rls_workup.store.engine import Ask, Connection, Engine, writing
from rls_workup.store.opening import Renew, at_once, open_engine, reopened
from rls_workup.store.records import Attempt, Kept, Page, Revision, Row, Saved, Summary, revision_of
from rls_workup.store.wanted import Only, Wanted, statement, which

if TYPE_CHECKING:
    from rls_workup.store.keyslots import Key
    from rls_workup.store.recording import Recorder
    from rls_workup.store.words import Beginning

Done = TypeVar("Done")

COUNTED = "SELECT count(*) FROM workup"

FOLLOWED = "UPDATE workup SET recheck_due = '' WHERE id = ?"

READ = "SELECT id, version, document, updated_at FROM workup WHERE id = ?"
HISTORY = (
    "SELECT version, at, author, station, kind, note, patch, snapshot, head"
    " FROM revision WHERE workup_id = ? ORDER BY version"
)
STEPS_TO = (
    "SELECT version, patch, snapshot, document_sha FROM revision WHERE workup_id = ?"
    " AND version <= ? AND version >= (SELECT max(version) FROM revision WHERE workup_id = ?"
    " AND version <= ? AND snapshot IS NOT NULL) ORDER BY version"
)
KEEP_TEXT = (
    "INSERT INTO protocol_text(protocol_id, version, kept_at, text) VALUES (?, ?, ?, ?)"
    " ON CONFLICT (protocol_id, version) DO NOTHING"
)
TEXTS = "SELECT version FROM protocol_text WHERE protocol_id = ? ORDER BY kept_at"
TEXT = "SELECT text FROM protocol_text WHERE protocol_id = ? AND version = ?"


def now() -> str:
    """The time as the store writes it: UTC to the microsecond, so that its texts sort by time."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def open_store(
    where: str | Path, key: Key | None = None, ask: Ask | None = None, renew: Renew = at_once
) -> Store:
    """Open the store in the file `where`, making it (0600) and its folder (0700) when they are not there.

    `key`: 32 bytes that encrypt the whole file, or None. Where `where` is the address of a server, `ask` asks
    for its password. `renew` does the work that an older store asks for. Raises StoreTrouble, NewerFormat or
    Cancelled; the store is untouched then.
    """
    return Store(open_engine(where, key, ask, renew))


class Store:
    """One open connection to the store, used by one thread at a time."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._first_use: Recorder | None = None
        self._locked = False

    @property
    def engine(self) -> Engine:
        """What the store stands on. Raises Locked."""
        if self._locked:
            raise Locked("The work-ups are locked. Unlock them first.")
        return self._engine

    @property
    def where(self) -> str:
        """The store as a person is told of it."""
        return self._engine.where

    @property
    def path(self) -> Path | None:
        """The file of this store; None where it is on a server."""
        return self._engine.path

    @property
    def _connection(self) -> Connection:
        return self.engine.connection

    def another(self) -> Store:
        """A second connection to the same store, as for the writer's thread; never makes a new one."""
        return Store(self.engine.another())

    def close(self) -> None:
        """Close the connection; closing twice does no harm."""
        self._engine.close()

    def lock(self) -> None:
        """Close the connection until `unlock`; reading and saving raise Locked meanwhile."""
        self._locked = True
        self._first_use = None
        self._engine.close()

    def unlock(self, key: Key | None, *, replaced: bool = False, renew: Renew = at_once) -> None:
        """Connect again after `lock`; `replaced`: to a file that the program itself put there since.

        Raises as `open_store`; the store stays locked then.
        """
        if self._locked:
            self._engine = reopened(self._engine, key, replaced=replaced, renew=renew)
            self._locked = False

    def page(
        self, search: str = "", pending: bool = False, after: Row | None = None, limit: int = 100
    ) -> Page:
        """Work-ups not voided, newest first, with every word of `search`; go on with `after=page.next`."""
        wanted = Wanted(search, Only.AWAITING if pending else Only.ALL)
        return self.listed(wanted, None if after is None else (after.updated_at, after.id), limit)

    def listed(self, wanted: Wanted, after: tuple[str, str] | None = None, limit: int = 100) -> Page:
        """Work-ups not voided, as wanted; go on with `after=page.place`."""
        rare = self._rare_beginning(wanted.search) if wanted.search.strip() else None
        asked = statement(wanted, after, limit + 1, self._connection.walking, rare)
        found = self._rows(asked.sql, *asked.parameters)
        rows = tuple(_row(columns[:-1]) for columns in found[:limit])
        if len(found) <= limit:
            return Page(rows, None)
        return Page(rows, rows[-1], (str(found[limit - 1][-1]), rows[-1].id))

    def _rare_beginning(self, search: str) -> Beginning | None:
        from rls_workup.store.words import rare_beginning

        return self._steadily(lambda: rare_beginning(self._connection, search))

    def count(self, pending: bool = False) -> int:
        """How many work-ups there are, or how many of them await results."""
        wanted = Wanted(only=Only.AWAITING if pending else Only.ALL)
        return int(self._rows(COUNTED + which(wanted, self._connection.walking))[0][0])

    def read(self, workup_id: str) -> Kept:
        """The work-up as last saved, voided or not. Raises StoreTrouble when there is none of this id."""
        found = self._rows(READ, workup_id)
        if not found:
            raise StoreTrouble(
                "There is no work-up {workup_id} in the store {where}. Look in the worklist.",
                workup_id=workup_id,
                where=self.where,
            )
        return Kept(*found[0])

    def revisions(self, workup_id: str) -> list[Revision]:
        """Every save of a work-up, first to last."""
        return [revision_of(columns) for columns in self._rows(HISTORY, workup_id)]

    def document_at(self, workup_id: str, version: int) -> str:
        """The document as saved as `version`. Raises StoreTrouble when there is none or it is damaged."""
        from rls_workup.store.revisions import replayed

        steps = self._rows(STEPS_TO, workup_id, version, workup_id, version)
        if not steps or steps[-1][0] != version:
            raise StoreTrouble(
                "Work-up {workup_id} has no version {version}. Choose one from its history.",
                workup_id=workup_id,
                version=version,
            )
        document = replayed(steps[0][2], [patch for _, patch, _, _ in steps[1:]], steps[-1][3])
        if document is None:
            raise StoreTrouble(
                "Version {version} of work-up {workup_id} is damaged. Choose another or open a backup.",
                version=version,
                workup_id=workup_id,
            )
        return document

    def save(
        self,
        workup_id: str,
        base_version: int,
        document: str,
        summary: Summary,
        author: str,
        station: str,
        kind: str = "edit",
        *,
        at: str = "",
        earlier: tuple[str, ...] = (),
    ) -> Saved:
        """Save the document as the version after `base_version` (0: it is new); on disk when this returns.

        `at` is the time of the save, "" for now. `earlier` holds the times at which this or an older state
        was tried and no answer came: where one of those arrived after all, it is no conflict.
        Raises Conflict when it was saved elsewhere meanwhile, StoreTrouble when it cannot be written; nothing
        is changed then. Unreachable: it may or may not have been saved.
        """
        return self._lasting(
            at or now(),
            earlier,
            lambda attempt: self._recorder().save(
                workup_id, base_version, document, summary, (author, station, kind, ""), attempt
            ),
        )

    def void(self, workup_id: str, base_version: int, author: str, station: str, reason: str) -> Saved:
        """Take a work-up off the worklist for a reason; it and its history stay. Raises as `save` does."""
        return self._lasting(
            now(),
            (),
            lambda attempt: self._recorder().void(
                workup_id, base_version, (author, station, "void", reason), attempt
            ),
        )

    def followed(self, workup_id: str) -> None:
        """The patient was seen again, so the recheck of this work-up is due no more; its document stays."""
        self.engine.look()
        self._steadily(lambda: self._followed(workup_id))

    def _followed(self, workup_id: str) -> None:
        with writing(self._connection):
            self._connection.execute(FOLLOWED, (workup_id,))

    def keep_protocol(self, protocol_id: str, version: str, text: str) -> None:
        """Keep the text of a protocol version, once. Raises Conflict when it is kept with another text."""
        self.engine.look()
        self._steadily(lambda: self._keep_protocol(protocol_id, version, text))

    def _keep_protocol(self, protocol_id: str, version: str, text: str) -> None:
        with writing(self._connection):
            self._connection.execute(KEEP_TEXT, (protocol_id, version, now(), text))
            if self._connection.execute(TEXT, (protocol_id, version)).fetchone()[0] != text:
                raise Conflict(
                    "Protocol {protocol_id} {version} is kept in the store with another text. Give the "
                    "changed protocol a version of its own.",
                    protocol_id=protocol_id,
                    version=version,
                )

    def protocol_text(self, protocol_id: str, version: str) -> str | None:
        """The text of a protocol version, or None when it was never kept."""
        found = self._rows(TEXT, protocol_id, version)
        return str(found[0][0]) if found else None

    def protocol_versions(self, protocol_id: str) -> list[str]:
        """The versions of a protocol whose texts are kept, in the order in which they came."""
        return [str(version) for (version,) in self._rows(TEXTS, protocol_id)]

    def check(self) -> list[str]:
        """What is wrong with the store, a sentence each. Reads all of it: not for the window's thread."""
        from rls_workup.store.checking import faults

        return list(faults(self.engine))

    def _recorder(self) -> Recorder:
        from rls_workup.store.recording import Recorder

        self.engine.look()
        if self._first_use is None:
            self._first_use = Recorder(self.engine)
        return self._first_use

    def _lasting(self, at: str, earlier: tuple[str, ...], write: Callable[[Attempt], Saved]) -> Saved:
        """Do `write`; once more where the connection broke, and then knowing that it may have arrived."""
        try:
            with self.engine.told():
                return write(Attempt(at, earlier))
        except Unreachable:
            self.engine.renew()
        with self.engine.told():
            return write(Attempt(at, (*earlier, at)))

    def _steadily(self, do: Callable[[], Done]) -> Done:
        """Do what may be done twice; once more where the connection broke."""
        try:
            with self.engine.told():
                return do()
        except Unreachable:
            self.engine.renew()
        with self.engine.told():
            return do()

    def _rows(self, sql: str, *parameters: object) -> list[Any]:
        # All rows at once: an open cursor would hold up the writer's checkpoint.
        return self._steadily(lambda: self._connection.execute(sql, parameters).fetchall())


def _row(columns: tuple[Any, ...]) -> Row:
    values = list(columns)
    values[11] = bool(values[11])  # `sample`; SQLite has no truth values
    return Row(*values)
