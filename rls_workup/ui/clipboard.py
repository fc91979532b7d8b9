"""What is copied here may name a patient: marked as concealed, and gone from the clipboard after 30 s."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData
    from PySide6.QtGui import QClipboard

CLEARED_AFTER_MS = 30_000
# By these a history of the clipboard knows that this is not for keeping: KDE's, macOS's and Windows's own.
CONCEALED = {
    "x-kde-passwordManagerHint": b"secret",
    "application/x-nspasteboard-concealed-type": b"",
    'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"': b"1",
}
OURS = "application/x-rls-workup"


class Concealed(QObject):
    """Watches the clipboard for what is copied in this program; one for the whole of it."""

    def __init__(self, clipboard: QClipboard, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clipboard = clipboard
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(CLEARED_AFTER_MS)
        self._timer.timeout.connect(self.clear)
        clipboard.dataChanged.connect(self._changed)

    def _changed(self) -> None:
        if not self._is_ours():
            self._timer.stop()
            return
        copied = self._clipboard.mimeData()
        if copied is None or copied.hasFormat(OURS) or not copied.text():
            return
        self._clipboard.setMimeData(concealed(copied.text()))
        self._timer.start()

    def _is_ours(self) -> bool:
        # Without a screen there is no other program, and Qt does not say whose it is.
        return self._clipboard.ownsClipboard() or QGuiApplication.platformName() in ("offscreen", "minimal")

    def clear(self) -> None:
        """Empty the clipboard if what is there is still ours."""
        self._timer.stop()
        held = self._clipboard.mimeData() if self._is_ours() else None
        if held is not None and held.hasFormat(OURS):
            self._clipboard.clear()

    def end(self) -> None:
        """Empty it and watch no more."""
        self.clear()
        self._clipboard.dataChanged.disconnect(self._changed)


def concealed(text: str) -> QMimeData:
    """The text as plain text, with every mark that keeps it out of histories."""
    from PySide6.QtCore import QByteArray, QMimeData

    content = QMimeData()
    content.setText(text)
    for name, value in {**CONCEALED, OURS: b"1"}.items():
        content.setData(name, QByteArray(value))
    return content
