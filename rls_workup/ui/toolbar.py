"""The row of buttons under the menus; where they have no room for their words, their signs stay."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from rls_workup.domain.wording import word
from rls_workup.ui import icons, theme
from rls_workup.ui.commands import PREVIEW, WORKLIST, WORKUP
from rls_workup.ui.plain import plain_label, restyle, tip
from rls_workup.ui.words import current as in_use
from rls_workup.ui.words import say, told

# name, sign, words, key, screens, role, whether it stands on the right
_BUTTONS = (
    ("worklist", "list", word("Worklist"), "", (WORKUP, PREVIEW), "flat", False),
    ("new", "plus", word("New work-up"), "Ctrl+N", (WORKLIST,), "flat", False),
    ("open_file", "folder-open", word("Open file"), "Ctrl+O", (WORKLIST,), "flat", False),
    ("undo", "undo", word("Undo"), "", (WORKUP,), "flat", False),
    ("redo", "redo", word("Redo"), "", (WORKUP,), "flat", False),
    ("find", "search", word("Find item"), "Ctrl+F", (WORKUP,), "flat", False),
    ("next_unanswered", "arrow-right", word("Next unanswered"), "F8", (WORKUP,), "", True),
    ("preview", "printer", word("Preview and print"), "Ctrl+P", (WORKUP,), "primary", True),
)
# With words and keys; words only where they matter most; signs alone.
_WORDED, _SHORT, _SIGNS = range(3)


class Toolbar(QFrame):
    """Buttons for the commands used most; `chosen` tells the name of a command."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        self.buttons: dict[str, QPushButton] = {}
        self._row = QHBoxLayout(self)
        for name, _sign, words, key, _screens, role, right in _BUTTONS:
            if right and not any(entry[6] and entry[0] in self.buttons for entry in _BUTTONS):
                self._row.addStretch(1)
            self._row.addWidget(self._button(name, words, key, role))
        self._heading = plain_label("RLS Workup", role="card-title")
        self._row.insertWidget(0, self._heading)
        theme.current.changed.connect(self.dress)
        in_use.changed.connect(self.dress)
        self.dress()

    def _button(self, name: str, words: str, key: str, role: str) -> QPushButton:
        button = QPushButton()
        told(button.setAccessibleName, words)
        with_key = partial(_with_key, key)
        told(button.setToolTip, words, lambda said: tip(with_key(said)))
        told(button.setAccessibleDescription, words, with_key)
        restyle(button, role=role)
        button.clicked.connect(self._pressed)
        self.buttons[name] = button
        return button

    def _pressed(self) -> None:
        pressed = self.sender()
        for name, button in self.buttons.items():
            if button is pressed:
                self.chosen.emit(name)
                return

    def show_screen(self, screen: str) -> None:
        """Only the buttons of this screen."""
        for name, _sign, _words, _key, screens, _role, _right in _BUTTONS:
            self.buttons[name].setVisible(screen in screens)
        self._heading.setVisible(screen == WORKLIST)
        self._spell_out()

    def show_history(self, undo: bool, redo: bool) -> None:
        """Whether there is something to undo and to redo."""
        self.buttons["undo"].setEnabled(undo)
        self.buttons["redo"].setEnabled(redo)

    def dress(self) -> None:
        """Signs and lengths for the look and text size in use."""
        px = theme.current.px
        self._row.setContentsMargins(px(12), px(6), px(12), px(6))
        self._row.setSpacing(px(8))
        for name, sign, _words, _key, _screens, role, _right in _BUTTONS:
            self.buttons[name].setIcon(
                icons.icon(sign, "on_accent" if role == "primary" else "text", disabled=True)
            )
            self.buttons[name].setIconSize(QSize(theme.current.em(1.25), theme.current.em(1.25)))
        self._spell_out()

    def _spell_out(self) -> None:
        """As many words as there is room for."""
        for level in (_WORDED, _SHORT, _SIGNS):
            for name, _sign, words, key, _screens, _role, right in _BUTTONS:
                self.buttons[name].setText(_words(say(words), _shown(key), level, right=right))
            if self._row.sizeHint().width() <= self.width():
                return

    def minimumSizeHint(self) -> QSize:
        """The words give way, so they never make the window wider."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._spell_out()


def _with_key(key: str, words: str) -> str:
    return f"{words} ({_shown(key)})" if key else words


def _words(said: str, key: str, level: int, *, right: bool) -> str:
    if level == _SIGNS or (level == _SHORT and not right):
        return ""
    shown = said if level == _WORDED else said.split()[0]
    return f"{shown}  {key}" if key else shown


def _shown(key: str) -> str:
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
