"""A few buttons in a row of which one is chosen, or none: one stop of the Tab key, arrows inside."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from rls_workup.ui.mirroring import mirror
from rls_workup.ui.plain import mnemonic_safe, restyle

_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}
_PRESS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_BACK = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
_PLAIN = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.KeypadModifier,
)

_AMOUNT_SECONDS = 2.0  # so long after its last key a number counts as still being typed


class Segment(QPushButton):
    """A button that leaves the arrow keys to its bar; by itself it would go to the next field with them."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self.parentWidget()
        if event.key() in _STEPS:
            event.ignore()
        elif isinstance(bar, SegmentBar) and bar.ignores(event):
            event.accept()
        else:
            super().keyPressEvent(event)


class SegmentBar(QWidget):
    """`chosen` gives the value of a button pressed by a person, "" where the choice is taken back.

    `keyed` follows a choice made by its letter or digit, and Enter: the person wants to move on.
    """

    chosen = Signal(str)
    keyed = Signal()

    def __init__(self, name: str, words: Sequence[tuple[str, str]], keys: Mapping[str, str]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._keys = keys
        self._value = ""
        self._amount_until = 0.0
        self.buttons: dict[str, QPushButton] = {}
        # A screen reader tells radio buttons, of which one is chosen; in this group none may be, too.
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)
        self._ring = 0
        self._showing = False
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        for at, (value, shown) in enumerate(words):
            self._button(value, shown, _place(at, len(words)))
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            self._round_corners()
        self._one_tab_stop()

    def _button(self, value: str, shown: str, place: str) -> None:
        button = Segment(mnemonic_safe(shown), self)
        button.setCheckable(True)
        button.setAutoExclusive(True)
        self._group.addButton(button)
        button.setAutoDefault(False)
        button.setProperty("role", "segment")
        button.setProperty("place", place)
        if len(shown) <= 2 and shown.isdigit():
            button.setProperty("narrow", True)
        # Not `clicked`: what presses a button for a person who cannot, only toggles it.
        button.toggled.connect(lambda: self._toggled(value))
        self.buttons[value] = button

    def value(self) -> str:
        """The chosen value, "" where none is."""
        return self._value

    def show_value(self, value: str) -> None:
        """Show a choice; "" or a value without a button shows none."""
        self._value = value if value in self.buttons else ""
        self._showing = True
        for key, button in self.buttons.items():
            button.setChecked(key == self._value)
        self._showing = False
        self._one_tab_stop()

    def focus_target(self) -> QPushButton:
        """The button that takes the focus: the chosen one, else the first."""
        return self.buttons.get(self._value) or next(iter(self.buttons.values()))

    def describe(self, words: str) -> None:
        """Say the state of the question with each button."""
        for button in self.buttons.values():
            button.setAccessibleDescription(words)

    def set_ring(self, room: int) -> None:
        """Room in pixels round the buttons for the focus ring."""
        self._ring = room

    def _arrange(self, width: int, *, move: bool) -> int:
        """Side by side, on several lines only where one is too narrow; tells the height."""
        ring = self._ring
        x, y, deep = ring, ring, 0
        for button in self.buttons.values():
            hint = button.sizeHint()
            if x > ring and x + hint.width() > width - ring:
                x, y = ring, y + deep + ring
            if move:
                button.setGeometry(x, y, hint.width(), hint.height())
            x, deep = x + hint.width(), max(deep, hint.height())
        if move:
            mirror(self, self.buttons.values(), width)
        return y + deep + ring

    def sizeHint(self) -> QSize:
        width = sum(button.sizeHint().width() for button in self.buttons.values()) + 2 * self._ring
        return QSize(width, self._arrange(width, move=False))

    def minimumSizeHint(self) -> QSize:
        hints = [button.sizeHint() for button in self.buttons.values()]
        widest, deepest = max(hint.width() for hint in hints), max(hint.height() for hint in hints)
        return QSize(widest + 2 * self._ring, deepest + 2 * self._ring)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._arrange(width, move=False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(self.width(), move=True)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._round_corners()

    def _round_corners(self) -> None:
        """The outer corners are the round ones, whichever button stands there."""
        buttons = list(self.buttons.values())
        turned = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        for at, button in enumerate(reversed(buttons) if turned else buttons):
            restyle(button, place=_place(at, len(buttons)))
        self._arrange(self.width(), move=True)

    def _one_tab_stop(self) -> None:
        stop = self.focus_target()
        for button in self.buttons.values():
            policy = Qt.FocusPolicy.StrongFocus if button is stop else Qt.FocusPolicy.ClickFocus
            button.setFocusPolicy(policy)

    def _toggled(self, value: str) -> None:
        if not self._showing:
            self._pressed(value)

    def _pressed(self, value: str) -> None:
        # A second click on the same button says the same again; a double click takes nothing back.
        self.show_value(value)
        self.chosen.emit(value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() not in _PLAIN or not self._took(event):
            super().keyPressEvent(event)

    def ignores(self, event: QKeyEvent) -> bool:
        """Whether a key belongs to a number with its unit that is typed at the wrong place, as `38 ug/L`.

        Its u must not answer “Unknown”, nor its space press a button.
        """
        typed = event.text()
        began = typed.isdigit() and typed not in self._keys
        if not began and (not typed.isprintable() or time.monotonic() >= self._amount_until):
            return False
        self._amount_until = time.monotonic() + _AMOUNT_SECONDS
        return bool(typed)

    def _took(self, event: QKeyEvent) -> bool:
        if value := self._keys.get(event.text().casefold()):
            self.buttons[value].setFocus(Qt.FocusReason.ShortcutFocusReason)
            self._pressed(value)
            self.keyed.emit()
        elif event.key() in _PRESS:
            # Enter never answers: the Enter that moved here may be pressed twice.
            self.keyed.emit()
        elif event.key() in _STEPS:
            self._step(self._direction(Qt.Key(event.key())))
        elif event.key() in _BACK and self._value:
            self.show_value("")
            self.chosen.emit("")
        else:
            return False
        return True

    def _direction(self, key: Qt.Key) -> int:
        """To the next button or the one before: Left and Right go where they point."""
        turned = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        across = key in (Qt.Key.Key_Left, Qt.Key.Key_Right)
        return -_STEPS[key] if turned and across else _STEPS[key]

    def _step(self, by: int) -> None:
        buttons = list(self.buttons.values())
        at = next((place for place, button in enumerate(buttons) if button.hasFocus()), 0)
        buttons[max(0, min(len(buttons) - 1, at + by))].setFocus(Qt.FocusReason.TabFocusReason)


def _place(at: int, count: int) -> str:
    if count == 1:
        return "only"
    return "first" if at == 0 else "last" if at == count - 1 else "middle"
