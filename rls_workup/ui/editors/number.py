"""A plain number or a score; its unit, where it has one, is part of the question."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from rls_workup.domain.parts import Item
from rls_workup.domain.workup import Answer, State
from rls_workup.ui import theme
from rls_workup.ui.answer_words import given_words
from rls_workup.ui.editors.editor import Desk, TypedEditor
from rls_workup.ui.editors.fields import NumberField
from rls_workup.ui.plain import plain_label


class NumberEditor(TypedEditor):
    """One line edit; the domain's reader says what is a number here."""

    def __init__(self, desk: Desk, item: Item, parent: QWidget | None = None) -> None:
        super().__init__(desk, item, parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.current.px(8))
        self.value = NumberField()
        row.addWidget(self.value)
        if item.shows_unit:
            row.addWidget(plain_label(item.shows_unit, "muted"))
        row.addStretch(1)
        self.value.textEdited.connect(self.touched)
        self.watch(self.value)

    def fill(self, answer: Answer | None) -> None:
        if answer is None or answer.value is None:
            self.value.show_text(answer.typed if answer else "")
            return
        value = self.desk.protocol.reader.read(self.item, answer).value
        if isinstance(value, Decimal):
            self.value.show_text(f"{value:f}")
        else:
            self.value.show_text(given_words(self.desk.protocol, self.item, answer))

    def entry(self) -> QWidget:
        return self.value

    def toned(self) -> list[QWidget]:
        return [self.value]

    def name(self, words: str, status: str) -> None:
        super().name(f"{words} in {self.item.shows_unit}" if self.item.shows_unit else words, status)

    def raw(self) -> str:
        return self.value.text().strip()

    def read(self) -> Answer | None:
        text = self.raw()
        if not text:
            known = self.answer
            return None if known is None or known.state in (State.ANSWERED, State.REJECTED) else known
        reading = self.desk.protocol.reader.read(self.item, Answer(text))
        if isinstance(reading.value, Decimal):
            return self.changed_answer(reading.value)
        return self.changed_answer(text, State.REJECTED, reason=reading.rejected)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.commit()
            self.finished.emit()
        else:
            super().keyPressEvent(event)
