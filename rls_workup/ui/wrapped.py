"""A label that wraps its words and always is as high as they need, however deep it lies in layouts."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from rls_workup.ui.plain import visible


def widest_word(label: QLabel) -> int:
    """Pixels of the longest word, which wrapping does not break."""
    return max(map(label.fontMetrics().horizontalAdvance, label.text().split()), default=0)


class WrappedLabel(QLabel):
    """Plain text only. `say` changes the words and hides the label where there are none."""

    def __init__(self, text: str = "", role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        if role:
            self.setProperty("role", role)
        self.setText(visible(text))
        # Never shown from here: a label that has no parent yet would open a window of its own.
        if not text:
            self.hide()

    def say(self, text: str) -> None:
        """Show these words, or nothing at all."""
        shown = visible(text)
        if shown == self.text():
            return
        was_empty = not self.text()
        self.setText(shown)
        self.updateGeometry()
        if not shown:
            self.hide()
        elif was_empty:
            self.show()

    def minimumSizeHint(self) -> QSize:
        # A word longer than the line breaks the line elsewhere; it must not widen the window.
        return QSize(min(super().minimumSizeHint().width(), self.fontMetrics().averageCharWidth() * 16), 0)
