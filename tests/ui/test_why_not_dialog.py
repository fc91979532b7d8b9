"""The findings that are not there: found by a word, explained, followed while answers change."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot
from smallprotocol import TODAY, small, workup

from rls_workup.domain.workup import Answer
from rls_workup.ui.session import Session
from rls_workup.ui.why_not_dialog import WhyNotDialog


@pytest.fixture
def session(qtbot: QtBot, dressed: None) -> Session:
    return Session(small(), workup({"date_of_birth": "1980-05-01"}), lambda: TODAY)


@pytest.fixture
def dialog(qtbot: QtBot, session: Session) -> WhyNotDialog:
    dialog = WhyNotDialog(session, None)  # type: ignore[arg-type]
    qtbot.addWidget(dialog)
    return dialog


def listed(dialog: WhyNotDialog) -> list[str]:
    return [dialog.list.item(row).text() for row in range(dialog.list.count())]


def told(dialog: WhyNotDialog) -> list[str]:
    return [label.text() for label in dialog.told.findChildren(QLabel)]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("ferritin", ["Low …"]),
        ("LOW fer", ["Low …"]),
        ("wörsen", ["… may worsen the symptoms"]),
        ("no such thing", []),
    ],
)
def test_a_word_finds_it(dialog: WhyNotDialog, typed: str, found: list[str]) -> None:
    dialog.line.setText(typed)
    assert listed(dialog) == found
    assert told(dialog)[0] == (found[0] if found else "Nothing matches.")


def test_it_says_what_it_waits_for_and_leads_there(dialog: WhyNotDialog) -> None:
    dialog.line.setText("ferritin")
    assert "Not known: Ferritin, Transferrin saturation." in told(dialog)
    assert "Author 2020" in told(dialog)
    asked: list[str] = []
    dialog.jump.connect(asked.append)
    next(button for button in dialog.told.findChildren(QPushButton) if "Ferritin" in button.text()).click()
    assert asked == ["ferritin"]


def test_it_follows_the_answers(dialog: WhyNotDialog, session: Session) -> None:
    dialog.line.setText("ferritin")
    session.answer("ferritin", Answer(200, unit="ng/mL"))
    session.answer("tsat", Answer(30, unit="%"))
    assert any("not met: Ferritin ≤ 75 ng/mL" in words for words in told(dialog))
    session.answer("ferritin", Answer(20, unit="ng/mL"))
    assert listed(dialog) == []
