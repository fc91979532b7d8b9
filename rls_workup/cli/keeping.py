"""The store as a whole: backed up, restored and verified, with what that means said in sentences."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from rls_workup.cli.passphrases import asked_passphrase, opened_store
from rls_workup.domain.wording import word
from rls_workup.errors import StoreTrouble

if TYPE_CHECKING:
    from rls_workup.store.keyslots import Key
    from rls_workup.store.progress import Progress
    from rls_workup.store.restoring import Comparison

SHOWN = 20  # lines about work-ups that would be missing
SERVER = word(
    "A store on a server is backed up and restored by the server's own tools: "
    "pg_dump --format=custom --file=BACKUP and pg_restore. “verify” works here."
)


def keeping_commands(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], shared: argparse.ArgumentParser
) -> None:
    """Add `backup`, `restore` and `verify`."""
    backup = commands.add_parser("backup", parents=[shared], help="write the whole store into one file")
    backup.add_argument("out", type=Path, metavar="OUT", help="the file, or a folder for it")
    backup.set_defaults(command=_backup)

    restore = commands.add_parser("restore", parents=[shared], help="let a backup be the store")
    restore.add_argument("file", type=Path, metavar="FILE")
    restore.add_argument("--yes", action="store_true", help="do not ask")
    restore.set_defaults(command=_restore)

    verify = commands.add_parser("verify", parents=[shared], help="read the whole store and tell any damage")
    verify.add_argument("--against", type=Path, metavar="BACKUP", help="and compare its histories with these")
    verify.set_defaults(command=_verify)


def _where(options: argparse.Namespace) -> str | Path:
    from rls_workup.cli import default_store

    where: str | Path = options.store or default_store()
    return where


def _file(options: argparse.Namespace) -> Path:
    """The store as a file; raises StoreTrouble where it is none."""
    from rls_workup.store.place import path_of
    from rls_workup.store.server_address import is_address

    if is_address(_where(options)):
        raise StoreTrouble(SERVER)
    return path_of(_where(options))


def _key(options: argparse.Namespace, path: Path) -> Key | None:
    from rls_workup.store.unlocking import key_for

    return key_for(path, lambda users: asked_passphrase(options, users))


def _existing(options: argparse.Namespace) -> Path:
    path = _file(options)
    if not path.exists():
        raise StoreTrouble("There is no store {path}.", path=path)
    return path


def _progress() -> Progress:
    from rls_workup.store.progress import Progress

    if not sys.stderr.isatty():
        return Progress()
    return Progress(lambda part: print(f"\r{part:4.0%}\r", end="", file=sys.stderr, flush=True))


def _backup(options: argparse.Namespace) -> int:
    from rls_workup.store.backups import back_up
    from rls_workup.store.rotation import name_for

    path, out = _existing(options), options.out
    if out.is_dir():
        out = out / name_for(datetime.now(UTC), "asked")
    manifest = back_up(path, _key(options, path), out.absolute(), progress=_progress())
    print(f"Written and read again: {out} ({_amount(manifest.workups)}).", file=sys.stderr)
    if _open_to_all(path):
        print("No passphrase is set, so whoever has this file can read it.", file=sys.stderr)
    return 0


def _amount(workups: int) -> str:
    return "1 work-up" if workups == 1 else f"{workups} work-ups"


def _versions(revisions: int) -> str:
    return "1 version" if revisions == 1 else f"{revisions} versions"


def _open_to_all(path: Path) -> bool:
    from rls_workup.store.keyfile import load_keys

    keys = load_keys(path)
    return keys is None or keys.account_key is not None


def _restore(options: argparse.Namespace) -> int:
    from rls_workup.store.restoring import candidate, put_in_place

    path = _file(options)
    with candidate(options.file, path, lambda store: _key(options, store), _progress()) as ready:
        for line in comparison_lines(ready.comparison):
            print(line, file=sys.stderr)
        if not (options.yes or _said_yes()):
            print("Nothing was changed.", file=sys.stderr)
            return 1
        aside = put_in_place(ready, path)
    print(f"Restored: {path}", file=sys.stderr)
    if aside is not None:
        print(f"The store before is kept as {aside}", file=sys.stderr)
    _note_restored(options, ready.comparison.manifest.made_at)
    return 0


def _said_yes() -> bool:
    if not sys.stdin.isatty():
        print("To restore without being asked, add --yes.", file=sys.stderr)
        return False
    print("Restore? Type yes: ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().casefold() == "yes"


def _note_restored(options: argparse.Namespace, made_at: str) -> None:
    from rls_workup.store.accesses import RESTORE, Access, note_access
    from rls_workup.store.station import who_and_where
    from rls_workup.store.store import now

    store = opened_store(options, _where(options))
    try:
        note_access(store.engine, Access(now(), *who_and_where(), RESTORE, detail=f"backup of {made_at}"))
    finally:
        store.close()


def comparison_lines(comparison: Comparison) -> list[str]:
    """What restoring would mean, by ids and dates; names are for the window."""
    from rls_workup.cli import local_time

    manifest, missing = comparison.manifest, comparison.missing
    lines = [
        f"The backup of {local_time(manifest.made_at)} is in order: {_amount(manifest.workups)}, "
        f"{_versions(manifest.revisions)}."
    ]
    if comparison.live == "absent":
        return [*lines, "There is no store in its place yet."]
    if comparison.live == "damaged":
        return [*lines, "The present store cannot be read, so nobody can say what it has beyond that."]
    if not missing:
        return [*lines, "The present store has nothing that the backup lacks."]
    lines.append(f"These would be missing ({_amount(len(missing))} of the present store):")
    for part in missing[:SHOWN]:
        what = (
            f"goes back from version {part.version} to {part.kept}" if part.kept else "is not in the backup"
        )
        lines.append(f"  {part.id} of {local_time(part.updated_at)} {what}")
    if len(missing) > SHOWN:
        lines.append(f"  and {len(missing) - SHOWN} more")
    return lines


def _verify(options: argparse.Namespace) -> int:
    from rls_workup.store.heads import amounts
    from rls_workup.store.server_address import is_address

    if not is_address(_where(options)):
        _existing(options)
    store = opened_store(options, _where(options))
    try:
        found = store.check()
        if not found and options.against is not None:
            found = _rewritten(options, store.path)
        for sentence in found:
            print(sentence, file=sys.stderr)
        if found:
            _offer_backup(options)
            return 1
        with store.engine.told():
            amount = amounts(store.engine.connection)
    finally:
        store.close()
    print(f"The store {store.where} is in order: {_amount(amount[0])}, {_versions(amount[1])}.")
    return 0


def _offer_backup(options: argparse.Namespace) -> None:
    from rls_workup.store.server_address import is_address

    if not is_address(_where(options)):
        print(newest_backup_line(_where(options)), file=sys.stderr)


def _rewritten(options: argparse.Namespace, path: Path | None) -> list[str]:
    from rls_workup.store.anchors import rewritten_since
    from rls_workup.store.inspecting import inspected
    from rls_workup.store.restoring import unpacked

    if path is None:
        raise StoreTrouble(SERVER)
    with (
        unpacked(options.against, path, lambda store: _key(options, store)) as (database, key, _own),
        inspected(database, key) as then,
        inspected(path, _key(options, path)) as now,
    ):
        return list(rewritten_since(now, then))


def newest_backup_line(where: str | Path) -> str:
    """The newest backup of a store that is damaged, and how to restore it; "" where there is none."""
    from rls_workup.cli import local_time
    from rls_workup.store.backups import backups_in, folder_for
    from rls_workup.store.server_address import is_address

    found = [] if is_address(where) else backups_in(folder_for(Path(where).absolute()))
    if not found:
        return "No backup of it was found."
    path, manifest = found[0]
    return (
        f"The newest backup is of {local_time(manifest.made_at)} ({_amount(manifest.workups)}). "
        f"To look at it and restore it: rls-workup restore {path}"
    )
