"""`export`: one work-up as FHIR, JSON, a table or text."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from rls_workup.cli.passphrases import paper_password
from rls_workup.cli.work import Commands, language_option, password_option, protocol_in, today


def export_command(commands: Commands[argparse.ArgumentParser], shared: argparse.ArgumentParser) -> None:
    """Add `export`."""
    parser = commands.add_parser("export", parents=[shared], help="write a work-up for other programs")
    parser.add_argument("file", type=Path, metavar="FILE", help="a work-up, or a sheet that carries one")
    parser.add_argument("--format", choices=("fhir", "json", "csv", "text"), required=True)
    parser.add_argument("-o", "--output", type=Path, metavar="OUT", help="instead of standard output")
    language_option(parser)
    password_option(parser)
    parser.set_defaults(command=_export)


def _export(options: argparse.Namespace) -> int:
    from rls_workup.domain.assessment import assess
    from rls_workup.exchange.exporting import exported
    from rls_workup.exchange.workup_file import read_workup

    protocol = protocol_in(options)
    workup = read_workup(options.file, protocol, paper_password(options.password_file))
    text = exported(options.format, protocol, workup, assess(protocol, workup, today()))
    if options.output is None:
        sys.stdout.buffer.write(text.encode("utf-8"))
        sys.stdout.buffer.flush()
        return 0
    from rls_workup.report import put_file

    put_file(options.output, text.encode("utf-8"))
    print(f"Written: {options.output}. It is not encrypted.", file=sys.stderr)
    return 0
