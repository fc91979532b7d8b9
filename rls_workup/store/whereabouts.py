"""Where a store must not lie: on a network drive, or in a folder that another program copies about."""

from __future__ import annotations

import os
import re
from pathlib import Path

from rls_workup.errors import Sentence, StoreTrouble, word

MOUNTS = Path("/proc/mounts")
NETWORK = re.compile(
    r"(nfs\d*|cifs|smb\w*|9p|afpfs|afs|ncpfs|davfs\d*|webdav|ceph|glusterfs|lustre"
    r"|fuse\.(sshfs|davfs\d*|rclone|gvfsd-fuse|s3fs|curlftpfs|smbnetfs))\Z"
)
# Folder names as the programs make them; what follows a blank or a dash names the account.
SYNCED = (
    (re.compile(r"OneDrive( - .*|-.*)?\Z", re.IGNORECASE), "OneDrive"),
    (re.compile(r"Dropbox( \(.*\))?\Z", re.IGNORECASE), "Dropbox"),
    (re.compile(r"(iCloud ?Drive|com~apple~CloudDocs|Mobile Documents)\Z", re.IGNORECASE), "iCloud"),
    (re.compile(r"(Google ?Drive|GoogleDrive-.*|DriveFS|My Drive)\Z", re.IGNORECASE), "Google Drive"),
    (re.compile(r"(Nextcloud|ownCloud)\d*\Z", re.IGNORECASE), "Nextcloud"),
    (
        re.compile(r"(pCloud ?Drive|Seafile|Syncthing|Box Sync|MEGAsync)\Z", re.IGNORECASE),
        word("another program"),
    ),
)
# Not “.dropbox”, which lies in every home folder of who uses it.
MARKS = (
    (".dropbox.cache", "Dropbox"),
    (".stfolder", "Syncthing"),
    (".nextcloudsync.log", "Nextcloud"),
    (".owncloudsync.log", "ownCloud"),
)
OFFER = word(
    "Choose a folder on this computer's own disk, or a PostgreSQL server (--store postgresql://…) for "
    "several workstations. Backups may go there."
)


def refuse_shared_place(path: Path, mounts: Path = MOUNTS) -> None:
    """Raise StoreTrouble where a database at `path` could be torn by others; says why and what to do."""
    reason = reason_against(path, mounts)
    if reason:
        raise StoreTrouble(
            "The store cannot lie at {path}: {reason}. {offer}",
            path=path,
            reason=reason,
            offer=Sentence(OFFER),
        )


def reason_against(path: Path, mounts: Path = MOUNTS) -> Sentence:
    """Why a database must not lie there; "" where nothing speaks against it."""
    real = Path(os.path.realpath(path))
    if _on_share(path, real):
        return Sentence(
            "it is a folder of another computer, where a power or network failure tears a database"
        )
    kind = file_system_of(real, mounts)
    if NETWORK.match(kind):
        return Sentence(
            "the drive is a network drive ({kind}), where a power or network failure tears a database",
            kind=kind,
        )
    by = _synced_by(path) or _synced_by(real)
    if by:
        return Sentence(
            "{by} copies this folder while the program writes, which tears a database", by=Sentence(by)
        )
    return Sentence("")


def _on_share(path: Path, real: Path) -> bool:
    # A share as Windows writes it is one odd name elsewhere, and no file that anybody meant.
    if str(path).startswith(("\\\\", "//")) or path.name.startswith("\\\\"):
        return True
    if os.name != "nt":
        return False
    import ctypes

    drive = ctypes.windll.kernel32.GetDriveTypeW(f"{real.drive}\\")  # type: ignore[attr-defined,unused-ignore]
    return bool(drive == 4)  # DRIVE_REMOTE


def file_system_of(path: Path, mounts: Path = MOUNTS) -> str:
    """The kind of file system on which `path` lies, "" where the system does not say.

    The root itself is never taken for a network drive: nothing else is there to be chosen.
    """
    try:
        lines = mounts.read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return ""
    kind, longest = "", 1
    for line in lines:
        parts = line.split(" ")
        if len(parts) < 3:
            continue
        point = re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), parts[1])
        if len(point) >= longest and point != "/" and path.is_relative_to(point):
            kind, longest = parts[2], len(point)
    return kind


def _synced_by(path: Path) -> str:
    for folder in path.parents:
        for name, program in SYNCED:
            if name.match(folder.name):
                return program
        for mark, program in MARKS:
            if (folder / mark).exists():
                return program
    return ""
