"""The words by which work-ups are found: what few have is looked up, where else everybody would be read.

A file keeps them in a table of their own. A server finds words inside its search keys by an index of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from rls_workup.store.engine import Connection
from rls_workup.store.search import LONGEST_WORD, beginnings

FEW: Final = 1000
"""So many are looked up and sorted about as fast as a hundred of them are met with on a walk past all."""
AT_ONCE: Final = 20_000

NUMBERED = "INSERT INTO numbered(workup_id) VALUES (?) ON CONFLICT (workup_id) DO NOTHING"
ADD = (
    "INSERT OR IGNORE INTO word(word, number)"
    " SELECT value, number FROM json_each(?), numbered WHERE workup_id = ?"
)
DROP = (
    "DELETE FROM word WHERE number = (SELECT number FROM numbered WHERE workup_id = ?)"
    " AND word IN (SELECT value FROM json_each(?))"
)
UNNUMBER = "DELETE FROM numbered WHERE workup_id = ?"
FOUND = "SELECT count(*) FROM (SELECT 1 FROM word WHERE word >= ? AND word < ? LIMIT ?)"
ALL = (
    "SELECT id, search_key, updated_at FROM workup INDEXED BY worklist WHERE voided = 0"
    " AND (updated_at, id) < (?, ?) ORDER BY updated_at DESC, id DESC LIMIT ?"
)
NUMBER_ALL = "INSERT INTO numbered(workup_id) SELECT value FROM json_each(?)"
ADD_ALL = (
    "INSERT OR IGNORE INTO word(word, number) SELECT value ->> 0, number FROM json_each(?)"
    " JOIN numbered ON workup_id = value ->> 1 ORDER BY 1, 2"
)
UNKNOWN = (
    "SELECT count(*) FROM workup WHERE voided = 0"
    " AND NOT EXISTS (SELECT 1 FROM numbered WHERE workup_id = workup.id)"
)


class Beginning(NamedTuple):
    """The words from `low` on and before `high`: those that begin alike."""

    low: str
    high: str


def _listed(values: Iterable[object]) -> str:
    import json  # at the first save, not at the start

    return json.dumps(list(values))


def words_of(key: str) -> set[str]:
    """The words of a search key, as far as they are compared."""
    return {word[:LONGEST_WORD] for word in key.split(" ") if word}


def keep_words(connection: Connection, workup_id: str, before: str, after: str) -> None:
    """Inside a transaction: a work-up that was found by the words of one key is found by another's."""
    if not connection.keeps_words or before == after:
        return
    old, new = words_of(before), words_of(after)
    connection.execute(NUMBERED, (workup_id,))
    connection.execute(DROP, (workup_id, _listed(sorted(old - new))))
    connection.execute(ADD, (_listed(sorted(new - old)), workup_id))


def forget_words(connection: Connection, workup_id: str, key: str) -> None:
    """Inside a transaction: a work-up is erased, so nothing of its name stays."""
    if connection.keeps_words:
        keep_words(connection, workup_id, key, "")
        connection.execute(UNNUMBER, (workup_id,))


def keep_all_words(connection: Connection) -> None:
    """Inside a transaction: the words of a store that has none yet."""
    place = ("9999", "")
    while some := connection.execute(ALL, (*place, AT_ONCE)).fetchall():
        connection.execute(NUMBER_ALL, (_listed(workup_id for workup_id, _key, _at in some),))
        pairs = sorted((word, workup_id) for workup_id, key, _at in some for word in words_of(key))
        connection.execute(ADD_ALL, (_listed(pairs),))
        place = (some[-1][2], some[-1][0])


def rare_beginning(connection: Connection, search: str) -> Beginning | None:
    """Of the words looked for, the one that the fewest have; None where many have each, or none is kept."""
    if not connection.keeps_words:
        return None
    fewest, found = FEW + 1, None
    for beginning in map(alike, beginnings(search)):
        count = int(connection.execute(FOUND, (*beginning, fewest)).fetchone()[0])
        if count < fewest:
            fewest, found = count, beginning
    return found


def alike(beginning: str) -> Beginning:
    """Where the words that begin so lie in the order of their letters' codes."""
    rest = beginning.rstrip(chr(0x10FFFF))
    if not rest:
        return Beginning(beginning, chr(0x10FFFF) * (LONGEST_WORD + 1))
    code = ord(rest[-1]) + 1
    return Beginning(beginning, rest[:-1] + chr(0xE000 if 0xD800 <= code < 0xE000 else code))
