"""What the program is and is not for, its notices, and its keys: two quiet boxes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMessageBox

from rls_workup import __version__
from rls_workup.domain.text import shown_date
from rls_workup.ui.commands import COMMANDS
from rls_workup.ui.plain import plain_box

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from rls_workup.domain.protocol import Protocol


def show_about(parent: QWidget, protocol: Protocol) -> QMessageBox:
    """Version, intended use and the notices of the content."""
    about = protocol.about
    adapted = " · adapted by this practice" if protocol.adapted else ""
    text = (
        f"RLS Workup {__version__}\nProtocol {about.version}, reviewed {shown_date(about.reviewed)}{adapted}"
    )
    notices = "\n\n".join((about.intended_use, *about.notices))
    return _open(plain_box(parent, "About RLS Workup", text, notices))


def keys_text() -> str:
    """Every command that has keys, a line each."""
    lines = [
        f"{QKeySequence(command.keys[0]).toString()}  –  {command.words.replace('&', '').rstrip('…')}"
        for command in COMMANDS
        if command.keys
    ]
    return "\n".join([*lines, "Ctrl+1 … Ctrl+9  –  Section", "Y, N, U  –  Yes, No, Unknown at a question"])


def show_keys(parent: QWidget) -> QMessageBox:
    """The keys of the program."""
    return _open(plain_box(parent, "Keyboard", "Every command is in a menu; these have keys.", keys_text()))


def _open(box: QMessageBox) -> QMessageBox:
    box.addButton(QMessageBox.StandardButton.Close)
    box.open()
    return box
