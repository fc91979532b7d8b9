"""One paper for each marked row of the worklist, written or printed away from the window's thread."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from rls_workup.batch import WORTH_A_SECOND_CORE, Failure, write_all
from rls_workup.errors import Cancelled, Sentence, WorkupError
from rls_workup.papers import Order, Task, made_paper, write_paper
from rls_workup.ui import desk
from rls_workup.ui.file_questions import free_path, sheet_name
from rls_workup.ui.page_pictures import pictures_of
from rls_workup.ui.printing import dpi_for, paint

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from rls_workup.domain.protocol import Protocol
    from rls_workup.store import Revision, Row
    from rls_workup.store.progress import Progress
    from rls_workup.ui.casework import Casework


class Marked(NamedTuple):
    """One paper to make: its row, its task and the protocol, in the language of the paper, of its work-up."""

    row: Row
    task: Task
    protocol: Protocol


def papers_of(casework: Casework, rows: Sequence[Row], order: Order, folder: Path) -> list[Marked]:
    """The papers of these rows, as they are saved now, each with a free name in the folder. WorkupError."""
    store, tongues = casework.window.store, casework.window.loading.tongues
    taken: set[Path] = set()
    papers: list[Marked] = []
    casework.saving.flush()
    for row in rows:
        kept = store.read(row.id)
        workup, protocol = desk.read_as_kept(kept.document, casework.editions)
        out = free_path(folder, sheet_name(workup, order.kind), taken)
        taken.add(out)
        task = Task(kept.document, out, kept.version, _head(store.revisions(row.id), kept.version))
        papers.append(Marked(row, task, tongues.told(protocol, order.language)))
    return papers


def _head(revisions: Sequence[Revision], version: int) -> str:
    """The head of the version that is printed, also where somebody saved another just now."""
    return next(revision.head for revision in reversed(revisions) if revision.version == version)


def written(papers: Sequence[Marked], order: Order, current: Protocol, progress: Progress) -> list[Failure]:
    """Write them, in other processes where they are many; those of other editions are written here.

    `current`: the protocol at hand, in the language of the papers.
    """
    many = len(papers) >= WORTH_A_SECOND_CORE
    here = [paper for paper in papers if not many or paper.protocol is not current]
    rest = [paper.task for paper in papers if many and paper.protocol is current]
    failures: list[Failure] = []
    for done, paper in enumerate(here, start=1):
        try:
            write_paper(paper.task, order, paper.protocol)
        except WorkupError as trouble:
            failures.append(Failure(paper.task, trouble.sentence))
        progress.at(done / len(papers))
    if not rest:
        return failures

    def told(done: int, _of: int) -> None:
        if not progress.cancelled:
            progress.at((len(here) + done) / len(papers))

    return failures + write_all(rest, order, told, lambda: progress.cancelled)


def printed(papers: Sequence[Marked], order: Order, printer: QPrinter, progress: Progress) -> list[Failure]:
    """Print them one after the other, each as a job of its own, so that one that fails holds up no other.

    Where it is stopped, those that had not gone to the printer are failures without a reason.
    """
    failures: list[Failure] = []
    for done, paper in enumerate(papers, start=1):
        try:
            pdf, _told = made_paper(paper.task, order, paper.protocol)
            paint(printer, pictures_of(pdf, dpi_for(printer)))
        except WorkupError as trouble:
            failures.append(Failure(paper.task, trouble.sentence))
        try:
            progress.at(done / len(papers))
        except Cancelled:
            return failures + [Failure(left.task, Sentence("")) for left in papers[done:]]
    return failures
