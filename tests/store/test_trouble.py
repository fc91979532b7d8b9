"""What goes wrong on the disk is one calm sentence, and what was saved before is still there."""

from __future__ import annotations

import subprocess
import sys
import threading
import traceback
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as sqlite

from rls_workup.errors import StoreDamaged, StoreTrouble
from rls_workup.store import Store, Summary, open_store
from rls_workup.store.trouble import told
from tests.store.conftest import Put

NAMES = [
    ("SQLITE_FULL", "The disk is full"),
    ("SQLITE_IOERR_WRITE", "The disk reported an error"),
    ("SQLITE_IOERR", "The disk reported an error"),
    ("SQLITE_READONLY_DBMOVED", "cannot be written"),
    ("SQLITE_CANTOPEN", "cannot be opened"),
    ("SQLITE_PERM", "no permission"),
    ("SQLITE_BUSY_SNAPSHOT", "Another program"),
    ("SQLITE_LOCKED", "Another window"),
    ("SQLITE_NOTADB", "is not a store of work-ups"),
    ("SQLITE_CORRUPT_INDEX", "is damaged"),
    ("SQLITE_INTERRUPT", "was stopped"),
    ("SQLITE_TOOBIG", "too large"),
    ("SQLITE_NOMEM", "no memory left"),
]


def reported(name: str) -> sqlite.Error:
    error = sqlite.OperationalError("text that nobody should see")
    error.sqlite_errorname = name
    return error


@pytest.mark.parametrize(("name", "said"), NAMES)
def test_each_kind_of_trouble_has_its_sentence(name: str, said: str) -> None:
    with pytest.raises(StoreTrouble, match=said) as caught, told("workups.db"):
        raise reported(name)
    assert "nobody should see" not in str(caught.value)
    assert "workups.db" in str(caught.value)


def test_a_fault_of_ours_is_not_called_trouble() -> None:
    with pytest.raises(sqlite.OperationalError), told("workups.db"):
        raise reported("SQLITE_ERROR")


@pytest.mark.parametrize("encrypted", [False, True])
def test_a_damaged_file_is_a_sentence_wherever_it_shows(tmp_path: Path, encrypted: bool) -> None:
    key = bytes(32) if encrypted else None
    store = open_store(tmp_path / "workups.db", key)
    for number in range(40):
        store.keep_protocol("p", str(number), "text " * 800)
    store.close()
    whole = bytearray((tmp_path / "workups.db").read_bytes())
    pages = len(whole) // 4096
    for page in range(pages // 2, pages, 2):  # the first half is read on opening
        whole[page * 4096 : page * 4096 + 64] = bytes(range(64))
    (tmp_path / "workups.db").write_bytes(whole)
    store = open_store(tmp_path / "workups.db", key)
    assert "is damaged" in " ".join(store.check())
    store.close()


FULL_DISK = """
import resource, signal, sys
from rls_workup.errors import StoreTrouble
from rls_workup.store import Summary, open_store
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
store = open_store(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (1024 * 1024, resource.RLIM_INFINITY))
version = 0
try:
    while version < 1000:
        document = '"%d %s"' % (version, "x" * 9000)
        version = store.save("w1", version, document, Summary("in-progress"), "", "").version
except StoreTrouble as trouble:
    print(version, trouble, sep="\\n")
print(store.read("w1").version, len(store.check()))
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
print(store.save("w1", version, '"more"', Summary("in-progress"), "", "").version)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="RLIMIT_FSIZE")
def test_a_full_disk_is_a_sentence_and_saving_goes_on_when_there_is_room_again(tmp_path: Path) -> None:
    tried = subprocess.run(
        [sys.executable, "-c", FULL_DISK, tmp_path / "workups.db"], capture_output=True, text=True, check=True
    )
    acknowledged, sentence, after, more = tried.stdout.splitlines()
    assert 10 < int(acknowledged) < 1000
    assert "The disk" in sentence
    assert "was saved before is unharmed" in sentence
    assert after == f"{acknowledged} 0"
    assert int(more) == int(acknowledged) + 1
    store = open_store(tmp_path / "workups.db")
    assert [revision.version for revision in store.revisions("w1")] == list(range(1, int(more) + 1))
    assert store.check() == []
    store.close()


@pytest.mark.file_only
def test_a_save_that_fails_leaves_the_one_before(store: Store, put: Put) -> None:
    put(document='"first"')
    store._connection.execute(
        "CREATE TRIGGER full BEFORE INSERT ON revision BEGIN SELECT RAISE(ABORT, 'no'); END"
    )
    with pytest.raises(sqlite.IntegrityError):
        put(base=1, document='"second"')
    assert (store.read("w1").version, store.read("w1").document) == (1, '"first"')
    store._connection.execute("DROP TRIGGER full")
    assert put(base=1, document='"second"').version == 2


def test_text_that_damage_made_unreadable_is_damage_and_is_not_quoted(tmp_path: Path) -> None:
    path = tmp_path / "workups.db"
    store = open_store(path)
    store.save("w1", 0, '"ZZQXSECRET"', Summary("in-progress"), "me", "here")
    store.engine.connection.execute("UPDATE workup SET document = CAST(x'5A5A515853454352455480' AS TEXT)")
    with pytest.raises(StoreDamaged, match="open a backup") as raised:
        store.read("w1")
    assert "ZZQX" not in "".join(traceback.format_exception(raised.value))
    assert [fault for fault in store.check() if "is damaged" in fault]
    store.close()


def test_what_is_read_can_be_stopped_from_another_thread(tmp_path: Path) -> None:
    store = open_store(tmp_path / "workups.db")
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    stopped = threading.Event()

    def stop() -> None:
        while not stopped.wait(0.01):  # an interrupt that comes before the reading has begun does nothing
            store.engine.interrupt()

    thread = threading.Thread(target=stop)
    thread.start()
    with pytest.raises(StoreTrouble, match="was stopped"):
        store._rows(endless)
    stopped.set()
    thread.join()
    assert store.count() == 0
    store.close()
