"""The work on one open work-up: opened, shown, saved, laid away."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from rls_workup.domain.text import shown_date
from rls_workup.domain.workup import Workup
from rls_workup.errors import WorkupError
from rls_workup.store.accesses import OPEN
from rls_workup.ui import desk
from rls_workup.ui.about import show_about
from rls_workup.ui.access_log import AccessLog
from rls_workup.ui.commands import PREVIEW, WORKLIST, WORKUP
from rls_workup.ui.courtesy import Courtesy
from rls_workup.ui.earlier_visits import EarlierVisits, Results
from rls_workup.ui.editions import Editions
from rls_workup.ui.editors import unit_habit
from rls_workup.ui.file_questions import file_to_open
from rls_workup.ui.form_reading import ask_for_form
from rls_workup.ui.keys_sheet import show_keys
from rls_workup.ui.moving import Moving
from rls_workup.ui.older_protocol import OlderProtocol
from rls_workup.ui.paper_desk import PaperDesk
from rls_workup.ui.patient_acts import PatientActs
from rls_workup.ui.practice import Practice
from rls_workup.ui.protocol_reading import ProtocolReading
from rls_workup.ui.reconciling import Reconciling
from rls_workup.ui.replying import reply
from rls_workup.ui.results_reading import ask_for_results, paste_results
from rls_workup.ui.row_actions import RowActions
from rls_workup.ui.saving import Saving
from rls_workup.ui.session import Session
from rls_workup.ui.signing import SigningDesk
from rls_workup.ui.taking_in import take_in
from rls_workup.ui.taking_off import TakingOff
from rls_workup.ui.undoing import Undoing
from rls_workup.ui.words import said_of
from rls_workup.ui.workup_screen import WorkupScreen

if TYPE_CHECKING:
    from rls_workup.domain.protocol import Protocol
    from rls_workup.ui.main_window import MainWindow
    from rls_workup.ui.settings import Settings
    from rls_workup.ui.settings_desk import SettingsDesk


class Casework(QObject):
    """Owns the session, its saving and the screen that shows it."""

    def __init__(self, window: MainWindow, protocol: Protocol) -> None:
        super().__init__(window)
        self.window = window
        unit_habit.take(window.settings)
        self.session: Session | None = None
        self.reading = ProtocolReading(self, protocol)
        self.saving = Saving(window.store, self)
        self.log = AccessLog(window.store.another, lambda: (self.saving.author, self.saving.station))
        self.workup_screen = WorkupScreen()
        self.earlier = EarlierVisits(lambda: window.store.another(), self)
        self.earlier.found.connect(self._show_earlier)
        self.earlier_results: Results = {}
        self.moving = Moving(self)
        self.signing = SigningDesk(self)
        self.paper = PaperDesk(self)
        self.undoing = Undoing(self)
        self.practice = Practice(self)
        self.older = OlderProtocol(self)
        window.screens.addWidget(self.workup_screen)
        self._show_protocol(protocol)
        self.reconciling = Reconciling(self)
        self.courtesy = Courtesy(window.store, self.saving, window.notices, self.workup_screen, self)
        self._done = self._acts()
        self.workup_screen.patient_edit_requested.connect(partial(self.perform, "edit_patient"))
        self.workup_screen.findings.replied.connect(partial(reply, self))
        self.saving.resting.connect(window.worklist.looking.rest)
        self.courtesy.freed.connect(self._read_anew)

    def _acts(self) -> dict[str, Callable[[], object]]:
        rows, screen, taking_off = RowActions(self), self.workup_screen, TakingOff(self)
        return {
            "open_file": self._open_file,
            "read_form": partial(ask_for_form, self),
            "read_results": partial(ask_for_results, self),
            "paste_results": partial(paste_results, self),
            "saved": self._tell_saved,
            "preview": rows.preview,
            "open_row": rows.open,
            "next_visit": rows.next_visit,
            "settings": self._settings,
            "find": screen.find_item,
            "state": screen.open_state,
            "ordered": screen.order_item,
            "findings": screen.to_findings,
            "worklist": self._to_worklist,
            "back": self._back,
            "next_unanswered": screen.next_unanswered,
            "previous_unanswered": screen.previous_unanswered,
            "next_pane": screen.next_pane,
            "previous_pane": screen.previous_pane,
            "sign": self.signing.sign,
            "amend": self.signing.amend,
            "history": self._history,
            "void": taking_off.void,
            "erase": taking_off.erase,
            "help": self._help,
            "keys": partial(show_keys, self.window),
            "practice": self.practice.put,
            "practice_off": self.practice.remove,
            "about": lambda: show_about(self.window, self.protocol, self.window.store),
            **PatientActs(self).acts(),
            **self.paper.acts(),
            **self.undoing.acts(),
        }

    @property
    def protocol(self) -> Protocol:
        """The protocol of new work-ups, in the language of the window."""
        return self.reading.protocol

    @property
    def editions(self) -> Editions:
        """The protocols under which stored work-ups were filled in."""
        return self.reading.editions

    def screen_of(self, name: str) -> QWidget:
        """The widget of a screen."""
        return self.paper.preview if name == PREVIEW else self.workup_screen

    def perform(self, name: str) -> None:
        """Do a command; what a person can mend becomes a banner."""
        self.perform_now(self._done[name])

    def perform_now(self, act: Callable[[], object]) -> None:
        """Do something; what a person can mend becomes a banner."""
        try:
            act()
        except WorkupError as trouble:
            self.window.tell(said_of(trouble))

    def open_stored(self, workup_id: str) -> None:
        """Open a work-up of the store; the one before is flushed first."""
        try:
            workup, protocol, version = desk.stored(self.window.store, self.editions, workup_id, self.saving)
        except WorkupError as trouble:
            self.window.tell(said_of(trouble))
            return
        self.show_workup(workup, version, protocol)
        self.log.note(OPEN, workup_id)

    def _read_anew(self, workup_id: str) -> None:
        """Read the open work-up again: what is typed next must not land in another section."""
        section = self.workup_screen.form.section
        self.open_stored(workup_id)
        if section:
            self.workup_screen.open_section(section)

    def show_under(self, protocol: Protocol, change: Callable[[Workup], Workup], kind: str = "moved") -> None:
        """Show the open work-up under a protocol, changed so, and save it at once as a step of this kind."""
        session = self.session
        if session is not None and self.lay_away():
            self.show_workup(change(session.workup), self.saving.version, protocol, kind=kind)
            self.older.begin()

    def show_workup(
        self, workup: Workup, version: int, protocol: Protocol | None = None, *, kind: str = "edit"
    ) -> None:
        """Show a work-up; the one before is laid away first. `version` 0: it is new and saved at once."""
        if not self.lay_away():
            return
        session = Session(protocol or self.protocol, workup, self.window.today, self)
        self.session = session
        session.changed.connect(self._changed)
        session.undo_stack.indexChanged.connect(self.undoing.show)
        self.saving.watch(session, version, kind)
        self.workup_screen.show_session(session)
        self.window.show_screen(WORKUP)
        self._changed("")
        self.undoing.show()
        self._show_protocol(session.protocol)
        self.moving.offer(session)
        self.signing.show(session.workup)
        self.earlier_results = {}
        self.earlier.look_for(session.protocol, workup)
        self.courtesy.begin(workup.id)

    def _show_earlier(self, workup_id: str, results: Results) -> None:
        if self.session is not None and self.session.workup.id == workup_id:
            self.earlier_results = results
            self.workup_screen.form.show_earlier(results)

    def _show_protocol(self, protocol: Protocol) -> None:
        about = protocol.about
        self.window.status.show_protocol(about.version, shown_date(about.reviewed))

    def lay_away(self) -> bool:
        """Let go of the open work-up; False where it is not saved and the person stays with it."""
        session = self.session
        if session is None:
            return True
        focused = self.window.focusWidget()
        if focused is not None and self.workup_screen.isAncestorOf(focused):
            focused.clearFocus()
        if not self.saving.flush() and not self.reconciling.may_close_unsaved():
            return False
        self.saving.leave()
        self.earlier.stop()
        self.workup_screen.clear()
        self.session = None
        self.moving.withdraw()
        self.courtesy.withdraw()
        self.signing.withdraw()
        self._show_protocol(self.protocol)
        session.deleteLater()
        self.reconciling.clear()
        return True

    def take_in(self, path: Path) -> None:
        """Take a file into the worklist and open it."""
        take_in(self, [path])

    def _history(self) -> None:
        from rls_workup.ui.history_dialog import HistoryDialog

        if self.session is not None:
            self.saving.flush()
            HistoryDialog(self, self.session).exec()

    def _open_file(self) -> None:
        path = file_to_open(self.window)
        if path is not None:
            self.take_in(path)

    def _tell_saved(self) -> None:
        self.saving.flush()
        self.window.notices.show_notice("told", "note", self.saving.last_word())

    def _changed(self, _item: str) -> None:
        if self.session is not None:
            self.window.status.show_awaited(self.session.assessment.progress.awaited)

    def _to_worklist(self) -> None:
        if self.lay_away():
            self.window.show_screen(WORKLIST)

    def _back(self) -> None:
        if self.window.on_screen == PREVIEW:
            self.window.show_screen(WORKUP)
        else:
            self._to_worklist()

    def _settings(self) -> None:
        self.settings_desk.page.begin()

    @cached_property
    def settings_desk(self) -> SettingsDesk:
        """The settings, made when first looked at."""
        from rls_workup.ui.settings_desk import SettingsDesk

        return SettingsDesk(self)

    def speak(self) -> None:
        """Show everything in the language that the window has from now on."""
        self.paper.forget()
        self.reading.change(lambda protocol: protocol)
        self._show_protocol(self.session.protocol if self.session else self.protocol)
        self._changed("")
        self.undoing.show()
        if self.session is not None:
            self.moving.offer(self.session)
            self.signing.show(self.session.workup)

    def take_settings(self, settings: Settings) -> None:
        """Choices that the open work-up and the preview follow."""
        if "settings_desk" in self.__dict__:
            self.settings_desk.follow(settings)
        if unit_habit.take(settings):
            self.reading.change(lambda protocol: protocol)
        self.paper.take_settings(settings)

    def _help(self) -> None:
        if self.window.on_screen == WORKUP:
            self.workup_screen.show_help()
        else:
            show_keys(self.window)
