"""The program on a store, `our_window.py STORE SETTINGS`: ends as soon as the worklist is painted."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt

from rls_workup.ui.program import Program


class Painted(QObject):
    """Waits for the worklist's rows to be painted."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            # Ahead of what the program itself has put off until it is painted.
            QCoreApplication.postEvent(
                self, QEvent(QEvent.Type.User), Qt.EventPriority.HighEventPriority.value
            )
        return False

    def customEvent(self, event: QEvent) -> None:
        os._exit(0)


program = Program(sys.argv[1], None, Path(sys.argv[2]))
painted = Painted()
program.window.worklist.table.viewport().installEventFilter(painted)
program.run([])
