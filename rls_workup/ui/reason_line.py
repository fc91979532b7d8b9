"""The line for the reason why a finding is set aside: Enter gives it, Escape drops it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent

from rls_workup.ui.editors.focus import takes_escape
from rls_workup.ui.editors.line import Line
from rls_workup.ui.words import say

_LONGEST = 200


class ReasonLine(Line):
    """`given` tells the reason; `dropped`: the person does not set it aside after all."""

    given = Signal(str)
    dropped = Signal()

    def __init__(self, name: str) -> None:
        super().__init__("note", name, say("Why? Enter sets it aside"))
        self.setMaxLength(_LONGEST)
        self.returnPressed.connect(self._give)

    def open(self, begun: str = "", *, focus: bool = True) -> None:
        """Begin to write, or go on."""
        self.show_text(begun)
        self.show()
        if focus and self.isVisible():  # a narrow window may have put the findings away
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            self.setCursorPosition(len(begun))

    def _give(self) -> None:
        if reason := " ".join(self.text().split()):
            self.given.emit(reason)

    def event(self, event: QEvent) -> bool:
        return takes_escape(event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            self.dropped.emit()
        else:
            super().keyPressEvent(event)
