"""The work on one open work-up: begun, opened, shown, saved, looked at on paper, laid away."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QWidget

from rls_workup.domain.assessment import assess
from rls_workup.domain.leading import led_by
from rls_workup.domain.text import shown_date
from rls_workup.domain.workup import Patient, Workup
from rls_workup.errors import WorkupError
from rls_workup.exchange.workup_file import new_workup, write_workup
from rls_workup.store.accesses import EXPORT, OPEN
from rls_workup.ui import desk
from rls_workup.ui.about import show_about
from rls_workup.ui.access_log import AccessLog
from rls_workup.ui.commands import PREVIEW, WORKLIST, WORKUP
from rls_workup.ui.courtesy import Courtesy
from rls_workup.ui.earlier_visits import EarlierVisits, Results
from rls_workup.ui.editions import Editions
from rls_workup.ui.editors import unit_habit
from rls_workup.ui.file_questions import file_for_copy, file_to_open
from rls_workup.ui.form_reading import ask_for_form
from rls_workup.ui.keys_sheet import show_keys
from rls_workup.ui.left_behind import LeftBehind
from rls_workup.ui.moving import Moving
from rls_workup.ui.new_workup import PatientDialog
from rls_workup.ui.paper_making import COPIED, copy_text, note_of
from rls_workup.ui.plain import mnemonic_safe
from rls_workup.ui.replying import reply
from rls_workup.ui.row_actions import RowActions
from rls_workup.ui.saving import Saving
from rls_workup.ui.saving_notices import COPY, LEAVE, SavingNotices, ask_unsaved
from rls_workup.ui.session import Session
from rls_workup.ui.signing import SigningDesk
from rls_workup.ui.taking_in import take_in
from rls_workup.ui.taking_off import TakingOff
from rls_workup.ui.words import current as in_use
from rls_workup.ui.words import say
from rls_workup.ui.workup_screen import WorkupScreen

if TYPE_CHECKING:
    from rls_workup.domain.protocol import Protocol
    from rls_workup.store import Submission
    from rls_workup.ui.batch_desk import BatchDesk
    from rls_workup.ui.main_window import MainWindow
    from rls_workup.ui.preview import Preview
    from rls_workup.ui.settings import Settings


class Casework(QObject):
    """Owns the session, its saving and the two screens that show it."""

    def __init__(self, window: MainWindow, protocol: Protocol) -> None:
        super().__init__(window)
        self.window, self.protocol = window, protocol
        unit_habit.take(window.settings)
        self.session: Session | None = None
        self.saving = Saving(window.store, self)
        self.log = AccessLog(window.store.another, lambda: (self.saving.author, self.saving.station))
        self.workup_screen = WorkupScreen()
        self.earlier = EarlierVisits(lambda: window.store.another(), self)
        self.earlier.found.connect(self._show_earlier)
        self._earlier: Results = {}
        self._tongues = window.loading.tongues
        self.editions = self._editions()
        self.moving = Moving(self)
        self.signing = SigningDesk(self)
        self._taking_off = TakingOff(self)
        self._rows = RowActions(self)
        self._preview: Preview | None = None
        self._batch: BatchDesk | None = None
        window.screens.addWidget(self.workup_screen)
        self._show_protocol(protocol)
        self.workup_screen.patient_edit_requested.connect(self._edit_patient)
        self.workup_screen.findings.replied.connect(partial(reply, self))
        self.saving.resting.connect(window.worklist.looking.rest)
        self._said = SavingNotices(self.saving, window.status, window.notices)
        self._said.copy_asked.connect(partial(self.perform, "save_copy"))
        self._said.mine_asked.connect(self._keep_mine)
        self._said.other_asked.connect(self._reload)
        self.saving.conflicted.connect(self._show_conflict)
        self._left = LeftBehind(window.notices, window, self)
        self.saving.left.connect(self._left.show_left)
        self._left.copy_asked.connect(self._keep_left)
        self._left.other_asked.connect(self.open_stored)
        self._left.dropped.connect(self.saving.forget_left)
        self.courtesy = Courtesy(window.store, self.saving, window.notices, self.workup_screen, self)
        self.courtesy.freed.connect(self.open_stored)
        self._done: dict[str, Callable[[], object]] = {
            "new": self._new,
            "open_file": self._open_file,
            "read_form": partial(ask_for_form, self),
            "saved": self._tell_saved,
            "save_copy": self._save_copy,
            "copy_note": self._copy_note,
            "preview": self._rows.preview,
            "open_row": self._rows.open,
            "write_sheets": self._write_sheets,
            "print_sheets": self._print_sheets,
            "next_visit": self._rows.next_visit,
            "settings": self._settings,
            "undo": self._undo,
            "redo": self._redo,
            "find": self.workup_screen.find_item,
            "state": self.workup_screen.open_state,
            "findings": self.workup_screen.to_findings,
            "worklist": self._to_worklist,
            "back": self._back,
            "next_unanswered": self.workup_screen.next_unanswered,
            "previous_unanswered": self.workup_screen.previous_unanswered,
            "next_pane": self.workup_screen.next_pane,
            "previous_pane": self.workup_screen.previous_pane,
            "edit_patient": self._edit_patient,
            "sign": self.signing.sign,
            "amend": self.signing.amend,
            "history": self._history,
            "void": self._taking_off.void,
            "erase": self._taking_off.erase,
            "help": self._help,
            "keys": partial(show_keys, window),
            "about": lambda: show_about(window, self.protocol),
        }

    def _write_sheets(self) -> None:
        self.batch.ask_and_write()

    def _print_sheets(self) -> None:
        self.batch.ask_and_print()

    @property
    def batch(self) -> BatchDesk:
        """Writes the sheets of many work-ups; made when first needed."""
        if self._batch is None:
            from rls_workup.ui.batch_desk import BatchDesk

            self._batch = BatchDesk(self)
        return self._batch

    @property
    def undo_stack(self) -> QUndoStack | None:
        """The steps that can be undone; None where no work-up is open."""
        return self.session.undo_stack if self.session else None

    def screen_of(self, name: str) -> QWidget:
        """The widget of a screen."""
        return self.preview if name == PREVIEW else self.workup_screen

    @property
    def preview(self) -> Preview:
        """The preview, made when first looked at."""
        if self._preview is None:
            from rls_workup.ui.preview import Preview

            self._preview = Preview(self.window.settings, self._tongues, self.window)
            self._preview.back.connect(self._back)
            self._preview.failed.connect(self.window.tell)
            self._preview.used.connect(self._note_use)
            self._preview.copied.connect(partial(self.perform, "copy_note"))
            self._preview.saved_as.connect(partial(self.window.notices.show_notice, "told", "ok"))
            self._preview.settings_changed.connect(self.window.keep)
            self.window.screens.addWidget(self._preview)
        return self._preview

    def _note_use(self, what: str, kind: str) -> None:
        if self.session is not None:
            self.log.note(what, self.session.workup.id, kind)

    def perform(self, name: str) -> None:
        """Do a command; what a person can mend becomes a banner."""
        try:
            self._done[name]()
        except WorkupError as trouble:
            self.window.tell(str(trouble))

    def open_stored(self, workup_id: str) -> None:
        """Open a work-up of the store; the one before is flushed first."""
        try:
            workup, protocol, version = desk.stored(self.window.store, self.editions, workup_id, self.saving)
        except WorkupError as trouble:
            self.window.tell(str(trouble))
            return
        self.show_workup(workup, version, protocol)
        self.log.note(OPEN, workup_id)

    def show_under(self, protocol: Protocol, change: Callable[[Workup], Workup], kind: str = "moved") -> None:
        """Show the open work-up under a protocol, changed so, and save it at once as a step of this kind."""
        session = self.session
        if session is not None and self.lay_away():
            self.show_workup(change(session.workup), self.saving.version, protocol, kind=kind)

    def show_workup(
        self, workup: Workup, version: int, protocol: Protocol | None = None, *, kind: str = "edit"
    ) -> None:
        """Show a work-up; the one before is laid away first. `version` 0: it is new and saved at once."""
        if not self.lay_away():
            return
        session = Session(protocol or self.protocol, workup, self.window.today, self)
        self.session = session
        session.changed.connect(self._changed)
        session.undo_stack.indexChanged.connect(self._show_history)
        self.saving.watch(session, version, kind)
        self.workup_screen.show_session(session)
        self.window.show_screen(WORKUP)
        self._changed("")
        self._show_history()
        self._show_protocol(session.protocol)
        self.moving.offer(session)
        self.signing.show(session.workup)
        self._earlier = {}
        self.earlier.look_for(session.protocol, workup)
        self.courtesy.begin(workup.id)

    def _show_earlier(self, workup_id: str, results: Results) -> None:
        if self.session is not None and self.session.workup.id == workup_id:
            self._earlier = results
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
        if not self.saving.flush() and not self.may_close_unsaved():
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
        self._said.clear()
        return True

    def may_close_unsaved(self) -> bool:
        """Ask what to do with answers that could not be saved; True when the person lets them go."""
        chosen = ask_unsaved(self.window)
        if chosen == COPY:
            self.perform("save_copy")
        elif chosen == LEAVE:
            self.saving.give_up()
        return chosen == LEAVE

    def take_in(self, path: Path) -> None:
        """Take a file into the worklist and open it."""
        take_in(self, [path])

    def put_sample(self) -> None:
        """On the first run, a practice patient to try things with."""
        if desk.put_sample(self.window.store, self.protocol, self.saving, self.window.today()):
            self.window.worklist.reload()

    def _new(self) -> None:
        dialog = PatientDialog(
            self.window, Patient(), self.window.today().isoformat(), self.window.today(), new=True
        )
        if dialog.exec() != PatientDialog.DialogCode.Accepted:
            return
        workup = new_workup(self.protocol, dialog.patient(), dialog.visit())
        self.show_workup(workup, 0)

    def _edit_patient(self) -> None:
        session = self.session
        if session is None or self.signing.refuses():
            return
        workup = session.workup
        dialog = PatientDialog(self.window, workup.patient, workup.visit_date, self.window.today(), new=False)
        if dialog.exec() != PatientDialog.DialogCode.Accepted:
            return
        if dialog.patient() != workup.patient:
            session.set_patient(dialog.patient())
        if dialog.visit_date() != workup.visit_date:
            session.set_visit_date(dialog.visit_date())

    def _history(self) -> None:
        from rls_workup.ui.history_dialog import HistoryDialog

        if self.session is not None:
            self.saving.flush()
            HistoryDialog(self, self.session).exec()

    def show_version(self, workup_id: str, version: int) -> None:
        """Show the sheet of a work-up as it was saved under this version; it can be read and printed."""
        workup, head, protocol = desk.version_of(self.window.store, self.editions, workup_id, version)
        shown = Session(protocol, workup, self.window.today, self.preview)
        self.preview.show_sheet(shown, version, head)
        self.window.show_screen(PREVIEW)

    def _open_file(self) -> None:
        path = file_to_open(self.window)
        if path is not None:
            self.take_in(path)

    def _save_copy(self) -> None:
        path = file_for_copy(self.window, self.session.workup) if self.session else None
        if path is not None and self.session is not None:
            write_workup(path, self.session.workup)
            self.log.note(EXPORT, self.session.workup.id, "file")
            self.window.notices.show_notice("told", "ok", say("A copy is in {path}.", path=path))

    def _tell_saved(self) -> None:
        self.saving.flush()
        self.window.notices.show_notice("told", "note", self.saving.last_word())

    def _show_conflict(self) -> None:
        if self.session is not None:
            self._said.show_conflict(desk.saved_clock(self.window.store, self.session.workup.id))

    def _keep_mine(self) -> None:
        session = self.session
        if session is None:
            return
        mine = desk.copy_of(session.workup)
        protocol = session.protocol
        self.saving.save_other(protocol, mine, assess(protocol, mine, self.window.today()))
        self._drop_and_open(mine.id)

    def _keep_left(self, left: Submission) -> None:
        try:
            workup, protocol = desk.read_as_kept(left.document, self.editions)
            mine = desk.copy_of(workup)
            self.saving.save_other(protocol, mine, assess(protocol, mine, self.window.today()))
        except WorkupError as trouble:
            self.window.tell(str(trouble))
            return
        self._left.settled(left)
        self.saving.forget_left(left)
        self.open_stored(mine.id)

    def _reload(self) -> None:
        if self.session is not None:
            self._drop_and_open(self.session.workup.id)

    def _drop_and_open(self, workup_id: str) -> None:
        self.saving.give_up()
        self.open_stored(workup_id)

    def _changed(self, _item: str) -> None:
        if self.session is not None:
            self.window.status.show_awaited(self.session.assessment.progress.awaited)

    def _show_history(self) -> None:
        stack = self.undo_stack
        if stack is None:
            return
        for name, word, text, can in (
            ("undo", say("&Undo"), stack.undoText(), stack.canUndo()),
            ("redo", say("&Redo"), stack.redoText(), stack.canRedo()),
        ):
            action = self.window.commands.actions[name]
            action.setText(f"{word} {mnemonic_safe(text)}".strip())
            action.setEnabled(can and self.window.on_screen == WORKUP)
        self.window.toolbar.show_history(stack.canUndo(), stack.canRedo())

    def _undo(self) -> None:
        if self.undo_stack is not None:
            self.undo_stack.undo()

    def _redo(self) -> None:
        if self.undo_stack is not None:
            self.undo_stack.redo()

    def _to_worklist(self) -> None:
        if self.lay_away():
            self.window.show_screen(WORKLIST)

    def _back(self) -> None:
        if self.window.on_screen == PREVIEW:
            self.window.show_screen(WORKUP)
        else:
            self._to_worklist()

    def show_preview(self) -> None:
        """Show the sheet of the open work-up."""
        session = self.session
        if session is None:
            return
        self.saving.flush()
        self.preview.show_sheet(session, self.saving.version, self.saving.head, self._earlier)
        self.window.show_screen(PREVIEW)

    def _copy_note(self) -> None:
        """The note of the open work-up, or the one that is shown, onto the clipboard."""
        session = self.session
        shown = self.preview.shown_note() if self.window.on_screen == PREVIEW else ""
        if session is not None:
            copy_text(shown or note_of(session))
            self._note_use(EXPORT, "note")
            self.window.notices.show_notice("told", "ok", say(COPIED))

    def _settings(self) -> None:
        from rls_workup.ui.preferences import Preferences

        practice = self.window.loading.practice
        dialog = Preferences(self.window, self.window.settings, self.protocol if practice else None)
        if dialog.exec() != Preferences.DialogCode.Accepted:
            return
        if practice and dialog.leading.chosen() != self.protocol.chosen:
            self._read_first(practice, dialog.leading.chosen())
        self.window.take_settings(dialog.settings())

    def _read_first(self, practice: Path, chosen: Mapping[str, str]) -> None:
        """Keep what the practice reads first, and show the open work-up so. Raises CannotWrite."""
        from rls_workup.protocols import write_choices

        write_choices(practice, chosen)
        self._read_by(lambda protocol: led_by(protocol, chosen))

    def _read_by(self, changed: Callable[[Protocol], Protocol]) -> None:
        """Show everything by the same protocols, each changed so and told in the language of the window."""

        def told(protocol: Protocol) -> Protocol:
            return self._tongues.told(changed(self._tongues.english(protocol)), in_use.language)

        self.protocol = told(self.protocol)
        self.editions = self._editions()
        session = self.session
        if session is not None:
            session.read_by(told(session.protocol))
            self.workup_screen.clear()
            self.workup_screen.show_session(session)

    def _editions(self) -> Editions:
        return Editions(lambda: self.window.store, self.protocol, self._tongues)

    def speak(self) -> None:
        """Show everything in the language that the window has from now on."""
        if self._preview is not None:
            if self.window.on_screen == PREVIEW:
                self.window.show_screen(WORKUP)
            self._preview.close_pictures()
            self.window.screens.removeWidget(self._preview)
            self._preview.deleteLater()
            self._preview = None
        self._read_by(lambda protocol: protocol)
        self._show_protocol(self.session.protocol if self.session else self.protocol)
        self._changed("")
        self._show_history()
        if self.session is not None:
            self.moving.offer(self.session)
            self.signing.show(self.session.workup)

    def take_settings(self, settings: Settings) -> None:
        """Choices that the open work-up and the preview follow."""
        if unit_habit.take(settings):
            self._read_by(lambda protocol: protocol)
        if self._preview is not None:
            self._preview.take_settings(settings)

    def _help(self) -> None:
        if self.window.on_screen == WORKUP:
            self.workup_screen.show_help()
        else:
            show_keys(self.window)
