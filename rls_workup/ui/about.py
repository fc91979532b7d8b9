"""What the program is and is not for, and its notices, in a quiet box."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMessageBox

from rls_workup import __version__
from rls_workup.domain.text import shown_date
from rls_workup.ui.plain import plain_box
from rls_workup.ui.words import say

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from rls_workup.domain.protocol import Protocol


def show_about(parent: QWidget, protocol: Protocol) -> QMessageBox:
    """Version, intended use and the notices of the content."""
    about = protocol.about
    adapted = say(" · adapted by this practice") if protocol.adapted else ""
    reviewed = shown_date(about.reviewed)
    text = say("Protocol {version}, reviewed {date}", version=about.version, date=reviewed)
    text = f"RLS Workup {__version__}\n{text}{adapted}"
    notices = "\n\n".join((about.intended_use, *about.notices))
    return _open(plain_box(parent, say("About RLS Workup"), text, notices))


def _open(box: QMessageBox) -> QMessageBox:
    box.addButton(QMessageBox.StandardButton.Close)
    box.open()
    return box
