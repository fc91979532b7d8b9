"""Preview and print: the real PDF of the open work-up, page under page, with what can be done with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from rls_workup.errors import WorkupError
from rls_workup.store.accesses import EXPORT, PRINT
from rls_workup.ui import theme
from rls_workup.ui.earlier_visits import Results
from rls_workup.ui.file_questions import file_for_sheet, sheet_name
from rls_workup.ui.page_pictures import PagePictures, Sheet
from rls_workup.ui.page_view import PageView
from rls_workup.ui.paper_making import made_from
from rls_workup.ui.plain import restyle
from rls_workup.ui.preview_bar import PreviewBar
from rls_workup.ui.printing import asked_printer
from rls_workup.ui.scrolled import GivesWay
from rls_workup.ui.session import Session
from rls_workup.ui.settings import Settings
from rls_workup.ui.tongues import Tongues
from rls_workup.ui.words import said_of, say


class Preview(QWidget):
    """`back` asks for the work-up again; `said` tells a tone and a sentence; `dragged`: it is pulled away.

    Nothing is printed, saved or handed on before it is on the screen: it could be another patient's paper.
    """

    back = Signal()
    said = Signal(str, str)
    used = Signal(str, str)
    copied = Signal()
    opened = Signal()
    dragged = Signal()
    sign_asked = Signal()
    settings_changed = Signal(object)

    def __init__(self, settings: Settings, tongues: Tongues, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self._settings, self._tongues = settings, tongues
        self._session: Session | None = None
        self._revision, self._link, self._signable = 0, "", False
        self._earlier: Results = {}
        self._sheet = Sheet()
        self._ready = False
        self._pictures = PagePictures(self)
        self._pictures.ready.connect(self._show)
        self.pages = PageView()
        self.bar = PreviewBar(settings, tongues, self.pages.moved_by)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._make)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = GivesWay()  # with large text in a low window, the page keeps some room
        head.hold(self.bar)
        column.addWidget(head)
        column.addWidget(self.pages, 1)
        self._connect()

    def _connect(self) -> None:
        bar = self.bar
        bar.back_button.clicked.connect(self.back)
        bar.save_button.clicked.connect(self.save_pdf)
        bar.print_button.clicked.connect(self.print_pages)
        bar.copy_button.clicked.connect(self.copied)
        bar.open_button.clicked.connect(self.opened)
        bar.sign_button.clicked.connect(self.sign_asked)
        bar.drag_button.dragged.connect(self.dragged)
        bar.drag_button.clicked.connect(self._tell_how_to_drag)
        bar.printing.ended.connect(self._print_ended)
        bar.kind.currentIndexChanged.connect(self.make)
        bar.language.currentIndexChanged.connect(self.make)
        bar.paper.currentIndexChanged.connect(self._paper_chosen)
        bar.zoom.currentIndexChanged.connect(self._draw_anew)
        bar.options.changed.connect(self._carries_chosen)
        self.pages.moved.connect(self._tell_page)
        self.pages.resized.connect(self._resized)
        self.pages.dragged.connect(self.dragged)
        self.pages.zoomed.connect(self._zoom)
        theme.current.changed.connect(self.pages.dress)

    def show_sheet(
        self,
        session: Session,
        revision: int,
        link: str,
        earlier: Results | None = None,
        *,
        signable: bool = False,
    ) -> None:
        """The sheet of this work-up, as saved under this revision, with the results of earlier visits.

        `signable`: it can be signed from here where it is not signed yet.
        """
        self._session, self._revision, self._link = session, revision, link
        self._signable = signable and not session.workup.closed
        self._earlier = earlier or {}
        self.bar.standing.setText("")
        self.bar.options.password.clear()
        self.pages.show_pages([])
        language = self._settings.paper_language or session.protocol.language
        self.bar.language.setCurrentIndex(max(0, self.bar.language.findData(language)))
        self.make()

    def make(self) -> None:
        """Ask for the paper as now chosen, once however much changed; nothing is done with the one before."""
        self._pictures.forget()
        self._ready = False
        self._offer()
        self._draw_anew()

    def _draw_anew(self) -> None:
        self._soon.start(0)

    def _offer(self) -> None:
        note = self.shown_kind().startswith("note")
        self.bar.offer(ready=self._ready, note=note, signable=self._signable)

    def _make(self) -> None:
        session = self._session
        if session is None:
            return
        from rls_workup.report import Sheet as Paper

        sheet = Paper(
            session.protocol,
            session.workup,
            session.assessment,
            self.shown_kind(),
            self._paper(),
            datetime.now().astimezone(),
            self._settings.printed_by,
            self._revision,
            link=self._link,
            earlier=self._earlier,
        )
        language, with_data = str(self.bar.language.currentData()), self._settings.carries_data
        make = partial(made_from, sheet, self._tongues, language, with_data=with_data)
        self._pictures.ask(make, self.pages.dpi(int(self.bar.zoom.currentData()), self._paper()))

    def _show(self, sheet: object) -> None:
        if not isinstance(sheet, Sheet):
            return
        if sheet.trouble is not None:
            self.pages.show_pages([])
            if not isinstance(sheet.trouble, WorkupError):
                raise sheet.trouble
            self.said.emit("warn", said_of(sheet.trouble))
            return
        self._sheet, self._ready = sheet, True
        self.bar.options.show_for(self.shown_kind(), note=bool(sheet.made.text))
        sample = say(" · SAMPLE") if self._session is not None and self._session.workup.sample else ""
        self.bar.standing.setText(sheet.made.standing + sample)
        restyle(self.bar.standing, tone="ok" if sheet.made.complete else "awaited")
        if sheet.made.text:
            self.pages.show_note(sheet.made.text)
        else:
            self.pages.show_pages(sheet.pictures)
        self._offer()
        if self.pages.hasFocus():
            self.bar.print_button.setFocus()

    def _tell_page(self, number: int) -> None:
        count = self.pages.count()
        self.bar.page.setText(say("Page {number} of {count}", number=number, count=count) if count else "")

    def _tell_how_to_drag(self) -> None:
        self.said.emit("note", say("Pull this, or a page, to a folder, an e-mail or another program."))

    def shown_note(self) -> str:
        """The text of the note that is shown; "" where pages are."""
        return self._sheet.made.text if self._ready else ""

    def shown_kind(self) -> str:
        """The kind of paper that is chosen."""
        return str(self.bar.kind.currentData())

    def is_ready(self) -> bool:
        """Whether what is chosen is on the screen."""
        return self._ready

    def file(self) -> tuple[str, bytes]:
        """Name and content of what is shown, behind the password where one is given. Raises WorkupError."""
        assert self._session is not None
        name = sheet_name(self._session.workup, self.shown_kind())
        return name, self.bar.options.locked(self._sheet.made.content)

    def _carries_chosen(self, carries: bool) -> None:
        self._settings = replace(self._settings, carries_data=carries)
        self.settings_changed.emit(self._settings)
        self.make()

    def _paper(self) -> str:
        return str(self.bar.paper.currentData())

    def _paper_chosen(self) -> None:
        self._settings = replace(self._settings, paper=self._paper())
        self.settings_changed.emit(self._settings)
        self.make()

    def take_settings(self, settings: Settings) -> None:
        """Choices made elsewhere."""
        self._settings = settings
        self.bar.paper.setCurrentIndex(max(0, self.bar.paper.findData(settings.paper)))

    def _zoom(self, steps: int) -> None:
        sizes = [int(self.bar.zoom.itemData(at)) for at in range(self.bar.zoom.count())]
        at = self.bar.zoom.currentIndex()
        now = sizes[at] if sizes[at] > 0 else round(self._sheet.dpi / self.devicePixelRatioF() / 0.96)
        larger = [size for size in sizes if size > 0 and (size - now) * steps > 0]
        if larger:
            self.bar.zoom.setCurrentIndex(sizes.index(min(larger) if steps > 0 else max(larger)))

    def _resized(self) -> None:
        if self.isVisible() and int(self.bar.zoom.currentData()) <= 0:
            self._draw_anew()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.pages.setFocus()
        self.make()

    def pages_shown(self) -> int:
        """How many pages are on the screen."""
        return self.pages.count()

    def save_pdf(self) -> None:
        """Ask where, and write the paper that is shown."""
        if self._session is None or not self._ready:
            return
        out = file_for_sheet(self, self._session.workup, self.shown_kind())
        if out is not None:
            self.write(out)

    def write(self, out: Path) -> None:
        """Write the paper that is shown; a file that cannot be written is told."""
        from rls_workup.report import put_file

        try:
            put_file(out, self.file()[1])
        except WorkupError as trouble:
            self.said.emit("warn", said_of(trouble))
            return
        self.used.emit(EXPORT, self.shown_kind())
        self.said.emit("ok", say("The paper is in {out}.", out=out))

    def print_pages(self) -> None:
        """Ask for the printer and print the pages that are shown."""
        if self.bar.printing.busy or not self._ready or not self._sheet.made.pdf:
            return
        try:
            printer = asked_printer(self, self._paper(), len(self._sheet.pictures))
        except WorkupError as trouble:
            self.said.emit("warn", said_of(trouble))
            return
        if printer is not None:
            self.bar.printing.begin(self._sheet.made.pdf, printer)
            self._offer()
            # Now, since another work-up may be open when the last page is out.
            self.used.emit(PRINT, self.shown_kind())

    def _print_ended(self, tone: str, words: str) -> None:
        self._offer()
        self.said.emit(tone, words)

    def close_pictures(self) -> None:
        """End the threads that render and print."""
        self.bar.printing.end()
        self._pictures.close()
