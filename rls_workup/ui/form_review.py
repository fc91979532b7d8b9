"""What a filled form, or a laboratory, says beside the open work-up: a row each, taken one by one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPushButton, QVBoxLayout, QWidget

from rls_workup.domain.proposals import ReviewLine, Standing
from rls_workup.domain.wording import word
from rls_workup.ui import theme
from rls_workup.ui.fitted import fit
from rls_workup.ui.flow import FlowLayout
from rls_workup.ui.plain import mnemonic_safe, one_line, restyle
from rls_workup.ui.scrolled import scrolled
from rls_workup.ui.tick_box import TickBox
from rls_workup.ui.words import say
from rls_workup.ui.wrapped import WrappedLabel

_MOST_LEFT: Final = 200


@dataclass(frozen=True, slots=True)
class Source:
    """How the review speaks of where its lines come from; each is English that is told later."""

    title: str
    lead: str
    given: str
    listed: str


FORM: Final = Source(
    word("Filled form"),
    word("New or different in the form: {count}. The same already: {same}. Only what is ticked is taken."),
    word("In the form: {words}"),
    word("What the form says"),
)
LABORATORY: Final = Source(
    word("Results of a laboratory"),
    word("New or different results: {count}. The same already: {same}. Only what is ticked is taken."),
    word("In the report: {words}"),
    word("What the laboratory says"),
)


class FormReview(QDialog):
    """The review table. Nothing of a form is ticked before the person ticks it; `ticked` is what is taken.

    `left`: what was read and has no place here, told below the rows.
    """

    def __init__(
        self,
        parent: QWidget,
        lines: Sequence[ReviewLine],
        told: Sequence[str],
        source: Source = FORM,
        left: Sequence[str] = (),
    ) -> None:
        super().__init__(parent)
        self._source, self._left = source, left
        self.setWindowTitle(say(source.title))
        self.rows = [ReviewRow(line, source) for line in lines if line.standing is not Standing.AGREES]
        self._take = _button(say("&Take what is ticked"), self.accept)
        restyle(self._take, role="primary")
        self.all_new = _button(say("Tick all that are &new"), self.tick_new)
        self.none = _button(say("&Untick all"), self.untick)
        self._close = _button(say("Take n&othing"), self.reject)
        self._arrange(len(lines) - len(self.rows), told)
        for row in self.rows:
            if row.box is not None:
                row.box.toggled.connect(partial(self._keep_one, row))
                row.box.toggled.connect(self._count)
        self._count()
        fit(self, 48, 40)

    def _arrange(self, same: int, told: Sequence[str]) -> None:
        column = QVBoxLayout(self)
        margin = theme.current.px(20)
        column.setContentsMargins(margin, margin, margin, margin)
        column.setSpacing(theme.current.px(12))
        lead = say(self._source.lead, count=len(self.rows), same=same)
        column.addWidget(WrappedLabel(lead, "label"))
        for sentence in told:
            column.addWidget(WrappedLabel(sentence, "hint"))
        listed = scrolled(self._listed(), say(self._source.listed))
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
        if self._left:
            column.addWidget(WrappedLabel(say("Not taken up: {count}", count=len(self._left)), "label"))
            listed = "\n".join(one_line(text) for text in self._left[:_MOST_LEFT])
            more = len(self._left) - _MOST_LEFT
            more_words = "\n" + say("And {count} more like that.", count=more) if more > 0 else ""
            column.addWidget(WrappedLabel(listed + more_words, "hint"))
        column.addStretch(1)
        return inside

    def _keep_one(self, ticked: ReviewRow, is_ticked: bool) -> None:
        """Of several results of one test only one can be taken."""
        for row in self.rows if is_ticked else ():
            if row is not ticked and row.line.item is ticked.line.item:
                row.tick(False)

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

    def __init__(self, line: ReviewLine, source: Source = FORM) -> None:
        super().__init__()
        self.line, self._source = line, source
        self.setProperty("role", "bare")
        place = f" ({line.where})" if line.where else ""
        title = one_line(f"{line.item.label}: {say(line.standing.value)}{place}")
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
        given = say(self._source.given, words=line.given)
        understood = say("Understood: {words}", words=line.understood) if line.understood else ""
        marks = say("The laboratory marks: {marks}", marks=line.marks) if line.marks else ""
        return [words for words in (now, given, understood, marks, line.problem) if words]

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
