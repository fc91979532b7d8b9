"""Alt and a letter does one thing: no two commands of a screen or dialog have the same underlined letter."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractButton, QMainWindow, QWidget

from tests.ui.conftest import Begin
from tests.ui.every_screen import begin_scene, views


def letters_of(widget: QWidget) -> list[str]:
    """The underlined letters that work while this window or dialog is in front."""
    titles = (
        [action.text() for action in widget.menuBar().actions()] if isinstance(widget, QMainWindow) else []
    )
    buttons = [each.text() for each in widget.findChildren(QAbstractButton) if each.isVisible()]
    keys = (QKeySequence.mnemonic(text).toString() for text in (*titles, *buttons))
    return [key for key in keys if key]


@pytest.mark.parametrize("language", ["en", "de"])
def test_each_letter_does_one_thing(begin_program: Begin, tmp_path: Path, language: str) -> None:
    scene = begin_scene(begin_program, tmp_path)
    scene.window.take_settings(replace(scene.window.settings, language=language))
    twice: dict[str, list[str]] = {}
    for view in views():
        with scene.shown(view) as widget:
            again = [key for key, count in Counter(letters_of(widget)).items() if count > 1]
            if again:
                twice[view.name] = again
    assert twice == {}
