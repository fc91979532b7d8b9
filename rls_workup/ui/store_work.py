"""Long work on the whole store in a thread of its own: how far it is, how it ended, and cancelling it."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable

from PySide6.QtCore import QEventLoop, QObject, Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QProgressBar, QVBoxLayout, QWidget

from rls_workup.errors import StoreTrouble, WorkupError
from rls_workup.store.progress import ENDLESS, Progress
from rls_workup.ui import theme
from rls_workup.ui.button_box import ButtonBox
from rls_workup.ui.fitted import fit
from rls_workup.ui.stylesheet import style_sheet
from rls_workup.ui.words import say
from rls_workup.ui.wrapped import WrappedLabel

Work = Callable[[Progress], object]


class StoreWork(QObject):
    """One piece of work. `ended` brings its result, or the WorkupError that ended it."""

    progressed = Signal(float)
    ended = Signal(object)

    def __init__(self, work: Work, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._progress = Progress(self.progressed.emit)
        self._thread = threading.Thread(target=self._run, name="store work", daemon=True)

    def begin(self) -> None:
        """Start; the signals come on the thread that owns this object."""
        self._thread.start()

    def cancel(self) -> None:
        """Ask it to stop, without waiting."""
        self._progress.cancel()

    def stop(self, timeout: float = 5.0) -> None:
        """Ask it to stop, and wait until it has."""
        self.cancel()
        if self._thread.is_alive():
            self._thread.join(timeout)

    def _run(self) -> None:
        try:
            result = self._work(self._progress)
        except WorkupError as trouble:
            result = trouble
        except Exception:  # noqa: BLE001 - told like any other fault; the thread only ends
            sys.excepthook(*sys.exc_info())
            result = StoreTrouble(say("This could not be done because of a fault in this program."))
        try:
            self.ended.emit(result)
        except RuntimeError:  # the window is gone
            return


class WaitDialog(QDialog):
    """How far it is, and a way to stop it, where it may be."""

    def __init__(self, parent: QWidget | None, words: str, *, may_stop: bool = True) -> None:
        super().__init__(parent)
        self._may_stop = may_stop
        self.setWindowTitle("RLS Workup")
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        if parent is None:
            self.setStyleSheet(style_sheet(theme.current))
        self.bar = QProgressBar()
        self.bar.setRange(0, 100)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(words)
        self.buttons = ButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        margin = theme.current.px(20)
        column.setContentsMargins(margin, margin, margin, margin)
        column.setSpacing(theme.current.px(12))
        column.addWidget(WrappedLabel(words, "label"))
        column.addWidget(self.bar)
        column.addWidget(self.buttons)
        self.buttons.setVisible(may_stop)
        fit(self, 28)

    def reject(self) -> None:
        """Stop, where the work may be stopped; Qt calls it for Escape and for the closing of the window."""
        if self._may_stop:
            super().reject()

    def show_part(self, part: float) -> None:
        """Done to this part, 0 to 1; ENDLESS moves without saying how far it is."""
        self.bar.setRange(0, 0 if part == ENDLESS else 100)
        self.bar.setValue(int(part * 100))


def waited_for(parent: QWidget | None, words: str, work: Work, *, may_stop: bool = True) -> object:
    """Do the work while a dialog shows how far it is and can stop it. Raises what ended the work."""
    job, dialog, loop = StoreWork(work), WaitDialog(parent, words, may_stop=may_stop), QEventLoop()
    results: list[object] = []

    def done(result: object) -> None:
        results.append(result)
        loop.quit()

    queued = Qt.ConnectionType.QueuedConnection
    job.ended.connect(done, queued)
    job.progressed.connect(dialog.show_part, queued)
    dialog.rejected.connect(job.cancel)
    dialog.show()
    job.begin()
    loop.exec()
    dialog.rejected.disconnect(job.cancel)
    dialog.hide()
    dialog.deleteLater()
    result = results[0]
    if isinstance(result, WorkupError):
        raise result
    return result
