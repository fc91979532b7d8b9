"""`python -m tests.battery.staying edits|forms FOLDER COUNT`: a long day at the program, and what it keeps.

edits: so many edits, of one work-up after another. forms: so many work-ups opened and closed in the window.
"""

from __future__ import annotations

import gc
import json
import os
import random
import sys
from dataclasses import replace
from pathlib import Path

from rls_workup.store import connection
from tests.battery.fingers import Fingers, shipped, store_at

EDITS_A_WORKUP = 250
STEPS = 10


def resident() -> int:
    """KiB of memory that this process holds once rubbish is collected."""
    gc.collect()
    pages = Path("/proc/self/statm").read_text().split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE") // 1024


def edits(folder: Path, count: int) -> list[int]:
    """The memory at the beginning and after each tenth; the first of them warms up."""
    # The database's own page cache fills once, up to 16 MB a connection, and is not what is looked for.
    connection.AFTER_KEY = tuple(one.replace("-16000", "-500") for one in connection.AFTER_KEY)
    fingers = Fingers(store_at(folder / "workups.db"), *shipped(), random.Random(20261122))
    held = []
    for number in range(count):
        if number % EDITS_A_WORKUP == 0:
            fingers.take_up(f"w{number // EDITS_A_WORKUP % 40}")
        if number % (count // STEPS) == 0:
            held.append(resident())
        fingers.edit()
    assert fingers.saving.flush(30)
    held.append(resident())
    wrong = fingers.store.check()
    assert wrong == [], wrong[0]
    return held


def forms(folder: Path, count: int) -> list[int]:
    """As `edits`, for forms."""
    from PySide6.QtCore import QCoreApplication, QEvent

    from rls_workup.ui.program import Program

    _protocol, sample = shipped()
    program = Program(folder / "workups.db", None, folder / "window.json")
    program.connect_ends()
    window = program.window
    window.show()
    while (casework := window.ready()) is None:
        program.app.processEvents()
    held = []
    for number in range(count):
        if number % (count // STEPS) == 0:
            held.append(resident())
        casework.show_workup(replace(sample, id=f"w{number}", sample=False), 0)
        casework.workup_screen.show_section(number % 5)
        program.app.processEvents()
        assert casework.lay_away()
        window.show_screen("worklist")
        program.app.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert program.end()
    return [*held, resident()]


def main() -> int:
    way = {"edits": edits, "forms": forms}[sys.argv[1]]
    held = way(Path(sys.argv[2]), int(sys.argv[3]))
    files = len(os.listdir("/proc/self/fd"))
    print(json.dumps({"held": held, "files": files}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
