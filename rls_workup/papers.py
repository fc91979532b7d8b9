"""One work-up to one paper: read, assessed, set, with its data inside and behind a password where wanted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from rls_workup.errors import CannotWrite, Sentence, WorkupError

if TYPE_CHECKING:
    from rls_workup.domain.protocol import Protocol
    from rls_workup.domain.workup import Workup

CARRIER = "workup"
"""The kind of paper that carries the data of its work-up."""
BLANK = "blank"
"""The form to fill in, which needs no work-up."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is wanted of a paper. `protocol`: the practice's folder; `password`: "" leaves the paper open.

    `with_data`: the sheet carries the work-up; no other paper does, since they go to other people.
    `opens_with`: the password of a paper that is read.
    """

    today: date
    kind: str = "workup"
    paper: str = "a4"
    language: str = "en"
    protocol: Path | None = None
    with_data: bool = True
    password: str = ""
    opens_with: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """One paper to write: the file of a work-up, its document or none (a blank form), and where it goes."""

    source: Path | str | None
    out: Path
    revision: int = 0
    link: str = ""


@lru_cache(maxsize=4)
def protocol_in(folder: Path | None, language: str) -> Protocol:
    """The protocol of a folder in a language, loaded once."""
    from rls_workup.protocols import load_protocol

    return load_protocol(folder, language)


def write_paper(task: Task, order: Order, protocol: Protocol | None = None) -> Sentence:
    """Write the paper; returns what is worth telling about it, "" where nothing is.

    `protocol`: the one to read it under, in place of the one that is ordered.
    Raises WorkupError: the work-up cannot be read, or the paper not written, and what was there is untouched.
    """
    from rls_workup.report import put_file

    if isinstance(task.source, Path) and task.out.exists() and task.source.exists():
        _spare(task.source, task.out)
    paper, told = made_paper(task, order, protocol)
    put_file(task.out, paper)
    return told


def _spare(source: Path, out: Path) -> None:
    """Raise CannotWrite where the paper would take the place of its own work-up."""
    if source.samefile(out):
        raise CannotWrite("{out} is the work-up itself. Give the paper another name.", out=out)


def made_paper(task: Task, order: Order, protocol: Protocol | None = None) -> tuple[bytes, Sentence]:
    """The paper, and what is worth telling about it; nothing is written. Raises WorkupError."""
    from rls_workup.domain.workup import Workup
    from rls_workup.exchange.workup_file import filled_in_elsewhere, read_workup, workup_from_text

    protocol = protocol or protocol_in(order.protocol, order.language)
    if task.source is None:
        workup = Workup("", protocol.about.id, protocol.about.version)
    elif isinstance(task.source, str):
        workup = workup_from_text(task.source, protocol)
    else:
        workup = read_workup(task.source, protocol, order.opens_with)
    return _paper_bytes(protocol, workup, task, order), filled_in_elsewhere(protocol, workup)


def _paper_bytes(protocol: Protocol, workup: Workup, task: Task, order: Order) -> bytes:
    """Pages as PDF; a note as text, and the sheet as an HTML page where its file's name asks for one."""
    from rls_workup.domain.assessment import assess
    from rls_workup.exchange.workup_file import workup_text
    from rls_workup.report import NOTES, Sheet, note_bytes, page_bytes, sheet_bytes

    assessment = assess(protocol, workup, order.today)
    plain = Sheet(protocol, workup, assessment, order.kind, revision=task.revision, link=task.link)
    if order.kind in NOTES:
        if order.password:
            raise WorkupError("A note is plain text and cannot be locked. Leave the password out.")
        return note_bytes(plain)
    if task.out.suffix.lower() in (".html", ".htm"):
        if order.kind != CARRIER:
            raise WorkupError(
                "Only the work-up sheet is written as an HTML page. Let the name end with .pdf."
            )
        if order.password:
            raise WorkupError("An HTML page cannot be locked. Let the name end with .pdf.")
        return page_bytes(plain)
    carried = order.with_data and order.kind == CARRIER
    return sheet_bytes(
        protocol,
        workup,
        assessment,
        kind=order.kind,
        paper=order.paper,
        revision=task.revision,
        link=task.link,
        document=workup_text(workup).encode() if carried else None,
        password=order.password,
    )
