"""The practice's choice of what is read first: made in the window, kept in its folder, seen at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from rls_workup.domain.workup import Answer, Patient
from rls_workup.exchange.workup_file import new_workup
from rls_workup.protocols import load_protocol
from rls_workup.ui.casework import Casework
from rls_workup.ui.leading_choices import LeadingChoices
from rls_workup.ui.program import Program

Begin = Callable[..., Program]


@pytest.fixture
def practice(tmp_path: Path) -> Path:
    return tmp_path / "practice"


@pytest.fixture
def casework(qtbot: QtBot, begin_program: Begin, tmp_path: Path, practice: Path) -> Casework:
    """A program with the shipped protocol and a work-up with a B12 on which the sources disagree."""
    program = begin_program(tmp_path / "workups.db", None, tmp_path / "window.json", practice)
    qtbot.waitUntil(lambda: program.window.casework is not None)
    casework = program.window.casework
    assert casework is not None
    casework.show_workup(new_workup(casework.protocol, Patient("Brown"), date(2026, 11, 20)), 0)
    assert casework.session is not None
    casework.session.answer("b12_total", Answer("190", unit="pg/mL"))
    return casework


def choose(casework: Casework, dispute: str, profile: str) -> None:
    """Chooses on the page of the settings, as a person does."""
    casework.perform("settings")
    choices = casework.settings_desk.page.findChild(LeadingChoices)
    assert isinstance(choices, LeadingChoices)
    box = choices.boxes[dispute]
    box.setCurrentIndex(box.findData(profile))
    box.activated.emit(box.currentIndex())
    casework.settings_desk.page.close()


def first_about_b12(casework: Casework) -> str:
    assert casework.session is not None
    return next(
        finding.profile
        for finding in casework.session.assessment.findings_about("b12_total")
        if finding.profile
    )


def test_the_choice_is_kept_for_every_door_and_shown_at_once(casework: Casework, practice: Path) -> None:
    assert first_about_b12(casework) == "nice"
    choose(casework, "vitamin_b12", "us")
    assert load_protocol(practice).chosen == {"vitamin_b12": "us"}
    assert first_about_b12(casework) == "us"
    assert casework.session is not None
    assert casework.session.assessment.standings["b12_total"].flag_says == "Low (US)"
    assert casework.window.notices.text_about("version") == ""
    casework.perform("undo")
    assert "b12_total" not in casework.session.workup.answers

    choose(casework, "vitamin_b12", "")
    assert load_protocol(practice).chosen == {}
    assert casework.protocol.chosen == {}


def test_a_choice_that_cannot_be_kept_is_told_and_changes_nothing(casework: Casework, practice: Path) -> None:
    practice.write_text("a file where the folder should be")
    choose(casework, "vitamin_b12", "us")
    assert "The choice was not kept" in casework.window.notices.text_about("told")
    assert first_about_b12(casework) == "nice"


def test_without_a_folder_of_the_practice_nothing_is_offered(qtbot: QtBot, dressed: None) -> None:
    choices = LeadingChoices(None)
    qtbot.addWidget(choices)
    assert (choices.boxes, choices.chosen()) == ({}, {})
    assert choices.isHidden()
