"""The list of medicines: a line each, with names completed from the protocol's drugs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from rls_workup.domain.parts import Item
from rls_workup.domain.workup import Answer, State
from rls_workup.ui import icons, theme
from rls_workup.ui.editors.editor import Desk, TypedEditor
from rls_workup.ui.editors.medicine_line import Line, MedicineLine


class MedicationsEditor(TypedEditor):
    """Lines that are added and removed; “No medicines” is an answer of its own."""

    wide = True

    def __init__(self, desk: Desk, item: Item, parent: QWidget | None = None) -> None:
        super().__init__(desk, item, parent)
        self.lines: list[MedicineLine] = []
        drugs = desk.protocol.drugs.values()
        self._names = QStringListModel(
            sorted({name for drug in drugs for name in (drug.name, *drug.brands)}), self
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._column = QVBoxLayout()
        column.addLayout(self._column)
        self.add = QPushButton("Add a medicine")
        self.add.setIcon(icons.icon("plus", "text", 1.1))
        self.none = QPushButton("No medicines")
        self.none.setCheckable(True)
        row = QHBoxLayout()
        row.setSpacing(theme.current.px(8))
        row.addWidget(self.add)
        row.addWidget(self.none)
        row.addStretch(1)
        column.addLayout(row)
        self.add.clicked.connect(self.add_line)
        self.none.clicked.connect(self._no_medicines)

    def _no_medicines(self) -> None:
        self.edited.emit(self.changed_answer([]))
        self.fill(self.answer)

    def add_line(self) -> None:
        """A new empty line, with the focus in its name."""
        self._append().name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _append(self) -> MedicineLine:
        line = MedicineLine(self.desk.protocol, self._names)
        line.touched.connect(self.touched)
        line.settled.connect(self.commit)
        line.removed.connect(self._remove)
        self.watch(*line.fields())
        self.lines.append(line)
        self._column.addWidget(line)
        return line

    def _drop(self, line: MedicineLine) -> None:
        self.lines.remove(line)
        self._column.removeWidget(line)
        line.hide()
        line.deleteLater()

    def _remove(self, line: MedicineLine) -> None:
        self.add.setFocus(Qt.FocusReason.OtherFocusReason)
        self._drop(line)
        self.dirty = True
        self.commit()

    def fill(self, answer: Answer | None) -> None:
        given = answer.value if answer is not None and isinstance(answer.value, (list, tuple)) else []
        known = [line for line in given if isinstance(line, (str, Mapping))]
        while len(self.lines) > len(known):
            self._drop(self.lines[-1])
        while len(self.lines) < len(known):
            self._append()
        for line, words in zip(self.lines, known, strict=True):
            line.show_line(words)
        self.none.setChecked(answer is not None and answer.state is State.ANSWERED and not known)

    def entry(self) -> QWidget:
        return self.lines[0].name if self.lines else self.add

    def name(self, words: str, status: str) -> None:
        self.setAccessibleName(words)
        self.setAccessibleDescription(status)
        self.setAccessibleIdentifier(self.item.id)
        self.add.setAccessibleName(f"{words} add a medicine")

    def raw(self) -> str:
        return "; ".join(str(line["name"]) for line in self._given())

    def _given(self) -> list[Line]:
        return [line for widget in self.lines if (line := widget.line()) is not None]

    def may_rest(self) -> bool:
        return all(line["name"] for line in self._given())

    def read(self) -> Answer | None:
        lines: list[Any] = self._given()
        if not lines:
            return None
        reading = self.desk.protocol.reader.read(self.item, Answer(lines))
        if reading.rejected:
            return self.changed_answer(lines, State.REJECTED, reason=reading.rejected)
        return self.changed_answer(lines)

    def settle(self) -> None:
        """An empty line that waits for a name stays while the focus is in it."""
        if self.answer is not None and len(self._given()) == len(self.lines):
            self.fill(self.answer)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif self.add.hasFocus():
            self.add_line()
        elif self.none.hasFocus():
            self._no_medicines()
        else:
            self.commit()
            self.add_line()
