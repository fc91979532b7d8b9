"""Results of a laboratory beside a work-up on the command line: the table, and with `-o` what is clean."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from rls_workup.cli.importing import chosen_lines, place_for, tell_count
from rls_workup.cli.passphrases import paper_password
from rls_workup.cli.spoken import say, tell
from rls_workup.cli.work import protocol_in, today
from rls_workup.errors import Sentence, UnreadableFile, WorkupError

if TYPE_CHECKING:
    from rls_workup.domain.workup import Workup
    from rls_workup.exchange.results import Laboratory, Report
    from rls_workup.exchange.same_person import Compared

_PASTED = Path("-")
_ORDERS = {"": "ask", "day-first": "dmy", "month-first": "mdy"}


def import_results(options: argparse.Namespace) -> int:
    """Print the review table; write what is clean with `-o`, or what `--accept` names."""
    from rls_workup.domain.proposals import taken
    from rls_workup.exchange.results import Laboratory
    from rls_workup.exchange.results_review import reviewed
    from rls_workup.exchange.results_text import results_document, results_text
    from rls_workup.exchange.strict_json import write_json
    from rls_workup.exchange.workup_file import read_workup, write_workup

    protocol = protocol_in(options)
    workup = read_workup(options.workup, protocol, paper_password(options.password_file))
    laboratory = Laboratory(protocol, today(), _ORDERS[options.dates])
    report = _report(options.form, laboratory)
    whose = _whose(workup, report, laboratory, options)
    source = laboratory.source_of("" if options.form == _PASTED else options.form.name)
    review = reviewed(laboratory, workup, report, source)
    if options.json:
        sys.stdout.write(write_json(results_document(review, whose)))
    else:
        sys.stdout.write(results_text(review, protocol.wording))
    if report.either_day:
        tell(say("A date could be either of two days: --dates day-first or month-first says which."))
    if not options.output and not options.accept:
        tell(say("Nothing was taken. -o OUT takes what nothing speaks against; --accept takes by ids."))
        return 0
    out = place_for(workup, options)
    chosen = chosen_lines(review.lines, options.accept or "all")
    write_workup(out, taken(workup, chosen))
    tell_count(review.lines, chosen, out)
    return 0


def _report(path: Path, laboratory: Laboratory) -> Report:
    from rls_workup.exchange.results_in import content_at, read_results

    content = sys.stdin.buffer.read() if path == _PASTED else content_at(path)
    try:
        return read_results(content, laboratory)
    except UnreadableFile as trouble:
        name = Sentence("The pasted text") if path == _PASTED else path
        raise UnreadableFile(
            "{name} cannot be read as results: {trouble}. Nothing was taken.", name=name, trouble=trouble
        ) from None


def _whose(workup: Workup, report: Report, laboratory: Laboratory, options: argparse.Namespace) -> Compared:
    """Say whose the results are. Raises OtherPatient before anything of another patient is shown or taken."""
    from rls_workup.exchange.same_person import Likeness, compared_with
    from rls_workup.exchange.whose import OtherPatient

    compared = compared_with(workup.patient, report.whose)
    told = compared.told(laboratory.protocol.wording)
    if compared.likeness is Likeness.OTHER and not options.same_patient:
        raise OtherPatient(
            "{told} Nothing was taken. If it is the same person, say so with --same-patient.", told=told
        )
    writes = options.output or options.accept
    if compared.likeness is Likeness.UNSURE and writes and not options.same_patient:
        raise WorkupError("{told} Nothing was taken. If they are, say so with --same-patient.", told=told)
    tell(told)
    return compared
