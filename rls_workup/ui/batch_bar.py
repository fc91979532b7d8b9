"""Which papers of the marked rows, in which language and on which paper: a line above the worklist."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout

from rls_workup.ui import icons, theme
from rls_workup.ui.choice_box import ChoiceBox
from rls_workup.ui.flow import FlowLayout
from rls_workup.ui.paper_making import EMPTY_FORM, KINDS, languages_of_papers
from rls_workup.ui.plain import plain_label, restyle
from rls_workup.ui.settings import Settings
from rls_workup.ui.settings_sections import PAPERS
from rls_workup.ui.tongues import Tongues
from rls_workup.ui.words import say

OF_ONE_WORKUP = tuple((kind, words) for kind, words in KINDS if kind != EMPTY_FORM)


class BatchBar(QFrame):
    """`write_asked` and `print_asked` tell what is wanted of the marked rows; Escape puts the line away."""

    write_asked = Signal()
    print_asked = Signal()
    put_away = Signal()
    changed = Signal()

    def __init__(self, settings: Settings, tongues: Tongues, language: str) -> None:
        super().__init__()
        self.setProperty("role", "notice")
        self.setProperty("tone", "note")
        self.setAccessibleName(say("Papers of the marked work-ups"))
        self.marked = plain_label(role="label")
        self.kind = _box(say("Kind of paper"), OF_ONE_WORKUP, settings.batch_kind)
        spoken = settings.batch_language or settings.paper_language or language
        self.language = _box(say("Language of the papers"), languages_of_papers(tongues.own), spoken)
        self.paper = _box(say("Paper"), PAPERS, settings.paper)
        self.write_button = _button(say("Write into a fo&lder…"), "primary", self.write_asked)
        self.print_button = _button(say("Pri&nt…"), "", self.print_asked)
        self.close_button = _button(say("Close"), "flat", self.put_away)
        parts = (self.marked, self.kind, self.language, self.paper, self.write_button, self.print_button)
        self._row = FlowLayout()
        for part in (*parts, self.close_button):
            self._row.addWidget(part)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._row)
        for box in (self.kind, self.language, self.paper):
            box.currentIndexChanged.connect(self._changed)
        theme.current.changed.connect(self.dress)
        self.dress()
        self._offer()

    def dress(self) -> None:
        """Lengths and signs for the look and text size in use."""
        px = theme.current.px
        self._column.setContentsMargins(px(12), px(8), px(12), px(8))
        self.print_button.setIcon(icons.icon("printer"))
        self.write_button.setIcon(icons.icon("download", "on_accent"))

    def show_count(self, count: int) -> None:
        """How many rows are marked."""
        self.marked.setText(
            say("1 marked work-up:") if count == 1 else say("{count} marked work-ups:", count=count)
        )
        self.write_button.setEnabled(count > 0)
        self._offer(count > 0)

    def chosen(self, settings: Settings) -> Settings:
        """The settings with what is chosen here."""
        return replace(
            settings,
            batch_kind=str(self.kind.currentData()),
            batch_language=str(self.language.currentData()),
            paper=str(self.paper.currentData()),
        )

    def _changed(self) -> None:
        self._offer()
        self.changed.emit()

    def _offer(self, any_marked: bool = True) -> None:
        note = str(self.kind.currentData()).startswith("note")
        self.paper.setVisible(not note)
        self.print_button.setEnabled(any_marked and not note)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.put_away.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.write_asked.emit()
        else:
            super().keyPressEvent(event)


def _box(name: str, offered: Iterable[tuple[str, str]], chosen: str) -> ChoiceBox:
    box = ChoiceBox()
    box.setAccessibleName(name)
    for value, words in offered:
        box.addItem(say(words), value)
    box.setCurrentIndex(max(0, box.findData(chosen)))
    return box


def _button(words: str, role: str, asked: SignalInstance) -> QPushButton:
    button = QPushButton(words)
    restyle(button, role=role)
    button.clicked.connect(lambda _checked=False: asked.emit())
    return button
