"""Why the window does not open, said on the screen: who clicked on an icon sees no terminal."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox

from rls_workup.errors import WorkupError
from rls_workup.ui import theme
from rls_workup.ui.plain import plain_box
from rls_workup.ui.stylesheet import style_sheet
from rls_workup.ui.words import said_of, say


def tell_refused(trouble: WorkupError) -> None:
    """Show the sentence until it is closed; nothing where nobody would see it."""
    if QGuiApplication.platformName() == "offscreen":
        return
    box = refusal(trouble)
    box.exec()


def refusal(trouble: WorkupError) -> QMessageBox:
    """The message, with one way out."""
    box = plain_box(
        None, "RLS Workup", say("RLS Workup cannot open."), said_of(trouble), QMessageBox.Icon.Warning
    )
    box.setStyleSheet(style_sheet(theme.current))
    box.addButton(say("Quit"), QMessageBox.ButtonRole.AcceptRole)
    return box
