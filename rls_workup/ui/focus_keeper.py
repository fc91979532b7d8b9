"""The focus never ends nowhere: where what had it goes away, it returns to the form or the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from rls_workup.ui.commands import WORKLIST, WORKUP

if TYPE_CHECKING:
    from rls_workup.ui.main_window import MainWindow


class FocusKeeper(QObject):
    """Watches the focus of one window. A dialog, a menu or another program may have it meanwhile."""

    def __init__(self, app: QApplication, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        app.focusChanged.connect(self._follow)

    def _follow(self, old: QWidget | None, new: QWidget | None) -> None:
        casework = self._window.casework
        if new is not None and casework is not None:
            casework.workup_screen.form.remember_focus()
        elif old is not None:
            # What had the focus may be on its way out; look when it is gone.
            QTimer.singleShot(0, self, self._look)

    def _look(self) -> None:
        window = self._window
        elsewhere = QApplication.activeModalWidget() or QApplication.activePopupWidget()
        if elsewhere is not None or not window.isActiveWindow():
            return
        focused = window.focusWidget()
        if focused is not None and focused.isVisible() and focused.isEnabled():
            return
        if window.on_screen == WORKLIST:
            window.worklist.take_focus()
        elif window.on_screen == WORKUP and window.casework is not None:
            window.casework.workup_screen.form.take_focus()
