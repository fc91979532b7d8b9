"""The way in at the start: at once where nobody need be asked, else through the page that asks."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QDialog, QVBoxLayout

from rls_workup.domain.wording import word
from rls_workup.errors import Cancelled, NoKeys, StoreDamaged, WorkupError, WrongPassphrase
from rls_workup.store.place import path_of
from rls_workup.store.server_address import is_address
from rls_workup.store.station import who_and_where
from rls_workup.store.store import now
from rls_workup.store.unlocking import Opening, unlocked, unlocked_quietly, users_of
from rls_workup.ui import theme
from rls_workup.ui.access import Access
from rls_workup.ui.stylesheet import style_sheet
from rls_workup.ui.words import said_of, say


class Turned(WorkupError):
    """The person closed the page that asks for the passphrase."""


def way_in(where: str | Path, failed: list[str]) -> Opening:
    """What opens the store; asks where it has to, and adds to `failed` when a passphrase was wrong.

    Raises Turned, NewerFormat or StoreTrouble.
    """
    try:
        opening = unlocked_quietly(where)
    except NoKeys as trouble:
        return by_sheet(where, said_of(trouble))
    if opening is not None:
        return opening
    dialog = Entrance(where)
    dialog.exec()
    failed += dialog.failed
    if dialog.opening is None:
        raise Turned(say("The store stays locked."))
    return dialog.opening


def by_sheet(where: str | Path, told: str) -> Opening:
    """The opening by the recovery sheet, where the keys file is lost. Raises NoKeys without one."""
    from rls_workup.ui.recovery_dialog import RecoveryDialog

    dialog = RecoveryDialog(None, where, who_and_where()[0], told)
    dialog.setStyleSheet(style_sheet(theme.current))
    dialog.exec()
    if dialog.opening is None:
        raise NoKeys(told)
    return dialog.opening


def entered(where: str | Path) -> Access:
    """The store, opened; where it is damaged, the person chooses what to do. Raises WorkupError."""
    failed: list[str] = []
    opening = way_in(where, failed)
    try:
        access = Access(where, opening)
    except StoreDamaged as trouble:
        if is_address(where):
            raise
        from rls_workup.ui.damaged import DamagedPage

        page = DamagedPage(path_of(where), opening, said_of(trouble))
        if page.exec() != QDialog.DialogCode.Accepted:
            raise Turned(say("The damaged store was left as it is.")) from trouble
        access = Access(where, way_in(where, failed))
    except Cancelled as trouble:
        raise Turned(said_of(trouble)) from None
    access.note_failed(failed)
    return access


class Entrance(QDialog):
    """A window of its own with the unlock page; the work is not begun yet."""

    def __init__(self, where: str | Path) -> None:
        from rls_workup.ui.fitted import fit
        from rls_workup.ui.unlock_page import UnlockPage

        super().__init__()
        self.opening: Opening | None = None
        self.failed: list[str] = []
        self._where = where
        self.setWindowTitle("RLS Workup")
        self.setStyleSheet(style_sheet(theme.current))
        self.page = UnlockPage(word("RLS Workup is locked"))
        column = QVBoxLayout(self)
        column.addWidget(self.page)
        self.page.tried.connect(self._try)
        self.page.sheet_asked.connect(self._use_sheet)
        fit(self, 44, 32)
        self.page.ask(users_of(where), who_and_where()[0])

    def _try(self, passphrase: str, user: str) -> None:
        try:
            self.opening = unlocked(self._where, passphrase, user)
        except WrongPassphrase as trouble:
            self.failed.append(now())
            self.page.refuse(said_of(trouble))
            return
        except WorkupError as trouble:
            self.page.refuse(said_of(trouble), wrong=False)
            return
        self.page.welcome()
        self.accept()

    def _use_sheet(self) -> None:
        from rls_workup.ui.recovery_dialog import RecoveryDialog

        dialog = RecoveryDialog(self, self._where, self.page.user.currentText())
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.opening = dialog.opening
            self.accept()
