"""One row on a bench: keys go in, answers come out, and a session tells the row what it made of them."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from rls_workup.domain.protocol import Protocol
from rls_workup.domain.workup import Answer, Workup
from rls_workup.ui import theme
from rls_workup.ui.row import ItemRow
from rls_workup.ui.session import Session
from rls_workup.ui.stylesheet import style_sheet
from tests.smallprotocol import TODAY, small, workup

ENTER, TAB, ESCAPE = Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Escape
Keys = str | Qt.Key | tuple[Qt.Key, Qt.KeyboardModifier]


class Bench:
    """A row in a window of its own with the focus in its editor; `elsewhere` can take the focus from it."""

    def __init__(
        self,
        qtbot: QtBot,
        item: str,
        protocol: Protocol | None = None,
        filled: Workup | None = None,
        **answers: Any,
    ) -> None:
        self.qtbot = qtbot
        self.protocol = protocol or small()
        self.session = Session(self.protocol, filled or workup(**answers), lambda: TODAY)
        self.item = item
        self.given: list[Answer | None] = []
        self.typed: list[str] = []
        self.moved = 0
        self.window = QWidget()
        self.window.setStyleSheet(style_sheet(theme.current))
        self.row = ItemRow(self.protocol.items[item], self.protocol, lambda: TODAY, self.window)
        self.elsewhere = QWidget(self.window)
        self.elsewhere.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._connect()
        self.show_standing()
        qtbot.addWidget(self.window)
        self._open()

    def _connect(self) -> None:
        self.row.edited.connect(self._edited)
        self.row.typing.connect(self._typing)
        self.row.move_on.connect(self._moved_on)
        self.session.changed.connect(self.show_standing)

    def _open(self, width: int = 700) -> None:
        self.window.resize(width, 500)
        self.row.resize(width, self.row.heightForWidth(width))
        self.window.show()
        self.window.activateWindow()
        self.qtbot.waitUntil(self.window.isActiveWindow)
        self.row.focus_editor()

    def _edited(self, answer: Answer | None) -> None:
        self.given.append(answer)
        self.session.answer(self.item, answer, resting=self.row.resting)

    def _typing(self, text: str) -> None:
        self.typed.append(text)
        self.session.keep_typing(self.item, text)

    def _moved_on(self) -> None:
        self.moved += 1

    def show_standing(self, _item: str = "") -> None:
        assessment = self.session.assessment
        self.row.show_standing(
            assessment.standings[self.item],
            self.session.answer_to(self.item),
            assessment.findings_about(self.item),
        )

    @property
    def answer(self) -> Answer | None:
        """The answer that the session now has."""
        return self.session.accepted_answer(self.item)

    def press(self, *keys: Keys) -> Bench:
        """Type into whatever has the focus."""
        for key in keys:
            focused = QApplication.focusWidget()
            assert focused is not None
            if isinstance(key, str):
                QTest.keyClicks(focused, key)
            elif isinstance(key, tuple):
                QTest.keyClick(focused, *key)
            else:
                QTest.keyClick(focused, key)
        return self

    def leave(self) -> Bench:
        """Put the focus elsewhere."""
        self.elsewhere.setFocus()
        return self
