"""One of several words: buttons where they are few and short, else a list that opens."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from rls_workup.domain.parts import Item
from rls_workup.domain.workup import Answer
from rls_workup.ui.choice_box import ChoiceBox
from rls_workup.ui.editors.editor import Desk, Editor
from rls_workup.ui.editors.segments import Segments
from rls_workup.ui.plain import one_line

_MOST_BUTTONS: Final = 4
_MOST_LETTERS: Final = 36
_TAKES_BACK: Final = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ChoiceEditor(Editor):
    """A figure or a first letter that only one word has chooses it and moves on; Delete takes it back."""

    def __init__(self, desk: Desk, item: Item, parent: QWidget | None = None) -> None:
        super().__init__(desk, item, parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        shown = [(choice.id, choice.shows.capitalize()) for choice in item.choices]
        self.segments: Segments | None = None
        self.box: ChoiceBox | None = None
        if len(shown) <= _MOST_BUTTONS and sum(len(words) for _id, words in shown) <= _MOST_LETTERS:
            self.segments = Segments(shown)
            self.segments.chosen.connect(self._choose)
            row.addWidget(self.segments)
        else:
            self.box = self._box(shown)
            row.addWidget(self.box)
            row.addStretch(1)
        self._keys = _first_letters(shown)

    def _box(self, shown: list[tuple[str, str]]) -> ChoiceBox:
        box = ChoiceBox()
        box.addItem("", "")
        for name, words in shown:
            box.addItem(one_line(words), name)
        box.setCurrentIndex(0)
        box.activated.connect(lambda place: self._choose(str(box.itemData(place))))
        return box

    def fill(self, answer: Answer | None) -> None:
        reading = self.desk.protocol.reader.read(self.item, answer) if answer else None
        value = str(reading.value or "") if reading else ""
        if self.segments is not None:
            self.segments.press(value)
        if self.box is not None:
            self.box.setCurrentIndex(max(0, self.box.findData(value)))

    def entry(self) -> QWidget:
        return self.segments.entry() if self.segments is not None else self._known_box()

    def _known_box(self) -> ChoiceBox:
        assert self.box is not None
        return self.box

    def toned(self) -> list[QWidget]:
        return [self.box] if self.box is not None else []

    def name(self, words: str, status: str) -> None:
        if self.segments is None:
            super().name(words, status)
            return
        self.segments.setAccessibleName(words)
        self.segments.setAccessibleIdentifier(self.item.id)
        for button in self.segments.buttons.values():
            button.setAccessibleName(f"{words} {button.text()}")
            button.setAccessibleDescription(status)

    def _choose(self, name: str) -> None:
        self.edited.emit(self.changed_answer(name) if name else None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        name = self._keys.get(event.text().casefold(), "")
        if name and self.segments is not None:
            self._choose(name)
            self.finished.emit()
        elif Qt.Key(event.key()) in _TAKES_BACK:
            self.edited.emit(None)
        elif Qt.Key(event.key()) in _ENTER:
            self.finished.emit()
        else:
            super().keyPressEvent(event)


def _first_letters(shown: list[tuple[str, str]]) -> dict[str, str]:
    firsts = [words[0].casefold() for _id, words in shown]
    letters = {
        first: name for first, (name, _words) in zip(firsts, shown, strict=True) if firsts.count(first) == 1
    }
    return letters | {str(number): name for number, (name, _words) in enumerate(shown, 1)}
