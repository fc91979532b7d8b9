"""The way in with the recovery sheet: its code, then a name and a new passphrase."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QVBoxLayout, QWidget

from rls_workup.errors import WorkupError
from rls_workup.store.unlocking import Opening, unlocked_by_code
from rls_workup.store.users import set_passphrase_by_code
from rls_workup.ui import theme
from rls_workup.ui.announcing import say_aloud
from rls_workup.ui.button_box import ButtonBox
from rls_workup.ui.fitted import fit, growing
from rls_workup.ui.new_passphrase import NewPassphrase
from rls_workup.ui.plain import plain_label, restyle
from rls_workup.ui.words import said_of, say
from rls_workup.ui.wrapped import WrappedLabel


class RecoveryDialog(QDialog):
    """`opening` is what the code opened; None until it has."""

    def __init__(self, parent: QWidget | None, where: str | Path, user: str, told: str = "") -> None:
        super().__init__(parent)
        self.opening: Opening | None = None
        self._where = where
        self.setWindowTitle(say("RLS Workup – recovery sheet"))
        self.code = QPlainTextEdit()
        self.code.setAccessibleName(say("Code of the recovery sheet"))
        self.code.setTabChangesFocus(True)
        self.code.setPlaceholderText(say("14 groups of four letters"))
        self.code.setFixedHeight(theme.current.em(5))
        self.new = NewPassphrase(user)
        self.told = plain_label(told, "field-error", wrap=True)
        buttons = ButtonBox()
        self.enter = buttons.addButton(say("&Open the store"), QDialogButtonBox.ButtonRole.AcceptRole)
        restyle(self.enter, role="primary")
        buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        outer, inside = QVBoxLayout(self), QWidget()
        margin, ring = theme.current.px(16), theme.current.px(4)
        outer.setContentsMargins(margin, margin, margin, margin)
        outer.setSpacing(theme.current.px(12))
        column = QVBoxLayout(inside)
        column.setContentsMargins(ring, ring, ring, ring)
        column.setSpacing(theme.current.px(12))
        column.addWidget(plain_label(say("Code of the recovery sheet"), "label"))
        column.addWidget(self.code)
        column.addWidget(
            WrappedLabel(say("The new passphrase takes the place of one with the same name."), "hint")
        )
        column.addWidget(self.new)
        outer.addWidget(growing(inside, self.windowTitle()))
        outer.addWidget(self.told)
        outer.addWidget(buttons)
        fit(self, 36)
        self.new.changed.connect(self._look)
        self.code.textChanged.connect(self._look)
        buttons.accepted.connect(self._try)
        buttons.rejected.connect(self.reject)
        self._look()

    def _look(self) -> None:
        self.enter.setEnabled(self.new.is_right() and bool(self.code.toPlainText().strip()))

    def _try(self) -> None:
        try:
            opening = unlocked_by_code(self._where, self.code.toPlainText())
            if opening.key is not None:
                set_passphrase_by_code(self._where, opening.key, self.new.user(), self.new.passphrase())
        except WorkupError as trouble:
            say_aloud(self.told, said_of(trouble))
            return
        self.opening = Opening(opening.key, self.new.user())
        self.accept()
