"""Dragging out: work-ups from the worklist, the paper or the note from the preview, to any other program."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QMimeData, QObject, QPoint, Qt, QUrl
from PySide6.QtGui import QDrag
from PySide6.QtWidgets import QWidget

from rls_workup.errors import WorkupError
from rls_workup.papers import CARRIER, Order, made_paper
from rls_workup.store.accesses import EXPORT
from rls_workup.ui import icons
from rls_workup.ui.clipboard import concealed
from rls_workup.ui.marked_papers import papers_of
from rls_workup.ui.words import said_of, say

if TYPE_CHECKING:
    from rls_workup.store import Row
    from rls_workup.ui.casework import Casework
    from rls_workup.ui.private_files import PrivateFiles

MOST_ROWS: Final = 10
"""More at once would hold up the hand that drags; “Write papers” is for more."""


class DragOut(QObject):
    """What leaves is made when the drag begins; what nobody takes is removed at once."""

    def __init__(self, casework: Casework, files: PrivateFiles) -> None:
        super().__init__(casework)
        self._casework, self._files = casework, files

    def rows_out(self) -> None:
        """Drag the marked rows of the worklist: of each its sheet and its work-up file."""
        window = self._casework.window
        rows = window.worklist.chosen_rows()
        if not rows:
            return
        self._out(window.worklist.table, lambda: self.of_rows(rows), [row.id for row in rows], CARRIER)

    def paper_out(self) -> None:
        """Drag the paper or the note that the preview shows."""
        preview, session = self._casework.paper.preview, self._casework.session
        if session is not None and preview.is_ready():
            self._out(preview, self.of_preview, [session.workup.id], preview.shown_kind())

    def of_rows(self, rows: Sequence[Row]) -> QMimeData:
        """Two files for each row; no name says who the patient is. Raises WorkupError."""
        from rls_workup.exchange.workup_file import workup_text
        from rls_workup.ui import desk

        if len(rows) > MOST_ROWS:
            raise WorkupError(
                say(
                    "At most {count} rows are dragged at once. “Write papers” takes any number.",
                    count=MOST_ROWS,
                )
            )
        casework = self._casework
        window, settings = casework.window, casework.window.settings
        language = settings.paper_language or casework.protocol.language
        order = Order(window.today(), CARRIER, settings.paper, language, with_data=settings.carries_data)
        made: list[tuple[str, bytes]] = []
        for paper in papers_of(casework, rows, order, self._files.folder()):
            workup, _protocol = desk.read_as_kept(str(paper.task.source), casework.editions)
            pdf, _told = made_paper(paper.task, order, paper.protocol)
            name = paper.task.out.with_suffix(".rlsworkup").name
            made += [(paper.task.out.name, pdf), (name, workup_text(workup).encode())]
        return of_files(self._files.put_all(made))  # only now: where one cannot be made, none lies there

    def of_preview(self) -> QMimeData:
        """The PDF as “Save” would write it, or the note's text. Raises WorkupError."""
        preview = self._casework.paper.preview
        if preview.shown_note():
            return concealed(preview.shown_note())
        name, content = preview.file()
        return of_files([self._files.put(name, content)])

    def _out(self, source: QWidget, made: Callable[[], QMimeData], ids: Sequence[str], kind: str) -> None:
        try:
            content = made()
        except WorkupError as trouble:
            self._casework.window.tell(said_of(trouble))
            return
        paths = [Path(url.toLocalFile()) for url in content.urls()]
        if dragged(source, content):
            for workup_id in ids:
                self._casework.log.note(EXPORT, workup_id, kind)
        else:
            self._files.remove(paths)


def of_files(paths: Sequence[Path]) -> QMimeData:
    """Files as other programs take them."""
    content = QMimeData()
    content.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return content


def dragged(source: QWidget, content: QMimeData) -> bool:
    """Drag until the button is let go; whether anybody took it."""
    drag = QDrag(source)
    drag.setMimeData(content)
    drag.setPixmap(icons.pixmap("file-text", "accent", 2.5))
    drag.setHotSpot(QPoint(-8, -8))
    return drag.exec(Qt.DropAction.CopyAction) != Qt.DropAction.IgnoreAction
