"""One passphrase in a dialog: of a new user, or a changed one for which the old one is asked."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from rls_workup.errors import WorkupError
from rls_workup.ui import theme
from rls_workup.ui.announcing import say_aloud
from rls_workup.ui.button_box import ButtonBox
from rls_workup.ui.fitted import fit
from rls_workup.ui.new_passphrase import NewPassphrase
from rls_workup.ui.passphrase_line import PassphraseLine
from rls_workup.ui.plain import plain_label, restyle
from rls_workup.ui.words import said_of, say


class OnePassphrase(QDialog):
    """`set_` gets name, old and new passphrase; the dialog stays open while it raises WorkupError."""

    def __init__(self, parent: QWidget, title: str, user: str, set_: Callable[[str, str, str], None]) -> None:
        super().__init__(parent)
        self._set = set_
        self.setWindowTitle(title)
        self.old = PassphraseLine(say("Passphrase until now"))
        self.old.setPlaceholderText(say("Passphrase until now"))
        self.old.setVisible(bool(user))
        self.new = NewPassphrase(user, fixed=bool(user))
        self.told = plain_label("", "field-error", wrap=True)
        buttons = ButtonBox()
        self.done_button = buttons.addButton(say("&Set"), QDialogButtonBox.ButtonRole.AcceptRole)
        restyle(self.done_button, role="primary")
        buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        column = QVBoxLayout(self)
        margin = theme.current.px(20)
        column.setContentsMargins(margin, margin, margin, margin)
        column.setSpacing(theme.current.px(12))
        for part in (self.old, self.new, self.told, buttons):
            column.addWidget(part)
        fit(self, 34)
        self.new.changed.connect(self._look)
        buttons.accepted.connect(self._try)
        buttons.rejected.connect(self.reject)
        self._look()

    def _look(self) -> None:
        self.done_button.setEnabled(self.new.is_right())

    def _try(self) -> None:
        try:
            self._set(self.new.user(), self.old.text(), self.new.passphrase())
        except WorkupError as trouble:
            say_aloud(self.told, said_of(trouble))
            return
        self.accept()
