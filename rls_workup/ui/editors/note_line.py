"""The line for a note or a reason: what is typed is given within 400 ms, Escape gives the old note back."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent

from rls_workup.ui.editors.focus import takes_escape
from rls_workup.ui.editors.line import Line
from rls_workup.ui.words import say

_KEPT_MS = 300


class NoteLine(Line):
    """`noted` gives the note; `finished`: the person wants to go back; `ended`: the line is put away."""

    noted = Signal(str)
    finished = Signal()
    ended = Signal()

    def __init__(self, name: str) -> None:
        super().__init__("note", name, say("Note or reason"))
        self._before = ""
        self._keeping = QTimer(self)
        self._keeping.setSingleShot(True)
        self._keeping.setInterval(_KEPT_MS)
        self._keeping.timeout.connect(self._note)
        self.textEdited.connect(self._typed)
        self.left.connect(self.put_away)
        self.returnPressed.connect(self.finished)

    def open(self, note: str) -> None:
        """Begin to write on this note."""
        self._before = note
        self.show_text(note)
        self.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def put_away(self) -> None:
        """Give the note as it is now, and put the line away."""
        if self.isHidden():
            return
        self._keeping.stop()
        self._note()
        self.hide()
        self.ended.emit()

    def _typed(self) -> None:
        if not self._keeping.isActive():
            self._keeping.start()

    def _note(self) -> None:
        self.noted.emit(self.text().strip())

    def event(self, event: QEvent) -> bool:
        return takes_escape(event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.show_text(self._before)
            self.finished.emit()
        else:
            super().keyPressEvent(event)
