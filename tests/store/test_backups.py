"""A backup holds all of the store in one file, is read again before it is there, and disturbs nobody."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from rls_workup.errors import Cancelled, CannotWrite, NewerFormat, StoreTrouble, UnreadableFile
from rls_workup.store import Store, Summary, open_store
from rls_workup.store.backup_file import manifest_of, unpack
from rls_workup.store.backups import back_up, back_up_by_itself, backups_in, due, folder_for, thin_out
from rls_workup.store.inspecting import inspected
from rls_workup.store.progress import Progress

KEY = bytes(range(32))
NAME = "ZZQXSECRET"


def filled(path: Path, key: bytes | None, many: int = 5) -> Store:
    store = open_store(path, key)
    for number in range(many):
        for base in range(3):
            text = json.dumps({"id": f"w{number}", "base": base, "note": NAME})
            store.save(f"w{number}", base, text, Summary("in-progress", NAME), "Dr Who", "Room 1")
    return store


@pytest.fixture(params=[None, KEY], ids=["plain", "encrypted"])
def key(request: pytest.FixtureRequest) -> bytes | None:
    return request.param  # type: ignore[no-any-return]


@pytest.fixture
def open_one(tmp_path: Path, key: bytes | None) -> Iterator[Store]:
    store = filled(tmp_path / "workups.db", key)
    yield store
    store.close()


def test_it_holds_everything_also_what_was_saved_a_moment_ago(
    open_one: Store, key: bytes | None, tmp_path: Path
) -> None:
    (tmp_path / "workups.db.keys").write_bytes(b'{"slots": []}')
    manifest = back_up(open_one.path, key, tmp_path / "out.rlsbackup")
    assert (manifest.workups, manifest.revisions, manifest.encrypted) == (5, 15, key is not None)
    assert manifest == manifest_of(tmp_path / "out.rlsbackup")
    unpack(tmp_path / "out.rlsbackup", tmp_path / "again.db")
    assert (tmp_path / "again.db.keys").read_bytes() == b'{"slots": []}'
    again = open_store(tmp_path / "again.db", key)
    assert again.check() == []
    assert [again.document_at("w4", version) for version in (1, 2, 3)] == [
        open_one.document_at("w4", version) for version in (1, 2, 3)
    ]
    again.close()


def test_it_is_for_the_owner_alone_and_leaves_nothing_beside_it(
    open_one: Store, key: bytes | None, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    back_up(open_one.path, key, out / "a.rlsbackup")
    back_up(open_one.path, key, out / "a.rlsbackup")
    assert [path.name for path in out.iterdir()] == ["a.rlsbackup"]
    assert stat.S_IMODE((out / "a.rlsbackup").stat().st_mode) == 0o600
    data = (out / "a.rlsbackup").read_bytes()
    assert (NAME.encode() in data) is (key is None)


def test_saving_goes_on_while_it_is_made(tmp_path: Path) -> None:
    store = filled(tmp_path / "workups.db", KEY, many=40)
    done = threading.Event()
    trouble: list[Exception] = []

    def work() -> None:
        try:
            for number in range(3):
                back_up(store.path, KEY, tmp_path / f"{number}.rlsbackup")
        except Exception as error:  # noqa: BLE001
            trouble.append(error)
        done.set()

    thread = threading.Thread(target=work)
    thread.start()
    version = 3
    while not done.is_set():
        version = store.save("w0", version, json.dumps({"v": version}), Summary("x"), "", "").version
    thread.join()
    assert trouble == []
    assert version > 3
    assert store.check() == []
    store.close()


class Stop(Progress):
    """Stops when the work has come this far."""

    def __init__(self, part: float) -> None:
        super().__init__(self._told)
        self._part = part

    def _told(self, part: float) -> None:
        if part >= self._part:
            self.cancel()


@pytest.mark.parametrize("part", [0.0, 0.3, 0.5, 0.85])
def test_stopped_it_leaves_nothing_and_the_one_before_stays(tmp_path: Path, part: float) -> None:
    store = filled(tmp_path / "workups.db", KEY, many=60)
    out = tmp_path / "out"
    out.mkdir()
    before = back_up(store.path, KEY, out / "a.rlsbackup")
    with pytest.raises(Cancelled):
        back_up(store.path, KEY, out / "a.rlsbackup", progress=Stop(part))
    assert [path.name for path in out.iterdir()] == ["a.rlsbackup"]
    assert manifest_of(out / "a.rlsbackup") == before
    store.close()


def test_a_damaged_store_makes_no_backup_in_place_of_a_good_one(tmp_path: Path) -> None:
    store = filled(tmp_path / "workups.db", None)
    out = tmp_path / "a.rlsbackup"
    good = back_up(store.path, None, out)
    store._connection.execute("UPDATE workup SET document = '{}' WHERE id = 'w1'")
    with pytest.raises(StoreTrouble, match="itself is not in order: Work-up w1"):
        back_up(store.path, None, out)
    assert manifest_of(out) == good
    store.close()


def test_what_is_in_the_way_is_not_overwritten(open_one: Store, key: bytes | None, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear")
    for out, said in (
        (tmp_path / "letter.txt", "is no backup"),
        (tmp_path, "is no backup"),
        (tmp_path / "none" / "a.rlsbackup", "does not exist"),
    ):
        with pytest.raises(CannotWrite, match=said):
            back_up(open_one.path, key, out)
    assert (tmp_path / "letter.txt").read_text() == "dear"


def test_too_little_room_is_said_before_anything_is_written(
    open_one: Store, key: bytes | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage._replace(free=10_000))
    with pytest.raises(CannotWrite, match="too little room"):
        back_up(open_one.path, key, tmp_path / "a.rlsbackup")
    assert not (tmp_path / "a.rlsbackup").exists()


def test_by_itself_it_goes_into_its_own_folder_and_into_a_second_one(tmp_path: Path) -> None:
    store = filled(tmp_path / "workups.db", KEY)
    now = datetime.now(UTC)
    assert due(store.path, now, "")
    second = tmp_path / "stick"
    second.mkdir()
    made = back_up_by_itself(store.path, KEY, "day", second)
    assert made.parent == folder_for(store.path)
    assert (second / made.name).read_bytes() == made.read_bytes()
    assert [path for path, _ in backups_in(made.parent)] == [made]
    assert not due(store.path, now, "2000-01-01T00:00:00Z")
    assert due(store.path, now, "2999-01-01T00:00:00Z")
    assert due(store.path, now + timedelta(days=1), "")
    store.close()


def flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def test_every_damage_of_the_file_is_noticed(tmp_path: Path) -> None:
    store = filled(tmp_path / "workups.db", KEY)
    store.close()
    out = tmp_path / "a.rlsbackup"
    back_up(store.path, KEY, out)
    data = out.read_bytes()
    bad = tmp_path / "bad.rlsbackup"
    for at in range(60, len(data) - 1500, len(data) // 40):
        bad.write_bytes(flipped(data, at))
        with pytest.raises(UnreadableFile, match="damaged"):
            unpack(bad, tmp_path / "x.db")
        assert not (tmp_path / "x.db").exists()
    for cut in (0, 10, len(data) // 2, len(data) - 1):
        bad.write_bytes(data[:cut])
        with pytest.raises(UnreadableFile):
            unpack(bad, tmp_path / "x.db")


def test_a_stranger_and_a_newer_one_are_named(tmp_path: Path) -> None:
    path = tmp_path / "x.rlsbackup"
    for names, said, kind in (
        ({"a": "b"}, "is no backup of this program", UnreadableFile),
        ({"workups.db": "", "manifest.json": "[]"}, "is no backup", UnreadableFile),
        ({"workups.db": "", "manifest.json": '{"format": "rls-backup/1"}'}, "is damaged", UnreadableFile),
        ({"workups.db": "", "manifest.json": '{"format": "rls-backup/2"}'}, "newer version", NewerFormat),
    ):
        with zipfile.ZipFile(path, "w") as box:
            for name, text in names.items():
                box.writestr(name, text)
        with pytest.raises(kind, match=said):
            manifest_of(path)
    with pytest.raises(UnreadableFile, match="is a folder"):
        manifest_of(tmp_path)
    with pytest.raises(UnreadableFile, match="There is no backup"):
        manifest_of(tmp_path / "none")


def test_looking_at_a_store_changes_nothing_of_it(tmp_path: Path) -> None:
    filled(tmp_path / "workups.db", KEY).close()
    before = (tmp_path / "workups.db").read_bytes()
    with inspected(tmp_path / "workups.db", KEY) as engine:
        assert engine.connection.execute("SELECT count(*) FROM workup").fetchone()[0] == 5
    assert (tmp_path / "workups.db").read_bytes() == before


KILLED = """
import os, sys
from pathlib import Path
from rls_workup.store.backups import back_up
from rls_workup.store.progress import Progress
back_up(Path(sys.argv[1]), bytes(range(32)), Path(sys.argv[2]), progress=Progress(lambda part: part > float(sys.argv[3]) and os._exit(9)))
"""


@pytest.mark.parametrize("part", ["0.01", "0.5", "0.9"])
def test_killed_in_the_middle_the_one_before_stays_and_the_rest_is_swept_up(
    tmp_path: Path, part: str
) -> None:
    store = filled(tmp_path / "workups.db", KEY)
    folder = folder_for(store.path)
    made = back_up_by_itself(store.path, KEY, "day")
    before = made.read_bytes()
    ended = subprocess.run(
        [sys.executable, "-c", KILLED, store.path, made, part], cwd=Path(__file__).parents[2], check=False
    )
    assert ended.returncode == 9
    assert made.read_bytes() == before
    assert store.check() == []
    left = [path for path in folder.iterdir() if path != made]
    assert left
    thin_out(folder)
    assert all(path.exists() for path in left)
    for path in left:
        os.utime(path, (0, 0))
    thin_out(folder)
    assert list(folder.iterdir()) == [made]
    store.close()
