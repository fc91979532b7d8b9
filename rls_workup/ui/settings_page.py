"""The settings on one page beside the work: each counts as soon as it is chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QListWidget,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from rls_workup.ui import theme, words
from rls_workup.ui.plain import plain_label
from rls_workup.ui.scrolled import scrolled
from rls_workup.ui.setting import Setting
from rls_workup.ui.settings import Settings
from rls_workup.ui.settings_sections import Shown, sections
from rls_workup.ui.words import say


class SettingsPage(QDialog):
    """`chosen` tells a setting and its value; what the page shows is read from `shown`."""

    chosen = Signal(str, object)

    def __init__(self, parent: QWidget, shown: Callable[[], Shown]) -> None:
        super().__init__(parent)
        self._shown = shown
        self.settings: dict[str, Setting] = {}
        self._insides: list[QWidget] = []
        self.setModal(False)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._inside = QWidget()
        self._fill()
        words.current.changed.connect(self.fill_anew)
        theme.current.changed.connect(self.fill_anew)

    def begin(self) -> None:
        """Show the page with what holds now."""
        self.fill_anew()
        self.resize(self._roomy())
        self.show()
        self.raise_()
        self.activateWindow()
        self.list.setFocus()

    def fill_anew(self) -> None:
        """The same section with the words, lengths and values that hold now; the focus stays."""
        at, name = self.list.currentRow(), self._in_focus()
        old = self._inside
        self._fill()
        old.hide()
        old.deleteLater()
        self.list.setCurrentRow(at)
        if name in self.settings:
            self.settings[name].control.setFocus()
        elif self.isVisible():
            self.list.setFocus()

    def follow(self, settings: Settings) -> None:
        """Show choices that were made elsewhere, such as by Ctrl and +."""
        for name, setting in self.settings.items():
            if hasattr(settings, name):
                setting.show_value(getattr(settings, name))

    def _in_focus(self) -> str:
        focused = self.focusWidget()
        names = (
            name
            for name, setting in self.settings.items()
            if focused is not None and setting.isAncestorOf(focused)
        )
        return next(names, "")

    def _fill(self) -> None:
        px = theme.current.px
        self.setWindowTitle(say("Settings"))
        self.list, self.pages = _list(), QStackedWidget()
        self.settings, self._insides = {}, []
        for title, parts in sections(self._shown()):
            self.list.addItem(title)
            inside = self._section(title, parts)
            self._insides.append(inside)
            self.pages.addWidget(scrolled(inside, title))
        self.list.setFixedWidth(self.list.sizeHintForColumn(0) + px(40))
        self.list.currentRowChanged.connect(self.pages.setCurrentIndex)
        self.list.setCurrentRow(0)
        self._inside = QWidget()
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(px(12), px(16), px(16), px(16))
        column.setSpacing(px(12))
        body = QHBoxLayout()
        body.setSpacing(px(16))
        body.addWidget(self.list)
        body.addWidget(self.pages, 1)
        column.addLayout(body, 1)
        column.addLayout(self._foot())
        self._column.addWidget(self._inside)

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.addWidget(plain_label(say("Every change counts at once."), "hint"), 1)
        buttons = QDialogButtonBox()
        close = buttons.addButton(say("&Close"), QDialogButtonBox.ButtonRole.RejectRole)
        close.setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        foot.addWidget(buttons)
        return foot

    def _section(self, title: str, parts: Sequence[Setting]) -> QWidget:
        px = theme.current.px
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(px(4), px(4), px(12), px(8))  # the focus ring is drawn outside its field
        column.setSpacing(px(20))
        column.addWidget(plain_label(title, "title"))
        for part in parts:
            column.addWidget(part)
            if part.name:
                self.settings[part.name] = part
                part.chosen.connect(self.chosen)
        column.addStretch(1)
        return inside

    def _roomy(self) -> QSize:
        """Large enough for every section without a scroll bar, where the screen has the room."""
        room = self.screen().availableSize() * 0.92
        tallest = max(self._height_of(inside) for inside in self._insides)
        return QSize(
            min(theme.current.em(74), room.width()),
            min(max(tallest + theme.current.px(110), theme.current.em(34)), room.height()),
        )

    def _height_of(self, inside: QWidget) -> int:
        layout, hint = inside.layout(), inside.sizeHint().height()
        width = theme.current.em(74) - self.list.width() - theme.current.px(60)
        return max(layout.totalHeightForWidth(width), hint) if layout else hint

    def hideEvent(self, event: QHideEvent) -> None:
        for setting in self.settings.values():
            setting.commit()
        super().hideEvent(event)


def _list() -> QListWidget:
    listed = QListWidget()
    listed.setAccessibleName(say("Sections of the settings"))
    listed.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    listed.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
    return listed
