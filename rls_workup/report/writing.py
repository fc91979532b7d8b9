"""Puts a paper where it is wanted: written beside, then moved there; on failure the old file stays."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from rls_workup.errors import CannotWrite


def put_file(out: Path, content: bytes) -> None:
    """Write the file, for its owner only. Raises CannotWrite; an older file is then untouched."""
    beside = out.parent / f".{out.name[:80]}.{os.getpid()}.tmp"
    try:
        _check_place(out)
        _write_through(beside, content)
        os.replace(beside, out)
        _settle(out.parent)
    except (OSError, ValueError) as trouble:
        _forget(beside)
        why = (getattr(trouble, "strerror", None) or "the name cannot be used").lower()
        raise CannotWrite(
            "{out} cannot be written: {why}. What was there before is untouched.", out=out, why=why
        ) from None


def _check_place(out: Path) -> None:
    if out.is_dir():
        raise CannotWrite("{out} is a folder. Give the name of a file in it.", out=out)
    if out.exists() and not out.is_file():  # a device would be gone for all programs
        raise CannotWrite("{out} is not an ordinary file. Choose another place.", out=out)
    if not out.parent.is_dir():
        raise CannotWrite(
            "The folder {parent} does not exist. Make it first, or choose another place.", parent=out.parent
        )


def _write_through(path: Path, content: bytes) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    with open(os.open(path, flags, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _settle(folder: Path) -> None:
    """Bring the folder's new entry to disk, where the system can."""
    if os.name != "posix":
        return
    entry = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(entry)
    except OSError:
        pass  # some network folders cannot; the file itself is written
    finally:
        os.close(entry)


def _forget(path: Path) -> None:
    with suppress(OSError, ValueError):
        path.unlink(missing_ok=True)
