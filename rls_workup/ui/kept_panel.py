"""Answers to what this protocol does not ask: kept, and shown as they were given."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from rls_workup.domain.workup import Answer, Workup
from rls_workup.ui import theme
from rls_workup.ui.answer_words import STATE_WORDS
from rls_workup.ui.plain import one_line
from rls_workup.ui.words import say, told
from rls_workup.ui.wrapped import WrappedLabel


class KeptPanel(QWidget):
    """One paragraph, and nothing at all where every answer is asked for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bare")
        told(self.setAccessibleName, "Kept, not asked by this protocol")
        self.words = WrappedLabel("", "hint")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.current.px(6))
        title = WrappedLabel(" ", "overline")
        told(title.setText, "KEPT, NOT ASKED BY THIS PROTOCOL")
        column.addWidget(title)
        column.addWidget(self.words)
        self.hide()

    def show_kept(self, workup: Workup | None, unknown: Sequence[str]) -> None:
        """The answers under ids that the protocol does not know."""
        self.words.say(
            "\n".join(kept_words(item, workup.answers[item]) for item in unknown) if workup else ""
        )
        self.setVisible(bool(unknown) and workup is not None)


def kept_words(item: str, answer: Answer) -> str:
    """`zinc: 5 umol/L`, with its note."""
    value = "" if answer.value is None else str(answer.value)
    given = " ".join(part for part in (answer.comparator, value, answer.unit) if part)
    parts = (given or answer.typed or say(STATE_WORDS[answer.state]), answer.note)
    return one_line(f"{item.replace('_', ' ')}: {' · '.join(part for part in parts if part)}")
