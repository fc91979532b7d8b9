"""Every version can be had again to the letter, and a history that was touched is noticed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from itertools import count
from pathlib import Path

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlcipher3 import dbapi2 as sqlite

from rls_workup.errors import StoreTrouble
from rls_workup.store import Store, Summary, open_store
from rls_workup.store.patches import difference, parsed, rebuilt, written
from rls_workup.store.purging import purge
from rls_workup.store.revisions import SNAPSHOT_EVERY
from tests.store.conftest import UNHURRIED, Put

# Few names, so that two documents share some of them; with all that a pointer must escape.
NAMES = st.sampled_from(["a", "b", "ferritin", "a/b", "~", "~1", "", "é", "\x00"])
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=5)
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=12,
)
DOCUMENTS = st.dictionaries(NAMES, VALUES, max_size=6)


def compact(document: object) -> str:
    return json.dumps(document, separators=(",", ":"), ensure_ascii=False)


@UNHURRIED
@given(DOCUMENTS, DOCUMENTS)
def test_a_patch_leads_from_the_old_document_to_the_new(old: object, new: object) -> None:
    before, after = parsed(compact(old)), parsed(compact(new))
    changes = difference(before, after)
    assert rebuilt(before, parsed(written(changes))) == after
    assert written(before) == written(parsed(compact(old))), "the old tree was touched"


PATCHES = [
    # old, new, patch
    ('{"a":1}', '{"a":1}', "[]"),
    ('{"a":7.5}', '{"a":7.50}', '[{"op":"replace","path":"/a","old":7.5,"value":7.50}]'),
    ('{"a":1}', '{"a":true}', '[{"op":"replace","path":"/a","old":1,"value":true}]'),
    ('{"a":"1"}', '{"a":1}', '[{"op":"replace","path":"/a","old":"1","value":1}]'),
    ('{"a":1,"b":2}', '{"b":2}', '[{"op":"remove","path":"/a","old":1}]'),
    ('{"a":1}', '{"a":1,"b":2}', '[{"op":"add","path":"/b","value":2}]'),
    ('{"b":2}', '{"a":1,"b":2}', '[{"op":"add","path":"/a","value":1,"before":"b"}]'),
    ('{"a/~":1}', '{"a/~":2}', '[{"op":"replace","path":"/a~1~0","old":1,"value":2}]'),
    ('{"a":[1,2,3]}', '{"a":[1,3]}', '[{"op":"remove","path":"/a/1","old":2}]'),
    ('{"a":[1,3]}', '{"a":[1,2,3]}', '[{"op":"add","path":"/a/1","value":2}]'),
]


@pytest.mark.parametrize(("old", "new", "patch"), PATCHES)
def test_a_patch_is_small_and_says_the_old_and_the_new_value(
    store: Store, put: Put, old: str, new: str, patch: str
) -> None:
    put(document=old)
    put(base=1, document=new)
    revision = store.revisions("w1")[1]
    assert (revision.patch, revision.snapshot) == (patch, None)
    assert store.document_at("w1", 2) == new


ODD_DOCUMENTS = [
    '{"a": 1}',  # spaces
    '{"a":1,"a":2}',  # a member twice
    '{"b":1,"a":2}',
    '{"a":2,"b":1}',  # only the order changed
    '{"a":1e999}',
    '{"a":-0.0}',
    '{"a":"\\u0041"}',  # escaped without need
    '{"a":"\\ud800"}',  # half a character
    '{"a":"\\u0000"}',
    '{"a":"\u2028"}',
    '{"a":NaN}',
    "[" * 100_000,
    "not JSON",
    "",
    "a\x00b",
]


def test_documents_that_no_patch_can_rebuild_are_kept_whole(store: Store, put: Put) -> None:
    for base, document in enumerate(ODD_DOCUMENTS):
        put(base=base, document=document)
    assert [store.document_at("w1", version) for version in range(1, len(ODD_DOCUMENTS) + 1)] == ODD_DOCUMENTS
    assert store.read("w1").document == ODD_DOCUMENTS[-1]
    assert store.check() == []


@pytest.fixture(scope="module", params=["file", "server"])
def shared(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    if request.param == "server":
        cluster = request.getfixturevalue("cluster")
        opened = open_store(cluster.address(cluster.database()))
    else:
        opened = open_store(tmp_path_factory.mktemp("shared") / "workups.db")
    yield opened
    opened.close()


fresh_ids = (f"w{number}" for number in count())


@UNHURRIED
@given(documents=st.lists(DOCUMENTS.map(compact), min_size=1, max_size=8))
def test_every_version_comes_back_as_it_was_saved(shared: Store, documents: list[str]) -> None:
    workup_id = next(fresh_ids)
    for base, document in enumerate(documents):
        shared.save(workup_id, base, document, Summary("in-progress"), "", "")
    assert [shared.document_at(workup_id, version + 1) for version in range(len(documents))] == documents


def test_the_whole_history_holds(shared: Store) -> None:
    shared.save("last", 0, "{}", Summary("in-progress"), "", "")
    assert shared.check() == []


def test_a_whole_document_is_kept_every_fifty_versions_and_when_the_status_changes(
    store: Store, put: Put
) -> None:
    for base in range(SNAPSHOT_EVERY + 1):
        put(base=base, document=f'{{"a":{base}}}')
    put(base=SNAPSHOT_EVERY + 1, document='{"a":"done"}', status="completed")
    whole = [revision.version for revision in store.revisions("w1") if revision.snapshot is not None]
    assert whole == [1, SNAPSHOT_EVERY, SNAPSHOT_EVERY + 2]
    assert store.document_at("w1", SNAPSHOT_EVERY + 1) == f'{{"a":{SNAPSHOT_EVERY}}}'


def test_a_revision_says_who_when_where_and_how(store: Store) -> None:
    saved = store.save("w1", 0, "{}", Summary("in-progress"), "Dr Who", "Room 1", "import")
    (revision,) = store.revisions("w1")
    assert (revision.version, revision.author, revision.station, revision.kind) == (
        1,
        "Dr Who",
        "Room 1",
        "import",
    )
    assert (revision.at, revision.head) == (saved.at, saved.head)
    assert len(saved.head) == 64
    assert saved.at.endswith("Z")


def test_a_version_that_never_was_is_a_sentence(store: Store, put: Put) -> None:
    put()
    with pytest.raises(StoreTrouble, match="has no version 2"):
        store.document_at("w1", 2)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE revision SET author = 'somebody'",
        "DELETE FROM revision",
        "INSERT INTO revision SELECT * FROM revision WHERE true ON CONFLICT (workup_id, version)"
        " DO UPDATE SET author = 'somebody'",
    ],
)
def test_revisions_can_only_be_added(store: Store, put: Put, statement: str) -> None:
    put()
    before = store.revisions("w1")
    with pytest.raises((sqlite.IntegrityError, psycopg.IntegrityError), match="append-only"):
        store._connection.execute(statement)
    assert store.revisions("w1") == before


@pytest.mark.file_only
def test_a_revision_is_not_replaced_either(store: Store, put: Put) -> None:
    put()
    with pytest.raises(sqlite.IntegrityError, match="append-only"):
        store._connection.execute("INSERT OR REPLACE INTO revision SELECT * FROM revision WHERE version = 1")


def test_a_server_does_not_empty_the_revisions(address: str) -> None:
    with closing(open_store(address)) as on_server, pytest.raises(psycopg.IntegrityError):
        on_server._connection.execute("TRUNCATE revision")


def unguard(store: Store) -> None:
    """What only somebody with the key, or the owner of the server's tables, can do."""
    for trigger in ("revision_is_not_changed", "revision_is_not_deleted"):
        store._connection.execute(f"DROP TRIGGER {trigger}" + ("" if store.path else " ON revision"))


TAMPERINGS = [
    # what somebody with the key does to the file, what check() says of it
    ("UPDATE revision SET author = 'somebody' WHERE version = 2", "version 2 does not fit the chain"),
    ("UPDATE revision SET patch = '[]' WHERE version = 2", "version 2 does not fit the chain"),
    ("UPDATE revision SET snapshot = '{}' WHERE version = 1", "version 1 cannot be rebuilt"),
    ("DELETE FROM revision WHERE version = 2", "version 2 is missing"),
    ("DELETE FROM revision WHERE version = 3", "what is kept now is not what was saved last"),
    ("UPDATE workup SET document = '{}'", "what is kept now is not what was saved last"),
]


@pytest.mark.parametrize(("statement", "said"), TAMPERINGS)
def test_a_change_from_outside_is_noticed(
    tmp_path: Path, store: Store, put: Put, statement: str, said: str
) -> None:
    for base in range(3):
        put(base=base, document=f'{{"a":{base}}}')
    assert store.check() == []
    unguard(store)
    store._connection.execute(statement)
    (fault,) = store.check()
    assert said in fault
    assert "w1" in fault


def test_a_damaged_version_is_a_sentence(store: Store, put: Put) -> None:
    put(document='{"a":1}')
    put(base=1, document='{"a":2}')
    unguard(store)
    store._connection.execute(
        """UPDATE revision SET patch = '[{"op":"remove","path":"/b"}]' WHERE version = 2"""
    )
    with pytest.raises(StoreTrouble, match="Version 2 of work-up w1 is damaged"):
        store.document_at("w1", 2)


def test_what_is_signed_takes_nothing_but_an_amendment(store: Store, put: Put) -> None:
    put()
    signed = Summary("completed")
    assert store.save("w1", 1, '{"a":1}', signed, "Dr Who", "Room 1", "sign").version == 2
    for kind in ("edit", "import", "sign"):
        with pytest.raises(StoreTrouble, match="is signed and takes no more changes"):
            store.save("w1", 2, '{"a":2}', signed, "Dr Who", "Room 1", kind)
    amended = Summary("amended")
    assert store.save("w1", 2, '{"a":2}', amended, "Dr Who", "Room 1", "amend").version == 3
    assert store.save("w1", 3, '{"a":3}', amended, "Dr Who", "Room 1").version == 4
    assert store.save("w1", 4, '{"a":3}', amended, "Dr Who", "Room 1", "sign").version == 5
    assert store.void("w1", 5, "Dr Who", "Room 1", "wrong patient").version == 6
    kinds = [(revision.kind, revision.snapshot is not None) for revision in store.revisions("w1")]
    assert kinds == [
        ("edit", True),
        ("sign", True),
        ("amend", True),
        ("edit", False),
        ("sign", True),
        ("void", False),
    ]
    assert store.check() == []


def test_completed_elsewhere_is_not_signed_here(store: Store, put: Put) -> None:
    put(status="completed")
    assert put(base=1, status="completed", document="{}").version == 2


def test_what_was_erased_for_good_does_not_come_back(store: Store, put: Put) -> None:
    put()
    store.void("w1", 1, "", "", "twice")
    purge(store.engine, "w1", 2, "2026-11-22T10:42:07Z", "", "", "law")
    with pytest.raises(StoreTrouble, match="was erased for good"):
        put()
