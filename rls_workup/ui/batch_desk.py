"""The sheets of many work-ups at once, written or printed while the window goes on; told as it goes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QObject, Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog

from rls_workup.batch import WORTH_A_SECOND_CORE, Failure, write_all
from rls_workup.domain.protocol import Protocol
from rls_workup.domain.wording import word
from rls_workup.errors import Cancelled, WorkupError
from rls_workup.papers import Order, Task, made_paper, write_paper
from rls_workup.store import Row
from rls_workup.store.accesses import EXPORT, PRINT
from rls_workup.store.progress import Progress
from rls_workup.ui import desk
from rls_workup.ui.file_questions import free_path, sheet_name
from rls_workup.ui.page_pictures import pictures_of
from rls_workup.ui.printing import asked_printer, dpi_for, paint
from rls_workup.ui.store_work import StoreWork
from rls_workup.ui.words import say

if TYPE_CHECKING:
    from rls_workup.ui.casework import Casework

MATTER: Final = "batch"
_MOST_TOLD: Final = 3
_WRITING: Final = word("Writing sheets: {done} of {count} done.")
_LATER: Final = Qt.ConnectionType.QueuedConnection


class _Sheet(NamedTuple):
    """One sheet to write, and the protocol under which its work-up was filled in."""

    task: Task
    protocol: Protocol


def _written(sheets: Sequence[_Sheet], order: Order, current: Protocol, progress: Progress) -> list[Failure]:
    """Write them, in other processes where they are many; those of other editions are written here."""
    many = len(sheets) >= WORTH_A_SECOND_CORE
    here = [sheet for sheet in sheets if not many or sheet.protocol is not current]
    rest = [sheet.task for sheet in sheets if many and sheet.protocol is current]
    failures: list[Failure] = []
    for done, sheet in enumerate(here, start=1):
        try:
            write_paper(sheet.task, order, sheet.protocol)
        except WorkupError as trouble:
            failures.append(Failure(sheet.task, str(trouble)))
        progress.at(done / len(sheets))
    if not rest:
        return failures

    def told(done: int, _of: int) -> None:
        if not progress.cancelled:
            progress.at((len(here) + done) / len(sheets))

    return failures + write_all(rest, order, told, lambda: progress.cancelled)


def _printed(sheets: Sequence[_Sheet], order: Order, printer: QPrinter, progress: Progress) -> list[Failure]:
    """Print them one after the other, each as a job of its own, so that one that fails holds up no other."""
    failures: list[Failure] = []
    for done, sheet in enumerate(sheets, start=1):
        try:
            pdf, _told = made_paper(sheet.task, order, sheet.protocol)
            paint(printer, pictures_of(pdf, dpi_for(printer)))
        except WorkupError as trouble:
            failures.append(Failure(sheet.task, str(trouble)))
        progress.at(done / len(sheets))
    return failures


class BatchDesk(QObject):
    """One piece of work at a time. `end` stops it, as before the key is dropped."""

    def __init__(self, casework: Casework) -> None:
        super().__init__(casework)
        self._casework = casework
        self._work: StoreWork | None = None
        self._count, self._doing = 0, _WRITING
        casework.saving.resting.connect(self.end)
        casework.saving.ended.connect(self.end)

    @property
    def busy(self) -> bool:
        """Whether sheets are being written."""
        return self._work is not None

    def ask_and_write(self) -> None:
        """Ask for a folder and write the sheets of the chosen rows there."""
        rows = self._casework.window.worklist.chosen_rows()
        if not rows:
            return
        words = say("Where do the sheets of {count} work-ups go?", count=len(rows))
        chosen = QFileDialog.getExistingDirectory(self._casework.window, words)
        if chosen:
            self.write(rows, Path(chosen))

    def ask_and_print(self) -> None:
        """Ask for a printer and print the sheets of the chosen rows. WorkupError: there is none."""
        rows, window = self._casework.window.worklist.chosen_rows(), self._casework.window
        self._refuse_while_busy()
        printer = asked_printer(window, window.settings.paper) if rows else None
        if printer is not None:
            self.print_on(printer, rows)

    def print_on(self, printer: QPrinter, rows: Sequence[Row]) -> None:
        """Print one sheet for each row, while the window goes on. Raises WorkupError."""
        self._refuse_while_busy()
        window = self._casework.window
        sheets = self._sheets(rows, Path())
        order = Order(
            window.today(), paper=window.settings.paper, protocol=window.loading.folder, with_data=False
        )
        names = {sheet.task.out: row for sheet, row in zip(sheets, rows, strict=True)}
        self._doing = word("Printing sheets: {done} of {count} done.")
        self._begin(
            partial(_printed, sheets, order, printer), partial(self._print_done, names=names), len(sheets)
        )

    def _print_done(self, result: object, *, names: dict[Path, Row]) -> None:
        self._work = None
        self._casework.window.notices.take_back(MATTER)
        failures = result if isinstance(result, list) else []
        failed = {failure.task.out for failure in failures}
        sent = [row for out, row in names.items() if out not in failed]
        if isinstance(result, WorkupError):
            words = say("Stopped. What had gone to the printer by then is printed.")
            self._casework.window.notices.show_notice(MATTER, "note", words)
            return
        for row in sent:
            self._casework.log.note(PRINT, row.id, "workup")
        lines = [say("{count} sheets went to the printer.", count=len(sent)), *_not_made(failures, names)]
        self._casework.window.notices.show_notice(MATTER, "warn" if failures else "ok", "\n".join(lines))

    def _refuse_while_busy(self) -> None:
        if self.busy:
            raise WorkupError(
                say("Sheets are being written already. Wait until they are done, or stop them.")
            )

    def write(self, rows: Sequence[Row], folder: Path) -> None:
        """Write one sheet for each row into the folder; nothing there is replaced. Raises WorkupError."""
        self._refuse_while_busy()
        casework = self._casework
        sheets = self._sheets(rows, folder)
        window = casework.window
        order = Order(window.today(), paper=window.settings.paper, protocol=window.loading.folder)
        names = {sheet.task.out: row for sheet, row in zip(sheets, rows, strict=True)}
        self._doing = _WRITING
        self._begin(
            partial(_written, sheets, order, casework.protocol),
            partial(self._done, names=names, folder=folder),
            len(sheets),
        )

    def _sheets(self, rows: Sequence[Row], folder: Path) -> list[_Sheet]:
        store, editions = self._casework.window.store, self._casework.editions
        taken: set[Path] = set()
        sheets: list[_Sheet] = []
        self._casework.saving.flush()
        for row in rows:
            kept = store.read(row.id)
            workup, protocol = desk.read_as_kept(kept.document, editions)
            out = free_path(folder, sheet_name(workup), taken)
            taken.add(out)
            head = store.revisions(row.id)[-1].head
            sheets.append(_Sheet(Task(kept.document, out, kept.version, head), protocol))
        return sheets

    def _begin(self, work: Callable[[Progress], object], done: Callable[[object], None], count: int) -> None:
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
        notices = self._casework.window.notices
        if not notices.say(MATTER, words):
            notices.show_notice(MATTER, "note", words, [(say("Stop"), self.stop)], stays=True)

    def stop(self) -> None:
        """Write no more; what is written stays."""
        if self._work is not None:
            self._work.cancel()

    def end(self) -> None:
        """Stop and wait for it."""
        if self._work is not None:
            self._work.stop()
            self._work = None
            self._casework.window.notices.take_back(MATTER)

    def _done(self, result: object, *, names: dict[Path, Row], folder: Path) -> None:
        self._work = None
        written = [row for out, row in names.items() if out.exists()]
        for row in written:
            self._casework.log.note(EXPORT, row.id, "workup")
        notices = self._casework.window.notices
        notices.take_back(MATTER)
        if isinstance(result, Cancelled):
            words = say("Stopped. {count} in {folder}.", count=_count_of(len(written)), folder=folder)
            notices.show_notice(MATTER, "note", words)
        elif isinstance(result, WorkupError):
            notices.show_notice(MATTER, "warn", str(result))
        else:
            failures = result if isinstance(result, list) else []
            tone = "warn" if failures else "ok"
            notices.show_notice(MATTER, tone, _outcome(len(written), folder, failures, names))


def _outcome(written: int, folder: Path, failures: list[Failure], names: dict[Path, Row]) -> str:
    return "\n".join([f"{_count_of(written)} in {folder}.", *_not_made(failures, names)])


def _not_made(failures: list[Failure], names: dict[Path, Row]) -> list[str]:
    lines: list[str] = []
    for failure in failures[:_MOST_TOLD]:
        row = names[failure.task.out]
        lines.append(
            say(
                "Not written: {family_name}, {identifier}. {why}",
                family_name=row.family_name or say("No name"),
                identifier=row.identifier or say("no number"),
                why=failure.why,
            )
        )
    if len(failures) > _MOST_TOLD:
        lines.append(say("And {count} more were not written.", count=len(failures) - _MOST_TOLD))
    return lines


def _count_of(written: int) -> str:
    return say("1 sheet is") if written == 1 else say("{count} sheets are", count=written)
