"""Guards the window: locks it when it is left, hides what it shows, and lets the right person in again."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QDialog, QVBoxLayout, QWidget
from shiboken6 import isValid

from rls_workup.domain.wording import word
from rls_workup.errors import WorkupError, WrongPassphrase
from rls_workup.store.station import who_and_where
from rls_workup.store.store import now
from rls_workup.ui.access import Access
from rls_workup.ui.clipboard import Concealed
from rls_workup.ui.idle import Idle
from rls_workup.ui.keys_desk import KeysDesk
from rls_workup.ui.screen_lock import ScreenLock
from rls_workup.ui.words import current as in_use
from rls_workup.ui.words import said_of, say

if TYPE_CHECKING:
    from rls_workup.ui.covers import Cover
    from rls_workup.ui.main_window import MainWindow
    from rls_workup.ui.unlock_page import UnlockPage

TITLE = word("The work-ups are locked")
UNSAVED = word("The last answers are not on disk yet; they are kept until you unlock.")


class LockDialog(QDialog):
    """The unlock page over a dialog that was open; it goes only by unlocking."""

    def __init__(self, page: UnlockPage, parent: QWidget) -> None:
        from rls_workup.ui.fitted import fit

        super().__init__(parent)
        self.setWindowTitle("RLS Workup")
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        column = QVBoxLayout(self)
        column.addWidget(page)
        fit(self, 40, 28)

    def reject(self) -> None:
        """Neither Escape nor the cross opens what is locked."""


class Guard(QObject):
    """One for one window. `locked_now` and `unlocked_now` tell the others what has just happened."""

    locked_now = Signal()
    unlocked_now = Signal()

    def __init__(self, window: MainWindow, access: Access, app: QApplication) -> None:
        super().__init__(window)
        self.window, self.access = window, access
        self.locked = False
        self.keys = KeysDesk(window, access)
        self._blank = QWidget()
        self._covers: list[Cover] = []
        self._failed: list[str] = []
        self._dialog: LockDialog | None = None
        self._focus: QWidget | None = None
        window.layers.addWidget(self._blank)
        self.idle, self.screen_lock = Idle(app, self._minutes), ScreenLock(self)
        self.clipboard = Concealed(app.clipboard(), self)
        for watch in (self.idle, self.screen_lock):
            watch.left.connect(self.lock)
        window.guarded.connect(self.perform)
        in_use.changed.connect(self._speak)
        window.sign_as(access.user)

    @cached_property
    def page(self) -> UnlockPage:
        """The page that asks for the passphrase; made when the window is first locked."""
        from rls_workup.ui.unlock_page import UnlockPage

        page = UnlockPage(TITLE)
        page.tried.connect(self._try)
        page.sheet_asked.connect(self._use_sheet)
        return page

    def begin(self) -> None:
        """Watch the window, and say how the work-ups are protected."""
        self.idle.begin()
        self.keys.show(offer=not self.window.settings.passphrase_later)

    def end(self) -> None:
        """Watch no more."""
        self.idle.end()
        self.clipboard.end()

    def perform(self, name: str) -> None:
        """A command of the menu; what a person can mend becomes a banner."""
        try:
            {"lock": self.lock, "passphrases": self.keys.open}[name]()
        except WorkupError as trouble:
            self.window.tell(said_of(trouble))

    def _speak(self) -> None:
        self.keys.speak()

    def _minutes(self) -> int:
        return self.window.settings.lock_minutes

    def lock(self) -> None:
        """Hide everything, save what was typed, then close the store and drop the key."""
        if self.locked:
            return
        self.locked = True
        self.idle.end()
        saved = False
        try:
            self._leave_field()
            self._hide()
            saved = self._save()
        finally:
            # Whatever went wrong above: nothing stays readable, and what is not saved stays in memory.
            self.access.lock()
            self.clipboard.clear()
            self.page.ask(self._users(), self.access.user, "" if saved else say(UNSAVED))
        self.locked_now.emit()

    def _leave_field(self) -> None:
        self._focus = QApplication.focusWidget()
        focused = self.window.focusWidget()
        if focused is not None:
            focused.clearFocus()  # so that the last field is told

    def _save(self) -> bool:
        return self.window.casework.saving.rest() if self.window.casework else True

    def _hide(self) -> None:
        from rls_workup.ui.covers import cover_all

        self._covers = cover_all()
        self.window.commands.enable_for("locked")
        self.window.commands.actions["quit"].setEnabled(True)
        self.window.menuBar().hide()
        self.window.status.hide()
        modal = QApplication.activeModalWidget()
        if modal is None:
            self.window.layers.addWidget(self.page)
            self.window.layers.setCurrentWidget(self.page)
        else:
            self.window.layers.setCurrentWidget(self._blank)
            self._dialog = LockDialog(self.page, modal)
            self.page.show()
            self._dialog.open()
        self.window.layers.repaint()  # now: saving may take a moment

    def _users(self) -> tuple[str, ...]:
        try:
            return self.access.users()
        except WorkupError:  # the page says so as soon as somebody tries
            return (self.access.user or who_and_where()[0],)

    def _try(self, passphrase: str, user: str) -> None:
        self._let_in(partial(self._unlock, passphrase, user))

    def _unlock(self, passphrase: str, user: str) -> None:
        if not self.access.unlock_unasked():
            self.access.unlock(passphrase, user)

    def _let_in(self, unlock: Callable[[], None]) -> None:
        try:
            unlock()
        except WrongPassphrase as trouble:
            self._failed.append(now())
            self.page.refuse(said_of(trouble))
            return
        except WorkupError as trouble:
            self.page.refuse(said_of(trouble), wrong=False)
            return
        self.page.welcome()
        self.access.note_failed(self._failed)
        self._failed = []
        self._reveal()

    def _use_sheet(self) -> None:
        from rls_workup.ui.recovery_dialog import RecoveryDialog

        dialog = RecoveryDialog(self._dialog or self.window, self.access.where, self.page.user.currentText())
        if dialog.exec() == QDialog.DialogCode.Accepted and dialog.opening is not None:
            self._let_in(partial(self.access.take, dialog.opening))

    def _lift_covers(self) -> None:
        from rls_workup.ui.covers import lift_all

        lift_all(self._covers)
        self._covers = []

    def _reveal(self) -> None:
        self.locked = False
        self.window.layers.addWidget(self.page)
        self.window.layers.setCurrentIndex(0)
        if self._dialog is not None:
            self._dialog.done(0)
            self._dialog.deleteLater()
            self._dialog = None
        self.window.menuBar().show()
        self.window.status.show()
        self.window.show_screen(self.window.on_screen)
        self._lift_covers()
        if self._focus is not None and isValid(self._focus):
            self._focus.setFocus()
        self.window.sign_as(self.access.user)
        if self.window.casework is not None:
            self.window.casework.saving.flush(0)
        self.idle.begin()
        self.keys.show(offer=False)
        self.unlocked_now.emit()
