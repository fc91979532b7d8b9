"""`import`: a filled form, or a laboratory's results, beside a work-up; only what is named is taken."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rls_workup.cli.passphrases import paper_password
from rls_workup.cli.spoken import say, tell
from rls_workup.cli.work import Commands, language_option, password_option, protocol_in, today
from rls_workup.domain.wording import word
from rls_workup.errors import Sentence, UnreadableFile, WorkupError

if TYPE_CHECKING:
    from rls_workup.domain.proposals import ReviewLine
    from rls_workup.domain.protocol import Protocol
    from rls_workup.domain.workup import Workup
    from rls_workup.exchange.filled_form import FilledForm

_ALL = "all"
_ENDING = ".rlsworkup"


def import_command(commands: Commands[argparse.ArgumentParser], shared: argparse.ArgumentParser) -> None:
    """Add `import`."""
    parser = commands.add_parser(
        "import", parents=[shared], help="read results of a laboratory, or a filled form, into a work-up"
    )
    parser.add_argument("workup", type=Path, metavar="WORKUP", help="the work-up that they are for")
    parser.add_argument(
        "form",
        type=Path,
        metavar="RESULTS",
        help="FHIR, HL7 version 2 or text, “-” for text on standard input; or a form (PDF), filled in",
    )
    parser.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar="OUT",
        help="instead of writing into WORKUP; of results, it takes those against which nothing speaks",
    )
    parser.add_argument(
        "--accept",
        metavar="all|ID,ID…",
        default="",
        help="what is taken: all that is new and raises no question, or the items named; without it, nothing",
    )
    parser.add_argument("--json", action="store_true", help="the review table of results as one JSON object")
    parser.add_argument(
        "--same-patient", action="store_true", help="the results are for this patient, whatever differs"
    )
    parser.add_argument(
        "--dates",
        choices=("day-first", "month-first"),
        default="",
        help="how 05/11/26 is meant in pasted text; without it, such a date is asked about",
    )
    language_option(parser)
    password_option(parser)
    parser.set_defaults(command=_import)


def _import(options: argparse.Namespace) -> int:
    from rls_workup.exchange.carried import START

    if not _begins_with(options.form, START):
        from rls_workup.cli.results import import_results

        return import_results(options)
    return _import_form(options)


def _begins_with(path: Path, start: bytes) -> bool:
    """Whether a file begins so. What cannot be opened is told where it is read."""
    try:
        with path.open("rb") as file:
            return file.read(len(start)) == start
    except OSError:
        return False


def _import_form(options: argparse.Namespace) -> int:
    from rls_workup.domain.proposals import compared, taken
    from rls_workup.exchange.filled_form import in_form
    from rls_workup.exchange.whose import check_patient
    from rls_workup.exchange.workup_file import read_workup, write_workup

    protocol = protocol_in(options)
    password = paper_password(options.password_file)
    workup = read_workup(options.workup, protocol, password)
    filled = _form_at(options.form, protocol, password)
    check_patient(workup.patient, filled.patient)
    lines = [compared(protocol, workup, found) for found in in_form(filled, protocol, workup, today())]
    _show(lines, filled, workup, protocol)
    chosen = chosen_lines(lines, options.accept)
    if not options.accept:
        print(say("Nothing was taken. --accept all, or --accept with ids, takes what is understood."))
        return 0
    out = place_for(workup, options)
    write_workup(out, taken(workup, chosen))
    tell_count(lines, chosen, out)
    return 0


def place_for(workup: Workup, options: argparse.Namespace) -> Path:
    """Where the work-up is written. Raises WorkupError where it is signed, or the place is none for it."""
    if workup.closed:
        raise WorkupError("This work-up is signed. Amend it in the window with a reason; nothing was taken.")
    out: Path = options.output or options.workup
    if out.suffix.lower() != _ENDING:
        raise WorkupError(
            "Give the work-up a file of its own with -o NAME{ending}; nothing was taken.", ending=_ENDING
        )
    return out


def _form_at(path: Path, protocol: Protocol, password: str) -> FilledForm:
    """The form in a file. Raises WorkupError with a sentence that names the file."""
    from rls_workup.exchange.filled_form import read_form
    from rls_workup.exchange.pdf_fields import content_of

    try:
        return read_form(content_of(path), protocol, today(), password)
    except UnreadableFile as trouble:
        told = word("{path} cannot be read as a form: {trouble}. Nothing was taken.")
        raise type(trouble)(told, path=path, trouble=trouble) from None


def _show(lines: Sequence[ReviewLine], filled: FilledForm, workup: Workup, protocol: Protocol) -> None:
    from rls_workup.exchange.filled_form import beside_the_items
    from rls_workup.exchange.review_text import review_text

    for sentence in beside_the_items(filled, protocol, workup):
        tell(sentence)
    sys.stdout.write(review_text(lines, protocol.wording))


def chosen_lines(lines: Sequence[ReviewLine], accept: str) -> list[ReviewLine]:
    """The lines to take. Raises WorkupError for an id that cannot be taken."""
    from rls_workup.domain.proposals import Standing

    if accept == _ALL:
        return [line for line in lines if line.sure]
    # Of several results of one test the newest stands first, and it is the one that a name stands for.
    by_id = {line.item.id: line for line in reversed(lines)}
    named = [name.strip() for name in accept.split(",") if name.strip()]
    for name in named:
        if name not in by_id:
            raise WorkupError("Nothing new is said of “{name}”. Nothing was taken.", name=name)
        if by_id[name].standing is Standing.SEVERAL:
            raise WorkupError(
                "There are several results of “{name}”: choose in the window. Nothing was taken.", name=name
            )
        if not by_id[name].can_be_taken:
            said = by_id[name].problem or Sentence("the work-up has it already.")
            raise WorkupError("“{name}” cannot be taken: {said} Nothing was taken.", name=name, said=said)
    return [by_id[name] for name in dict.fromkeys(named)]


def tell_count(lines: Sequence[ReviewLine], chosen: Sequence[ReviewLine], out: Path) -> None:
    """Say what was taken, and what could have been."""
    named = [line.item.id for line in chosen]
    left = dict.fromkeys(line.item.id for line in lines if line.can_be_taken and line.item.id not in named)
    tell(say("Taken: {count}. Written: {out}", count=len(chosen), out=out))
    if left:
        tell(say("Not taken, for they were not named: {names}.", names=", ".join(left)))
