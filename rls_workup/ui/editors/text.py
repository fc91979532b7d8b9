"""Words as the patient or the clinician says them: plain text in a field that grows."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from rls_workup.domain.parts import Item
from rls_workup.domain.workup import Answer, State
from rls_workup.ui.answer_words import given_words
from rls_workup.ui.editors.editor import Desk, TypedEditor
from rls_workup.ui.editors.fields import Passage


class TextEditor(TypedEditor):
    """Enter begins a line, Ctrl+Enter moves on; what an ended program left unread is taken up again."""

    wide = True

    def __init__(self, desk: Desk, item: Item, parent: QWidget | None = None) -> None:
        super().__init__(desk, item, parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.passage = Passage()
        column.addWidget(self.passage)
        self._filling = False
        self.passage.textChanged.connect(self._text_changed)
        self.watch(self.passage)

    def _text_changed(self) -> None:
        if not self._filling:
            self.touched()

    def fill(self, answer: Answer | None) -> None:
        self._filling = True  # QPlainTextEdit has no signal for a person's typing alone
        self.passage.show_text(self._words(answer))
        self._filling = False

    def _words(self, answer: Answer | None) -> str:
        if answer is None:
            return ""
        return answer.typed or given_words(self.desk.protocol, self.item, answer)

    def show_answer(self, answer: Answer | None) -> None:
        super().show_answer(answer)
        self.dirty = self.dirty or bool(answer and answer.typed)

    def entry(self) -> QWidget:
        return self.passage

    def toned(self) -> list[QWidget]:
        return [self.passage]

    def raw(self) -> str:
        return self.passage.toPlainText()

    def read(self) -> Answer | None:
        text = self.raw()
        if text.strip():
            return self.changed_answer(text)
        known = self.answer
        return None if known is None or known.state in (State.ANSWERED, State.REJECTED) else known

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.commit()
            self.finished.emit()
        else:
            super().keyPressEvent(event)
