"""The window's words: all of them go through the wording, in each language, and follow a switch at once."""

from __future__ import annotations

import pytest
from own_words import WINDOW, untold
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from rls_workup.ui import words
from rls_workup.ui.words import say, told

# Names and code that look like words, and sentences for a terminal that has no window.
NOBODY_READS = {
    *("RLS Workup", "English (UK)", "Inter", "Fusion", "RLS Workup {}\n{}{}", "access log", "store work"),
    *("ActiveChanged", "PrepareForSleep", "Lock", "unknown place", "old store"),
    *(
        "neither a patch nor a snapshot",
        "Ctrl+1 … Ctrl+9",
        "Taken",
        "License",
        "Classifier",
        "License ::",
        "License-Expression",
        "Name",
    ),
    *(
        "PRAGMA cipher_version",
        "RLS Workup {}",
        "Python {} · Qt {} · PySide6 {}",
    ),
}
NO_WORDS = {"region.py", "stylesheet.py", "form_style.py", "guards.py", "theme.py"}
# Files whose words are not all said through the wording yet. It only gets shorter.
NOT_YET: set[str] = {
    "editors/medicine_text.py",
}
FILES = sorted(path.relative_to(WINDOW).as_posix() for path in WINDOW.rglob("*.py"))


@pytest.mark.parametrize("file", sorted(set(FILES) - NO_WORDS))
def test_words_for_people_go_through_the_wording(file: str) -> None:
    """Write say("…"), or told(widget.setText, "…") where it stays, and add the German to resources/words/window/."""
    found = set(untold((WINDOW / file).read_text(encoding="utf-8"))) - NOBODY_READS
    if file in NOT_YET:
        assert found, "Take it out of NOT_YET."
    else:
        assert found == set()


def test_files_that_are_not_there_are_on_no_list() -> None:
    assert (NOT_YET | NO_WORDS) - set(FILES) == set()


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ('label.setText("Saved")', ["Saved"]),
        ('label.setText(f"{count} awaited")', ["{} awaited"]),
        ('label.setText(say("Saved"))', []),
        ('told(label.setText, "Saved")', []),
        ('WORDS = ("Low", word("High"))', ["Low"]),
        ('plain_label(say("Saved"), "hint")', []),
        ('plain_label("saved now", "hint")', ["saved now"]),
        ('label.setText("a" if one else "Only the b")', ["Only the b"]),
        ('"""Only a docstring."""', []),
        ('label.setProperty("role", "Card title")', []),
        ('action.setShortcut("Ctrl+N")', []),
    ],
)
def test_a_literal_that_a_person_would_read_is_found(code: str, expected: list[str]) -> None:
    assert untold(code) == expected


def test_what_stays_on_the_screen_follows_the_language(qtbot: QtBot) -> None:
    label, button = QLabel(), QPushButton()
    qtbot.addWidget(label)
    qtbot.addWidget(button)
    told(label.setText, "Born")
    told(button.setToolTip, "{count} months", lambda shown: f"<{shown}>", count=3)
    words.current.choose("de")
    assert (label.text(), button.toolTip(), say("Born")) == ("Geboren", "<3 Monate>", "Geboren")
    words.current.choose("en")
    assert (label.text(), button.toolTip()) == ("Born", "<3 months>")


def test_what_is_gone_is_not_told(qtbot: QtBot) -> None:
    label = QLabel()
    told(label.setText, "Born")
    label.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    words.current.choose("de")
    assert words.current.language == "de"


@pytest.mark.parametrize(
    ("desktop", "chosen", "expected"),
    [
        ("de", "system", "de"),
        ("fr", "system", "en"),
        ("c", "system", "en"),
        ("de", "en", "en"),
        ("c", "de", "de"),
        ("c", "xx", "en"),
        ("en-US", "system", "en-US"),
        ("de", "en-US", "en-US"),
    ],
)
def test_the_language_is_the_chosen_one_or_that_of_the_desktop(
    monkeypatch: pytest.MonkeyPatch, desktop: str, chosen: str, expected: str
) -> None:
    monkeypatch.setattr(words, "language_of_desktop", lambda: desktop)
    words.current.choose(chosen)
    assert words.current.language == expected


def test_qt_s_own_buttons_follow(qtbot: QtBot) -> None:
    words.current.choose("de")
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Abbrechen"
    words.current.choose("en")
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Cancel"
