"""A request, such as a referral: asked for or not needed, since when, and what came of it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from rls_workup.domain.parts import Item
from rls_workup.domain.workup import Answer, State
from rls_workup.ui import theme
from rls_workup.ui.answer_words import given_words
from rls_workup.ui.editors.dated import date_of, date_trouble, dated
from rls_workup.ui.editors.editor import Desk, TypedEditor
from rls_workup.ui.editors.fields import DateField, Field
from rls_workup.ui.editors.segments import Segments
from rls_workup.ui.plain import plain_label

_BUTTONS: Final = (
    (State.ORDERED, "Requested"),
    (State.PENDING, "Result awaited"),
    (State.NOT_APPLICABLE, "Not needed"),
    (State.DECLINED, "Declined"),
)


class RequestEditor(TypedEditor):
    """Buttons for where the request stands, the date, and a line for the result."""

    wide = True

    def __init__(self, desk: Desk, item: Item, parent: QWidget | None = None) -> None:
        super().__init__(desk, item, parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.current.px(8))
        self.segments = Segments([(str(state), words) for state, words in _BUTTONS])
        self.segments.chosen.connect(self._choose)
        self.date, self.result = DateField(), Field(22)
        column.addWidget(self.segments)
        row = QHBoxLayout()
        row.setSpacing(theme.current.px(8))
        for part in (plain_label("Date", "muted"), self.date, plain_label("Result", "muted"), self.result):
            row.addWidget(part)
        row.addStretch(1)
        column.addLayout(row)
        for field in (self.date, self.result):
            field.textEdited.connect(self.touched)
        self.watch(self.date, self.result)

    def _choose(self, name: str) -> None:
        self.commit()
        state = State(name)
        since = self.desk.today().isoformat() if state.awaited else ""
        if self.answer is not None and self.answer.state.awaited and state.awaited:
            since = self.answer.since
        self.edited.emit(self.changed_answer(None, state, since=since))

    def fill(self, answer: Answer | None) -> None:
        self.segments.press(str(answer.state) if answer is not None else "")
        self.date.show_text(date_of(answer))
        if answer is None:
            self.result.show_text("")
        else:
            self.result.show_text(answer.typed or given_words(self.desk.protocol, self.item, answer))

    def entry(self) -> QWidget:
        return self.segments.entry()

    def message(self) -> str:
        return date_trouble(self.answer, self.desk.today())

    def name(self, words: str, status: str) -> None:
        self.segments.setAccessibleName(words)
        self.segments.setAccessibleIdentifier(self.item.id)
        for button in self.segments.buttons.values():
            button.setAccessibleName(f"{words} {button.text()}")
            button.setAccessibleDescription(status)
        self.date.setAccessibleName(f"{words} date")
        self.result.setAccessibleName(f"{words} result")

    def raw(self) -> str:
        return self.result.text().strip()

    def read(self) -> Answer | None:
        text, known = self.raw(), self.answer
        if text:
            return dated(self.changed_answer(text), self.date.text(), self.desk.today())
        if known is None or known.state in (State.ANSWERED, State.REJECTED):
            return None
        return dated(known, self.date.text(), self.desk.today())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.commit()
            self.finished.emit()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.edited.emit(None)
        else:
            super().keyPressEvent(event)
