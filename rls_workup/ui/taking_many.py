"""Several files at once into the worklist, one after the other; one notice tells what came of them all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

from rls_workup.errors import WorkupError
from rls_workup.ui.commands import WORKLIST
from rls_workup.ui.words import said_of, say

if TYPE_CHECKING:
    from rls_workup.ui.casework import Casework

    _Take = Callable[[Casework, Path], tuple[str, str]]

MATTER: Final = "taking_in"
AT_ONCE: Final = 20
"""Files up to which nobody waits long enough to want to stop it."""
_MOST_TOLD: Final = 3


class TakingMany(QObject):
    """`take` takes one file: the id in the store, "" where it was left out, and what to tell. WorkupError."""

    def __init__(self, casework: Casework, paths: Sequence[Path], take: _Take) -> None:
        super().__init__(casework)
        self._casework, self._take = casework, take
        self._left, self._count = list(paths), len(paths)
        self._taken = 0
        self._told: list[str] = []
        self._stopped = self._at_rest = False

    def begin(self) -> None:
        """Few are taken at once; many one in each turn of the loop, so that the window goes on."""
        if self._count <= AT_ONCE:
            while self._left:
                self._next()
            self._end()
            return
        self._casework.saving.resting.connect(self._rest)
        words = self._words()
        choices = [(say("Stop"), self.stop)]
        self._casework.window.notices.show_notice(MATTER, "note", words, choices, stays=True)
        QTimer.singleShot(0, self._turn)

    def stop(self) -> None:
        """Take no more; what is taken stays."""
        self._stopped = True

    def _rest(self) -> None:
        """The window is locked, or its store changed: nothing more, and no other screen meanwhile."""
        self._stopped = self._at_rest = True

    def _turn(self) -> None:
        if self._stopped or not self._left:
            self._casework.window.notices.take_back(MATTER)
            self._end()
            return
        self._next()
        self._casework.window.notices.say(MATTER, self._words())
        QTimer.singleShot(0, self._turn)

    def _words(self) -> str:
        done = self._count - len(self._left)
        return say("Taking in: {done} of {count} done.", done=done, count=self._count)

    def _next(self) -> None:
        try:
            workup_id, words = self._take(self._casework, self._left.pop(0))
        except WorkupError as trouble:
            self._told.append(said_of(trouble))
            return
        self._taken += bool(workup_id)
        if words:
            self._told.append(words)

    def _end(self) -> None:
        window = self._casework.window
        if self._taken and not self._at_rest and self._casework.lay_away():
            window.show_screen(WORKLIST)
        words = [say("Stopped.")] if self._stopped else []
        if self._taken == 1:
            words.append(say("1 work-up in the worklist."))
        elif self._taken:
            words.append(say("{count} work-ups in the worklist.", count=self._taken))
        words += self._told[:_MOST_TOLD]
        if len(self._told) > _MOST_TOLD:
            words.append(say("And {count} more like that.", count=len(self._told) - _MOST_TOLD))
        window.notices.show_notice("told", "warn" if self._told else "ok", "\n".join(words))
        self.deleteLater()
