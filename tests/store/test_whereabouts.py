"""A store is not put where others copy or lock it; backups may go there."""

from __future__ import annotations

from pathlib import Path

import pytest

from rls_workup.errors import StoreTrouble
from rls_workup.store import open_store
from rls_workup.store.backups import back_up
from rls_workup.store.unlocking import open_unlocked
from rls_workup.store.whereabouts import file_system_of, reason_against, refuse_shared_place

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
server:/export /mnt/practice nfs4 rw 0 0
//nas/share /mnt/with\\040space cifs rw 0 0
me@host: /mnt/far fuse.sshfs rw 0 0
C:\\134 /mnt/c 9p rw 0 0
/dev/sdb1 /mnt/practice/local ext4 rw 0 0
https://dav /mnt/dav fuse.davfs2 rw 0 0
half
"""


@pytest.fixture
def mounts(tmp_path: Path) -> Path:
    path = tmp_path / "mounts"
    path.write_text(MOUNTS)
    return path


@pytest.mark.parametrize(
    ("place", "kind", "refused"),
    [
        ("/mnt/practice/workups.db", "nfs4", True),
        ("/mnt/practice/deep/er/workups.db", "nfs4", True),
        ("/mnt/practice/local/workups.db", "ext4", False),
        ("/mnt/practices/workups.db", "", False),
        ("/mnt/with space/workups.db", "cifs", True),
        ("/mnt/far/workups.db", "fuse.sshfs", True),
        ("/mnt/c/workups.db", "9p", True),
        ("/mnt/dav/workups.db", "fuse.davfs2", True),
        ("/srv/workups.db", "", False),
    ],
)
def test_the_drive_decides(mounts: Path, place: str, kind: str, refused: bool) -> None:
    assert file_system_of(Path(place), mounts) == kind
    assert bool(reason_against(Path(place), mounts)) is refused


@pytest.mark.parametrize(
    ("folder", "program"),
    [
        ("OneDrive", "OneDrive"),
        ("OneDrive - Practice", "OneDrive"),
        ("Dropbox", "Dropbox"),
        ("Dropbox (Practice)", "Dropbox"),
        ("Mobile Documents", "iCloud"),
        ("Google Drive", "Google Drive"),
        ("GoogleDrive-me@example.org", "Google Drive"),
        ("Nextcloud", "Nextcloud"),
        ("Nextcloud2", "Nextcloud"),
        ("Dropboxes", ""),
        ("My OneDrive notes", ""),
    ],
)
def test_a_folder_that_is_copied_about_is_known_by_its_name(
    tmp_path: Path, folder: str, program: str
) -> None:
    said = reason_against(tmp_path / folder / "practice" / "workups.db")
    assert said.startswith(program) if program else said == ""


def test_it_is_known_by_what_lies_in_it_and_through_a_link(tmp_path: Path) -> None:
    synced = tmp_path / "anything"
    synced.mkdir()
    (synced / ".dropbox.cache").mkdir()
    (tmp_path / "link").symlink_to(synced)
    assert "Dropbox" in reason_against(tmp_path / "link" / "workups.db")


def test_no_list_of_drives_is_no_reason(tmp_path: Path) -> None:
    assert reason_against(tmp_path / "workups.db", tmp_path / "none") == ""


def test_the_refusal_says_what_to_do_instead() -> None:
    with pytest.raises(StoreTrouble, match=r"own disk, or a PostgreSQL server .* Backups may go there\.$"):
        refuse_shared_place(Path("//server/share/workups.db"))


def test_a_share_as_windows_writes_it_is_no_file_name_elsewhere(tmp_path: Path) -> None:
    with pytest.raises(StoreTrouble, match="a folder of another computer"):
        refuse_shared_place(tmp_path / r"\\server\share\workups.db")


def test_a_store_is_neither_made_nor_opened_there(tmp_path: Path) -> None:
    folder = tmp_path / "Dropbox"
    folder.mkdir()
    with pytest.raises(StoreTrouble, match="Dropbox copies this folder"):
        open_store(folder / "workups.db")
    with pytest.raises(StoreTrouble, match="Dropbox copies this folder"):
        open_unlocked(folder / "workups.db")
    assert list(folder.iterdir()) == []
    store = open_store(tmp_path / "workups.db")
    assert back_up(store.path, None, folder / "a.rlsbackup").workups == 0
    store.close()
