"""The focus is never lost: after each act the next key goes where a person expects it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QTimer
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


def close_modal(name: str) -> Callable[[Casework], object]:
    """As `close_dialog`, for one that waits for an answer."""

    def act(casework: Casework) -> None:
        closed: list[str] = []

        def close() -> None:
            dialog = QApplication.activeModalWidget()
            if isinstance(dialog, QDialog):
                closed.append(dialog.windowTitle())
                dialog.reject()

        timer = QTimer()
        timer.timeout.connect(close)
        timer.start(5)
        casework.window.perform(name)
        timer.stop()
        settle()
        assert closed, f"{name} opened nothing"
        casework.window.activateWindow()

    return act


def close_palette(name: str) -> Callable[[Casework], object]:
    def act(casework: Casework) -> None:
        casework.window.perform(name)
        settle()
        palette = QApplication.activePopupWidget()
        assert palette is not None
        palette.close()
        settle()

    return act


def choose_state(*keys: str) -> Callable[[Casework], object]:
    """Ctrl+. opens the menu of states; a letter chooses, Escape leaves it."""

    def act(casework: Casework) -> None:
        casework.window.perform("state")
        settle()
        Keyboard(casework.window).press(*keys)
        settle()

    return act


def speak(language: str) -> Callable[[Casework], object]:
    def act(casework: Casework) -> None:
        casework.window.take_settings(replace(casework.window.settings, language=language))

    return act


def answer_finding(words: str) -> Callable[[Casework], object]:
    """A finding's button is pressed with the keyboard."""

    def act(casework: Casework) -> None:
        cards = casework.workup_screen.findings._urgent.cards
        link = next(one for one in cards[0].links if one.text() == words)
        link.setFocus()
        Keyboard(casework.window).press("Space")

    return act


ANY, FINDING = "*", "a finding"
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
    ("a state chosen", "iron", choose_state("o"), "iron"),
    ("a state not chosen", "iron", choose_state("Esc"), "iron"),
    ("another language", "iron", lambda c: (speak("de")(c), settle(), speak("en")(c)), "iron"),
    ("a finding accepted", "iron", answer_finding("Accept"), FINDING),
    ("a finding being set aside", "iron", answer_finding("Set aside"), FINDING),
    ("history and back", "iron", close_modal("history"), "iron"),
    ("patient and back", "iron", close_modal("edit_patient"), "iron"),
    ("sign and back", "iron", close_modal("sign"), "iron"),
    ("take off and back", "iron", close_modal("void"), "iron"),
    ("settings and back", "iron", close_dialog("settings"), "iron"),
    ("palette and back", "iron", close_palette("palette"), "iron"),
    ("find and back", "iron", close_palette("find"), "iron"),
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
        if expected == FINDING and casework.workup_screen.findings.isAncestorOf(window.focusWidget()):
            continue
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


def test_a_reason_half_written_outlives_another_look_and_another_language(casework: Casework) -> None:
    findings = casework.workup_screen.findings
    findings._urgent.cards[-1].ask_reason()
    Keyboard(casework.window).press("Iron was given")
    findings._urgent.cards[0].open_why()
    for change in (
        lambda: casework.window.commands.look_chosen.emit("dark"),
        lambda: speak("de")(casework),
        lambda: speak("en")(casework),
    ):
        change()
        settle()
        assert findings._urgent.cards[-1].reason == "Iron was given"
        assert findings._urgent.cards[0].why_button.isChecked()
        at = Keyboard(casework.window).target()
        assert findings._urgent.cards[-1].isAncestorOf(at)
    casework.window.commands.text_size_chosen.emit(150)  # no room for it: the findings are put away
    settle()
    assert Keyboard(casework.window).item
    casework.window.commands.text_size_chosen.emit(100)
    settle()
    findings._urgent.cards[-1].ask_reason(findings._urgent.cards[-1].reason or "")
    Keyboard(casework.window).press(" last week", "Enter")
    settle()
    session = casework.session
    assert session is not None
    assert [part.reason for part in session.workup.replies] == ["Iron was given last week"]


def test_another_language_leaves_the_section_and_the_results_of_earlier_visits(casework: Casework) -> None:
    screen = casework.workup_screen
    screen.show_section(6)
    section, earlier = screen.form.section, {"iron": ()}
    screen.form.show_earlier(earlier)
    speak("de")(casework)
    settle()
    assert (screen.form.section, screen.form.earlier) == (section, earlier)
