"""The keys file on the disk, beside its store: private, whole or not at all, changed by one at a time."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from rls_workup.errors import NewerFormat, NoKeys, StoreTrouble
from rls_workup.store.keyslots import LARGEST_FILE, Damaged, Keys, TooNew, read_keys, written
from rls_workup.store.place import sync_folder
from rls_workup.store.trouble import told

PATIENCE_SECONDS = 10.0


def keys_path(store: Path) -> Path:
    """Where the keys of the store in the file `store` lie."""
    return store.with_name(f"{store.name}.keys")


def load_keys(store: Path) -> Keys | None:
    """The keys of a store, None where it has no keys file. Raises NoKeys, NewerFormat or StoreTrouble."""
    path = keys_path(store)
    with told(str(path)):
        content = _content(path)
    if content is None:
        return None
    try:
        return read_keys(content.decode())
    except TooNew:
        raise NewerFormat(
            "The keys file {path} was written by a newer version of this program. Please update the program.",
            path=path,
        ) from None
    except (Damaged, UnicodeDecodeError):
        raise damaged_keys(store) from None


def _content(path: Path) -> bytes | None:
    while True:
        try:
            with open(path, "rb") as file:
                content = file.read(LARGEST_FILE + 1)
                # One that was replaced while it was read may have been blotted out by then.
                if _is_still(path, file.fileno()):
                    return content
        except FileNotFoundError:
            return None


def _is_still(path: Path, handle: int) -> bool:
    try:
        return os.path.samestat(os.stat(path), os.fstat(handle))
    except FileNotFoundError:
        return False


def damaged_keys(store: Path) -> NoKeys:
    """The sentence about a keys file that is not what was written."""
    return NoKeys(
        "The keys file {keys} is damaged; the store itself may be well. Put the keys file of "
        "a backup in its place, or use the recovery sheet.",
        keys=keys_path(store),
    )


def lost_keys(store: Path) -> NoKeys:
    """The sentence about a keys file that is not there."""
    return NoKeys(
        "The file {store} cannot be read without its keys, and {name} is not beside it. Put "
        "that back, as from a backup, or use the recovery sheet. If it never was a store of "
        "work-ups, choose another file.",
        store=store,
        name=keys_path(store).name,
    )


def change_keys(store: Path, changed: Callable[[Keys | None], Keys]) -> Keys:
    """Read the keys, change and write them while nobody else can; returns what is on disk then.

    `changed` is given None where there is no keys file. Raises as `load_keys` does.
    """
    with told(str(keys_path(store))), _alone(store):
        before = load_keys(store)
        after = changed(before)
        if after != before:
            _write(store, written(after))
        return after


def replace_keys(store: Path, keys: Keys) -> None:
    """Write the keys whatever lies there; a file in their place is set aside, never deleted."""
    path = keys_path(store)
    with told(str(path)), _alone(store):
        if path.exists():
            os.replace(path, path.with_name(f"{path.name}.damaged-{_stamp()}"))
        _write(store, written(keys))


def _stamp() -> str:
    return time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())


def _write(store: Path, text: str) -> None:
    path = keys_path(store)
    # One name for all, which only who holds the lock uses: what a killed program left goes with the next.
    draft = path.with_name(f".{path.name}.new")
    with suppress(FileNotFoundError):
        draft.unlink()
    try:
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
        with _blotted_out(path):
            os.replace(draft, path)
            sync_folder(path.parent)
    finally:
        with suppress(FileNotFoundError):
            draft.unlink()


@contextmanager
def _blotted_out(path: Path) -> Iterator[None]:
    """Once the block has put a new file there, overwrite the old one, which may hold the key in the open."""
    handle = _held_open(path)
    if handle is None:
        yield
        return
    try:
        yield
        os.pwrite(handle, bytes(os.fstat(handle).st_size), 0)
        os.fsync(handle)
    finally:
        os.close(handle)


def _held_open(path: Path) -> int | None:
    if sys.platform == "win32":  # there a file that is open cannot be replaced
        return None
    try:
        return os.open(path, os.O_RDWR)
    except OSError:
        return None


@contextmanager
def _alone(store: Path) -> Iterator[None]:
    path = keys_path(store).with_name(f".{store.name}.keys.lock")
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _take_turn(handle, path)
        yield
    finally:
        os.close(handle)


def _take_turn(handle: int, path: Path) -> None:
    patience = time.monotonic() + PATIENCE_SECONDS
    while not _locked(handle):
        if time.monotonic() > patience:
            raise StoreTrouble(
                "Another program is changing the keys ({path}). Wait for it, then try again.", path=path
            )
        time.sleep(0.02)


def _locked(handle: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
