"""`protocol check`, `show` and `texts`, and where a practice's own protocol lies."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from rls_workup.errors import ProtocolMistakes


def practice_folder(given: Path | None) -> Path | None:
    """The protocol folder that is asked for, else the practice's own where it holds anything."""
    own = default_practice_folder()
    return given or (own if any(own.glob("*.toml")) else None)


def default_practice_folder() -> Path:
    """Where a practice's own entries and choices lie unless `--protocol` says otherwise."""
    from platformdirs import user_config_path

    return user_config_path("rls-workup", appauthor=False) / "protocol"


def protocol_commands(parser: argparse.ArgumentParser, shared: argparse.ArgumentParser) -> None:
    """The words after `protocol`."""
    commands = parser.add_subparsers(title="commands", metavar="check | show | texts", required=True)
    check = commands.add_parser("check", parents=[shared], help="tell every mistake of a protocol folder")
    check.add_argument("folder", type=Path, nargs="?", metavar="DIR")
    check.add_argument("--language", metavar="CODE", default="", help="also what is not translated")
    check.set_defaults(command=_check)
    show = commands.add_parser("show", parents=[shared], help="the whole protocol, to be reviewed with a pen")
    show.add_argument("-o", "--output", type=Path, metavar="OUT.pdf", help="as PDF; else as text")
    show.add_argument("--paper", choices=("a4", "letter"), default="a4")
    show.set_defaults(command=_show)
    texts = commands.add_parser("texts", parents=[shared], help="write the texts for a translator to fill in")
    texts.add_argument("--language", metavar="CODE", required=True)
    texts.add_argument("-o", "--output", type=Path, metavar="DIR", help="a folder; else they are printed")
    texts.set_defaults(command=_texts)


def _check(options: argparse.Namespace) -> int:
    from rls_workup.cli.language import check_texts
    from rls_workup.protocols import load_protocol

    own = options.folder or practice_folder(options.protocol)
    try:
        protocol = load_protocol(own)
        if options.language:
            check_texts(protocol, own, options.language)
    except ProtocolMistakes as trouble:
        for mistake in trouble.mistakes:
            print(mistake, file=sys.stderr)
        count = len(trouble.mistakes)
        print(f"{count} mistake{'s' if count > 1 else ''} found.", file=sys.stderr)
        return 1
    parts = f"{len(protocol.items)} items, {len(protocol.rules)} rules, {len(protocol.drugs)} drugs"
    print(f"{protocol.about.id} {protocol.about.version} is in order: {parts}.")
    return 0


def _show(options: argparse.Namespace) -> int:
    from rls_workup.protocols import load_protocol
    from rls_workup.report.review import review_bytes, review_text

    protocol = load_protocol(practice_folder(options.protocol))
    if options.output is None:
        sys.stdout.write(review_text(protocol))
        return 0
    from rls_workup.report import put_file

    put_file(options.output, review_bytes(protocol, options.paper))
    print(f"Written: {options.output}", file=sys.stderr)
    return 0


def _texts(options: argparse.Namespace) -> int:
    from rls_workup.cli.language import write_texts

    return write_texts(practice_folder(options.protocol), options.language, options.output)
