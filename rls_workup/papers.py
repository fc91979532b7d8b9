"""One work-up to one paper: read, assessed, set, with its data inside and behind a password where wanted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rls_workup.domain.protocol import Protocol


@dataclass(frozen=True, slots=True)
class Order:
    """What is wanted of a paper. `protocol`: the practice's folder; `password`: "" leaves the paper open.

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
    """One paper to write: the file of a work-up or its document, and where the paper goes."""

    source: Path | str
    out: Path
    revision: int = 0
    link: str = ""


@lru_cache(maxsize=4)
def protocol_in(folder: Path | None, language: str) -> Protocol:
    """The protocol of a folder in a language, loaded once."""
    from rls_workup.protocols import load_protocol

    return load_protocol(folder, language)


def write_paper(task: Task, order: Order) -> str:
    """Write the paper; returns what is worth telling about it, "" where nothing is.

    Raises WorkupError: the work-up cannot be read, or the paper not written, and what was there is untouched.
    """
    from rls_workup.domain.assessment import assess
    from rls_workup.exchange.workup_file import (
        filled_in_elsewhere,
        read_workup,
        workup_from_text,
        workup_text,
    )
    from rls_workup.report import Sheet, page_bytes, put_file, sheet_bytes

    protocol = protocol_in(order.protocol, order.language)
    if isinstance(task.source, str):
        workup = workup_from_text(task.source, protocol)
    else:
        workup = read_workup(task.source, protocol, order.opens_with)
    assessment = assess(protocol, workup, order.today)
    if task.out.suffix.lower() in (".html", ".htm") and order.kind == "workup":
        page = Sheet(protocol, workup, assessment, revision=task.revision, link=task.link)
        put_file(task.out, page_bytes(page))
        return filled_in_elsewhere(protocol, workup)
    paper = sheet_bytes(
        protocol,
        workup,
        assessment,
        kind=order.kind,
        paper=order.paper,
        revision=task.revision,
        link=task.link,
        document=workup_text(workup).encode() if order.with_data else None,
        password=order.password,
    )
    put_file(task.out, paper)
    return filled_in_elsewhere(protocol, workup)
