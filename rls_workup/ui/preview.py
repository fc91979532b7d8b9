"""Preview and print: the real PDF of the open work-up, page under page, with what can be done with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPixmap, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from rls_workup.domain.wording import word
from rls_workup.errors import WorkupError
from rls_workup.store.accesses import EXPORT, PRINT
from rls_workup.ui import icons, theme
from rls_workup.ui.choice_box import ChoiceBox
from rls_workup.ui.earlier_visits import Results
from rls_workup.ui.file_questions import file_for_sheet
from rls_workup.ui.flow import FlowLayout
from rls_workup.ui.page_pictures import PagePictures, Sheet
from rls_workup.ui.paper_making import KINDS, languages_of_papers, made_from
from rls_workup.ui.paper_options import PaperOptions
from rls_workup.ui.plain import plain_label, restyle
from rls_workup.ui.print_line import PrintLine
from rls_workup.ui.printing import asked_printer
from rls_workup.ui.scrolled import GivesWay
from rls_workup.ui.session import Session
from rls_workup.ui.settings import Settings
from rls_workup.ui.settings_sections import PAPERS
from rls_workup.ui.tongues import Tongues
from rls_workup.ui.words import said_of, say

ZOOMS = ((0, word("Fit width")), (75, "75 %"), (100, "100 %"), (125, "125 %"), (150, "150 %"), (200, "200 %"))
_SELECTABLE = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
_PAPER_INCHES = {"a4": 8.27, "letter": 8.5}


class Preview(QWidget):
    """`back` asks for the work-up again; `said` tells a tone and a sentence."""

    back = Signal()
    said = Signal(str, str)
    used = Signal(str, str)
    copied = Signal()
    settings_changed = Signal(object)

    def __init__(self, settings: Settings, tongues: Tongues, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self._settings, self._tongues = settings, tongues
        self._session: Session | None = None
        self._revision, self._link = 0, ""
        self._earlier: Results = {}
        self._sheet = Sheet()
        self._pictures = PagePictures(self)
        self._pictures.ready.connect(self._show)
        self.kind = _choices(say("Kind of sheet"), KINDS)
        self.language = _choices(say("Language of the paper"), tuple(languages_of_papers(tongues.own)))
        self.paper = _choices(say("Paper"), PAPERS)
        self.paper.setCurrentIndex(max(0, self.paper.findData(settings.paper)))
        self.zoom = _choices(say("Size"), ZOOMS)
        self.standing = plain_label(role="chip")
        self.print_button = _button(say("&Print…"), "primary")
        self.save_button = _button(say("&Save…"), "")
        self.copy_button = _button(say("&Copy note"), "")
        self.back_button = _button(say("&Back"), "flat")
        self.options = PaperOptions(settings.carries_data)
        self.printing = PrintLine()
        self._pages = QVBoxLayout()
        self._scroll = QScrollArea()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._make)
        self._arrange()
        self._connect()
        self.dress()

    def _arrange(self) -> None:
        bar = QFrame()
        bar.setProperty("role", "bar")
        self._bar = QVBoxLayout(bar)
        line, choices = QHBoxLayout(), FlowLayout()
        for part in (self.back_button, None, self.save_button, self.print_button):
            line.addStretch(1) if part is None else line.addWidget(part)
        for choice in (self.standing, self.kind, self.language, self.paper, self.zoom, self.copy_button):
            choices.addWidget(choice)
        for layout in (line, choices):
            self._bar.addLayout(layout)
        self._bar.addWidget(self.options)
        self._bar.addWidget(self.printing)
        ground = QWidget()
        ground.setProperty("role", "page")
        ground.setLayout(self._pages)
        self._pages.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._scroll.setWidget(ground)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._scroll.setAccessibleName(say("Pages of the sheet"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = GivesWay()  # with large text in a low window, the page keeps some room
        head.hold(bar)
        column.addWidget(head)
        column.addWidget(self._scroll, 1)

    def _connect(self) -> None:
        self.back_button.clicked.connect(self.back)
        self.save_button.clicked.connect(self.save_pdf)
        self.print_button.clicked.connect(self.print_pages)
        self.copy_button.clicked.connect(self.copied)
        self.printing.ended.connect(self._print_ended)
        self.kind.currentIndexChanged.connect(self.make)
        self.language.currentIndexChanged.connect(self.make)
        self.paper.currentIndexChanged.connect(self._paper_chosen)
        self.zoom.currentIndexChanged.connect(self.make)
        self.options.changed.connect(self._carries_chosen)
        theme.current.changed.connect(self.dress)

    def dress(self) -> None:
        """Lengths and signs for the look and text size in use."""
        px = theme.current.px
        self._bar.setContentsMargins(px(12), px(8), px(12), px(8))
        self._bar.setSpacing(px(8))
        self._scroll.setMinimumHeight(theme.current.em(4))
        self._pages.setContentsMargins(px(16), px(16), px(16), px(16))
        self._pages.setSpacing(px(16))
        side = theme.current.em(1.15)
        for button in (self.print_button, self.save_button, self.copy_button, self.back_button):
            button.setIconSize(QSize(side, side))
        self.print_button.setIcon(icons.icon("printer", "on_accent"))
        self.save_button.setIcon(icons.icon("download"))
        self.copy_button.setIcon(icons.icon("copy"))
        self.back_button.setIcon(icons.icon("arrow-left"))

    def show_sheet(self, session: Session, revision: int, link: str, earlier: Results | None = None) -> None:
        """The sheet of this work-up, as saved under this revision, with the results of earlier visits."""
        self._session, self._revision, self._link = session, revision, link
        self._earlier = earlier or {}
        self.standing.setText("")
        self.options.password.clear()
        self.language.setCurrentIndex(
            max(0, self.language.findData(self._settings.paper_language or session.protocol.language))
        )
        self.make()

    def make(self) -> None:
        """Ask for the sheet as now chosen, once however much changed in this moment."""
        self._soon.start(0)

    def _make(self) -> None:
        session = self._session
        if session is None:
            return
        from rls_workup.report import Sheet as Paper

        sheet = Paper(
            session.protocol,
            session.workup,
            session.assessment,
            self._shown_kind(),
            str(self.paper.currentData()),
            datetime.now().astimezone(),
            self._settings.printed_by,
            self._revision,
            link=self._link,
            earlier=self._earlier,
        )
        make = partial(
            made_from,
            sheet,
            self._tongues,
            str(self.language.currentData()),
            with_data=self._settings.carries_data,
        )
        self._pictures.ask(make, self._dpi())

    def _dpi(self) -> float:
        ratio = self.devicePixelRatioF()
        chosen = int(self.zoom.currentData())
        if chosen:
            return 96 * ratio * chosen / 100
        room = max(200, self._scroll.viewport().width() - 2 * theme.current.px(16) - 2)
        return min(ratio * room / _PAPER_INCHES[str(self.paper.currentData())], 250)

    def _show(self, sheet: object) -> None:
        if not isinstance(sheet, Sheet):
            return
        if sheet.trouble is not None:
            if not isinstance(sheet.trouble, WorkupError):
                raise sheet.trouble
            self.said.emit("warn", str(sheet.trouble))
            return
        self._sheet = sheet
        self.options.show_for(self._shown_kind(), note=bool(sheet.made.text))
        sample = say(" · SAMPLE") if self._session is not None and self._session.workup.sample else ""
        self.standing.setText(sheet.made.standing + sample)
        restyle(self.standing, tone="ok" if sheet.made.complete else "awaited")
        while (item := self._pages.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        self._show_note(sheet.made.text)
        for number, picture in enumerate(sheet.pictures, 1):
            self._pages.addWidget(self._page(QPixmap.fromImage(picture), number, len(sheet.pictures)))

    def _show_note(self, text: str) -> None:
        """A note is read as it will be pasted; it is copied or saved, not printed."""
        self.copy_button.setVisible(bool(text))
        self.paper.setVisible(not text)
        self.zoom.setVisible(not text)
        self.print_button.setEnabled(not text and not self.printing.busy)
        if text:
            page = plain_label(text, role="note")
            page.setParent(self._scroll)  # so that it has its letters before it is measured
            room = self._scroll.viewport().width() - 2 * theme.current.px(16) - 2
            page.ensurePolished()
            if page.sizeHint().width() > room:
                page.setWordWrap(True)
                page.setFixedWidth(room)
            page.setTextInteractionFlags(_SELECTABLE)
            page.setAccessibleName(say("Note"))
            self._pages.addWidget(page)

    def shown_note(self) -> str:
        """The text of the note that is shown; "" where pages are."""
        return self._sheet.made.text

    def _page(self, picture: QPixmap, number: int, count: int) -> QWidget:
        picture.setDevicePixelRatio(self.devicePixelRatioF())
        page = plain_label()
        page.setPixmap(picture)
        page.setFixedSize(picture.deviceIndependentSize().toSize())
        page.setAccessibleName(say("Page {number} of {count}", number=number, count=count))
        return page

    def _carries_chosen(self, carries: bool) -> None:
        self._settings = replace(self._settings, carries_data=carries)
        self.settings_changed.emit(self._settings)
        self.make()

    def _paper_chosen(self) -> None:
        self._settings = replace(self._settings, paper=str(self.paper.currentData()))
        self.settings_changed.emit(self._settings)
        self.make()

    def take_settings(self, settings: Settings) -> None:
        """Choices made elsewhere."""
        self._settings = settings
        self.paper.setCurrentIndex(max(0, self.paper.findData(settings.paper)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.isVisible() and not int(self.zoom.currentData()):
            self.make()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.make()
        self.print_button.setFocus()

    def pages_shown(self) -> int:
        """How many pages are on the screen."""
        return self._pages.count()

    def _shown_kind(self) -> str:
        return str(self.kind.currentData())

    def save_pdf(self) -> None:
        """Ask where, and write the paper that is shown."""
        out = file_for_sheet(self, self._session.workup, self._shown_kind()) if self._session else None
        if out is not None:
            self.write(out)

    def write(self, out: Path) -> None:
        """Write the paper that is shown; a file that cannot be written is told."""
        from rls_workup.report import put_file

        try:
            put_file(out, self.options.locked(self._sheet.made.content))
        except WorkupError as trouble:
            self.said.emit("warn", said_of(trouble))
            return
        self.used.emit(EXPORT, self._shown_kind())
        self.said.emit("ok", say("The paper is in {out}.", out=out))

    def print_pages(self) -> None:
        """Ask for the printer and print the pages that are shown."""
        if self.printing.busy or not self._sheet.made.pdf:
            return
        try:
            printer = asked_printer(self, str(self.paper.currentData()), len(self._sheet.pictures))
        except WorkupError as trouble:
            self.said.emit("warn", said_of(trouble))
            return
        if printer is not None:
            self.print_button.setEnabled(False)
            self.printing.begin(self._sheet.made.pdf, printer)
            # Now, since another work-up may be open when the last page is out.
            self.used.emit(PRINT, self._shown_kind())

    def _print_ended(self, tone: str, words: str) -> None:
        self.print_button.setEnabled(not self.shown_note())
        self.said.emit(tone, words)

    def close_pictures(self) -> None:
        """End the threads that render and print."""
        self.printing.end()
        self._pictures.close()


def _choices(name: str, offered: tuple[tuple[object, str], ...]) -> ChoiceBox:
    box = ChoiceBox()
    box.setAccessibleName(name)
    for value, words in offered:
        box.addItem(say(words), value)
    return box


def _button(words: str, role: str) -> QPushButton:
    button = QPushButton(words)
    restyle(button, role=role)
    return button
