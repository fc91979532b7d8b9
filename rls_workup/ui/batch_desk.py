"""The papers of many work-ups at once, written or printed while the window goes on; told as it goes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog

from rls_workup.batch import Failure
from rls_workup.domain.wording import word
from rls_workup.errors import Cancelled, WorkupError
from rls_workup.papers import Order
from rls_workup.store import Row
from rls_workup.store.accesses import EXPORT, PRINT
from rls_workup.store.progress import Progress
from rls_workup.ui import words as spoken
from rls_workup.ui.batch_bar import BatchBar
from rls_workup.ui.marked_papers import Marked, papers_of, printed, written
from rls_workup.ui.printing import asked_printer
from rls_workup.ui.store_work import StoreWork
from rls_workup.ui.words import said_of, say

if TYPE_CHECKING:
    from rls_workup.ui.casework import Casework

MATTER: Final = "batch"
_MOST_TOLD: Final = 3
_WRITING: Final = word("Writing: {done} of {count} done.")
_PRINTING: Final = word("Printing: {done} of {count} done.")
_LATER: Final = Qt.ConnectionType.QueuedConnection


class BatchDesk(QObject):
    """One piece of work at a time. `end` stops it, as before the key is dropped."""

    def __init__(self, casework: Casework) -> None:
        super().__init__(casework)
        self._casework, self._window = casework, casework.window
        self._bar: BatchBar | None = None
        self._work: StoreWork | None = None
        self._count, self._doing = 0, _WRITING
        casework.saving.resting.connect(self.end)
        casework.saving.ended.connect(self.end)
        spoken.current.changed.connect(self.put_away)

    @property
    def busy(self) -> bool:
        """Whether papers are being made."""
        return self._work is not None

    @property
    def bar(self) -> BatchBar:
        """What is made of the marked rows, as it was chosen last; made when first asked for."""
        if self._bar is None:
            window = self._window
            self._bar = BatchBar(window.settings, window.loading.tongues, self._casework.protocol.language)
            self._bar.write_asked.connect(partial(self._tried, self.ask_and_write))
            self._bar.print_asked.connect(partial(self._tried, self.ask_and_print))
            self._bar.put_away.connect(self.put_away)
            self._bar.changed.connect(self._keep)
            window.worklist.table.selectionModel().selectionChanged.connect(self._count_marked)
            window.worklist.put_above(self._bar)
        return self._bar

    def offer(self, *, to_print: bool = False) -> None:
        """Ask in place what is to be made of the marked rows."""
        self.bar.show()
        self._count_marked()
        (self.bar.print_button if to_print else self.bar.kind).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def put_away(self) -> None:
        """Take the line away, the keys back to the rows."""
        bar, self._bar = self._bar, None
        if bar is None:
            return
        self._window.worklist.table.selectionModel().selectionChanged.disconnect(self._count_marked)
        bar.hide()
        bar.deleteLater()
        self._window.worklist.take_focus()

    def _count_marked(self) -> None:
        self.bar.show_count(len(self._window.worklist.chosen_rows()))

    def _keep(self) -> None:
        self._window.take_settings(self.bar.chosen(self._window.settings))

    def _tried(self, act: Callable[[], object]) -> None:
        try:
            act()
        except WorkupError as trouble:
            self._window.tell(said_of(trouble))

    def ask_and_write(self) -> None:
        """Ask for a folder and write the papers of the marked rows there. Raises WorkupError."""
        rows = self._window.worklist.chosen_rows()
        if not rows:
            return
        self._refuse_while_busy()
        words = say("Where do the papers of {count} work-ups go?", count=len(rows))
        chosen = QFileDialog.getExistingDirectory(self._window, words)
        if chosen:
            self.write(rows, Path(chosen))

    def ask_and_print(self) -> None:
        """Ask for a printer and print the papers of the marked rows. WorkupError: there is none."""
        rows, window = self._window.worklist.chosen_rows(), self._window
        self._refuse_while_busy()
        printer = asked_printer(window, window.settings.paper) if rows else None
        if printer is not None:
            self.print_on(printer, rows)

    def order(self, *, with_data: bool) -> Order:
        """What is wanted, as it was chosen last."""
        window, settings = self._window, self._window.settings
        return Order(
            window.today(),
            settings.batch_kind,
            settings.paper,
            settings.batch_language or settings.paper_language or self._casework.protocol.language,
            window.loading.folder,
            with_data,
        )

    def _refuse_while_busy(self) -> None:
        if self.busy:
            raise WorkupError(say("Papers are being made already. Wait until they are done, or stop them."))

    def write(self, rows: Sequence[Row], folder: Path) -> None:
        """Write one paper for each row into the folder; nothing there is replaced. Raises WorkupError."""
        self._refuse_while_busy()
        order = self.order(with_data=self._window.settings.carries_data)
        papers = papers_of(self._casework, rows, order, folder)
        current = self._window.loading.tongues.told(self._casework.protocol, order.language)
        self._doing = _WRITING
        self._begin(
            partial(written, papers, order, current),
            partial(self._written, papers=papers, folder=folder, kind=order.kind),
            len(papers),
        )

    def print_on(self, printer: QPrinter, rows: Sequence[Row]) -> None:
        """Print one paper for each row, while the window goes on. Raises WorkupError."""
        self._refuse_while_busy()
        order = self.order(with_data=False)
        papers = papers_of(self._casework, rows, order, Path())
        self._doing = _PRINTING
        self._begin(
            partial(printed, papers, order, printer),
            partial(self._printed, papers=papers, printer=printer, kind=order.kind),
            len(papers),
        )

    def _begin(self, work: Callable[[Progress], object], done: Callable[[object], None], count: int) -> None:
        self.put_away()
        self._count = count
        self._work = StoreWork(work, self)
        self._work.progressed.connect(self._told, _LATER)
        self._work.ended.connect(done, _LATER)
        self._show(0)
        self._work.begin()

    def _told(self, part: float) -> None:
        if self.busy:
            self._show(round(part * self._count))

    def _show(self, done: int) -> None:
        words = say(self._doing, done=done, count=self._count)
        notices = self._window.notices
        if not notices.say(MATTER, words):
            notices.show_notice(MATTER, "note", words, [(say("Stop"), self.stop)], stays=True)

    def stop(self) -> None:
        """Make no more; what is made stays."""
        if self._work is not None:
            self._work.cancel()

    def end(self) -> None:
        """Stop and wait for it."""
        if self._work is not None:
            self._work.stop()
            self._work = None
            self._window.notices.take_back(MATTER)

    def _written(self, result: object, *, papers: list[Marked], folder: Path, kind: str) -> None:
        made = [paper for paper in papers if paper.task.out.exists()]
        self._note(EXPORT, made, kind)
        stopped = isinstance(result, Cancelled)
        failures = result if isinstance(result, list) else []
        told = [_in_folder(len(made), folder), *_not_made(failures, papers)]
        if isinstance(result, WorkupError) and not stopped:
            told = [said_of(result)]
        self._say(told, stopped=stopped, well=stopped or (isinstance(result, list) and not failures))

    def _printed(self, result: object, *, papers: list[Marked], printer: QPrinter, kind: str) -> None:
        failures = result if isinstance(result, list) else []
        failed = {failure.task.out for failure in failures}
        sent = [] if isinstance(result, WorkupError) else [p for p in papers if p.task.out not in failed]
        self._note(PRINT, sent, kind)
        why = [failure for failure in failures if failure.why]
        told = [_at_printer(len(sent), printer), *_not_made(why, papers)]
        if isinstance(result, WorkupError):
            told = [said_of(result)]
        stopped = len(why) < len(failures)
        self._say(told, stopped=stopped, well=isinstance(result, list) and not why)

    def _note(self, what: str, papers: Sequence[Marked], kind: str) -> None:
        for paper in papers:
            self._casework.log.note(what, paper.row.id, kind)

    def _say(self, told: list[str], *, stopped: bool, well: bool) -> None:
        """How it ended, in place of how far it is."""
        self._work = None
        tone = "warn" if not well else "note" if stopped else "ok"
        words = "\n".join(told)
        self._window.notices.take_back(MATTER)
        self._window.notices.show_notice(MATTER, tone, f"{say('Stopped.')} {words}" if stopped else words)


def _not_made(failures: list[Failure], papers: list[Marked]) -> list[str]:
    rows = {paper.task.out: paper.row for paper in papers}
    lines: list[str] = []
    for failure in failures[:_MOST_TOLD]:
        row = rows[failure.task.out]
        lines.append(
            say(
                "Not made: {family_name}, {identifier}. {why}",
                family_name=row.family_name or say("No name"),
                identifier=row.identifier or say("no number"),
                why=failure.why,
            )
        )
    if len(failures) > _MOST_TOLD:
        lines.append(say("And {count} more were not made.", count=len(failures) - _MOST_TOLD))
    return lines


def _in_folder(count: int, folder: Path) -> str:
    if count == 1:
        return say("1 paper is in {folder}.", folder=folder)
    return say("{count} papers are in {folder}.", count=count, folder=folder)


def _at_printer(count: int, printer: QPrinter) -> str:
    name = printer.printerName() or say("the printer")
    if count == 1:
        return say("1 paper went to {printer}.", printer=name)
    return say("{count} papers went to {printer}.", count=count, printer=name)
