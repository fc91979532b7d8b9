"""What the command palette offers: the commands of this screen, sections, findings and items."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence

from rls_workup.domain.protocol import Protocol
from rls_workup.ui.commands import WORKUP, Commands
from rls_workup.ui.palette import Entry, Palette
from rls_workup.ui.session import Session
from rls_workup.ui.words import say

if TYPE_CHECKING:
    from rls_workup.ui.main_window import MainWindow

Go = Callable[[str], object]


def command_entries(commands: Commands) -> list[Entry]:
    """Every command that can be used now, with its menu or key beside it."""
    return [
        Entry(_words(action, under), _key(action) or menu, action.trigger)
        for menu, under, action in commands.by_menu()
        if action.isEnabled()
    ]


def section_entries(session: Session, go: Go) -> list[Entry]:
    """The sections, with the key of each."""
    return [
        Entry(
            section.title,
            say("Section · Ctrl+{at}", at=at) if at < 10 else say("Section"),
            partial(go, section.id),
        )
        for at, section in enumerate(session.protocol.sections, 1)
    ]


def finding_entries(session: Session, go: Go) -> list[Entry]:
    """The findings; each leads to the field that it is about."""
    protocol = session.protocol
    return [
        Entry(finding.title, say("Finding"), partial(go, finding.item), also=protocol.label(finding.item))
        for finding in session.assessment.findings
        if finding.item in protocol.items
    ]


def item_entries(protocol: Protocol, go: Go) -> list[Entry]:
    """The items by their question, label and id, with their section beside them."""
    titles = {section.id: section.title for section in protocol.sections}
    return [
        Entry(
            item.asks,
            titles.get(item.section, ""),
            partial(go, item.id),
            also=f"{item.label} {item.id.replace('_', ' ')}",
        )
        for item in protocol.items.values()
    ]


def show_palette(window: MainWindow) -> Palette:
    """Open the palette of a window: what is on its screen now."""
    entries: list[Entry] = []
    casework = window.casework
    if casework is not None and casework.session is not None and window.on_screen == WORKUP:
        screen, session = casework.workup_screen, casework.session
        entries += item_entries(session.protocol, screen.focus_item)
        entries += section_entries(session, screen.open_section)
        entries += finding_entries(session, screen.focus_item)
    # Where nothing is typed yet, the commands come first; where words match as well, the items do.
    palette = Palette(
        [*command_entries(window.commands), *entries], say("Type what you look for or want to do"), window
    )
    # Over the form, never over the patient's name.
    over = casework.workup_screen.form if casework is not None and window.on_screen == WORKUP else None
    palette.show_over(over if over is not None and over.isVisible() else window.screens)
    return palette


def _words(action: QAction, under: str) -> str:
    words = action.text().replace("&&", "\0").replace("&", "").replace("\0", "&")
    return f"{under}: {words}" if under else words


def _key(action: QAction) -> str:
    return action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
