"""Nothing is clipped: every screen and dialog at each text size, window size and language, and one longer than any."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from typing import Final

import pytest
from clipping import clipped
from pseudo import PSEUDO, teach
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QMenu, QWidget
from screens import settle

from rls_workup.ui import theme, words
from rls_workup.ui.program import Program
from rls_workup.ui.screen_room import screen_room
from tests.battery.figures import is_long
from tests.ui.every_screen import Scene, View, begin_scene, views

SIZES: Final = ((1024, 700), (1280, 720), (1440, 900))
LANGUAGES: Final = ("en", "de", PSEUDO)
Case = tuple[int, tuple[int, int], str]
ROTATED: Final = 6  # the share of the views that each case of the short run looks at
EVERY: Final[list[Case]] = list(product(theme.TEXT_PERCENTS, SIZES, LANGUAGES))


# A message box of Qt, whose width is bound by the screen.
NOT_YET: Final = ("not saved",)


def pairwise() -> list[Case]:
    """Every two of text size, window size and language meet."""
    return [
        (percent, size, LANGUAGES[(one + two) % 3])
        for one, percent in enumerate(theme.TEXT_PERCENTS)
        for two, size in enumerate(SIZES)
    ]


def found_in(scene: Scene, case: Case, wanted: list[View]) -> Iterator[str]:
    percent, size, language = case
    words.current.choose(language)
    theme.current.set_text_percent(percent)
    settle()
    scene.window.resize(*size)
    settle()
    for view in wanted:
        with scene.shown(view) as widget:
            if not isinstance(widget, QMenu):  # Qt makes a menu as wide as its words
                room = QSize(*size) if widget.parentWidget() or widget is scene.window else _screen(widget)
                yield from (f"{view.name}: {trouble}" for trouble in clipped(widget, room))


def _screen(widget: QWidget) -> QSize:
    """The room for a dialog that opens before there is a window."""
    return screen_room(widget)


@pytest.fixture
def scene(begin_program: Callable[..., Program], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Scene:
    teach(monkeypatch)
    return begin_scene(begin_program, tmp_path)


@pytest.mark.timeout(3600)
def test_nothing_is_clipped(scene: Scene, request: pytest.FixtureRequest) -> None:
    found: dict[str, Case] = {}
    there = [view for view in views() if not view.name.startswith(("menu", *NOT_YET))]
    long = is_long(request.config)  # then every view in every case
    for number, case in enumerate(EVERY if long else pairwise()):
        for trouble in found_in(scene, case, there if long else there[number % ROTATED :: ROTATED]):
            found.setdefault(trouble, case)
    assert not found, "\n".join(f"{case} {trouble}" for trouble, case in found.items())
