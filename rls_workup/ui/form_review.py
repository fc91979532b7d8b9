"""What a filled form says beside the open work-up: a row each, taken one by one or all that are new."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPushButton, QVBoxLayout, QWidget

from rls_workup.domain.proposals import ReviewLine, Standing
from rls_workup.ui import theme
from rls_workup.ui.fitted import fit
from rls_workup.ui.flow import FlowLayout
from rls_workup.ui.plain import mnemonic_safe, one_line, restyle
from rls_workup.ui.scrolled import scrolled
from rls_workup.ui.tick_box import TickBox
from rls_workup.ui.words import say
from rls_workup.ui.wrapped import WrappedLabel


class FormReview(QDialog):
    """The review table. Nothing is ticked before the person ticks it; `ticked` is what is to be taken."""

    def __init__(self, parent: QWidget, lines: Sequence[ReviewLine], told: Sequence[str]) -> None:
        super().__init__(parent)
        self.setWindowTitle(say("Filled form"))
        self.rows = [ReviewRow(line) for line in lines if line.standing is not Standing.AGREES]
        self._take = _button(say("&Take what is ticked"), self.accept)
        restyle(self._take, role="primary")
        self.all_new = _button(say("Tick all that are &new"), self.tick_new)
        self.none = _button(say("&Untick all"), self.untick)
        self._close = _button(say("Take n&othing"), self.reject)
        self._arrange(len(lines) - len(self.rows), told)
        for row in self.rows:
            if row.box is not None:
                row.box.toggled.connect(self._count)
        self._count()
        fit(self, 48, 40)

    def _arrange(self, same: int, told: Sequence[str]) -> None:
        column = QVBoxLayout(self)
        margin = theme.current.px(20)
        column.setContentsMargins(margin, margin, margin, margin)
        column.setSpacing(theme.current.px(12))
        lead = say(
            "New or different in the form: {count}. The same already: {same}. Only what is ticked is taken.",
            count=len(self.rows),
            same=same,
        )
        column.addWidget(WrappedLabel(lead, "label"))
        for sentence in told:
            column.addWidget(WrappedLabel(sentence, "hint"))
        listed = scrolled(self._listed(), say("What the form says"))
        column.addWidget(listed, 1)
        buttons = FlowLayout()
        for button in (self._take, self._close, self.all_new, self.none):
            buttons.addWidget(button)
        column.addLayout(buttons)

    def _listed(self) -> QWidget:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, theme.current.px(8), 0)
        column.setSpacing(theme.current.px(16))
        for row in self.rows:
            column.addWidget(row)
        column.addStretch(1)
        return inside

    def tick_new(self) -> None:
        """Tick what replaces no answer and raises no question."""
        for row in self.rows:
            row.tick(row.line.sure or row.ticked)

    def untick(self) -> None:
        """Tick nothing."""
        for row in self.rows:
            row.tick(False)

    def ticked(self) -> list[ReviewLine]:
        """The lines to take, in the order of the form."""
        return [row.line for row in self.rows if row.ticked]

    def _count(self) -> None:
        self._take.setEnabled(bool(self.ticked()))
        self.all_new.setEnabled(any(row.line.sure for row in self.rows))


class ReviewRow(QWidget):
    """One item: what there is, what the form says, what it means; and a box where it can be taken."""

    def __init__(self, line: ReviewLine) -> None:
        super().__init__()
        self.line = line
        self.setProperty("role", "bare")
        title = one_line(f"{line.item.label}: {say(line.standing.value)}")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.current.px(4))
        self.box = TickBox(mnemonic_safe(title)) if line.can_be_taken else None
        column.addWidget(self.box or WrappedLabel(title, "label"))
        said = self._said()
        for sentence in said:
            label = WrappedLabel(sentence)
            label.setIndent(theme.current.px(26))
            column.addWidget(label)
        if self.box is not None:
            self.box.setAccessibleDescription(one_line(". ".join(said)))

    def _said(self) -> list[str]:
        line = self.line
        now = say("Now: {words}", words=line.now) if line.now else ""
        given = say("In the form: {words}", words=line.given)
        understood = say("Understood: {words}", words=line.understood) if line.understood else ""
        return [words for words in (now, given, understood, line.problem) if words]

    @property
    def ticked(self) -> bool:
        return self.box is not None and self.box.isChecked()

    def tick(self, ticked: bool) -> None:
        """Tick the box, where there is one."""
        if self.box is not None:
            self.box.setChecked(ticked)


def _button(words: str, then: Callable[[], object]) -> QPushButton:
    button = QPushButton(words)
    button.setAutoDefault(False)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    button.clicked.connect(lambda _checked=False: then())
    return button
