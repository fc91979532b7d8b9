"""Opaque covers over the dialogs that are open when the window is locked; what was typed into them stays."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from shiboken6 import isValid

BLANK_TITLE = "RLS Workup"


class Cover(QWidget):
    """Hides all of a dialog and lets nothing be typed into it, until `lift`."""

    def __init__(self, dialog: QDialog) -> None:
        super().__init__(dialog)
        self._dialog = dialog
        self._title, self._focus = dialog.windowTitle(), dialog.focusWidget()
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAutoFillBackground(True)
        self.setGeometry(dialog.rect())
        dialog.installEventFilter(self)
        dialog.setWindowTitle(BLANK_TITLE)
        dialog.setEnabled(False)
        self.raise_()
        self.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self._dialog.rect())
            self.raise_()
        return False

    def lift(self) -> None:
        """Show the dialog as it was."""
        self._dialog.removeEventFilter(self)
        self._dialog.setWindowTitle(self._title)
        self._dialog.setEnabled(True)
        self.hide()
        if self._focus is not None and isValid(self._focus):
            self._focus.setFocus()
        self.deleteLater()


def cover_all() -> list[Cover]:
    """Cover every dialog, and close what pops up."""
    while (popup := QApplication.activePopupWidget()) is not None and popup.close():
        pass
    dialogs = [
        widget
        for widget in QApplication.topLevelWidgets()
        if isinstance(widget, QDialog) and widget.isVisible()
    ]
    return [Cover(dialog) for dialog in dialogs]


def lift_all(covers: list[Cover]) -> None:
    """Show again what is still open."""
    for cover in covers:
        if isValid(cover):
            cover.lift()
