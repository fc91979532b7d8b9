"""A backup takes the store's place in one step, says first what would be missing, and deletes nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from rls_workup.errors import StoreDamaged, StoreTrouble, UnreadableFile
from rls_workup.store import Store, Summary, open_store
from rls_workup.store.backups import back_up
from rls_workup.store.inspecting import inspected
from rls_workup.store.keyfile import change_keys
from rls_workup.store.keyslots import first_keys
from rls_workup.store.restoring import Missing, candidate, put_aside_damaged, put_in_place
from rls_workup.store.unlocking import key_for

pytestmark = pytest.mark.file_only

KEY = bytes(range(32))
OTHER = bytes(32)


def save(store: Store, workup_id: str, base: int) -> None:
    text = json.dumps({"id": workup_id, "base": base})
    store.save(workup_id, base, text, Summary("in-progress", "Brown", "Ann"), "Dr Who", "Room 1")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A closed store of three work-ups with a backup beside it, and work done since."""
    store = open_store(tmp_path / "workups.db", KEY)
    for workup_id in ("a", "b", "c"):
        save(store, workup_id, 0)
        save(store, workup_id, 1)
    back_up(store.path, KEY, tmp_path / "then.rlsbackup")
    save(store, "b", 2)
    save(store, "d", 0)
    store.close()
    return store.path


def write_keys(store: Path, key: bytes) -> None:
    change_keys(store, lambda _before: first_keys(key))


def with_key(_path: Path) -> bytes:
    return KEY


def test_what_would_be_missing_is_said_by_id_and_version(place: Path) -> None:
    with candidate(place.parent / "then.rlsbackup", place, with_key) as ready:
        assert ready.comparison.live == "in order"
        found = [(part.id, part.kept, part.version) for part in ready.comparison.missing]
        assert found == [("b", 2, 3), ("d", 0, 1)]
        assert isinstance(ready.comparison.missing[0], Missing)
        assert ready.comparison.missing[0].family_name == "Brown"
    assert [path.name for path in place.parent.iterdir() if "restoring" in path.name] == []


def test_the_swap_keeps_the_store_before_under_another_name(place: Path) -> None:
    with candidate(place.parent / "then.rlsbackup", place, with_key) as ready:
        aside = put_in_place(ready, place)
    assert aside is not None
    assert ".db.replaced-2" in aside.name
    store, before = open_store(place, KEY), open_store(aside, KEY)
    assert [row.id for row in store.page().rows] == ["c", "b", "a"]
    assert {row.id for row in before.page().rows} == {"a", "b", "c", "d"}
    assert store.check() == before.check() == []
    store.close()
    before.close()


def test_what_still_waited_in_the_wal_goes_with_the_store_before(place: Path) -> None:
    """As after a kill: the last save is in the WAL only."""
    code = (
        "import os; from pathlib import Path\n"
        "from rls_workup.store import open_store, Summary\n"
        f"store = open_store({str(place)!r}, bytes(range(32)))\n"
        "store.save('late', 0, '{}', Summary('x'), '', '')\n"
        "os._exit(9)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=False, cwd=Path(__file__).parents[2])
    assert Path(f"{place}-wal").stat().st_size > 0
    with candidate(place.parent / "then.rlsbackup", place, with_key) as ready:
        assert "late" in [part.id for part in ready.comparison.missing]
        aside = put_in_place(ready, place)
    assert aside is not None
    store, before = open_store(place, KEY), open_store(aside, KEY)
    assert store.check() == before.check() == []
    assert before.read("late").version == 1
    store.close()
    before.close()


@pytest.mark.skipif(os.name == "nt", reason="an open file cannot be renamed there")
def test_a_store_that_is_open_elsewhere_is_left(place: Path) -> None:
    code = (
        "import sys; from rls_workup.store import open_store\n"
        f"store = open_store({str(place)!r}, bytes(range(32)))\n"
        "print('open', flush=True); sys.stdin.read()\n"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", code],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    )
    assert other.stdout is not None
    assert other.stdout.readline() == b"open\n"
    before = sorted(path.name for path in place.parent.iterdir())
    with candidate(place.parent / "then.rlsbackup", place, with_key) as ready:
        with pytest.raises(StoreTrouble, match="is open in a window or another program"):
            put_in_place(ready, place)
        with pytest.raises(StoreTrouble, match="is open in a window or another program"):
            put_aside_damaged(place)
    assert sorted(path.name for path in place.parent.iterdir()) == before
    other.communicate()
    with candidate(place.parent / "then.rlsbackup", place, with_key) as ready:
        assert put_in_place(ready, place) is not None


def damage(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[100:140] = bytes(40)
    path.write_bytes(data)


def test_a_damaged_store_is_named_so_and_put_aside(place: Path) -> None:
    damage(place)
    with pytest.raises(StoreDamaged), inspected(place, KEY):
        pass
    with candidate(place.parent / "then.rlsbackup", place, with_key) as ready:
        assert ready.comparison.live == "damaged"
        aside = put_in_place(ready, place)
    assert aside is not None
    assert ".db.damaged-2" in aside.name
    with inspected(place, KEY) as engine:
        assert engine.connection.execute("SELECT count(*) FROM workup").fetchone()[0] == 3


def test_put_aside_without_a_backup_the_name_is_free(place: Path) -> None:
    damage(place)
    Path(f"{place}-wal").write_bytes(b"x")
    aside = put_aside_damaged(place)
    assert aside.exists()
    assert Path(f"{aside}-wal").read_bytes() == b"x"
    assert not place.exists()


def test_on_another_computer_the_keys_of_the_backup_come_with_it(place: Path, tmp_path: Path) -> None:
    write_keys(place, KEY)
    back_up(place, KEY, tmp_path / "then.rlsbackup")
    there = tmp_path / "other"
    there.mkdir()
    mine = open_store(there / "workups.db", OTHER)
    save(mine, "mine", 0)
    mine.close()
    write_keys(mine.path, OTHER)
    with candidate(tmp_path / "then.rlsbackup", there / "workups.db", key_for) as ready:
        assert [part.id for part in ready.comparison.missing] == ["mine"]
        aside = put_in_place(ready, there / "workups.db")
    assert key_for(there / "workups.db") == KEY
    assert aside is not None
    assert key_for(aside) == OTHER
    assert open_store(aside, OTHER).read("mine").version == 1


def test_into_an_empty_place_it_is_simply_put(place: Path, tmp_path: Path) -> None:
    new = tmp_path / "new" / "workups.db"
    with candidate(place.parent / "then.rlsbackup", new, with_key) as ready:
        assert (ready.comparison.live, ready.comparison.missing) == ("absent", ())
        assert put_in_place(ready, new) is None
    assert open_store(new, KEY).count() == 3


def test_a_backup_that_was_changed_inside_is_refused(tmp_path: Path) -> None:
    store = open_store(tmp_path / "workups.db")
    save(store, "a", 0)
    store.close()
    from rls_workup.store.backup_file import manifest_of, pack
    from rls_workup.store.progress import Progress

    back_up(store.path, None, tmp_path / "then.rlsbackup")
    manifest = manifest_of(tmp_path / "then.rlsbackup")
    again = open_store(store.path)
    again._connection.execute("UPDATE workup SET document = '{\"a\": 1}'")
    again.close()
    pack(tmp_path / "forged.rlsbackup", store.path, None, manifest, Progress())
    with (
        pytest.raises(UnreadableFile, match="is damaged"),
        candidate(tmp_path / "forged.rlsbackup", tmp_path / "x.db", with_key),
    ):
        pass
