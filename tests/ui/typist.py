"""A person at the window, typing steadily until the process is ended: `typist.py STORE PROTOCOL`.

Prints `typed TEXT` after each key, and `saved TEXT` whenever the window says that it is saved.
"""

from __future__ import annotations

import os
import sys
from itertools import cycle
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QTimer

from rls_workup.domain.workup import Patient
from rls_workup.exchange.workup_file import new_workup
from rls_workup.ui.program import Program


class Typist:
    """Types a letter every 7 ms into the first text item."""

    def __init__(self, program: Program) -> None:
        self.program, self.text = program, ""
        self.letters = cycle("abcdefghij")
        self.timer = QTimer()
        self.timer.timeout.connect(self.press)

    def begin(self) -> None:
        window = self.program.window
        casework = window.ready()
        if casework is None:
            raise SystemExit("no protocol")
        casework.saving.state.connect(self.hear)
        casework.show_workup(new_workup(casework.protocol, Patient("Brown"), window.today()), 0)
        self.item = next(item.id for item in casework.protocol.items.values() if item.kind == "text")
        self.timer.start(7)

    def press(self) -> None:
        casework = self.program.window.casework
        if casework is None or casework.session is None or casework.saving._closed:
            return  # nobody types into a window that has ended
        self.text += next(self.letters)
        casework.session.keep_typing(self.item, self.text)
        print("typed", self.text, flush=True)

    def hear(self, kind: str, _words: str) -> None:
        casework = self.program.window.casework
        if kind == "saved" and casework is not None and casework.session is not None:
            print("saved", casework.session.workup.answers[self.item].typed if self.text else "", flush=True)


def main() -> int:
    where, protocol = Path(sys.argv[1]), Path(sys.argv[2])
    program = Program(where, protocol, where.parent.parent / "window.json")
    typist = Typist(program)
    QTimer.singleShot(0, typist.begin)
    QTimer.singleShot(30_000, program.app.quit)
    return program.run([])


if __name__ == "__main__":
    sys.exit(main())
