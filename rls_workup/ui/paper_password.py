"""The password of a locked PDF, asked for until it is right or the person leaves it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from rls_workup.errors import NeedsPassword, WorkupError
from rls_workup.ui import theme
from rls_workup.ui.announcing import say_aloud
from rls_workup.ui.button_box import ButtonBox
from rls_workup.ui.fitted import fit
from rls_workup.ui.passphrase_line import PassphraseLine
from rls_workup.ui.plain import plain_label, restyle
from rls_workup.ui.words import say
from rls_workup.ui.wrapped import WrappedLabel

Taken = TypeVar("Taken")


class PaperPassword(QDialog):
    """`attempt` is given the password; the dialog stays while it raises NeedsPassword."""

    def __init__(self, parent: QWidget, name: str, attempt: Callable[[str], object]) -> None:
        super().__init__(parent)
        self._attempt = attempt
        self.trouble: WorkupError | None = None
        self.setWindowTitle(say("Locked PDF"))
        self.line = PassphraseLine(say("Password of the PDF"))
        self.told = plain_label("", "field-error", wrap=True)
        self.told.hide()
        buttons = ButtonBox()
        self.open_button = buttons.addButton(say("&Open"), QDialogButtonBox.ButtonRole.AcceptRole)
        restyle(self.open_button, role="primary")
        buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        column = QVBoxLayout(self)
        margin = theme.current.px(20)
        column.setContentsMargins(margin, margin, margin, margin)
        column.setSpacing(theme.current.px(12))
        column.addWidget(WrappedLabel(say("{name} is locked with a password.", name=name), "label"))
        for part in (self.line, self.told, buttons):
            column.addWidget(part)
        fit(self, 30)
        buttons.accepted.connect(self._try)
        buttons.rejected.connect(self.reject)

    def _try(self) -> None:
        try:
            self._attempt(self.line.text())
        except NeedsPassword:
            say_aloud(self.told, say("That is not the password. Try again; capital letters count."))
            self.told.show()
            return
        except WorkupError as trouble:
            self.trouble = trouble
        self.accept()

    @classmethod
    def asked(cls, parent: QWidget, name: str, attempt: Callable[[str], Taken]) -> Taken | None:
        """What the attempt gave; None where the person left it. Raises the WorkupError of an attempt."""
        given: list[Taken] = []
        dialog = cls(parent, name, lambda password: given.append(attempt(password)))
        dialog.exec()
        if dialog.trouble is not None:
            raise dialog.trouble
        return given[0] if given else None
