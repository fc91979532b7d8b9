"""Where a subcommand gets a passphrase from: a file, the environment, or the person at the terminal."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from rls_workup.cli.spoken import say, tell
from rls_workup.errors import Locked, StoreTrouble

if TYPE_CHECKING:
    from rls_workup.store import Store
    from rls_workup.store.progress import Progress

OLD, NEW = "RLS_WORKUP_PASSPHRASE", "RLS_WORKUP_NEW_PASSPHRASE"
CODE = "RLS_WORKUP_RECOVERY_CODE"
PAPER = "RLS_WORKUP_SHEET_PASSWORD"
_LARGEST = 10_000  # bytes of a file that holds a passphrase


def opened_store(options: argparse.Namespace, where: str | Path) -> Store:
    """The store, opened; who has a passphrase is asked for it. Raises StoreTrouble."""
    from rls_workup.store.unlocking import open_unlocked

    return open_unlocked(where, lambda users: asked_passphrase(options, users), _renewed)


def _renewed(path: Path, work: Callable[[Progress], object]) -> None:
    from rls_workup.store.opening import at_once

    tell(say("A backup of the store {path} is made, then it is brought to this version.", path=path))
    at_once(path, work)


def asked_passphrase(options: argparse.Namespace, users: tuple[str, ...]) -> str:
    """The passphrase of one of these users. Raises Locked where nobody can be asked."""
    given = _given(options.passphrase_file, OLD)
    if given is not None:
        return given
    return _typed(f"Passphrase of {' or '.join(users)}: ", OLD, "--passphrase-file")


def new_passphrase(options: argparse.Namespace, user: str) -> str:
    """A new passphrase for this user, typed twice where it is typed. Raises StoreTrouble."""
    from rls_workup.store.users import fault_of_passphrase

    given = _given(options.new_passphrase_file, NEW)
    if given is None:
        given = _typed(f"New passphrase of {user}: ", NEW, "--new-passphrase-file")
        if not fault_of_passphrase(given) and getpass.getpass("Once more: ") != given:
            raise StoreTrouble("The two were not the same, so nothing was changed. Try again.")
    if fault := fault_of_passphrase(given):
        raise StoreTrouble(fault.english, **fault.values)
    return given


def paper_password(file: Path | None, variable: str = PAPER) -> str:
    """The password of a sheet, "" where none was given. Raises StoreTrouble where it cannot be read."""
    return _given(file, variable) or ""


def asked_code(file: Path | None) -> str:
    """The code of the recovery sheet. Raises Locked where nobody can be asked."""
    given = _given(file, CODE)
    return _typed("Code of the recovery sheet: ", CODE, "--code-file") if given is None else given


def _given(file: Path | None, variable: str) -> str | None:
    if file is None:
        return os.environ.get(variable) if variable else None
    try:
        with open(file, "rb") as opened:
            return opened.read(_LARGEST).decode().rstrip("\r\n")
    except (OSError, UnicodeDecodeError):
        raise StoreTrouble(
            "The passphrase could not be read from {file}. Look at its name.", file=file
        ) from None


def _typed(prompt: str, variable: str, option: str) -> str:
    if not sys.stdin.isatty():
        raise Locked(
            "The store opens with a passphrase, and there is no terminal to ask for what is "
            "needed. Give it in a file with {option}, or in {variable}.",
            option=option,
            variable=variable,
        )
    return getpass.getpass(prompt)
