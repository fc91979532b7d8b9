"""Unreachable objects are looked for in the window's thread only, while there is a window."""

from __future__ import annotations

import gc
import threading

from PySide6.QtWidgets import QWidget

from rls_workup.ui.program import Program


class Ring:
    """A widget that only a ring of references holds."""

    def __init__(self) -> None:
        self.itself = self
        self.widget = QWidget()


def allocate(kept: list[list[int]]) -> None:
    """As much as makes Python look several times."""
    kept += [[number] for number in range(20 * gc.get_threshold()[0])]


def test_no_other_thread_destroys_a_widget(program: Program) -> None:
    died: list[int] = []

    def begin() -> None:
        Ring().widget.destroyed.connect(lambda: died.append(threading.get_ident()))

    begin()
    kept: list[list[int]] = []
    worker = threading.Thread(target=allocate, args=(kept,))
    worker.start()
    worker.join()
    assert died == []
    program.sweeping.sweep()
    assert died == [threading.get_ident()]


def test_afterwards_python_looks_by_itself_again(program: Program) -> None:
    assert not gc.isenabled()
    program.sweeping.end()
    assert gc.isenabled()
