"""The first passphrase in three steps: chosen, its recovery sheet on paper, two groups of it asked back."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence

from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from rls_workup.domain.wording import word
from rls_workup.errors import WorkupError
from rls_workup.store.keyslots import check_of
from rls_workup.store.recovery import GROUPS, recovery_groups
from rls_workup.ui import theme
from rls_workup.ui.announcing import say_aloud
from rls_workup.ui.fitted import fit
from rls_workup.ui.new_passphrase import NewPassphrase
from rls_workup.ui.plain import plain_label, restyle
from rls_workup.ui.recovery_out import print_pdf, save_pdf, sheet_pdf
from rls_workup.ui.words import said_of, say

WHY = word(
    "With a passphrase nobody reads the work-ups who takes this computer or copies the file. You will be "
    "asked for it when the program starts, and after it was left alone for some minutes."
)
SHEET = word(
    "If the passphrase is forgotten, nobody can open the work-ups: no one has a second key. So there is a "
    "recovery sheet. Print it now and put it into the safe of the practice."
)
ASKED = word("Type two groups from the sheet, so that it is sure to be readable.")


class FirstPassphrase(QDialog):
    """`set_` is called at the very end with name and passphrase; closed before, nothing is changed."""

    def __init__(
        self, parent: QWidget, key: bytearray, user: str, paper: str, set_: Callable[[str, str], None]
    ) -> None:
        super().__init__(parent)
        self._groups = recovery_groups(key)
        self._check, self._paper, self._set = check_of(key), paper, set_
        self._on_paper = False
        self.asked = sorted(secrets.SystemRandom().sample(range(GROUPS), 2))
        self.setWindowTitle(say("Set a passphrase"))
        self.new = NewPassphrase(user)
        self.told = plain_label("", "field-error", wrap=True)
        self.print_button, self.save_button = QPushButton(say("&Print…")), QPushButton(say("&Save as PDF…"))
        self.lines = [_group_line(number) for number in self.asked]
        self.steps = QStackedWidget()
        self.back, self.next = QPushButton(say("&Back")), QPushButton(say("&Next"))
        self.later = QPushButton(say("&Later"))
        restyle(self.next, role="primary")
        self._arrange()
        self._connect()
        self._show_step(0)

    def _arrange(self) -> None:
        px = theme.current.px
        self.steps.addWidget(_step(say("1 of 3 · Passphrase"), say(WHY), self.new))
        self.steps.addWidget(
            _step(say("2 of 3 · Recovery sheet"), say(SHEET), _beside(self.print_button, self.save_button))
        )
        self.steps.addWidget(
            _step(say("3 of 3 · Is the sheet readable?"), say(ASKED), _asked_back(self.asked, self.lines))
        )
        buttons = QHBoxLayout()
        buttons.setSpacing(px(8))
        buttons.addWidget(self.later)
        buttons.addStretch(1)
        buttons.addWidget(self.back)
        buttons.addWidget(self.next)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(20), px(20), px(20))
        column.setSpacing(px(12))
        column.addWidget(self.steps)
        column.addWidget(self.told)
        column.addLayout(buttons)
        fit(self, 40)
        self.next.setDefault(True)

    def _connect(self) -> None:
        self.later.clicked.connect(self.reject)
        self.back.clicked.connect(self._go_back)
        self.next.clicked.connect(self._go_on)
        self.print_button.clicked.connect(self._print)
        self.save_button.clicked.connect(self._save)
        self.new.changed.connect(self._look)
        for line in self.lines:
            line.textChanged.connect(self._look)

    def _show_step(self, number: int) -> None:
        self.steps.setCurrentIndex(number)
        self.back.setVisible(number > 0)
        self.next.setText(say("&Finish") if number == 2 else say("&Next"))
        self._say("")
        self._look()
        first: tuple[QWidget, ...] = (self.new.first, self.print_button, self.lines[0])
        first[number].setFocus()

    def _look(self) -> None:
        number = self.steps.currentIndex()
        ready = (self.new.is_right(), self._on_paper, self._asked_right())
        self.next.setEnabled(ready[number])
        if number == 2:
            wrong = [at for at, line in zip(self.asked, self.lines, strict=True) if self._is_wrong(at, line)]
            self._say(
                say("This is not group {number}. Look at the sheet again.", number=wrong[0] + 1)
                if wrong
                else ""
            )

    def _is_wrong(self, at: int, line: QLineEdit) -> bool:
        typed = line.text().strip().upper()
        return len(typed) >= len(self._groups[at]) and typed != self._groups[at]

    def _asked_right(self) -> bool:
        pairs = zip(self.asked, self.lines, strict=True)
        return all(line.text().strip().upper() == self._groups[at] for at, line in pairs)

    def _go_back(self) -> None:
        self._show_step(self.steps.currentIndex() - 1)

    def _go_on(self) -> None:
        if self.steps.currentIndex() < 2:
            self._show_step(self.steps.currentIndex() + 1)
            return
        try:
            self._set(self.new.user(), self.new.passphrase())
        except WorkupError as trouble:
            self._say(said_of(trouble))
            return
        self.accept()

    def _print(self) -> None:
        self._bring_out(lambda pdf: print_pdf(self, pdf, self._paper))

    def _save(self) -> None:
        self._bring_out(lambda pdf: save_pdf(self, pdf))

    def _bring_out(self, how: Callable[[bytes], str]) -> None:
        try:
            done = how(sheet_pdf(self._groups, self._check, self._paper))
        except WorkupError as trouble:
            self._say(said_of(trouble))
            return
        if done:
            self._on_paper = True
            self._look()
            self._say(done, "hint")

    def _say(self, sentence: str, role: str = "field-error") -> None:
        restyle(self.told, role=role)
        say_aloud(self.told, sentence)


def _step(title: str, text: str, content: QWidget) -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    ring = theme.current.px(4)  # room for the ring round the field with the focus
    column.setContentsMargins(ring, 0, ring, 0)
    column.setSpacing(theme.current.px(12))
    column.addWidget(plain_label(title, "card-title"))
    column.addWidget(plain_label(text, wrap=True))
    column.addWidget(content)
    column.addStretch(1)
    return page


def _beside(*buttons: QPushButton) -> QWidget:
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.current.px(8))
    for button in buttons:
        button.setAutoDefault(False)
        row.addWidget(button)
    row.addStretch(1)
    return box


def _group_line(number: int) -> QLineEdit:
    line = QLineEdit()
    line.setAccessibleName(say("Group {number}", number=number + 1))
    line.setMaxLength(8)
    return line


def _asked_back(asked: Sequence[int], lines: Sequence[QLineEdit]) -> QWidget:
    box = QWidget()
    form = QFormLayout(box)
    form.setContentsMargins(0, 0, 0, 0)
    form.setVerticalSpacing(theme.current.px(8))
    form.setHorizontalSpacing(theme.current.px(16))
    for number, line in zip(asked, lines, strict=True):
        form.addRow(plain_label(say("Group {number}", number=number + 1), "label"), line)
    return box
