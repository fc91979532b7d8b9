"""What is saved is there again, what others saved is not overwritten, the worklist is whole and in order."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rls_workup.errors import Conflict, StoreTrouble
from rls_workup.store import Row, Store, Summary, open_store
from rls_workup.store.file_engine import FileEngine
from rls_workup.store.place import Place
from rls_workup.store.wanted import Only, Order, Wanted, statement
from rls_workup.store.words import keep_all_words
from tests.store.conftest import UNHURRIED, Put

HOSTILE = [
    "Robert'); DROP TABLE workup;--",
    'quo"te and \\ back',
    "a\x00b",
    "\u202etxet\u202c",
    "😀👩‍👩‍👧",
    "\r\n\t\x1b[31m",
    "<b>bold</b> <img src=x>",
    "",
    "N" * 100_000,
]


def everyone(store: Store, *, limit: int, search: str = "", pending: bool = False) -> list[Row]:
    page = store.page(search, pending, limit=limit)
    rows = list(page.rows)
    while page.next is not None:
        page = store.page(search, pending, after=page.next, limit=limit)
        rows.extend(page.rows)
    return rows


def test_a_work_up_comes_back_as_it_was_saved(store: Store, put: Put) -> None:
    saved = put(document='{"a":7.50}')
    kept = store.read("w1")
    assert (kept.id, kept.version, kept.document, kept.updated_at) == ("w1", 1, '{"a":7.50}', saved.at)


def test_a_row_shows_the_summary_as_last_saved(store: Store) -> None:
    store.save("w1", 0, "{}", Summary("in-progress", family_name="Before"), "", "")
    listed = Summary(
        "completed",
        "Brown",
        "Margaret",
        "1961-07-14",
        "female",
        "999",
        "B12",
        2,
        "2026-11-12",
        True,
        "seen",
        "2027-02-14",
    )
    saved = store.save("w1", 1, "{}", listed, "Dr Who", "")
    (row,) = store.page().rows
    shown = (
        "completed",
        "Brown",
        "Margaret",
        "1961-07-14",
        "female",
        "999",
        "B12",
        2,
        "2026-11-12",
        True,
        "seen",
        "2027-02-14",
        "Dr Who",
    )
    assert row == Row("w1", 2, *shown, saved.at)
    assert row.sample is True


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_comes_back_unchanged(store: Store, text: str) -> None:
    document = f'{{"note":"{text}"}}'
    store.save(
        text, 0, document, Summary("in-progress", text, text, text, text, text, text), text, text, text
    )
    assert store.read(text).document == document
    assert store.document_at(text, 1) == document
    (row,) = store.page().rows
    assert (row.id, row.family_name, row.identifier, row.next_step) == (text, text, text, text)
    (revision,) = store.revisions(text)
    assert (revision.author, revision.station, revision.kind) == (text, text, text)
    assert store.check() == []


@UNHURRIED
@given(name=st.text(alphabet=st.characters(exclude_categories=["Cs"])), search=st.text())
def test_any_name_is_kept_and_any_search_is_answered(
    tmp_path_factory: pytest.TempPathFactory, name: str, search: str
) -> None:
    with_name = open_store(tmp_path_factory.mktemp("names") / "workups.db")
    with_name.save("w1", 0, "{}", Summary("in-progress", name), "", "")
    assert [row.family_name for row in with_name.page(search=name).rows] == [name]
    assert len(with_name.page(search=search).rows) <= 1
    with_name.close()


def test_half_a_character_is_refused_with_a_sentence_that_does_not_quote_it(store: Store) -> None:
    with pytest.raises(StoreTrouble, match="half of a character") as caught:
        store.save("w1", 0, '"secret \ud800"', Summary("in-progress"), "", "")
    assert "secret" not in str(caught.value)
    assert caught.value.__cause__ is None
    assert store.count() == 0


def test_a_work_up_that_is_not_there_is_a_sentence(store: Store) -> None:
    with pytest.raises(StoreTrouble, match="There is no work-up w1"):
        store.read("w1")
    with pytest.raises(StoreTrouble, match="not in this store any more"):
        store.save("w1", 3, "{}", Summary("in-progress"), "", "")
    assert store.revisions("w1") == []


@pytest.mark.parametrize("base", [0, 1, 3])
def test_a_save_on_another_base_is_refused_and_changes_nothing(store: Store, put: Put, base: int) -> None:
    put(document='"first"')
    put(base=1, document='"second"')
    with pytest.raises(Conflict, match=r"by Dr Who on Room 1 \(version 2\)"):
        put(base=base, document='"third"')
    assert store.read("w1").document == '"second"'
    assert len(store.revisions("w1")) == 2


def test_two_windows_on_one_work_up_do_not_overwrite_each_other(store: Store, put: Put) -> None:
    put()
    other = store.another()
    other.save("w1", 1, '"other"', Summary("in-progress"), "Dr No", "Room 2")
    with pytest.raises(Conflict, match="by Dr No on Room 2"):
        put(base=1, document='"mine"')
    assert store.read("w1").document == '"other"'
    other.close()


def test_the_tree_remembered_from_the_last_save_is_not_used_after_somebody_elses(
    store: Store, put: Put
) -> None:
    put(document='{"a":1}')
    other = store.another()
    other.save("w1", 1, '{"a":1,"b":2}', Summary("in-progress"), "", "")
    other.close()
    put(base=2, document='{"a":1,"b":3}')
    assert store.revisions("w1")[2].patch == '[{"op":"replace","path":"/b","old":2,"value":3}]'


@pytest.mark.file_only
def test_another_programs_save_is_waited_for_and_then_named(
    store: Store, put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rls_workup.store.connection.PATIENCE_SECONDS", 0.05)
    other = store.another()
    store._connection.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreTrouble, match="Another program is using the store"):
        other.save("w1", 0, "{}", Summary("in-progress"), "", "")
    store._connection.execute("ROLLBACK")
    assert other.save("w1", 0, "{}", Summary("in-progress"), "", "").version == 1
    other.close()


def test_a_voided_work_up_leaves_the_worklist_and_keeps_its_history(store: Store, put: Put) -> None:
    put(document='{"a": 1}', awaited=1)
    put("w2")
    saved = store.void("w1", 1, "Dr Who", "Room 1", "entered for the wrong person")
    assert [row.id for row in store.page().rows] == ["w2"]
    assert (store.count(), store.count(pending=True)) == (1, 0)
    assert store.read("w1").document == store.document_at("w1", 2) == '{"a": 1}'
    last = store.revisions("w1")[-1]
    assert (last.version, last.kind, last.note, last.head) == (
        2,
        "void",
        "entered for the wrong person",
        saved.head,
    )
    with pytest.raises(StoreTrouble, match="was voided"):
        put(base=2)
    with pytest.raises(Conflict):
        store.void("w2", 9, "", "", "")
    with pytest.raises(StoreTrouble, match="not in this store any more"):
        store.void("w3", 1, "", "", "")
    assert store.check() == []


def test_the_worklist_is_newest_first_and_knows_what_is_awaited(store: Store, put: Put) -> None:
    put("w1", awaited=2)
    put("w2")
    put("w3", awaited=1)
    put("w1", base=1, awaited=2)
    assert [row.id for row in store.page().rows] == ["w1", "w3", "w2"]
    assert [row.id for row in store.page(pending=True).rows] == ["w1", "w3"]
    assert (store.count(), store.count(pending=True)) == (3, 2)


@pytest.mark.parametrize(("limit", "pages"), [(1, 3), (2, 2), (3, 1), (4, 1)])
def test_the_last_page_says_that_it_is_the_last(store: Store, put: Put, limit: int, pages: int) -> None:
    for workup_id in ("w1", "w2", "w3"):
        put(workup_id)
    seen, page = 1, store.page(limit=limit)
    while page.next is not None:
        seen, page = seen + 1, store.page(after=page.next, limit=limit)
    assert seen == pages


def test_an_empty_store_has_one_empty_page(store: Store) -> None:
    assert (store.page().rows, store.page().next, store.count()) == ((), None, 0)


COPY_ON_SERVER = """
INSERT INTO workup(id, version, status, family_name, given_name, date_of_birth, sex, identifier, next_step,
                   awaited, pending_since, sample, note, search_key, updated_at, head, document)
SELECT 'w' || n, 1, 'in-progress', 'Name' || n, '', '', '', '', '', (i % 10 = 0)::int, '', 0, '',
       ' name' || n, '2026-11-' || lpad((i % 28 + 1)::text, 2, '0') || 'T10:00:00.000000Z', '', '{}'
FROM (SELECT i, lpad(i::text, 5, '0') AS n FROM generate_series(1, 20000) AS i) AS numbered
"""
COPY = """
INSERT INTO workup(id, version, status, family_name, given_name, date_of_birth, sex, identifier, next_step,
                   awaited, pending_since, sample, note, search_key, updated_at, head, document)
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
SELECT printf('w%05d', i), 1, 'in-progress', printf('Name%05d', i), '', '', '', '', '', i % 10 = 0, '', 0, '',
       printf(' name%05d', i), printf('2026-11-%02dT10:00:00.000000Z', i % 28 + 1), x'00', '{}' FROM n
"""


def test_twenty_thousand_rows_are_paged_without_gap_or_repeat(store: Store) -> None:
    store._connection.execute(COPY if store.path else COPY_ON_SERVER)
    if store.path:
        keep_all_words(store._connection)
    rows = everyone(store, limit=997)
    assert len({row.id for row in rows}) == len(rows) == store.count() == 20_000
    assert all(
        (one.updated_at, one.id) > (next_one.updated_at, next_one.id) for one, next_one in pairwise(rows)
    )
    assert len(everyone(store, limit=333, pending=True)) == store.count(pending=True) == 2_000
    found = everyone(store, limit=7, search="name0123")
    assert sorted(row.id for row in found) == [f"w0123{last}" for last in range(10)]


PLANS = [
    # filters, the index that must answer without touching the rows' documents or sorting
    ({}, "worklist"),
    ({"search": "name"}, "worklist"),
    ({"pending": True}, "awaiting"),
]


@pytest.mark.file_only
@pytest.mark.parametrize(("filters", "index"), PLANS)
def test_a_page_is_read_from_an_index_in_order(store: Store, filters: dict[str, object], index: str) -> None:
    store._connection.execute(COPY)
    keep_all_words(store._connection)
    asked: list[str] = []
    store._connection.set_trace_callback(asked.append)  # type: ignore[attr-defined]
    page = store.page(**filters)  # type: ignore[arg-type]
    store.page(after=page.next, **filters)  # type: ignore[arg-type]
    store._connection.set_trace_callback(None)  # type: ignore[attr-defined]
    pages = [sql for sql in asked if "ORDER BY" in sql]
    assert len(pages) == 2
    for sql in pages:
        plan = " ".join(line[3] for line in store._connection.execute("EXPLAIN QUERY PLAN " + sql).fetchall())
        assert index in plan
        assert "TEMP B-TREE" not in plan


def test_the_text_of_a_protocol_version_is_kept_once(store: Store) -> None:
    assert store.protocol_text("rls-adult", "2026.11") is None
    store.keep_protocol("rls-adult", "2026.11", "text")
    store.keep_protocol("rls-adult", "2026.11", "text")
    with pytest.raises(Conflict, match="another text"):
        store.keep_protocol("rls-adult", "2026.11", "other text")
    assert store.protocol_text("rls-adult", "2026.11") == "text"


@pytest.mark.parametrize(
    ("only", "index"), [(Only.ALL, "worklist"), (Only.AWAITING, "awaiting"), (Only.MINE, "saved_last")]
)
def test_a_server_reads_a_page_from_an_index_in_order(address: str, only: Only, index: str) -> None:
    store = open_store(address)
    store._connection.execute(COPY_ON_SERVER)
    store._connection.execute("ANALYZE")
    place = store.listed(Wanted()).place
    asked = statement(Wanted(only=only, by="nobody"), place, 101, store._connection.walking)
    plan = store._connection.execute("EXPLAIN " + asked.sql, asked.parameters).fetchall()
    store.close()
    assert f"Index Scan using {index}" in str(plan)
    assert "Sort" not in str(plan)


REAL_WORK = [only for only in Only if only not in (Only.ALL, Only.PRACTICE, Only.THESE)]
SORTED_FROM = [
    (Wanted(order=Order.NAME, backward=False), "by_name"),
    (Wanted(order=Order.NUMBER), "by_number"),
    (Wanted(order=Order.BORN, search="a"), "by_birth"),
    (Wanted(order=Order.STATE, only=Only.COMPLETED), "by_state"),
    (Wanted(order=Order.NEXT, backward=False), "by_step"),
    (Wanted(order=Order.NEXT, only=Only.AWAITING, backward=False), "by_wait"),
    (Wanted(order=Order.NEXT, only=Only.RECHECK, backward=False), "rechecks"),
    (Wanted(only=Only.IN_PROGRESS), "worklist"),
    (Wanted(only=Only.MINE, by="Ann"), "saved_last"),
    (Wanted(only=Only.PRACTICE), "practising"),
]


@pytest.mark.file_only
@pytest.mark.parametrize(("wanted", "index"), SORTED_FROM)
def test_every_order_is_read_from_an_index(store: Store, wanted: Wanted, index: str) -> None:
    for place in (None, ("2026", "w1")):
        asked = statement(wanted, place, 101, store._connection.walking)
        plan = str(store._connection.execute("EXPLAIN QUERY PLAN " + asked.sql, asked.parameters).fetchall())
        assert index in plan
        assert "TEMP B-TREE" not in plan


def put_people(store: Store) -> None:
    people = [
        # name, number, born, status, step, awaited, since, recheck, author
        ("Zorn", "2", "1950-01-01", "in-progress", "B12 pending", 1, "2026-11-13", "", "Ann"),
        ("Äpfel", "3", "1970-01-01", "completed", "Complete", 0, "", "2027-02-14", "Bob"),
        ("brown", "1", "1960-01-01", "in-progress", "Ferritin pending", 2, "2026-11-01", "", "Bob"),
        ("Cole", "4", "1940-01-01", "amended", "Complete", 0, "", "2026-11-01", "Ann"),
    ]
    for name, number, born, status, step, awaited, since, recheck, author in people:
        listed = Summary(status, name, "", born, "", number, step, awaited, since, recheck_due=recheck)
        store.save(f"id-{number}", 0, "{}", listed, author, "Room 1")


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Wanted(), "4132"),
        (Wanted(order=Order.NAME, backward=False), "3142"),
        (Wanted(order=Order.NAME), "2413"),
        (Wanted(order=Order.NUMBER, backward=False), "1234"),
        (Wanted(order=Order.BORN, backward=False), "4213"),
        (Wanted(order=Order.STATE, backward=False), "4312"),
        (Wanted(order=Order.NEXT, backward=False), "2341"),
        (Wanted(only=Only.AWAITING), "12"),
        (Wanted(only=Only.AWAITING, order=Order.NEXT, backward=False), "12"),
        (Wanted(only=Only.RECHECK, order=Order.NEXT, backward=False), "43"),
        (Wanted(only=Only.RECHECK, until="2026-11-22"), "4"),
        (Wanted(only=Only.IN_PROGRESS), "12"),
        (Wanted(only=Only.COMPLETED), "43"),
        (Wanted(only=Only.MINE, by="Ann"), "42"),
        (Wanted(only=Only.MINE, by="Ann", search="zor"), "2"),
        (Wanted(search="b12"), "2"),
        (Wanted(only=Only.THESE, ids=("id-1", "id-3", "id-4")), "413"),
        (Wanted(only=Only.THESE, order=Order.NAME, backward=False, ids=("id-1", "id-3", "none")), "31"),
        (Wanted(only=Only.THESE, ids=("id-1", "id-3"), search="brown"), "1"),
        (Wanted(only=Only.THESE), ""),
        (Wanted(only=Only.PRACTICE), ""),
    ],
)
@pytest.mark.parametrize("limit", [1, 3])
def test_the_list_is_sorted_and_chosen_from(store: Store, wanted: Wanted, expected: str, limit: int) -> None:
    put_people(store)
    page = store.listed(wanted, limit=limit)
    rows = list(page.rows)
    while page.place is not None:
        page = store.listed(wanted, page.place, limit)
        rows += page.rows
    assert "".join(row.identifier for row in rows) == expected


@pytest.mark.parametrize(
    ("only", "expected"), [(Only.ALL, "ps"), (Only.PRACTICE, "ps"), *((only, "") for only in REAL_WORK)]
)
def test_a_practice_patient_is_listed_among_all_and_with_its_own_only(
    store: Store, only: Only, expected: str
) -> None:
    waiting = Summary(
        "in-progress", awaited=1, pending_since="2026-11-13", recheck_due="2026-11-30", sample=True
    )
    store.save("p", 0, "{}", waiting, "Ann", "Room 1")
    store.save("s", 0, "{}", waiting._replace(status="completed", awaited=0), "Ann", "Room 1")
    for order in (Order.SAVED, Order.NEXT):
        rows = store.listed(Wanted(only=only, order=order, by="Ann")).rows
        assert "".join(sorted(row.id for row in rows)) == expected
    assert store.count(pending=True) == 0


def looking_always(store: Store) -> Store:
    """The same store, looking for its file before each save and not once a minute."""
    return Store(FileEngine(store._connection, Place(store.path, look_every=0.0)))


@pytest.mark.file_only
def test_a_file_deleted_under_the_program_is_noticed(store: Store) -> None:
    watching = looking_always(store)
    watching.save("w1", 0, "{}", Summary("in-progress"), "", "")
    os.rename(store.path, store.path.with_suffix(".away"))
    with pytest.raises(StoreTrouble, match="moved, replaced or deleted"):
        watching.save("w1", 1, "{}", Summary("in-progress"), "", "")
    with pytest.raises(StoreTrouble, match="no longer there"):
        store.another()
    os.rename(store.path.with_suffix(".away"), store.path)
    assert watching.save("w1", 1, "{}", Summary("in-progress"), "", "").version == 2


@pytest.mark.file_only
def test_a_file_replaced_under_the_program_is_noticed(store: Store, tmp_path: Path) -> None:
    watching = looking_always(store)
    open_store(tmp_path / "other.db").close()
    os.replace(tmp_path / "other.db", store.path)
    with pytest.raises(StoreTrouble, match="moved, replaced or deleted"):
        watching.save("w1", 0, "{}", Summary("in-progress"), "", "")
    with pytest.raises(StoreTrouble, match="was replaced"):
        store.another()


START = """
import sys
heavy = {"PySide6", "hashlib", "json", "psycopg", "pydantic", "rls_workup.domain", "simplejson"}
from rls_workup.store import Writer, open_store
store = open_store(sys.argv[1])
store.page(search="a")
print(*sorted(heavy & set(sys.modules)))
"""


@pytest.mark.file_only
def test_the_worklist_is_shown_before_anything_heavy_is_loaded(store: Store) -> None:
    started = subprocess.run(
        [sys.executable, "-c", START, store.path], capture_output=True, text=True, check=True
    )
    assert started.stdout == "\n"


def test_closing_twice_does_no_harm(store: Store) -> None:
    store.close()
    store.close()
