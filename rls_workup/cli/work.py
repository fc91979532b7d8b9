"""One work-up or many: its findings as text, its papers as files."""

from __future__ import annotations

import argparse
import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from rls_workup.cli.passphrases import paper_password
from rls_workup.cli.protocol_words import practice_folder
from rls_workup.cli.spoken import said_of, say, tell

if TYPE_CHECKING:
    from rls_workup.domain.protocol import Protocol
    from rls_workup.papers import Order, Task

Commands = argparse._SubParsersAction  # the type has no public name


def work_commands(commands: Commands[argparse.ArgumentParser], shared: argparse.ArgumentParser) -> None:
    """Add `assess`, `sheet` and `demo`."""
    assess = commands.add_parser("assess", parents=[shared], help="print the findings of a work-up file")
    assess.add_argument("file", type=Path, metavar="FILE", help="a work-up, or a sheet that carries one")
    assess.add_argument("--json", action="store_true", help="as one JSON object")
    language_option(assess)
    password_option(assess)
    assess.set_defaults(command=_assess)

    sheet = commands.add_parser("sheet", parents=[shared], help="write the PDF of a work-up file")
    sheet.add_argument(
        "files",
        type=Path,
        nargs="*",
        metavar="FILE",
        help="a work-up, or a sheet that carries one; a blank form needs none",
    )
    sheet.add_argument(
        "-o",
        "--output",
        type=Path,
        required=True,
        metavar="OUT.pdf",
        help="a folder where several are written",
    )
    sheet.add_argument("--kind", choices=("workup", "referral", "handout", "note", "blank"), default="workup")
    sheet.add_argument(
        "--to",
        choices=("sleep", "neurology"),
        default="",
        help="to whom a referral goes; without it, where the work-up has the better reason for",
    )
    sheet.add_argument("--short", action="store_true", help="a short note")
    sheet.add_argument("--paper", choices=("a4", "letter"), default="a4")
    language_option(sheet)
    sheet.add_argument(
        "--without-data", action="store_true", help="leave the work-up's data out of the file of the sheet"
    )
    sheet.add_argument(
        "--lock-file", type=Path, metavar="FILE", help="holds the password that the sheet is locked with"
    )
    password_option(sheet)
    sheet.set_defaults(command=_sheet)

    demo = commands.add_parser("demo", parents=[shared], help="write the sheet of the sample patient here")
    demo.set_defaults(command=_demo)


def language_option(parser: argparse.ArgumentParser) -> None:
    """`--language`: what the protocol's texts and our own words are said in."""
    parser.add_argument("--language", metavar="CODE", default="en")
    parser.set_defaults(speaks=True)


def password_option(parser: argparse.ArgumentParser) -> None:
    """`--password-file`, for a PDF that is read."""
    parser.add_argument(
        "--password-file", type=Path, metavar="FILE", help="holds the password of a locked sheet that is read"
    )


def _assess(options: argparse.Namespace) -> int:
    from rls_workup.domain.assessment import assess
    from rls_workup.exchange.assessment_json import assessment_document
    from rls_workup.exchange.assessment_text import assessment_text
    from rls_workup.exchange.strict_json import write_json
    from rls_workup.exchange.workup_file import filled_in_elsewhere, read_workup

    protocol = protocol_in(options)
    workup = read_workup(options.file, protocol, paper_password(options.password_file))
    tell(said_of(filled_in_elsewhere(protocol, workup)))
    if workup.sample and not options.json:
        tell(say("SAMPLE: a practice patient, no real one."))
    assessment = assess(protocol, workup, today())
    document = (
        write_json(assessment_document(assessment)) if options.json else assessment_text(protocol, assessment)
    )
    sys.stdout.write(document)
    return 0


def protocol_in(options: argparse.Namespace) -> Protocol:
    """The protocol in the language that is asked for; what stays in English is told."""
    from rls_workup import papers

    protocol = papers.protocol_in(practice_folder(options.protocol), options.language)
    if count := len(protocol.in_english):
        tell(
            say("1 text is not translated and shown in English.")
            if count == 1
            else say("{count} texts are not translated and shown in English.", count=count)
        )
        tell(say("“protocol check --language {language}” lists what is missing.", language=options.language))
    return protocol


def _sheet(options: argparse.Namespace) -> int:
    from rls_workup.papers import BLANK, Task, write_paper

    if not options.files and options.kind != BLANK:
        tell(say("Name the work-up that the paper “{kind}” is to be made of.", kind=options.kind))
        return 2
    order = _order(options)
    protocol_in(options)
    if len(options.files) > 1:
        return _write_many(options.files, options.output, order)
    source = options.files[0] if options.files else None
    tell(said_of(write_paper(Task(source, options.output), order)))
    tell(say("Written: {out}", out=options.output))
    return 0


def _order(options: argparse.Namespace) -> Order:
    from rls_workup.papers import Order

    return Order(
        today(),
        _kind(options),
        options.paper,
        options.language,
        practice_folder(options.protocol),
        not options.without_data,
        _lock(options.lock_file),
        paper_password(options.password_file),
    )


def _lock(file: Path | None) -> str:
    """The password to lock with. Raises WorkupError for an empty one, which would leave the sheet open."""
    from rls_workup.errors import WorkupError

    password = paper_password(file, variable="")
    if file is not None and not password:
        raise WorkupError(
            "{file} holds no password, so the sheet would not be locked. Nothing was written.", file=file
        )
    return password


def _kind(options: argparse.Namespace) -> str:
    """The kind of paper with what it is narrowed to. Raises WorkupError where that does not fit it."""
    from rls_workup.errors import WorkupError

    for kind, word, given in (("referral", "--to", options.to), ("note", "--short", options.short)):
        if given and options.kind != kind:
            raise WorkupError("{word} goes with --kind {kind} only.", word=word, kind=kind)
    narrowed = options.to or ("short" if options.short else "")
    return f"{options.kind}_{narrowed}" if narrowed else str(options.kind)


def _write_many(files: list[Path], folder: Path, order: Order) -> int:
    """Each into the folder under its own name; 1 where any could not be written."""
    from rls_workup.batch import write_all
    from rls_workup.errors import CannotWrite

    if not folder.is_dir():
        raise CannotWrite(
            "{folder} is no folder. Several sheets go into a folder that is there.", folder=folder
        )
    tasks = _tasks(files, folder, ".txt" if order.kind.startswith("note") else ".pdf")
    failures = write_all(tasks, order, _count, lambda: False)
    for failure in failures:
        tell(say("Not written: {name}. {why}", name=failure.task.out.name, why=said_of(failure.why)))
    done = len(tasks) - len(failures)
    tell(say("Written: {done} of {count} in {folder}", done=done, count=len(tasks), folder=folder))
    return 1 if failures else 0


def _tasks(files: list[Path], folder: Path, ending: str) -> list[Task]:
    """A paper for each file; two files of one name get numbers, so that none replaces the other."""
    from rls_workup.papers import Task

    tasks: list[Task] = []
    taken: set[str] = set()
    for file in files:
        name, number = f"{file.stem}{ending}", 1
        while name.casefold() in taken:
            number += 1
            name = f"{file.stem}-{number}{ending}"
        taken.add(name.casefold())
        tasks.append(Task(file, folder / name))
    return tasks


def _count(done: int, of: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{done} / {of}", end="" if done < of else "\n", file=sys.stderr, flush=True)


def _demo(options: argparse.Namespace) -> int:
    from rls_workup.papers import Order, Task, write_paper
    from rls_workup.resources import folder

    out = Path.cwd() / "RLS-checklist-sample.pdf"
    order = Order(today(), protocol=practice_folder(options.protocol))
    write_paper(Task(folder("sample", "brown-margaret.rlsworkup"), out), order)
    print(f"The sheet of the sample patient is here: {out}")
    return 0


def today() -> date:
    """The day where the person is."""
    return datetime.now().astimezone().date()
