"""The open work-up on paper: its preview, an earlier version's, the note text; the sheets of marked rows."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from rls_workup.errors import WorkupError
from rls_workup.exchange.workup_file import write_workup
from rls_workup.store.accesses import EXPORT
from rls_workup.ui import desk
from rls_workup.ui.commands import PREVIEW, WORKUP
from rls_workup.ui.file_questions import file_for_copy
from rls_workup.ui.paper_making import COPIED, copy_text, note_of
from rls_workup.ui.private_files import PrivateFiles
from rls_workup.ui.session import Session
from rls_workup.ui.words import say

if TYPE_CHECKING:
    from rls_workup.ui.batch_desk import BatchDesk
    from rls_workup.ui.casework import Casework
    from rls_workup.ui.dragging import DragOut
    from rls_workup.ui.preview import Preview
    from rls_workup.ui.settings import Settings


class PaperDesk(QObject):
    """Makes the preview and the batch when they are first needed; notes every use in the access log."""

    def __init__(self, casework: Casework) -> None:
        super().__init__(casework)
        self._casework, self._window = casework, casework.window
        self._preview: Preview | None = None
        self._batch: BatchDesk | None = None
        self.files = PrivateFiles()
        self._dragging: DragOut | None = None
        casework.window.worklist.table.dragged.connect(lambda: self.dragging.rows_out())
        casework.saving.resting.connect(self.files.clear)
        casework.saving.ended.connect(self._end)

    def acts(self) -> dict[str, Callable[[], object]]:
        """The commands that are done here."""
        return {
            "save_copy": self._save_copy,
            "export": self._export,
            "copy_note": self._copy_note,
            "open_paper": self._open_paper,
            "sign_paper": self._sign_paper,
            "write_sheets": lambda: self.batch.offer(),
            "print_sheets": lambda: self.batch.offer(to_print=True),
        }

    @property
    def preview(self) -> Preview:
        """The preview, made when first looked at."""
        if self._preview is None:
            from rls_workup.ui.preview import Preview

            window, casework = self._window, self._casework
            self._preview = Preview(window.settings, window.loading.tongues, window)
            self._preview.back.connect(partial(casework.perform, "back"))
            self._preview.used.connect(self._note_use)
            self._preview.copied.connect(partial(casework.perform, "copy_note"))
            self._preview.opened.connect(partial(casework.perform, "open_paper"))
            self._preview.dragged.connect(lambda: self.dragging.paper_out())
            self._preview.sign_asked.connect(partial(casework.perform, "sign_paper"))
            self._preview.said.connect(partial(window.notices.show_notice, "told"))
            self._preview.settings_changed.connect(window.keep)
            window.screens.addWidget(self._preview)
        return self._preview

    @property
    def batch(self) -> BatchDesk:
        """Makes the papers of many work-ups; made when first needed."""
        if self._batch is None:
            from rls_workup.ui.batch_desk import BatchDesk

            self._batch = BatchDesk(self._casework)
        return self._batch

    @property
    def dragging(self) -> DragOut:
        """Drags work-ups and papers out; made when first needed."""
        if self._dragging is None:
            from rls_workup.ui.dragging import DragOut

            self._dragging = DragOut(self._casework, self.files)
        return self._dragging

    def show(self) -> None:
        """Show the sheet of the open work-up."""
        casework = self._casework
        if casework.session is not None:
            casework.saving.flush()
            saving = casework.saving
            self.preview.show_sheet(
                casework.session, saving.version, saving.head, casework.earlier_results, signable=True
            )
            self._window.show_screen(PREVIEW)

    def show_version(self, workup_id: str, version: int) -> None:
        """Show the sheet of a work-up as it was saved under this version. Raises as `desk.version_of`."""
        workup, head, protocol = desk.version_of(
            self._window.store, self._casework.editions, workup_id, version
        )
        shown = Session(protocol, workup, self._window.today, self.preview)
        self.preview.show_sheet(shown, version, head)
        self._window.show_screen(PREVIEW)

    def take_settings(self, settings: Settings) -> None:
        """Choices that the preview follows."""
        if self._preview is not None:
            self._preview.take_settings(settings)

    def forget(self) -> None:
        """Let go of the preview, whose words are in another language; it is made anew when needed."""
        preview, self._preview = self._preview, None
        if preview is None:
            return
        if self._window.on_screen == PREVIEW:
            self._window.show_screen(WORKUP)
        preview.close_pictures()
        self._window.screens.removeWidget(preview)
        preview.deleteLater()

    def _open_paper(self) -> None:
        """Hand the shown PDF to the program that the desktop has for it. Raises WorkupError."""
        if not self.preview.is_ready():
            return
        path = self.files.put(*self.preview.file())
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self.files.remove([path])
            raise WorkupError(say("This computer has no program set up for PDF. Save the paper instead."))
        self._note_use(EXPORT, self.preview.shown_kind())

    def _sign_paper(self) -> None:
        """Sign from the preview, and look at the signed paper."""
        before = self._casework.session
        self._casework.perform("sign")
        if self._casework.session is not before:
            self.show()

    def _end(self) -> None:
        self.files.clear()
        if self._preview is not None:
            self._preview.close_pictures()

    def _note_use(self, what: str, kind: str) -> None:
        session = self._casework.session
        if session is not None:
            self._casework.log.note(what, session.workup.id, kind)

    def _export(self) -> None:
        from rls_workup.ui.exporting import export

        export(self._casework)

    def _save_copy(self) -> None:
        session = self._casework.session
        path = file_for_copy(self._window, session.workup) if session else None
        if path is not None and session is not None:
            write_workup(path, session.workup)
            self._note_use(EXPORT, "file")
            self._window.notices.show_notice("told", "ok", say("A copy is in {path}.", path=path))

    def _copy_note(self) -> None:
        """The note of the open work-up, or the one that is shown, onto the clipboard."""
        session = self._casework.session
        shown = self.preview.shown_note() if self._window.on_screen == PREVIEW else ""
        if session is not None:
            copy_text(shown or note_of(session))
            self._note_use(EXPORT, "note")
            self._window.notices.show_notice("told", "ok", say(COPIED))
