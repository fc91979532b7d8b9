"""Words of one's own: a plain field that grows with them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from rls_workup.domain.assessment import Standing
from rls_workup.domain.parts import Item
from rls_workup.domain.protocol import Protocol
from rls_workup.domain.workup import Answer, State
from rls_workup.ui import theme
from rls_workup.ui.editors.editor import Editor
from rls_workup.ui.editors.focus import begin_entry, ends_entry
from rls_workup.ui.editors.tones import tone_of
from rls_workup.ui.plain import restyle, visible

_FEWEST_LINES, _MOST_LINES = 2, 14


class Passage(QPlainTextEdit):
    """Several lines of plain text. Tab leaves it; Ctrl+Enter moves on."""

    left = Signal()
    entered = Signal()
    typed = Signal()
    confirmed = Signal()
    grown = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._lines = _FEWEST_LINES
        self._showing = False
        self.textChanged.connect(self._changed)

    def show_text(self, text: str) -> None:
        """Show what is stored; the field counts as untouched."""
        if (shown := visible(text)) != self.toPlainText():
            self._showing = True
            self.setPlainText(shown)
            self._showing = False
        self.document().setModified(False)

    def _changed(self) -> None:
        self._grow()
        if not self._showing:
            self.typed.emit()

    def _grow(self) -> None:
        lines = min(max(_FEWEST_LINES, round(self.document().size().height())), _MOST_LINES)
        if lines != self._lines:
            self._lines = lines
            self.grown.emit()

    def sizeHint(self) -> QSize:
        return QSize(
            theme.current.em(20), self.fontMetrics().lineSpacing() * self._lines + theme.current.px(20)
        )

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.current.em(10), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._grow()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.confirmed.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        begin_entry(self)
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if ends_entry(self, event):
            self.left.emit()


class TextEditor(Editor):
    """Gives the text when it is left or has rested."""

    wide = True

    def __init__(self, item: Item, protocol: Protocol, today: Callable[[], date]) -> None:
        super().__init__(item, protocol, today)
        self.passage = Passage(item.asks)
        self.passage.typed.connect(self._on_typed)
        self.passage.left.connect(self.commit)
        self.passage.entered.connect(self._look_at_draft)
        self.passage.confirmed.connect(self._confirmed)
        self.passage.grown.connect(self.place_again)
        self.add(self.passage, whole=True)

    def _confirmed(self) -> None:
        self.commit()
        self.move_on.emit()

    def _entry(self) -> Answer | None:
        text = self.passage.toPlainText().strip()
        return self.given(text) if text else None

    def _raw(self) -> str:
        return self.passage.toPlainText()

    def _show(self, answer: Answer | None) -> None:
        has_value = answer is not None and answer.state in (State.ANSWERED, State.REJECTED)
        value = answer.value if answer is not None and has_value else None
        self.passage.show_text("" if value is None else str(value))

    def _show_draft(self, text: str) -> None:
        self.passage.show_text(text)

    def _show_state(self, standing: Standing) -> None:
        if not self.dirty:
            self.passage.document().setModified(False)
        restyle(self.passage, tone=tone_of(standing))

    def focus_target(self) -> QWidget:
        return self.passage
