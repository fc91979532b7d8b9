"""The settings on one page beside the work: each counts as soon as it is chosen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QVBoxLayout, QWidget

from rls_workup.ui import theme, words
from rls_workup.ui.button_box import ButtonBox
from rls_workup.ui.fitted import room_for
from rls_workup.ui.plain import plain_label
from rls_workup.ui.sectioned import Sectioned
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
        sectioned = self._sectioned = Sectioned(say("Sections of the settings"))
        self.list, self.pages = sectioned.list, sectioned.pages
        self.settings = {}
        for title, parts in sections(self._shown()):
            sectioned.add(title, 20, parts)
            for part in parts:
                if part.name:
                    self.settings[part.name] = part
                    part.chosen.connect(self.chosen)
        self._inside = QWidget()
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(px(12), px(16), px(16), px(16))
        column.setSpacing(px(12))
        column.addWidget(sectioned, 1)
        column.addLayout(self._foot())
        self._column.addWidget(self._inside)

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.addWidget(plain_label(say("Every change counts at once."), "hint"), 1)
        buttons = ButtonBox()
        close = buttons.addButton(say("&Close"), QDialogButtonBox.ButtonRole.RejectRole)
        close.setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        foot.addWidget(buttons)
        return foot

    def _roomy(self) -> QSize:
        """Large enough for every section without a scroll bar, where the window has the room."""
        room = room_for(self)
        wide, beside = theme.current.em(74), theme.current.px(28)
        tallest = self._sectioned.height_for(wide - beside) + theme.current.px(110)
        return QSize(min(wide, room.width()), min(max(tallest, theme.current.em(34)), room.height()))

    def hideEvent(self, event: QHideEvent) -> None:
        for setting in self.settings.values():
            setting.commit()
        super().hideEvent(event)
