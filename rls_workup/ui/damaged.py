"""The start on a damaged store: said calmly, the newest good backup offered, nothing deleted."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton, QVBoxLayout

from rls_workup.errors import WorkupError
from rls_workup.store.backup_file import Manifest
from rls_workup.store.backups import backups_in, folder_for
from rls_workup.store.restoring import put_aside_damaged, put_in_place
from rls_workup.store.unlocking import Opening
from rls_workup.ui import theme
from rls_workup.ui.button_box import ButtonBox
from rls_workup.ui.fitted import fit
from rls_workup.ui.keeping import looked_at
from rls_workup.ui.plain import restyle
from rls_workup.ui.restore_dialog import RestoreDialog, local
from rls_workup.ui.stylesheet import style_sheet
from rls_workup.ui.words import said_of, say
from rls_workup.ui.wrapped import WrappedLabel


class DamagedPage(QDialog):
    """A window of its own: restore the newest good backup, begin empty, or leave all as it is."""

    def __init__(self, store: Path, opening: Opening, told: str) -> None:
        super().__init__()
        self._store, self._opening = store, opening
        self.backups = backups_in(folder_for(store))
        self.setWindowTitle("RLS Workup")
        self.setStyleSheet(style_sheet(theme.current))
        self.trouble = WrappedLabel("", "field-error")
        self.buttons = ButtonBox()
        self.restore = self._button(say("&Look at the newest backup…"), "primary")
        self.empty = self._button(say("&Begin with an empty store"), "")
        leave = self.buttons.addButton(say("&Leave it and quit"), QDialogButtonBox.ButtonRole.RejectRole)
        self._arrange(told)
        self.restore.setVisible(bool(self.backups))
        self.restore.clicked.connect(self._restore)
        self.empty.clicked.connect(self._begin_empty)
        self.buttons.rejected.connect(self.reject)
        # Who only presses Enter, out of habit, begins no empty store.
        safe = self.restore if self.backups else leave
        safe.setDefault(True)
        safe.setFocus()

    def _button(self, words: str, role: str) -> QPushButton:
        button = self.buttons.addButton(words, QDialogButtonBox.ButtonRole.ActionRole)
        restyle(button, role=role)
        return button

    def _arrange(self, told: str) -> None:
        column = QVBoxLayout(self)
        margin = theme.current.px(24)
        column.setContentsMargins(margin, margin, margin, margin)
        column.setSpacing(theme.current.px(12))
        column.addWidget(WrappedLabel(say("The store of work-ups is damaged"), "title"))
        column.addWidget(WrappedLabel(told))
        column.addWidget(WrappedLabel(offer_words(self.backups)))
        kept = say(
            "Nothing is deleted: the damaged file is kept beside the new one, under a name with “damaged”."
        )
        column.addWidget(WrappedLabel(kept, "hint"))
        column.addWidget(self.trouble)
        column.addStretch(1)
        column.addWidget(self.buttons)
        fit(self, 48, 22)

    def _restore(self) -> None:
        for backup, _manifest in self.backups:
            try:
                if self._restored(backup):
                    self.accept()
                return
            except WorkupError as trouble:  # damaged as well: the one before it
                self.trouble.say(said_of(trouble))

    def _restored(self, backup: Path) -> bool:
        with ExitStack() as laid_out:
            ready = looked_at(self, backup, self._store, self._opening.key, laid_out)
            if RestoreDialog(self, ready.comparison).exec() != QDialog.DialogCode.Accepted:
                return False
            put_in_place(ready, self._store)
            return True

    def _begin_empty(self) -> None:
        try:
            put_aside_damaged(self._store)
        except WorkupError as trouble:
            self.trouble.say(said_of(trouble))
            return
        self.accept()


def offer_words(backups: list[tuple[Path, Manifest]]) -> str:
    """What there is to go back to."""
    if not backups:
        return say("There is no backup in its folder. If you have one elsewhere: rls-workup restore FILE.")
    newest = backups[0][1]
    count = say("1 work-up") if newest.workups == 1 else say("{count} work-ups", count=newest.workups)
    return say("The newest backup is of {date} and holds {count}.", date=local(newest.made_at), count=count)
