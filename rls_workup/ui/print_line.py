"""Printing while the window goes on: a line that says so, a button that stops it, and how it ended."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from rls_workup.domain.wording import word
from rls_workup.errors import Cancelled, WorkupError
from rls_workup.store.progress import Progress
from rls_workup.ui import theme
from rls_workup.ui.page_pictures import pictures_of
from rls_workup.ui.plain import plain_label
from rls_workup.ui.printing import dpi_for, paint, sent_to
from rls_workup.ui.store_work import StoreWork
from rls_workup.ui.words import said_of, say

_PREPARED = word("Printing: the pages are prepared, {percent} %.")
_LATER = Qt.ConnectionType.QueuedConnection


class PrintLine(QWidget):
    """`ended` tells how it went: a tone and a sentence."""

    ended = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work: StoreWork | None = None
        self.words = plain_label(role="muted")
        self.stop_button = QPushButton(say("Stop"))
        self.stop_button.clicked.connect(self.stop)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self.words)
        self._row.addWidget(self.stop_button)
        self._row.addStretch(1)
        self.hide()

    @property
    def busy(self) -> bool:
        """Whether pages are on their way."""
        return self._work is not None

    def begin(self, pdf: bytes, printer: QPrinter) -> None:
        """Print this PDF; one at a time."""
        self._work = StoreWork(partial(_printed, pdf, printer), self)
        self._work.progressed.connect(self._told, _LATER)
        self._work.ended.connect(self._done, _LATER)
        self._row.setSpacing(theme.current.px(8))
        self._told(0)
        self.show()
        self._work.begin()

    def stop(self) -> None:
        """Print nothing more, where the pages are not with the printer yet."""
        if self._work is not None:
            self._work.cancel()

    def end(self) -> None:
        """Stop, and wait until it has."""
        if self._work is not None:
            self._work.stop()
            self._done(Cancelled(say("Stopped. Nothing was printed.")))

    def _told(self, part: float) -> None:
        handing_over = part >= 1  # from here on Qt has no way back
        self.stop_button.setVisible(not handing_over)
        words = (
            say("Printing: the pages go to the printer.")
            if handing_over
            else say(_PREPARED, percent=round(part * 100))
        )
        self.words.setText(words)

    def _done(self, result: object) -> None:
        if self._work is None:
            return
        self._work = None
        self.hide()
        if isinstance(result, Cancelled):
            self.ended.emit("note", say("Stopped. Nothing was printed."))
        elif isinstance(result, WorkupError):
            self.ended.emit("warn", said_of(result))
        elif isinstance(result, tuple):
            self.ended.emit(*result)


def _printed(pdf: bytes, printer: QPrinter, progress: Progress) -> tuple[str, str]:
    """Render and print; how it went. Raises CannotWrite, and Cancelled while nothing is with the printer."""
    pages = pictures_of(pdf, dpi_for(printer), progress.at)
    return sent_to(printer, paint(printer, pages))
