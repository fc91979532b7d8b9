"""The main window: arranges the screens and connects them; it computes nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QStyle, QVBoxLayout, QWidget

from rls_workup.errors import WorkupError
from rls_workup.store import Store
from rls_workup.ui import theme, typed_dates, words
from rls_workup.ui.commands import GUARDED, STORE_WIDE, WORKLIST, WORKUP, Commands
from rls_workup.ui.first_paint import FirstPaint
from rls_workup.ui.notices import Notices
from rls_workup.ui.protocol_loading import ProtocolLoading
from rls_workup.ui.screen_room import screen_room
from rls_workup.ui.settings import Settings
from rls_workup.ui.status_bar import StatusBar
from rls_workup.ui.stylesheet import style_sheet
from rls_workup.ui.tab_order import go_on
from rls_workup.ui.toolbar import Toolbar
from rls_workup.ui.trouble import show_details
from rls_workup.ui.words import said_of, say
from rls_workup.ui.worklist import Worklist

if TYPE_CHECKING:
    from rls_workup.ui.casework import Casework


class MainWindow(QMainWindow):
    """One window on one store. `guarded` tells commands that are not the window's own."""

    guarded = Signal(str)
    store_asked = Signal(str)

    def __init__(
        self,
        store: Store,
        loading: ProtocolLoading,
        settings: Settings,
        keep: Callable[[Settings], object],
        today: Callable[[], date] = date.today,
    ) -> None:
        super().__init__()
        self.store, self.loading, self.settings, self.today = store, loading, settings, today
        self._keep = keep
        self._files: list[Path] = []
        self.on_screen = WORKLIST
        self.author = ""
        self.casework: Casework | None = None
        self.commands = Commands(self)
        self.notices = Notices()
        self.toolbar = Toolbar()
        self.status = StatusBar()
        self.layers = QStackedWidget()
        self.screens = QStackedWidget()
        self.worklist = Worklist(store, today)
        self._arrange()
        self._connect()
        self.show_screen(WORKLIST)

    def _arrange(self) -> None:
        self.setWindowTitle("RLS Workup")
        self.commands.fill(self.menuBar())
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.toolbar, self.notices):
            column.addWidget(part)
        column.addWidget(self.screens, 1)
        self.screens.addWidget(self.worklist)
        self.layers.addWidget(body)
        self.setCentralWidget(self.layers)
        self.setStatusBar(self.status)
        room = screen_room(self)
        title = self.style().pixelMetric(QStyle.PixelMetric.PM_TitleBarHeight)  # the desktop adds its own bar
        self.resize(min(theme.current.em(92), room.width()), min(theme.current.em(58), room.height() - title))
        if self.settings.geometry:
            self.restoreGeometry(QByteArray.fromHex(self.settings.geometry.encode()))
        self.dress()

    def _connect(self) -> None:
        self.commands.chosen.connect(self.perform)
        self.toolbar.chosen.connect(self.perform)
        self.commands.look_chosen.connect(self._look)
        self.commands.text_size_chosen.connect(self._text_size)
        self.commands.section_chosen.connect(self._section)
        self.worklist.opened.connect(self.open_stored)
        self.worklist.new_asked.connect(self._new)
        self.worklist.practice_asked.connect(self._practise)
        self.worklist.failed.connect(self._tell_unread)
        self.worklist.listed.connect(self._take_back_unread)
        self.loading.done.connect(self._protocol_is_there)
        theme.current.changed.connect(self.dress)
        words.current.changed.connect(self._speak)

    def begin(self, files: list[Path]) -> None:
        """After the first paint: read the protocol, then open the files."""
        self._files = files
        FirstPaint(self, self.loading.begin)

    def ready(self) -> Casework | None:
        """The work with work-ups, begun when first needed; None where the protocol is faulty."""
        if self.casework is None:
            from rls_workup.ui.casework import Casework

            try:
                self.casework = Casework(self, self.loading.result())
                self.sign_as(self.author)
            except WorkupError as trouble:
                self.notices.show_notice("protocol", "critical", _short(said_of(trouble)), stays=True)
        return self.casework

    def _protocol_is_there(self) -> None:
        casework = self.ready()
        if casework is None:
            return
        casework.practice.begin()
        casework.older.begin()
        if not self.settings.introduced:
            from rls_workup.ui.first_choices import introduce

            introduce(self)
        self.take_files(self._files)

    def take_files(self, files: list[Path]) -> None:
        """Files that were given at the start, dropped, or handed over by a second start."""
        casework = self.ready()
        if casework is not None and files:
            from rls_workup.ui.taking_in import take_in

            take_in(casework, files)

    def show_screen(self, screen: str) -> None:
        """Bring a screen to the front, with the commands that it has."""
        stack = self.casework.undoing.stack if self.casework else None
        undo, redo = (stack.canUndo(), stack.canRedo()) if stack else (False, False)
        self.commands.enable_for(screen, can_undo=undo, can_redo=redo)
        self.toolbar.show_screen(screen)
        self.toolbar.show_history(undo, redo)
        if screen == WORKLIST:
            self.status.show_awaited(0)
            self.worklist.reload()
            self.screens.setCurrentWidget(self.worklist)
            self.worklist.take_focus()
        elif self.casework is not None:
            self.screens.setCurrentWidget(self.casework.screen_of(screen))
        self.on_screen = screen
        self.notices.attend(screen != WORKLIST)

    def perform(self, name: str) -> None:
        """Do a command by its name."""
        if name == "quit":
            self.close()
        elif name in GUARDED:
            self.guarded.emit(name)
        elif name in STORE_WIDE:
            self.store_asked.emit(name)
        elif name in ("larger", "smaller"):
            self._step_text(1 if name == "larger" else -1)
        elif name == "find" and self.on_screen == WORKLIST:
            self.worklist.start_search()
        elif name == "palette":
            from rls_workup.ui.palette_entries import show_palette

            show_palette(self)
        else:
            casework = self.ready()
            if casework is not None:
                casework.perform(name)

    def _new(self) -> None:
        self.perform("new")

    def _practise(self) -> None:
        self.perform("practice")

    def open_stored(self, workup_id: str) -> None:
        """Open a work-up of the worklist."""
        casework = self.ready()
        if casework is not None:
            casework.open_stored(workup_id)

    def _section(self, number: int) -> None:
        if self.casework is not None and self.on_screen == WORKUP:
            self.casework.workup_screen.show_section(number)

    def tell(self, sentence: str) -> None:
        """A banner about something that did not work."""
        self.notices.show_notice("told", "warn", sentence)

    def _tell_unread(self, sentence: str) -> None:
        """A banner that the list cannot be read; it goes by itself once it can."""
        again = (say("Try again"), self.worklist.reload)
        self.notices.show_notice("store", "critical", sentence, [again], stays=True)

    def _take_back_unread(self) -> None:
        self.notices.take_back("store")

    def tell_fault(self, sentence: str, details: str) -> None:
        """A banner about a mistake of the program, with its details on request."""
        show = partial(show_details, self, sentence, details)
        self.notices.show_notice("fault", "warn", sentence, [(say("Details…"), show)])

    def _look(self, look: str) -> None:
        self.take_settings(replace(self.settings, theme=look))

    def _text_size(self, percent: int) -> None:
        self.take_settings(replace(self.settings, text_percent=percent))

    def take_settings(self, settings: Settings) -> None:
        """Use other choices from now on, and keep them."""
        self.keep(settings)
        typed_dates.take(settings)
        words.current.choose(settings.language)
        if theme.current.choice != settings.theme:
            theme.current.choose(settings.theme)
        if theme.current.text_percent != settings.text_percent:
            theme.current.set_text_percent(settings.text_percent)
        if self.casework is not None:
            self.casework.take_settings(settings)

    def _speak(self) -> None:
        """All that is on the screen, in the language now in use."""
        self.worklist.reload()
        if self.casework is not None:
            self.casework.speak()

    def sign_as(self, author: str) -> None:
        """Whose name stands beside what is saved from now on; "" where only the account is known."""
        self.author = author
        self.worklist.by = author or self.worklist.by
        if self.casework is not None and author:
            self.casework.saving.author = author

    def _step_text(self, step: int) -> None:
        offered = theme.TEXT_PERCENTS
        at = offered.index(theme.current.text_percent) + step
        self._text_size(offered[min(max(at, 0), len(offered) - 1)])

    def keep(self, settings: Settings) -> None:
        """Take over and keep the person's choices."""
        self.settings = settings
        self._keep(settings)

    def dress(self) -> None:
        """One style sheet, set once, from the tokens in use."""
        self.setStyleSheet(style_sheet(theme.current))
        self.commands.show_choices()

    def flush(self) -> bool:
        """Everything that is due goes to the disk; True when it is there."""
        return self.casework.saving.flush() if self.casework else True

    def end(self) -> bool:
        """The end of the program, whoever asked for it: the last field is told, the last word saved."""
        focused = self.focusWidget()
        if focused is not None:
            focused.clearFocus()
        if self.casework is None:
            return True
        self.casework.log.flush()
        return self.casework.saving.close()

    def focusNextPrevChild(self, forward: bool) -> bool:
        if self.on_screen != WORKUP or self.casework is None or not self.isVisible():
            return super().focusNextPrevChild(forward)
        return go_on(self, self.casework.workup_screen.panes, forward=forward)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.casework and not self.isActiveWindow():
            self.casework.saving.flush(0)

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()  # first: an exception below must not close the window over unsaved words
        focused = self.focusWidget()
        if focused is not None:
            focused.clearFocus()
        if (
            not self.flush()
            and self.casework is not None
            and not self.casework.reconciling.may_close_unsaved()
        ):
            return
        self.keep(replace(self.settings, geometry=bytes(self.saveGeometry().toHex().data()).decode()))
        event.accept()


def _short(text: str) -> str:
    lines = text.splitlines()
    return (
        text if len(lines) <= 6 else "\n".join([*lines[:5], say("… and {count} more.", count=len(lines) - 5)])
    )
