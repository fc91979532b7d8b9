"""The settings: each counts at once, is kept, and the page follows what is changed elsewhere."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from screens import settle

from rls_workup.ui import theme, words
from rls_workup.ui.editors import unit_habit
from rls_workup.ui.first_units import FirstUnits
from rls_workup.ui.program import Program
from rls_workup.ui.setting import ActSetting, ChoiceSetting, LineSetting, TickSetting
from rls_workup.ui.settings import Settings, read_settings
from rls_workup.ui.settings_page import SettingsPage
from rls_workup.ui.typed_dates import read_day
from tests.smallprotocol import TODAY


@pytest.fixture
def page(program: Program) -> SettingsPage:
    program.window.perform("settings")
    casework = program.window.casework
    assert casework is not None
    return casework.settings_desk.page


def choose(page: SettingsPage, name: str, value: object) -> None:
    """As a person does: by the keyboard or the mouse, which a box tells alike."""
    setting = page.settings[name]
    assert isinstance(setting, ChoiceSetting)
    at = setting.box.findData(value)
    assert at >= 0
    setting.box.setCurrentIndex(at)
    setting.box.activated.emit(at)


CHOICES: list[tuple[str, object]] = [
    ("theme", "dark"),
    ("text_percent", 125),
    ("language", "de"),
    ("language", "en-US"),
    ("language", "en"),
    ("date_order", "mdy"),
    ("units", "conventional"),
    ("units", "si"),
    ("paper_language", "de"),
    ("paper", "letter"),
    ("lock_minutes", 20),
]


def test_a_choice_counts_at_once_and_is_kept(page: SettingsPage, program: Program, tmp_path: Path) -> None:
    for name, value in CHOICES:
        choose(page, name, value)
        assert getattr(program.window.settings, name) == value
        kept, _told = read_settings(tmp_path / "settings" / "window.json")
        assert getattr(kept, name) == value
        setting = page.settings[name]
        assert isinstance(setting, ChoiceSetting)
        assert setting.box.currentData() == value
    assert theme.current.choice == "dark"
    assert read_day("3/4/2026", TODAY).echo == "04-Mar-2026"
    assert unit_habit.wanted[""] == "si"
    choose(page, "date_order", "ask")
    the_unit_of_a_single_test_is_chosen_and_given_back(page, program)


def the_unit_of_a_single_test_is_chosen_and_given_back(page: SettingsPage, program: Program) -> None:
    units = page.findChild(FirstUnits)
    assert isinstance(units, FirstUnits)
    for unit in ("pmol/L", ""):
        box = units.boxes["ferritin"]
        box.setCurrentIndex(box.findData(unit))
        box.activated.emit(box.currentIndex())
        assert program.window.settings.units_of == ({"ferritin": unit} if unit else {})


def test_in_another_language_the_page_stays_where_it_was(page: SettingsPage) -> None:
    page.list.setCurrentRow(1)
    page.settings["language"].control.setFocus()
    choose(page, "language", "de")
    assert page.windowTitle() == "Einstellungen"
    assert page.list.currentItem().text() == "Sprache und Region"
    assert page.isAncestorOf(page.focusWidget())
    assert (
        page.settings["language"].control.hasFocus()
        or page.focusWidget() is page.settings["language"].control
    )
    assert words.current.language == "de"


def test_a_tick_counts_at_once_and_a_line_when_it_is_left_or_the_page_is_closed(
    qtbot: QtBot, page: SettingsPage, program: Program
) -> None:
    tick = page.settings["carries_data"]
    assert isinstance(tick, TickSetting)
    tick.tick.click()
    assert not program.window.settings.carries_data
    page.list.setCurrentRow(3)
    name = page.settings["printed_by"]
    assert isinstance(name, LineSetting)
    name.line.setFocus()
    qtbot.keyClicks(name.line, "Dr Ünal")
    assert program.window.settings.printed_by == ""
    qtbot.keyClick(name.line, Qt.Key.Key_Tab)
    assert program.window.settings.printed_by == "Dr Ünal"
    qtbot.keyClicks(name.line, " ")
    name.line.setText("Anna")
    page.close()
    assert program.window.settings.printed_by == "Anna"


def test_the_page_follows_what_is_chosen_elsewhere(page: SettingsPage, program: Program) -> None:
    program.window.take_settings(replace(program.window.settings, paper="letter", printed_by="Dr Roe"))
    paper, name = page.settings["paper"], page.settings["printed_by"]
    assert isinstance(paper, ChoiceSetting)
    assert isinstance(name, LineSetting)
    assert (paper.box.currentData(), name.line.text()) == ("letter", "Dr Roe")
    program.window.perform("larger")
    size = page.settings["text_percent"]
    assert isinstance(size, ChoiceSetting)
    assert size.box.currentData() == 125
    a_button_does_what_the_menu_does(page, program)


def a_button_does_what_the_menu_does(page: SettingsPage, program: Program) -> None:
    asked: list[str] = []
    program.window.store_asked.disconnect()
    program.window.store_asked.connect(asked.append)
    for name in ("back_up", "restore"):
        act = page.settings[name]
        assert isinstance(act, ActSetting)
        act.control.click()  # type: ignore[attr-defined]
    assert asked == ["back_up", "restore"]


def test_the_keyboard_goes_from_the_sections_into_the_section_and_out(
    qtbot: QtBot, page: SettingsPage
) -> None:
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Down)
    assert page.pages.currentIndex() == 1
    qtbot.keyClick(page.list, Qt.Key.Key_Tab)
    focused = page.focusWidget()
    assert isinstance(focused, QWidget)
    assert focused is page.settings["language"].control
    qtbot.keyClick(focused, Qt.Key.Key_Escape)
    assert page.isHidden()


def test_each_setting_has_a_name_and_a_sentence_and_where_there_is_room_nothing_scrolls(
    page: SettingsPage,
) -> None:
    plain: list[Any] = [each for each in page.settings.values() if not isinstance(each, ActSetting)]
    assert {each.name for each in plain if each.name != "leading"} <= set(Settings.__slots__)
    for setting in page.settings.values():
        assert setting.control.accessibleName()
        assert setting.control.accessibleDescription().endswith(".")
    page.resize(theme.current.em(74), theme.current.em(50))
    settle()
    for at in range(page.list.count()):
        page.list.setCurrentRow(at)
        settle()
        assert page.pages.widget(at).verticalScrollBar().maximum() == 0  # type: ignore[attr-defined]
