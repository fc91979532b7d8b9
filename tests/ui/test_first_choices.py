"""What is asked once: suggested by the region, in force only when kept, and never asked again."""

from __future__ import annotations

from pathlib import Path

import pytest
from clipping import clipped
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot
from screens import settle

from rls_workup.ui import theme, words
from rls_workup.ui.first_choices import FirstChoices
from rls_workup.ui.program import Program
from rls_workup.ui.region import Usual, usual_here, usual_in
from rls_workup.ui.settings import Settings, read_settings
from tests.ui.conftest import SMALL, Begin


@pytest.mark.parametrize(
    ("territory", "paper", "units"),
    [
        ("US", "letter", "conventional"),
        ("CA", "letter", "si"),
        ("DE", "a4", "conventional"),
        ("GB", "a4", "si"),
        ("CH", "a4", "si"),
        ("", "a4", "si"),
        ("Z C", "a4", "si"),
    ],
)
def test_what_is_usual_in_a_region(territory: str, paper: str, units: str) -> None:
    assert usual_in(territory) == (paper, units)


def panel_of(program: Program) -> FirstChoices | None:
    worklist = program.window.worklist
    found = worklist.findChild(FirstChoices)
    return found if isinstance(found, FirstChoices) and found.isVisibleTo(worklist) else None


def test_kept_once_and_never_asked_again(qtbot: QtBot, begin_program: Begin, tmp_path: Path) -> None:
    places = (tmp_path / "s" / "w.db", SMALL, tmp_path / "window.json")
    program = begin_program(*places)
    qtbot.waitUntil(lambda: panel_of(program) is not None, timeout=20_000)
    panel, window = panel_of(program), program.window
    assert panel is not None
    assert panel.chosen() == {"language": "system", "units": usual_here().units, "paper": usual_here().paper}
    panel.choose("units", "conventional")
    panel.choose("paper", "letter")
    assert (window.settings.units, window.settings.paper) == ("", "a4"), "nobody has kept it yet"
    panel.choose("language", "de")
    assert words.current.language == "de"
    keep = next(button for button in panel.findChildren(QPushButton))
    assert keep.text() == "So &lassen"
    assert panel.chosen() == {"language": "de", "units": "conventional", "paper": "letter"}
    keep.click()
    assert panel_of(program) is None
    kept, _told = read_settings(tmp_path / "window.json")
    assert (kept.language, kept.units, kept.paper, kept.introduced) == ("de", "conventional", "letter", True)

    again = begin_program(*places)
    qtbot.waitUntil(lambda: again.window.casework is not None, timeout=20_000)
    assert panel_of(again) is None


def test_it_takes_no_focus_from_the_list(qtbot: QtBot, program: Program) -> None:
    qtbot.waitUntil(lambda: panel_of(program) is not None)
    panel = panel_of(program)
    assert panel is not None
    assert not panel.isAncestorOf(program.window.focusWidget() or QWidget())


def test_nothing_but_the_window_comes_up_at_the_start(program: Program) -> None:
    assert program.window.isActiveWindow(), "a part without a parent came up as a window and went again"


def test_units_that_were_chosen_before_are_not_suggested_away(qtbot: QtBot, dressed: None) -> None:
    panel = FirstChoices(Settings(units="si"), Usual("letter", "conventional"))
    qtbot.addWidget(panel)
    assert panel.chosen() == {"language": "system", "units": "si", "paper": "letter"}


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("percent", [100, 200])
def test_nothing_of_it_is_cut_off(qtbot: QtBot, program: Program, language: str, percent: int) -> None:
    qtbot.waitUntil(lambda: panel_of(program) is not None)
    window = program.window
    words.current.choose(language)
    theme.current.set_text_percent(percent)
    window.resize(1024, 7 * percent + 200)
    settle()
    panel = panel_of(program)
    assert panel is not None
    assert panel.height() >= panel.heightForWidth(panel.width())
    assert clipped(panel) == []
    window.resize(1024, 700)
    settle()
    assert window.height() == 700
    assert (panel_of(program) is None) is (percent == 200), "the list needs the room"
