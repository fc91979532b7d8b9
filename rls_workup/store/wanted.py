"""Which work-ups are listed and in which order, answered from an index wherever one fits."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Final, NamedTuple

from rls_workup.store.search import patterns


class Only(StrEnum):
    """Which of the work-ups. THESE are named by id; practice patients are in ALL, PRACTICE and THESE only."""

    ALL = "all"
    AWAITING = "awaiting"
    RECHECK = "recheck"
    IN_PROGRESS = "in-progress"
    COMPLETED = "completed"
    MINE = "mine"
    PRACTICE = "practice"
    THESE = "these"


class Order(StrEnum):
    """What they are sorted by. NEXT: the longest wait or the soonest recheck first, where only those are."""

    SAVED = "saved"
    NAME = "name"
    NUMBER = "number"
    BORN = "born"
    STATE = "state"
    NEXT = "next"


class Wanted(NamedTuple):
    """What the person looks for.

    `by`: who saved last, for MINE. `until`: rechecks due up to that day. `ids`: a hundred or so, for THESE.
    """

    search: str = ""
    only: Only = Only.ALL
    order: Order = Order.SAVED
    backward: bool = True
    by: str = ""
    until: str = "9999"
    ids: tuple[str, ...] = ()


class Statement(NamedTuple):
    """SQL with its parameters; the last column is the value that the rows are sorted by."""

    sql: str
    parameters: tuple[object, ...]


COLUMNS: Final = (
    "id, version, status, family_name, given_name, date_of_birth, sex, identifier, next_step, awaited,"
    " pending_since, sample, note, recheck_due, saved_by, updated_at"
)
# In this order: those few are looked up, none else is read.
OF_FEW: Final = (
    "(SELECT DISTINCT number FROM word WHERE word >= ? AND word < ?) AS few"
    " CROSS JOIN numbered ON numbered.number = few.number CROSS JOIN workup ON workup.id = numbered.workup_id"
)
WORD: Final = " AND search_key LIKE ? ESCAPE '\\'"
_REAL: Final = " AND sample = 0"
_ONLY: Final = {
    Only.ALL: "",
    Only.AWAITING: " AND awaited > 0" + _REAL,
    # Said twice: the first is what its index says.
    Only.RECHECK: " AND recheck_due > '' AND recheck_due <= ?" + _REAL,
    Only.IN_PROGRESS: " AND status = 'in-progress'" + _REAL,
    Only.COMPLETED: " AND status <> 'in-progress'" + _REAL,
    Only.MINE: " AND saved_by = ?" + _REAL,
    Only.PRACTICE: " AND sample > 0",
}
_SORTED_BY: Final = {
    Order.SAVED: ("updated_at", "worklist"),
    Order.NAME: ("search_key", "by_name"),
    Order.NUMBER: ("identifier", "by_number"),
    Order.BORN: ("date_of_birth", "by_birth"),
    Order.STATE: ("status", "by_state"),
    Order.NEXT: ("next_step", "by_step"),
}
# Named, since SQLite would rather walk the covering index past everyone who is not looked for.
_OF_SOME: Final = {
    (Only.AWAITING, Order.SAVED): ("updated_at", "awaiting"),
    (Only.AWAITING, Order.NEXT): ("pending_since", "by_wait"),
    (Only.RECHECK, Order.SAVED): ("updated_at", "rechecks"),
    (Only.RECHECK, Order.NEXT): ("recheck_due", "rechecks"),
    (Only.MINE, Order.SAVED): ("updated_at", "saved_last"),
}


def _order(wanted: Wanted) -> tuple[str, str]:
    """The column that they are sorted by, and the index to walk ("" where the few are found and sorted)."""
    column, index = _OF_SOME.get((wanted.only, wanted.order)) or _SORTED_BY[wanted.order]
    return column, {Only.PRACTICE: "practising", Only.THESE: ""}.get(wanted.only, index)


def which(wanted: Wanted, walking: Callable[[str], str]) -> str:
    """The index to walk, and the condition, without its words."""
    index = _order(wanted)[1]
    return (walking(index) if index else "") + _condition(wanted)


def _condition(wanted: Wanted) -> str:
    named = f" AND id IN ({', '.join('?' * len(wanted.ids)) or 'NULL'})" if wanted.only is Only.THESE else ""
    return " WHERE voided = 0" + (named or _ONLY[wanted.only])


def statement(
    wanted: Wanted,
    after: tuple[str, str] | None,
    limit: int,
    walking: Callable[[str], str],
    rare: tuple[str, str] | None = None,
) -> Statement:
    """Ask for the rows after a place, in order. `rare`: only few have a word between these two."""
    column, _index = _order(wanted)
    words = patterns(wanted.search)
    than, way = ("<", " DESC") if wanted.backward else (">", "")
    sql = (
        f"SELECT {COLUMNS}, {column} FROM "
        + (OF_FEW + _condition(wanted) if rare else f"workup{which(wanted, walking)}")
        + f" AND ({column}, id) {than} (?, ?)" * (after is not None)
        + WORD * len(words)
        + f" ORDER BY {column}{way}, id{way} LIMIT ?"
    )
    named: dict[Only, tuple[str, ...]] = {
        Only.MINE: (wanted.by,),
        Only.RECHECK: (wanted.until,),
        Only.THESE: wanted.ids,
    }
    asked = named.get(wanted.only, ())
    return Statement(sql, (*(rare or ()), *asked, *(after or ()), *words, limit))
