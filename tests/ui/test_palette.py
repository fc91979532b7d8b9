"""The command palette and the item finder, by keyboard only."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea
from pytestqt.qtbot import QtBot

from rls_workup.domain.workup import Answer, Patient
from rls_workup.exchange.workup_file import new_workup
from rls_workup.ui import theme
from rls_workup.ui.commands import COMMANDS, WORKLIST, WORKUP
from rls_workup.ui.keys_sheet import KeysSheet
from rls_workup.ui.main_window import MainWindow
from rls_workup.ui.palette import Palette
from rls_workup.ui.program import Program

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(program: Program, qtbot: QtBot) -> MainWindow:
    window = program.window
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def begin_workup(window: MainWindow) -> None:
    assert window.casework is not None
    workup = new_workup(
        window.casework.protocol, Patient("Brown", date_of_birth="1961-07-14"), window.today()
    )
    window.casework.show_workup(workup.answered("ferritin", Answer(20, unit="ug/L")), 0)


def palette_by_key(qtbot: QtBot, window: MainWindow, key: Qt.Key = Qt.Key.Key_K) -> Palette:
    qtbot.keyClick(window.focusWidget() or window, key, CTRL)
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, Palette)
    return popup


def shown(palette: Palette) -> list[str]:
    return [palette.found.item(at).text() for at in range(palette.found.count())]


def item_in_focus(window: MainWindow) -> str:
    assert window.casework is not None
    row = window.casework.workup_screen.form.focused_row()
    return row.item_id if row is not None else ""


@pytest.mark.parametrize(
    ("typed", "item"),
    [("ferritin", "ferritin"), ("feritin", "ferritin"), ("transf sat", "tsat"), ("hba1c", "hba1c")],
)
def test_an_item_is_found_and_gone_to(window: MainWindow, qtbot: QtBot, typed: str, item: str) -> None:
    begin_workup(window)
    for key in (Qt.Key.Key_K, Qt.Key.Key_F):
        palette = palette_by_key(qtbot, window, key)
        qtbot.keyClicks(palette.line, typed)
        qtbot.keyClick(palette.line, Qt.Key.Key_Return)
        assert QApplication.activePopupWidget() is None
        assert item_in_focus(window) == item


def test_a_section_and_a_finding_are_found(window: MainWindow, qtbot: QtBot) -> None:
    begin_workup(window)
    assert window.casework is not None
    session = window.casework.session
    assert session is not None
    last = session.protocol.sections[-1]
    finding = next(one for one in session.assessment.findings if one.item == "ferritin")
    for words, beside in ((last.title, "Section"), (finding.title, "Finding")):
        palette = palette_by_key(qtbot, window)
        qtbot.keyClicks(palette.line, f"{words} {beside}")
        qtbot.keyClick(palette.line, Qt.Key.Key_Return)
        form = window.casework.workup_screen.form
        assert form.section == last.id if beside == "Section" else item_in_focus(window) == "ferritin"


def test_a_command_is_done_and_the_focus_stays(window: MainWindow, qtbot: QtBot) -> None:
    begin_workup(window)
    assert window.casework is not None
    window.casework.workup_screen.focus_item("crp")
    palette = palette_by_key(qtbot, window)
    qtbot.keyClicks(palette.line, "larger")
    qtbot.keyClick(palette.line, Qt.Key.Key_Return)
    assert theme.current.text_percent == 125
    assert item_in_focus(window) == "crp"


def test_escape_puts_the_palette_away_and_nothing_else(window: MainWindow, qtbot: QtBot) -> None:
    begin_workup(window)
    assert window.casework is not None
    window.casework.workup_screen.focus_item("crp")
    palette = palette_by_key(qtbot, window)
    qtbot.keyClick(palette.line, Qt.Key.Key_Escape)
    assert QApplication.activePopupWidget() is None
    assert (window.on_screen, item_in_focus(window)) == (WORKUP, "crp")


def test_arrows_mark_and_never_leave_the_list(window: MainWindow, qtbot: QtBot) -> None:
    palette = palette_by_key(qtbot, window)
    for key, row in (
        (Qt.Key.Key_Up, 0),
        (Qt.Key.Key_Down, 1),
        (Qt.Key.Key_PageDown, 11),
        (Qt.Key.Key_PageUp, 1),
    ):
        qtbot.keyClick(palette.line, key)
        assert palette.found.currentRow() == min(row, palette.found.count() - 1)
    qtbot.keyClicks(palette.line, "zzzzzz")
    qtbot.keyClick(palette.line, Qt.Key.Key_Down)
    qtbot.keyClick(palette.line, Qt.Key.Key_Return)
    assert QApplication.activePopupWidget() is palette, "nothing is marked, so nothing is done"
    palette.close()


def test_what_cannot_be_done_here_is_not_offered(window: MainWindow, qtbot: QtBot) -> None:
    assert window.on_screen == WORKLIST
    palette = palette_by_key(qtbot, window)
    offered = set(shown(palette))
    palette.close()
    here = {
        command.words.replace("&", "")
        for command in COMMANDS
        if window.commands.actions[command.name].isEnabled()
    }
    assert here <= offered
    assert not any("Next unanswered" in words for words in offered)
    assert {"Colours: Dark", "Text size: 150 %"} <= offered


def test_the_sheet_of_keys_holds_every_key_and_scrolls_by_key(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(1024, 700)
    assert window.casework is not None
    window.perform("keys")
    sheet = QApplication.activeModalWidget()
    assert isinstance(sheet, KeysSheet)
    words = {label.text() for label in sheet.findChildren(QLabel)}
    assert {QKeySequence(c.keys[0]).toString() for c in COMMANDS if c.keys} <= words
    scroll = sheet.findChild(QScrollArea)
    assert scroll is not None
    qtbot.keyClick(sheet.focusWidget() or sheet, Qt.Key.Key_PageDown)
    assert scroll.verticalScrollBar().value() > 0
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    assert QApplication.activeModalWidget() is None


def test_findings_and_state_by_key(window: MainWindow, qtbot: QtBot) -> None:
    begin_workup(window)
    assert window.casework is not None
    screen = window.casework.workup_screen
    window.resize(1440, 900)
    screen.focus_item("ferritin")
    qtbot.keyClick(window.focusWidget() or window, Qt.Key.Key_F4)
    focused = window.focusWidget()
    assert focused is not None
    assert screen.findings.isAncestorOf(focused)
    qtbot.keyClick(focused, Qt.Key.Key_F4)
    assert item_in_focus(window) != ""
    screen.focus_item("ferritin")
    qtbot.keyClick(window.focusWidget() or window, Qt.Key.Key_Period, CTRL)
    menu = QApplication.activePopupWidget()
    assert menu is not None
    assert menu.accessibleName().startswith("State of")
    menu.close()
