"""The subcommands: they read, assess and write without a window, and never import Qt."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from rls_workup import __version__
from rls_workup.cli import spoken
from rls_workup.cli.exporting import export_command
from rls_workup.cli.importing import import_command
from rls_workup.cli.keeping import keeping_commands, newest_backup_line
from rls_workup.cli.keys import keys_commands
from rls_workup.cli.passphrases import opened_store
from rls_workup.cli.protocol_words import protocol_commands
from rls_workup.cli.work import work_commands
from rls_workup.errors import StoreDamaged, WorkupError

if TYPE_CHECKING:
    from rls_workup.store import Row

COMMANDS = (
    "assess",
    "sheet",
    "import",
    "export",
    "protocol",
    "worklist",
    "backup",
    "restore",
    "verify",
    "keys",
    "demo",
)
_VALUED = ("--store", "--protocol", "--passphrase-file")


def names_command(arguments: Sequence[str]) -> bool:
    """Whether these arguments call a subcommand (or ask for help or the version) rather than the window."""
    return first_word(arguments) in COMMANDS or any(
        word in ("-h", "--help", "--version") for word in arguments
    )


def first_word(arguments: Sequence[str]) -> str:
    """The first argument that is no global option."""
    skip = False
    for word in arguments:
        if skip:
            skip = False
        elif word in _VALUED:
            skip = True
        elif not word.startswith("-"):
            return word
    return ""


def run(arguments: Sequence[str]) -> int:
    """Run a subcommand; 0 done, 1 a problem that a person can mend, 2 wrong usage."""
    options = _parser().parse_args(list(arguments))
    spoken.speak(options)
    command: Callable[[argparse.Namespace], int] = options.command
    try:
        return command(options)
    except StoreDamaged as trouble:
        tell(trouble)
        print(newest_backup_line(options.store or default_store()), file=sys.stderr)
        return 1


def window_options(arguments: Sequence[str]) -> argparse.Namespace:
    """The options of the window: global ones, and the files to open."""
    parser = argparse.ArgumentParser(prog="rls-workup", parents=[_global_options(None)])
    parser.add_argument("files", nargs="*", type=Path)
    return parser.parse_args(list(arguments))


def _global_options(default: str | None) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--store", metavar="PATH_OR_URL", default=default, help="the store of work-ups")
    parser.add_argument("--protocol", metavar="DIR", type=Path, default=default, help="a protocol folder")
    parser.add_argument(
        "--passphrase-file", metavar="FILE", type=Path, default=default, help="holds the store's passphrase"
    )
    return parser


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="rls-workup",
        parents=[_global_options(None)],
        description="Works up restless legs syndrome, step by step. Without a command, opens the window.",
    )
    parser.add_argument("--version", action="version", version=f"rls-workup {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    shared = _global_options(argparse.SUPPRESS)

    work_commands(commands, shared)
    import_command(commands, shared)
    export_command(commands, shared)

    worklist = commands.add_parser("worklist", parents=[shared], help="list the store")
    worklist.add_argument("--json", action="store_true", help="as one JSON object")
    worklist.add_argument("--search", metavar="TEXT", default="", help="name, number or state")
    worklist.add_argument("--pending", action="store_true", help="only those that wait for a result")
    worklist.set_defaults(command=_worklist)

    protocol_commands(
        commands.add_parser("protocol", parents=[shared], help="look at a protocol folder"), shared
    )

    keys_commands(commands.add_parser("keys", parents=[shared], help="who can open the store"), shared)
    keeping_commands(commands, shared)
    return parser


def _worklist(options: argparse.Namespace) -> int:
    from rls_workup.exchange.strict_json import write_json

    store = opened_store(options, options.store or default_store())
    rows: list[Row] = []
    after: Row | None = None
    try:
        while True:
            page = store.page(search=options.search, pending=options.pending, after=after)
            rows += page.rows
            after = page.next
            if after is None:
                break
    finally:
        store.close()
    if options.json:
        listed = [row._asdict() for row in rows]
        sys.stdout.write(write_json({"format": "rls-worklist/1", "workups": listed}))
        return 0
    for row in rows:
        print(_worklist_line(row))
    print(f"{len(rows)} work-up{'' if len(rows) == 1 else 's'}.", file=sys.stderr)
    return 0


def _worklist_line(row: Row) -> str:
    from rls_workup.domain.text import visible

    name = ", ".join(part for part in (row.family_name, row.given_name) if part) or "No name"
    name = f"SAMPLE · {name}" if row.sample else name
    parts = (name, row.identifier or "no number", row.next_step or row.status, local_time(row.updated_at))
    return visible(" · ".join(parts))


def local_time(utc: str) -> str:
    """A time of the store, `…Z`, as local day and time."""
    from rls_workup.domain.dates import shown_day

    at = datetime.fromisoformat(utc).astimezone()
    return f"{shown_day(at.date())} {at:%H:%M}"


def default_store() -> Path:
    """Where the work-ups of this user lie unless `--store` says otherwise."""
    from platformdirs import user_data_path

    return user_data_path("rls-workup", appauthor=False) / "workups.db"


def tell(trouble: WorkupError) -> None:
    """Show a problem that a person can mend."""
    spoken.tell(spoken.said_of(trouble))
