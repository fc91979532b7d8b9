"""Long work on the whole store in a thread of its own: how far it is, how it ended, and cancelling it."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable

from PySide6.QtCore import QEventLoop, QObject, Qt, Signal
from PySide6.QtWidgets import QProgressDialog, QWidget

from rls_workup.errors import StoreTrouble, WorkupError
from rls_workup.store.progress import Progress

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
            result = StoreTrouble("This could not be done because of a fault in this program.")
        try:
            self.ended.emit(result)
        except RuntimeError:  # the window is gone
            return


def waited_for(parent: QWidget | None, words: str, work: Work, patience_ms: int = 400) -> object:
    """Do the work while a dialog shows how far it is and can cancel it. Raises what ended the work."""
    job = StoreWork(work)
    dialog = QProgressDialog(words, "Cancel", 0, 100, parent)
    dialog.setWindowTitle("RLS Workup")
    dialog.setWindowModality(Qt.WindowModality.ApplicationModal)
    dialog.setMinimumDuration(patience_ms)
    dialog.setAutoClose(False)
    dialog.setAutoReset(False)
    dialog.setValue(0)
    loop = QEventLoop()
    results: list[object] = []

    def done(result: object) -> None:
        results.append(result)
        loop.quit()

    def show(part: float) -> None:
        if not results:
            dialog.setValue(int(part * 100))

    queued = Qt.ConnectionType.QueuedConnection
    job.ended.connect(done, queued)
    job.progressed.connect(show, queued)
    dialog.canceled.connect(job.cancel)
    job.begin()
    loop.exec()
    dialog.deleteLater()
    result = results[0]
    if isinstance(result, WorkupError):
        raise result
    return result
