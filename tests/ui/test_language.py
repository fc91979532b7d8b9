"""The window in another language: switched while a work-up is open, kept, and back again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from rls_workup.protocols import load_protocol
from rls_workup.ui import words
from rls_workup.ui.program import Program
from rls_workup.ui.settings import Settings, keep_settings
from rls_workup.ui.tongues import Tongues


@pytest.fixture
def whole(qtbot: QtBot, begin_program: object, tmp_path: Path) -> Program:
    """A program with the shipped protocol, whose sample patient is on the list."""
    program: Program = begin_program(
        tmp_path / "workups.db", None, tmp_path / "window.json", tmp_path / "own"
    )  # type: ignore[operator]
    qtbot.waitUntil(lambda: program.window.worklist.model.rowCount() == 1, timeout=20_000)
    return program


def speak(program: Program, language: str) -> None:
    program.window.take_settings(replace(program.window.settings, language=language))


def test_an_open_workup_is_told_in_the_other_language_and_back(whole: Program) -> None:
    window = whole.window
    window.open_stored(window.worklist.model.row_at(0).id)
    casework = window.casework
    assert casework is not None
    assert casework.session is not None
    session = casework.session
    before, titles = session.workup, [finding.title for finding in session.assessment.findings]
    menus = [action.text() for action in window.menuBar().actions()]
    speak(whole, "de")
    assert session.protocol.label("on_dialysis") != load_protocol().label("on_dialysis")
    assert [finding.title for finding in session.assessment.findings] != titles
    assert next(action.text() for action in window.menuBar().actions()) == "&Datei"
    assert window.toolbar.buttons["worklist"].accessibleName() == "Arbeitsliste"
    assert session.workup == before
    speak(whole, "en")
    assert [finding.title for finding in session.assessment.findings] == titles
    assert [action.text() for action in window.menuBar().actions()] == menus


def test_the_program_starts_in_the_language_that_was_kept(
    qtbot: QtBot, begin_program: object, tmp_path: Path
) -> None:
    keep_settings(tmp_path / "window.json", Settings(language="de"))
    program: Program = begin_program(tmp_path / "workups.db", None, tmp_path / "window.json")  # type: ignore[operator]
    qtbot.waitUntil(lambda: program.window.worklist.model.rowCount() == 1, timeout=20_000)
    assert program.window.casework is not None
    assert program.window.casework.protocol.language == "de"
    assert words.current.language == "de"
    assert program.window.worklist.model.headerData(1, Qt.Orientation.Horizontal) == "Patient"
    assert program.window.worklist.model.headerData(4, Qt.Orientation.Horizontal) == "Nächster Schritt"


def test_a_protocol_is_translated_once_and_has_its_english_again() -> None:
    english, tongues = load_protocol(), Tongues(None)
    german = tongues.told(english, "de")
    assert german.language == "de"
    assert tongues.told(german, "de") is german
    assert tongues.told(german, "en") is english


def test_a_protocol_without_texts_of_its_own_is_told_by_the_shipped_ones_where_they_fit() -> None:
    german = Tongues(Path(__file__).parent.parent / "small_protocol").told(load_protocol(), "de")
    assert german.about.title != load_protocol().about.title


def test_without_texts_in_a_language_the_protocol_is_in_english() -> None:
    english = load_protocol()
    assert Tongues(None).told(english, "xx") is english
