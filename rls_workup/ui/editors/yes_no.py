"""Yes, no or unknown: three buttons with none pressed at first; Y, N and U answer and move on."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from rls_workup.domain.parts import Item
from rls_workup.domain.workup import Answer, State
from rls_workup.ui.editors.editor import Desk, Editor
from rls_workup.ui.editors.segments import Segments

_UNKNOWN: Final = "unknown"
_BUTTONS: Final = (("yes", "Yes"), ("no", "No"), (_UNKNOWN, "Unknown"))
_KEYS: Final = {
    Qt.Key.Key_Y: "yes",
    Qt.Key.Key_N: "no",
    Qt.Key.Key_U: _UNKNOWN,
    Qt.Key.Key_D: State.DECLINED,
    Qt.Key.Key_A: State.NOT_APPLICABLE,
}
_TAKES_BACK: Final = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
_NO_MODIFIER: Final = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)


class YesNoEditor(Editor):
    """Also D for declined, A for not applicable, Delete to take the answer back."""

    def __init__(self, desk: Desk, item: Item, parent: QWidget | None = None) -> None:
        super().__init__(desk, item, parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.segments = Segments(_BUTTONS)
        row.addWidget(self.segments)
        self.segments.chosen.connect(self._choose)
        for name, button in self.segments.buttons.items():
            button.setAccessibleName(f"{item.label}: {name}")

    def fill(self, answer: Answer | None) -> None:
        if answer is not None and answer.state is State.UNKNOWN:
            self.segments.press(_UNKNOWN)
        else:
            reading = self.desk.protocol.reader.read(self.item, answer) if answer else None
            self.segments.press(str(reading.value or "") if reading else "")

    def entry(self) -> QWidget:
        return self.segments.entry()

    def name(self, words: str, status: str) -> None:
        self.segments.setAccessibleName(words)
        self.segments.setAccessibleIdentifier(self.item.id)
        for name, button in self.segments.buttons.items():
            button.setAccessibleName(f"{words} {name}")
            button.setAccessibleDescription(status)

    def _choose(self, name: str) -> None:
        if name in ("yes", "no"):
            self.edited.emit(self.changed_answer(name))
        else:
            self.edited.emit(self.changed_answer(None, State(name)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if event.modifiers() in _NO_MODIFIER and key in _KEYS:
            self._choose(_KEYS[key])
            self.finished.emit()
        elif key in _TAKES_BACK:
            self.edited.emit(None)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.finished.emit()
        else:
            super().keyPressEvent(event)
