"""A store is private from the first byte; what is not ours is refused in a sentence and left as it is."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as sqlite

from rls_workup.errors import NewerFormat, StoreTrouble, WorkupError
from rls_workup.store import Store, Summary, open_store
from rls_workup.store.schema import STEPS

pytestmark = pytest.mark.file_only

KEY = bytes(range(32))


@pytest.fixture
def usual_umask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


def modes(folder: Path) -> dict[str, int]:
    return {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}


@pytest.mark.usefixtures("usual_umask")
@pytest.mark.skipif(os.name == "nt", reason="POSIX modes")
def test_a_new_store_and_its_folder_are_for_their_owner_only(tmp_path: Path) -> None:
    store = open_store(tmp_path / "new" / "workups.db")
    store.save("w1", 0, "{}", Summary("in-progress"), "", "")
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o700
    assert modes(tmp_path / "new") == {"workups.db": 0o600, "workups.db-wal": 0o600, "workups.db-shm": 0o600}
    store.close()
    assert modes(tmp_path / "new") == {"workups.db": 0o600}


@pytest.mark.parametrize("name", ["with space", "ümlaut", "100%?x=1#a&mode=ro", "quo'te\"", "n" * 100, "..."])
def test_any_file_name_will_do(tmp_path: Path, name: str) -> None:
    for _ in range(2):
        store = open_store(tmp_path / name)
        store.close()
    assert [path.name for path in tmp_path.iterdir()] == [name]


PRAGMAS = [
    ("journal_mode", "wal"),
    ("synchronous", 2),
    ("fullfsync", 1),
    ("foreign_keys", 1),
    ("trusted_schema", 0),
    ("secure_delete", 1),
    ("cell_size_check", 1),
    ("mmap_size", 0),
    ("temp_store", 2),
    ("recursive_triggers", 1),
    ("cache_size", -16000),
    ("wal_autocheckpoint", 1000),
    ("journal_size_limit", 16777216),
]


@pytest.mark.parametrize(("pragma", "expected"), PRAGMAS)
def test_every_connection_is_set_up(store: Store, pragma: str, expected: object) -> None:
    for connected in (store, second := store.another()):
        found = connected._connection.execute("PRAGMA " + pragma).fetchall()
        assert found in ([(expected,)], [])  # mmap_size answers nothing where it is not built in
    second.close()


def plain_file(path: Path) -> None:
    path.write_bytes(b"%PDF-1.7 nothing of ours " * 400)


def short_file(path: Path) -> None:
    path.write_bytes(b"x")


def empty_file(path: Path) -> None:
    path.write_bytes(b"")


def folder(path: Path) -> None:
    path.mkdir()


def pipe(path: Path) -> None:
    os.mkfifo(path)


def loop(path: Path) -> None:
    path.symlink_to(path)


def foreign_database(path: Path) -> None:
    connection = sqlite.connect(str(path))
    connection.execute("CREATE TABLE recipe(name)")
    connection.commit()
    connection.close()


def database_without_tables(path: Path) -> None:
    connection = sqlite.connect(str(path))
    connection.execute("PRAGMA user_version = 1")
    connection.close()


def encrypted_store(path: Path) -> None:
    open_store(path, KEY).close()


def newer_store(path: Path) -> None:
    open_store(path).close()
    connection = sqlite.connect(str(path))
    connection.execute("PRAGMA user_version = 99")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


STRANGERS = [
    (plain_file, StoreTrouble, "is not a store of work-ups"),
    (short_file, StoreTrouble, "is empty or cut short"),
    (empty_file, StoreTrouble, "is empty or cut short"),
    (folder, StoreTrouble, "is a folder"),
    (pipe, StoreTrouble, "is not an ordinary file"),
    (loop, StoreTrouble, "cannot be used"),
    (foreign_database, StoreTrouble, "belongs to another program"),
    (database_without_tables, StoreTrouble, "belongs to another program"),
    (encrypted_store, StoreTrouble, "its key is a different one"),
    (
        newer_store,
        NewerFormat,
        f"written by a newer version of this program (schema 99, this one knows {len(STEPS)})",
    ),
]


@pytest.mark.parametrize(("make", "kind", "said"), STRANGERS)
def test_what_is_not_ours_is_refused_and_left_as_it_is(
    tmp_path: Path, make: Callable[[Path], None], kind: type[WorkupError], said: str
) -> None:
    path = tmp_path / "workups.db"
    make(path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(kind) as caught:
        open_store(path)
    assert said in str(caught.value)
    assert str(path) in str(caught.value)
    assert (path.read_bytes() if path.is_file() else None) == before
    assert [found.name for found in tmp_path.iterdir()] == ["workups.db"]


NAMES = [
    ("mysql://practice/rls", "no name of a file"),
    ("sqlite:///x.db", "no name of a file"),
    ("a\0b", "no name of a file"),
    ("", "no name of a file"),
    ("missing/folder/workups.db", "does not exist"),
    ("n" * 300, "cannot be used"),
]


@pytest.mark.parametrize(("where", "said"), NAMES)
def test_a_name_that_leads_nowhere_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(StoreTrouble, match=said):
        open_store(where)
    assert list(tmp_path.iterdir()) == []


def test_missing_folders_are_made_in_the_persons_home_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "home"))
    open_store(tmp_path / "home" / "share" / "rls-workup" / "workups.db").close()
    assert stat.S_IMODE((tmp_path / "home" / "share" / "rls-workup").stat().st_mode) == 0o700
    with pytest.raises(StoreTrouble, match="does not exist"):
        open_store(tmp_path / "drive" / "rls-workup" / "workups.db")
    assert not (tmp_path / "drive").exists()


def test_a_file_where_the_folder_should_be_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreTrouble, match="cannot be used"):
        open_store(tmp_path / "file" / "workups.db")


def test_with_a_key_nothing_can_be_read_without_it(tmp_path: Path) -> None:
    store = open_store(tmp_path / "workups.db", KEY)
    store.save("w1", 0, '{"n":"ZZQXSECRET"}', Summary("in-progress", "ZZQXSECRET"), "", "")
    second = store.another()
    assert second.read("w1").document == '{"n":"ZZQXSECRET"}'
    assert second.check() == []
    second.close()
    for path in tmp_path.iterdir():
        assert b"ZZQXSECRET" not in path.read_bytes()
        assert b"SQLite format 3" not in path.read_bytes()
    store.close()
    with pytest.raises(StoreTrouble, match="its key is a different one"):
        open_store(tmp_path / "workups.db", bytes(32))


def test_a_plain_store_is_not_opened_with_a_key(tmp_path: Path) -> None:
    open_store(tmp_path / "workups.db").close()
    with pytest.raises(StoreTrouble, match="its key is a different one"):
        open_store(tmp_path / "workups.db", KEY)


def test_a_key_of_another_length_is_a_fault_of_ours(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        open_store(tmp_path / "workups.db", b"short")
    assert list(tmp_path.iterdir()) == []


def test_eight_programs_may_make_the_same_store_at_once(tmp_path: Path) -> None:
    path = tmp_path / "workups.db"

    def use(number: int) -> int:
        store = open_store(path)
        version = store.save(f"w{number}", 0, "{}", Summary("in-progress"), "", "").version
        store.close()
        return version

    with ThreadPoolExecutor(8) as programs:
        assert list(programs.map(use, range(8))) == [1] * 8
    store = open_store(path)
    assert store.count() == 8
    store.close()
    assert [found.name for found in tmp_path.iterdir()] == ["workups.db"]


WITHOUT_RIGHTS = """
import os, sys
from rls_workup.errors import StoreTrouble
from rls_workup.store import Summary, open_store, recording
os.setgid(65534), os.setuid(65534)
try:
    open_store(sys.argv[1])
except StoreTrouble as trouble:
    print(trouble)
"""

FORBIDDEN = [
    # mode of the folder, of the store, what is said
    (0o555, 0o644, "cannot be"),
    (0o755, 0o444, "no permission"),
    (0o755, 0o000, "cannot be opened"),
    (0o000, 0o644, "permission denied"),
    (0o555, None, "permission denied"),
]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="needs root, to give rights up")
@pytest.mark.parametrize(("folder_mode", "file_mode", "said"), FORBIDDEN)
def test_a_store_that_may_not_be_written_is_a_sentence_at_once(
    folder_mode: int, file_mode: int | None, said: str
) -> None:
    with tempfile.TemporaryDirectory() as outer:
        place = Path(outer) / "place"
        place.mkdir()
        if file_mode is not None:
            open_store(place / "workups.db").close()
            os.chmod(place / "workups.db", file_mode)
        os.chmod(outer, 0o755)
        os.chmod(place, folder_mode)
        tried = subprocess.run(
            [sys.executable, "-c", WITHOUT_RIGHTS, place / "workups.db"],
            capture_output=True,
            text=True,
            check=True,
        )
        assert said in tried.stdout
        assert tried.stdout.count("\n") == 1
