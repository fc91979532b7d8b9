"""The store kept as a whole: a backup at the start and end of a day, one on request, and restoring."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from rls_workup.domain.wording import word
from rls_workup.errors import Cancelled, StoreTrouble, WorkupError
from rls_workup.store.backups import back_up, back_up_by_itself, due, folder_for
from rls_workup.store.checking import faults
from rls_workup.store.progress import Progress
from rls_workup.store.restoring import Candidate, candidate, put_in_place
from rls_workup.store.rotation import name_for
from rls_workup.store.unlocking import Opening, unlocked_quietly
from rls_workup.ui.restore_dialog import RestoreDialog
from rls_workup.ui.store_work import StoreWork, waited_for
from rls_workup.ui.words import said_of, say

if TYPE_CHECKING:
    from rls_workup.store.keyslots import Key
    from rls_workup.ui.access import Access
    from rls_workup.ui.main_window import MainWindow

SOON_MS = 3000
MATTER = "backup"
ON_A_SERVER = word("This store is on a server; its backups are made there, with pg_dump.")


class Keeping(QObject):
    """One for one window on one store."""

    def __init__(self, window: MainWindow, access: Access) -> None:
        super().__init__(window)
        self.window, self.access = window, access
        self._work: StoreWork | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.back_up_where_due)

    def begin(self) -> None:
        """A backup of the day, a little after the window is there."""
        self._soon.start(SOON_MS)

    def perform(self, name: str) -> None:
        """A command of the menu; what a person can mend becomes a banner."""
        try:
            {"back_up": self.back_up_now, "restore": self.restore, "verify": self.verify}[name]()
        except Cancelled as stopped:
            self.window.notices.show_notice("told", "note", said_of(stopped))
        except WorkupError as trouble:
            self.window.tell(said_of(trouble))

    def stop(self) -> None:
        """End what runs, as before the key is dropped."""
        self._soon.stop()
        if self._work is not None:
            self._work.stop()
            self._work = None

    def _place(self) -> tuple[Path, Key | None]:
        """The file and a copy of its key, which may be overwritten meanwhile. Raises StoreTrouble."""
        path = self.access.store.path
        if path is None:
            raise StoreTrouble(say(ON_A_SERVER))
        key = self.access.key
        return path, bytes(key) if key is not None else None

    def _is_due(self) -> bool:
        path = self.access.store.path
        if path is None:
            return False
        newest = self.access.store.page(limit=1).rows
        return bool(newest) and due(path, datetime.now(UTC), newest[0].updated_at)

    def _second(self) -> Path | None:
        return Path(self.window.settings.second_backups) if self.window.settings.second_backups else None

    def back_up_where_due(self) -> None:
        """A backup in the background, where none is newer than the last change."""
        try:
            if self._work is not None or not self._is_due():
                return
            path, key = self._place()
        except StoreTrouble:  # locked meanwhile
            return
        also = self._second()
        self._work = StoreWork(lambda progress: back_up_by_itself(path, key, "day", also, progress), self)
        self._work.ended.connect(self._backed_up)
        self._work.begin()

    def _backed_up(self, result: object) -> None:
        self._work = None
        if isinstance(result, WorkupError) and not isinstance(result, Cancelled):
            self.window.notices.show_notice(MATTER, "warn", said_of(result))

    def at_end(self) -> None:
        """The last backup of the day, after the window is closed; it can be cancelled."""
        self.stop()
        try:
            if not self._is_due():
                return
            path, key = self._place()
            also = self._second()
            waited_for(
                None,
                say("Making a backup of the work-ups…"),
                lambda progress: back_up_by_itself(path, key, "day", also, progress),
            )
        except WorkupError:
            return  # said at the next start, where it can be mended

    def back_up_now(self) -> None:
        """Ask where, and write a backup there."""
        path, key = self._place()
        name = str(Path.home() / name_for(datetime.now(UTC), "asked"))
        chosen, _kind = QFileDialog.getSaveFileName(
            self.window, say("Back up all work-ups"), name, say("Backups (*.rlsbackup)")
        )
        if not chosen:
            return
        out = Path(chosen if chosen.endswith(".rlsbackup") else f"{chosen}.rlsbackup")
        self._flush()
        waited_for(
            self.window, say("Making a backup…"), lambda progress: back_up(path, key, out, "asked", progress)
        )
        self.window.notices.show_notice(
            "told", "ok", say("The backup is in {out}. It was read again.", out=out)
        )

    def restore(self) -> None:
        """Ask for a backup, show what would be missing, and let it be the store."""
        path, _key = self._place()
        folder = folder_for(path)
        chosen, _kind = QFileDialog.getOpenFileName(
            self.window,
            say("Restore a backup"),
            str(folder if folder.is_dir() else Path.home()),
            say("Backups (*.rlsbackup)"),
        )
        if chosen:
            self.restore_from(Path(chosen))

    def restore_from(self, backup: Path) -> None:
        """As `restore`, with the backup chosen. Raises WorkupError; nothing is changed then."""
        path, key = self._place()
        self._flush()
        with ExitStack() as laid_out:
            ready = looked_at(self.window, backup, path, key, laid_out)
            if RestoreDialog(self.window, ready.comparison).exec() == QDialog.DialogCode.Accepted:
                aside = self._swap(ready, path)
                self.window.worklist.reload()
                self.window.notices.show_notice(
                    "told",
                    "ok",
                    say("The backup is restored. The store before is kept as {aside}.", aside=aside),
                )

    def verify(self) -> None:
        """Read the whole store and tell any damage. Raises WorkupError."""
        self._flush()

        def work(progress: Progress) -> object:
            store = self.access.store.another()
            try:
                return list(faults(store.engine, progress))
            finally:
                store.close()

        found = waited_for(self.window, say("Reading all work-ups…"), work)
        if isinstance(found, list) and found:
            more = say(" And {count} more.", count=len(found) - 1) if len(found) > 1 else ""
            self.window.notices.show_notice(MATTER, "critical", f"{said_of(found[0])}{more}")
        else:
            self.window.notices.show_notice(
                "told", "ok", say("All work-ups were read; the store is in order.")
            )

    def _swap(self, ready: Candidate, path: Path) -> Path | None:
        casework, before = self.window.casework, self.access.key
        if casework is not None:
            casework.perform("worklist")
            casework.log.flush()
            if casework.session is not None or not casework.saving.rest():
                raise StoreTrouble(say("The last answers are not saved yet, so the store was left as it is."))
        kept = Opening(bytearray(before) if before is not None else None, self.access.user)
        self.stop()
        self.access.store.lock()
        try:
            aside = put_in_place(ready, path)
            kept = Opening(bytearray(ready.key) if ready.key is not None else None, self.access.user)
        finally:
            self.access.take(kept, replaced=True)
        return aside

    def _flush(self) -> None:
        if not self.window.flush():
            raise StoreTrouble(
                say("The last answers are not saved yet. Look at the message above, then try again.")
            )


def looked_at(
    parent: QWidget | None, backup: Path, store: Path, key: Key | None, laid_out: ExitStack
) -> Candidate:
    """A backup unpacked and compared while a dialog shows how far it is. Raises WorkupError."""

    def key_for(place: Path) -> Key | None:
        if place == store or fits(place, key):
            return key
        opening = unlocked_quietly(place)
        if opening is None:
            raise StoreTrouble(
                say(
                    "This backup was made with other passphrases. Restore it on the command line, "
                    "which asks for one: rls-workup restore FILE."
                )
            )
        return opening.key

    def work(progress: Progress) -> Candidate:
        return laid_out.enter_context(candidate(backup, store, key_for, progress))

    ready = waited_for(parent, say("Looking at the backup…"), work)
    assert isinstance(ready, Candidate)
    return ready


def fits(place: Path, key: Key | None) -> bool:
    """Whether this key is the one that the keys file of a store is about."""
    from rls_workup.store.keyfile import load_keys
    from rls_workup.store.keyslots import check_of

    keys = load_keys(place)
    return keys is not None and key is not None and keys.check == check_of(key)
