"""Files dropped on the window come in; light, since it is there from the start."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QObject

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData
    from PySide6.QtGui import QDropEvent

    from rls_workup.ui.main_window import MainWindow

_DRAGGED = (QEvent.Type.DragEnter, QEvent.Type.DragMove)


class DropIn(QObject):
    """Files dropped anywhere on the window, unless it is locked."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        # QDragEnterEvent and QDragMoveEvent are kinds of QDropEvent.
        if event.type() in _DRAGGED:
            return self._accepted(cast("QDropEvent", event))
        if event.type() == QEvent.Type.Drop:
            self._take(cast("QDropEvent", event))
            return True
        return False

    def _take(self, event: QDropEvent) -> None:
        if self._accepted(event):
            self._window.take_files(files_of(event.mimeData()))

    def _accepted(self, event: QDropEvent) -> bool:
        """Whether these are files that may come in now: never behind the lock, nor our own row."""
        welcome = self._window.layers.currentIndex() == 0 and event.source() is None
        if not welcome or not files_of(event.mimeData()):
            event.ignore()
            return False
        event.acceptProposedAction()
        return True


def files_of(mime: QMimeData) -> list[Path]:
    """The files on this computer that were dropped."""
    return [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
