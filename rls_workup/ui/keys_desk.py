"""How the work-ups are protected: said at the bottom, offered at the start, changed from the menu."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog

from rls_workup.domain.wording import word
from rls_workup.errors import WorkupError
from rls_workup.store.place import path_of
from rls_workup.store.station import who_and_where
from rls_workup.ui.access import Access
from rls_workup.ui.notices import Choice
from rls_workup.ui.words import said_of, say

if TYPE_CHECKING:
    from rls_workup.ui.main_window import MainWindow

BY_ACCOUNT = word("Protected by your computer account only")
NOT_ENCRYPTED = word("Not encrypted")
OFFER = word(
    "The work-ups are encrypted, but whoever uses this computer account can open them. "
    "A passphrase takes a minute to set."
)
OFFER_ENCRYPTION = word(
    "These work-ups were begun with an older version, and their file is not encrypted: "
    "whoever gets the file can read it."
)


class KeysDesk:
    """Everything about passphrases and encryption that a person does in the window."""

    def __init__(self, window: MainWindow, access: Access) -> None:
        self.window, self.access = window, access
        self._offered = False

    def speak(self) -> None:
        """The same in the language now in use."""
        self.show(offer=self._offered)

    def show(self, *, offer: bool) -> None:
        """Say quietly and always where only the account protects; `offer`: also what can be done."""
        status, notices = self.window.status, self.window.notices
        notices.take_back("protection")
        self._offered = offer
        if not self.access.has_keys:
            return
        protection = self.access.protection()
        if self.access.key is None:
            status.show_protection(say(NOT_ENCRYPTED))
            words, way = say(OFFER_ENCRYPTION), (say("Encrypt now"), self._encrypt)
        else:
            status.show_protection(say(BY_ACCOUNT) if protection.by_account_only else "")
            words, way = say(OFFER), (say("Set a passphrase…"), self.open)
            offer = offer and protection.by_account_only
        if offer:
            ways: list[Choice] = [(way[0], partial(self._told, way[1])), (say("Later"), self._later)]
            notices.show_notice("protection", "note", words, ways, stays=True, can_wait=True)

    def _later(self) -> None:
        self.window.keep(replace(self.window.settings, passphrase_later=True))
        self.show(offer=False)

    def _told(self, do: Callable[[], None]) -> None:
        try:
            do()
        except WorkupError as trouble:
            self.window.tell(said_of(trouble))

    def open(self) -> None:
        """The first passphrase, or who has one; what a file needs before. Raises WorkupError."""
        if not self.access.has_keys:
            self.window.tell(
                say("The passwords of a server's store are kept by the server. Ask who runs it.")
            )
        elif self.access.key is None:
            self._encrypt()
        elif self.access.users():
            from rls_workup.ui.keys_dialog import KeysDialog

            KeysDialog(self.window, self.access, self.window.settings.paper).exec()
        else:
            self._first_passphrase(self.access.key)

    def _first_passphrase(self, key: bytearray) -> None:
        from rls_workup.ui.first_passphrase import FirstPassphrase

        paper, user = self.window.settings.paper, self.access.user or who_and_where()[0]
        dialog = FirstPassphrase(self.window, key, user, paper, self._set)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.window.notices.show_notice("told", "ok", say("The passphrase is set."))
            self._told(self._seal_backups)
            self.show(offer=False)

    def _set(self, user: str, passphrase: str) -> None:
        from rls_workup.store.users import set_passphrase

        if self.access.key is None:
            raise WorkupError(say("The work-ups are locked. Unlock them first."))
        set_passphrase(self.access.where, self.access.key, user, passphrase)
        self.access.user = user
        self.window.sign_as(user)

    def _seal_backups(self) -> None:
        from rls_workup.store.backups import folder_for
        from rls_workup.store.resealing import reseal_backups
        from rls_workup.ui.store_work import waited_for

        store = path_of(self.access.where)
        second = self.window.settings.second_backups
        folders = [folder_for(store), *([Path(second)] if second else [])]
        if not any(folder.is_dir() for folder in folders):
            return
        words = say("Putting the passphrase into the backups…")
        left = waited_for(self.window, words, lambda progress: reseal_backups(store, folders, progress))
        if left:
            raise WorkupError(
                say(
                    "A backup in {folders} still opens without a passphrase. Make a new one and delete "
                    "the old ones.",
                    folders=folders[0],
                )
            )

    def _encrypt(self) -> None:
        from rls_workup.store.encrypting import encrypt_store

        casework = self.window.casework
        if casework is not None and not casework.saving.rest():
            raise WorkupError(say("The last answers are not saved yet, so the store was left as it is."))
        self.access.store.lock()
        try:
            old = encrypt_store(self.access.where)
        finally:
            self.access.reopen()
        self.show(offer=True)
        self._offer_to_delete(old)

    def _offer_to_delete(self, old: Path) -> None:
        from rls_workup.store.encrypting import remove_for_good

        def gone() -> None:
            remove_for_good(old)
            self.window.notices.take_back("old store")

        keep = partial(self.window.notices.take_back, "old store")
        self.window.notices.show_notice(
            "old store",
            "warn",
            say(
                "The work-ups are encrypted now. The old file, which anybody can read, is still there: {old}",
                old=old,
            ),
            [
                (say("Delete it for good"), partial(self._told, gone)),
                (say("Keep it"), keep),
            ],
            stays=True,
        )
