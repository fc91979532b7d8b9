"""One setting: its name, what it is changed with, and a short sentence. A change is told at once."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from rls_workup.ui import theme
from rls_workup.ui.choice_box import ChoiceBox
from rls_workup.ui.flow import FlowLayout
from rls_workup.ui.plain import mnemonic_safe
from rls_workup.ui.tick_box import TickBox
from rls_workup.ui.wrapped import WrappedLabel

Offered = Sequence[tuple[object, str]]


class Setting(QWidget):
    """`chosen` tells the name of the setting and its new value, once it is the person's choice.

    `many`: the control holds several fields, so the sentence comes first.
    """

    chosen = Signal(str, object)

    def __init__(
        self,
        name: str,
        title: str,
        hint: str,
        control: QWidget,
        *beside: QWidget,
        many: bool = False,
    ) -> None:
        super().__init__()
        self.setProperty("role", "bare")
        self.name, self.control = name, control
        control.setAccessibleName(title)
        control.setAccessibleDescription(hint)
        px = theme.current.px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(4))
        if not isinstance(control, TickBox):
            column.addWidget(WrappedLabel(title, "label"))
        said = WrappedLabel(hint, "hint")
        if many:
            for part in (said, control):
                column.addWidget(part)
            column.setSpacing(px(10))
            return
        row = FlowLayout()
        for part in (control, *beside):
            row.addWidget(part)
        column.addLayout(row)
        column.addWidget(said)

    def show_value(self, value: object) -> None:
        """Show the value that holds now; it is not told."""

    def commit(self) -> None:
        """Tell what is written but not told yet."""


class ChoiceSetting(Setting):
    """One of a few values, in a box."""

    def __init__(self, name: str, title: str, hint: str, offered: Offered, now: object) -> None:
        self.box = choice_box(offered, now)
        self.box.setMinimumWidth(theme.current.em(16))
        super().__init__(name, title, hint, self.box)
        self.box.activated.connect(lambda _at: self.chosen.emit(self.name, self.box.currentData()))

    def show_value(self, value: object) -> None:
        self.box.setCurrentIndex(max(0, self.box.findData(value)))


class TickSetting(Setting):
    """Yes or no."""

    def __init__(self, name: str, title: str, hint: str, now: bool) -> None:
        self.tick = TickBox(mnemonic_safe(title))
        self.tick.setChecked(now)
        super().__init__(name, title, hint, self.tick)
        self.tick.clicked.connect(lambda ticked: self.chosen.emit(self.name, ticked))

    def show_value(self, value: object) -> None:
        self.tick.setChecked(bool(value))


class LineSetting(Setting):
    """A line of text, told when it is left; `beside` may be a button that fills it in."""

    def __init__(
        self, name: str, title: str, hint: str, now: str, example: str = "", *beside: QWidget
    ) -> None:
        self.line = _WideLine(now)
        self.line.setPlaceholderText(example)
        self.line.setMaxLength(400)
        super().__init__(name, title, hint, self.line, *beside)
        self._told = now
        self.line.editingFinished.connect(self.commit)

    def commit(self) -> None:
        written = self.line.text().strip()
        if written != self._told:
            self._told = written
            self.chosen.emit(self.name, written)

    def show_value(self, value: object) -> None:
        if not self.line.hasFocus():
            self._told = str(value)
            self.line.setText(self._told)


class _WideLine(QLineEdit):
    """Wide where there is room."""

    def sizeHint(self) -> QSize:
        return QSize(theme.current.em(22), super().sizeHint().height())


class ActSetting(Setting):
    """Something to be done rather than chosen: a button."""

    def __init__(self, act: str, title: str, hint: str, words: str) -> None:
        button = QPushButton(words)
        button.setAutoDefault(False)
        super().__init__(act, title, hint, button)
        button.setAccessibleName(words.replace("&", ""))
        button.clicked.connect(lambda: self.chosen.emit(self.name, None))


def choice_box(offered: Offered, now: object) -> ChoiceBox:
    """A box with values by their words, at the value that holds now."""
    box = ChoiceBox()
    for value, words in offered:
        box.addItem(words, value)
    box.setCurrentIndex(max(0, box.findData(now)))
    box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return box
