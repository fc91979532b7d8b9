"""Which of the work-ups are listed: a row of buttons of which one is always chosen."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from rls_workup.domain.wording import word
from rls_workup.store.wanted import Only
from rls_workup.ui import icons, theme
from rls_workup.ui.flow import FlowLayout
from rls_workup.ui.group import Group
from rls_workup.ui.plain import restyle
from rls_workup.ui.words import told

_CHIPS: Final = (
    (Only.ALL, "list", "text", word("&All")),
    (Only.AWAITING, "hourglass", "awaited", word("A&waiting results")),
    (Only.RECHECK, "calendar", "warn", word("&Recheck due")),
    (Only.IN_PROGRESS, "circle-dashed", "not_entered", word("&In progress")),
    (Only.COMPLETED, "circle-check", "ok", word("C&ompleted")),
    (Only.MINE, "user", "text", word("&Mine")),
    (Only.PRACTICE, "stethoscope", "text", word("Practi&ce")),
    (Only.THESE, "info", "accent", word("From the no&tice")),
)
_WHEN_THERE: Final = (Only.PRACTICE, Only.THESE)


class FilterChips(Group):
    """`chosen` tells which are wanted."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        told(self.setAccessibleName, "Which work-ups are listed")
        self._group = QButtonGroup(self)
        self.buttons: dict[Only, QPushButton] = {}
        row = FlowLayout(self)
        for only, _sign, _colour, words in _CHIPS:
            row.addWidget(self._chip(only, words))
        self.buttons[Only.ALL].setChecked(True)
        for only in _WHEN_THERE:
            self.buttons[only].hide()
        theme.current.changed.connect(self.dress)
        self.dress()

    def _chip(self, only: Only, words: str) -> QPushButton:
        chip = QPushButton()
        told(chip.setText, words)
        chip.setCheckable(True)
        restyle(chip, role="filter")
        chip.toggled.connect(lambda checked: self.chosen.emit(only) if checked else None)
        self._group.addButton(chip)
        self.buttons[only] = chip
        return chip

    def choose(self, only: Only) -> None:
        """As if this one were pressed."""
        self.buttons[only].setChecked(True)

    def offer(self, only: Only, there: bool) -> None:
        """Show the button of those that are not always there, or hide it."""
        if self.buttons[only].isHidden() is there:
            self.buttons[only].setVisible(there)

    def dress(self) -> None:
        """Signs for the look and text size in use."""
        em = theme.current.em
        for only, sign, colour, _words in _CHIPS:
            self.buttons[only].setIcon(icons.icon(sign, colour))
            self.buttons[only].setIconSize(QSize(em(1.1), em(1.1)))
