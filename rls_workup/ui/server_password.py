"""The password of a practice's server, asked for at the start where no pgpass file has it."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout

from rls_workup.ui import theme
from rls_workup.ui.button_box import ButtonBox
from rls_workup.ui.fitted import fit
from rls_workup.ui.passphrase_line import PassphraseLine
from rls_workup.ui.plain import plain_label, restyle
from rls_workup.ui.stylesheet import style_sheet
from rls_workup.ui.words import say
from rls_workup.ui.wrapped import WrappedLabel


class ServerPassword(QDialog):
    """A window of its own: the work is not begun yet. Closing it gives no password."""

    def __init__(self, shown: str) -> None:
        super().__init__()
        self.setWindowTitle("RLS Workup")
        self.setStyleSheet(style_sheet(theme.current))
        self.line = PassphraseLine(say("Password of the server"))
        buttons = ButtonBox()
        self.connect_button = buttons.addButton(say("&Connect"), QDialogButtonBox.ButtonRole.AcceptRole)
        restyle(self.connect_button, role="primary")
        buttons.addButton(say("&Quit"), QDialogButtonBox.ButtonRole.RejectRole)
        column = QVBoxLayout(self)
        margin = theme.current.px(20)
        column.setContentsMargins(margin, margin, margin, margin)
        column.setSpacing(theme.current.px(12))
        column.addWidget(WrappedLabel(say("The practice's server asks for your password"), "title"))
        column.addWidget(plain_label(shown, role="muted", wrap=True))
        column.addWidget(self.line)
        column.addWidget(buttons)
        fit(self, 36)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.line.setFocus()


def asked_password(shown: str) -> str:
    """What the person types for the server shown so; "" when they give none."""
    dialog = ServerPassword(shown)
    accepted = dialog.exec() == QDialog.DialogCode.Accepted
    password = dialog.line.text() if accepted else ""
    dialog.deleteLater()
    return password
