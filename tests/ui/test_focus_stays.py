"""The focus is never lost: after each act the next key goes where a person expects it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QDialog, QPushButton
from pytestqt.qtbot import QtBot

from rls_workup.domain.workup import Answer, Patient
from rls_workup.exchange.workup_file import new_workup
from rls_workup.ui import theme
from rls_workup.ui.casework import Casework
from rls_workup.ui.main_window import MainWindow
from tests.ui.at_the_keys import Keyboard
from tests.ui.conftest import Begin


@pytest.fixture
def casework(program_shipped: MainWindow) -> Casework:
    casework = program_shipped.casework
    assert casework is not None
    start(casework)
    return casework


def start(casework: Casework) -> None:
    """A new work-up in a wide window of the usual look."""
    if (theme.current.choice, theme.current.text_percent) != ("light", 100):
        theme.current.choose("light")
        theme.current.set_text_percent(100)
    casework.window.resize(1440, 900)
    patient = Patient("Brown", "", "1961-07-14", "female")
    workup = new_workup(casework.protocol, patient, casework.window.today())
    casework.show_workup(workup.answered("ferritin", Answer(20, unit="ug/L")), 0)
    settle()


@pytest.fixture
def program_shipped(begin_program: Begin, qtbot: QtBot, tmp_path: Path) -> MainWindow:
    window = begin_program(tmp_path / "store" / "workups.db", None, tmp_path / "window.json").window
    qtbot.waitUntil(lambda: window.casework is not None, timeout=20_000)
    window.resize(1440, 900)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def settle() -> None:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    for _turn in range(3):
        QApplication.processEvents()


def perform(*names: str) -> Callable[[Casework], object]:
    def act(casework: Casework) -> None:
        for name in names:
            casework.window.perform(name)
            settle()

    return act


def answer(item: str, value: object) -> Callable[[Casework], object]:
    def act(casework: Casework) -> None:
        assert casework.session is not None
        casework.session.answer(item, None if value is None else Answer(value))

    return act


def press_why(casework: Casework) -> None:
    """The focus goes to a finding's button, then the finding changes under it."""
    button = next(
        b
        for b in casework.workup_screen.findings.findChildren(QPushButton)
        if b.text() == "Why" and b.isVisible()
    )
    button.setFocus()
    assert casework.session is not None
    casework.session.answer("ferritin", None)


def close_dialog(name: str) -> Callable[[Casework], object]:
    def act(casework: Casework) -> None:
        casework.window.perform(name)
        settle()
        dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible())
        dialog.reject()
        settle()
        casework.window.activateWindow()

    return act


def take_back_what_opened(casework: Casework) -> None:
    """The focus stands in an item that an answer opened; that answer is undone."""
    at = Keyboard(casework.window)
    casework.workup_screen.focus_item("relieved_by_movement")
    at.press("n")
    assert at.item == "relieved_by_movement_earlier"
    casework.window.perform("undo")


ANY = "*"
ACTS: list[tuple[str, str, Callable[[Casework], object], str]] = [
    ("undo", "iron", lambda c: (answer("crp", 3)(c), perform("undo")(c)), "iron"),
    (
        "undo and redo",
        "iron",
        lambda c: (answer("fever_within_4_weeks", "no")(c), perform("undo", "redo")(c)),
        "iron",
    ),
    ("an opened item closes again", "urge_to_move", take_back_what_opened, "relieved_by_movement"),
    ("a finding goes away", "iron", press_why, ANY),
    ("another section", "iron", lambda c: c.workup_screen.show_section(3), ANY),
    ("larger text", "iron", perform("larger"), "iron"),
    ("larger and smaller", "iron", perform("larger", "smaller"), "iron"),
    ("another look", "iron", lambda c: c.window.commands.look_chosen.emit("dark"), "iron"),
    ("preview and back", "iron", perform("preview", "back"), "iron"),
    ("about and back", "iron", close_dialog("about"), "iron"),
    ("keys and back", "iron", close_dialog("keys"), "iron"),
    ("help and back", "iron", close_dialog("help"), "iron"),
    ("saved", "iron", perform("saved"), "iron"),
    ("narrow", "iron", lambda c: c.window.resize(1024, 700), "iron"),
    ("panes round", "iron", perform("next_pane", "next_pane", "next_pane"), ANY),
    (
        "findings and back when narrow",
        "iron",
        lambda c: (c.window.resize(1024, 700), settle(), perform("findings", "findings")(c)),
        "iron",
    ),
    ("next unanswered from the findings", "iron", perform("findings", "next_unanswered"), ANY),
    ("a notice put away", "iron", perform("saved"), "iron"),
    ("the worklist", "iron", perform("worklist"), ""),
]


@pytest.mark.timeout(300)
def test_the_focus_stays(casework: Casework) -> None:
    window, found = casework.window, []
    for name, begin, act, expected in ACTS:
        start(casework)
        casework.workup_screen.focus_item(begin)
        settle()
        act(casework)
        settle()
        try:
            Keyboard(window).target()  # somewhere, and to be seen
        except AssertionError as lost:
            found.append(f"{name}: {lost}")
            continue
        item = Keyboard(window).item
        if item != expected and not (expected == ANY and item):
            found.append(f"{name}: {item or 'no item'} instead of {expected or 'none'}")
    assert not found, "\n".join(found)


def test_a_notice_that_goes_takes_no_focus_with_it(casework: Casework) -> None:
    casework.workup_screen.focus_item("iron")
    casework.window.perform("saved")
    settle()
    close = next(b for b in casework.window.notices.findChildren(QPushButton) if b.text() == "Close")
    close.setFocus()
    Keyboard(casework.window).press("Space")
    settle()
    assert Keyboard(casework.window).item


def test_back_in_the_worklist_the_arrow_keys_work(casework: Casework) -> None:
    casework.window.perform("worklist")
    settle()
    at = Keyboard(casework.window)
    assert at.target() is casework.window.worklist.table
    at.press("Enter")
    settle()
    assert at.item
