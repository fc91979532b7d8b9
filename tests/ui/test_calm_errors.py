"""Every way out of the window and in that can fail is made to fail: a sentence in place, no dialog, nothing lost."""

from __future__ import annotations

import os
import resource
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from rls_workup.domain.workup import Answer, Patient
from rls_workup.exchange.workup_file import new_workup
from rls_workup.ui.casework import Casework
from rls_workup.ui.program import Program

BROWN = Patient("Brown", "Margaret", "1961-07-14", "female", "999 000 0018")


@pytest.fixture
def casework(program: Program) -> Casework:
    casework = program.window.casework
    assert casework is not None
    casework.show_workup(
        new_workup(casework.protocol, BROWN, program.window.today()).answered("urge", Answer("yes")), 0
    )
    assert casework.saving.flush()
    return casework


@contextmanager
def a_full_disk(after: int = 100) -> Iterator[None]:
    """No file grows beyond so many bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    taken = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (after, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, taken)


def ready(qtbot: QtBot, casework: Casework) -> None:
    casework.perform("preview")
    qtbot.waitUntil(casework.paper.preview.is_ready, timeout=20_000)


def choose(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    """Every file dialog answers with this path."""
    for asks in ("getOpenFileName", "getSaveFileName"):
        monkeypatch.setattr(QFileDialog, asks, lambda *_asked: (str(path), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_asked: ([str(path)], ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_asked: str(path))


def save_paper(casework: Casework) -> None:
    casework.paper.preview.save_pdf()


def save_copy(casework: Casework) -> None:
    casework.perform("save_copy")


def open_elsewhere(casework: Casework) -> None:
    casework.perform("open_paper")


def drag(casework: Casework) -> None:
    casework.paper.dragging.paper_out()


def back_up(casework: Casework) -> None:
    casework.window.perform("back_up")


def told(casework: Casework) -> str:
    return casework.window.notices.text_about("told")


def is_a_sentence(words: str, name: str = "/") -> bool:
    """Whether it begins as one or with the file, and says more than what the system says."""
    return (
        words.startswith((name, "/", "The ", "There ", "No "))
        and words.endswith(".")
        and words.count(" ") > 2
    )


@pytest.mark.parametrize("act", [save_paper, save_copy, back_up, open_elsewhere, drag])
def test_what_cannot_be_written_is_told(
    qtbot: QtBot,
    casework: Casework,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    act: Callable[[Casework], None],
) -> None:
    ready(qtbot, casework)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    places = {"full": tmp_path / "a", "missing": tmp_path / "no folder" / "a"}
    if act in (open_elsewhere, drag):  # they go to no place that a person names
        places = {"full": tmp_path}
    for place, out in places.items():
        choose(monkeypatch, out)
        with a_full_disk() if place == "full" else nullcontext():
            act(casework)
        assert is_a_sentence(told(casework)), told(casework)
        assert "Brown" not in told(casework)
        assert QApplication.activeModalWidget() is None
        assert not any(path.is_file() for path in tmp_path.glob("*"))
        casework.window.notices.take_back("told")
    assert casework.saving.flush()


def big(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(300 * 2**20)


def damaged_pdf(path: Path) -> None:
    path.write_bytes(b"%PDF-1.7\n%%EOF and nothing in it")


def empty(path: Path) -> None:
    path.touch()


def binary(path: Path) -> None:
    path.write_bytes(os.urandom(5000))


def nothing(_path: Path) -> None:
    pass


@pytest.mark.parametrize("command", ["open_file", "read_form", "read_results", "restore"])
def test_what_cannot_be_read_is_told(
    casework: Casework, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    for number, write in enumerate((big, damaged_pdf, empty, binary, nothing, Path.mkdir)):
        path = tmp_path / f"{number}{'.pdf' if number % 2 else '.rlsworkup'}"
        write(path)
        choose(monkeypatch, path)
        casework.window.perform(command)
        assert is_a_sentence(told(casework), path.name), told(casework)
        assert QApplication.activeModalWidget() is None
        assert casework.session is not None
        assert casework.session.workup.patient == BROWN
        casework.window.notices.take_back("told")
