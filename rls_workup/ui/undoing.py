"""Undo and redo, said in words in the menu and the toolbar."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QUndoStack

from rls_workup.ui.commands import WORKUP
from rls_workup.ui.plain import mnemonic_safe
from rls_workup.ui.words import say

if TYPE_CHECKING:
    from rls_workup.ui.casework import Casework


class Undoing(QObject):
    """Reads the steps of the open work-up."""

    def __init__(self, casework: Casework) -> None:
        super().__init__(casework)
        self._casework = casework

    def acts(self) -> dict[str, Callable[[], object]]:
        """The commands that are done here."""
        return {"undo": self._undo, "redo": self._redo}

    @property
    def stack(self) -> QUndoStack | None:
        """The steps that can be undone; None where no work-up is open."""
        return self._casework.session.undo_stack if self._casework.session else None

    def show(self) -> None:
        """Say what would be undone and redone."""
        stack, window = self.stack, self._casework.window
        if stack is None:
            return
        for name, word, text, can in (
            ("undo", say("&Undo"), stack.undoText(), stack.canUndo()),
            ("redo", say("&Redo"), stack.redoText(), stack.canRedo()),
        ):
            action = window.commands.actions[name]
            action.setText(f"{word} {mnemonic_safe(text)}".strip())
            action.setEnabled(can and window.on_screen == WORKUP)
        window.toolbar.show_history(stack.canUndo(), stack.canRedo())

    def _undo(self) -> None:
        if self.stack is not None:
            self.stack.undo()

    def _redo(self) -> None:
        if self.stack is not None:
            self.stack.redo()
