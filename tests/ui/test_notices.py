"""Banners: one for each matter, put away by the person unless it stays; faults are told without a value."""

from __future__ import annotations

import logging
import sys

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from rls_workup.ui.notices import Notices
from rls_workup.ui.trouble import Trouble, place_of, sentence


def test_one_banner_for_each_matter(qtbot: QtBot, dressed: None) -> None:
    notices = Notices()
    qtbot.addWidget(notices)
    notices.show_notice("told", "warn", "first")
    notices.show_notice("told", "warn", "second <b>bold</b>")
    assert notices.text_about("told") == "second <b>bold</b>"
    notices.take_back("told")
    assert notices.text_about("told") == ""
    assert not notices.isVisibleTo(notices.parentWidget() or notices)
    notices.take_back("told")


def test_a_banner_that_stays_has_only_its_own_ways_out(qtbot: QtBot, dressed: None) -> None:
    notices, chosen = Notices(), []
    qtbot.addWidget(notices)
    notices.show_notice("saving", "critical", "x", [("Try now", lambda: chosen.append("now"))], stays=True)
    buttons = notices.findChildren(QPushButton)
    assert [button.text() for button in buttons] == ["Try now"]
    buttons[0].click()
    assert chosen == ["now"]
    assert notices.text_about("saving") == "x"


def test_the_newest_stands_on_top_and_above_it_only_what_is_pressing(qtbot: QtBot, dressed: None) -> None:
    notices = Notices()
    qtbot.addWidget(notices)
    for matter, tone in (("a", "note"), ("b", "warn"), ("c", "ok"), ("d", "critical"), ("e", "note")):
        notices.show_notice(matter, tone, matter)
    placed = [notices._column.itemAt(at).widget() for at in range(notices._column.count())]
    assert [notice.words.text() for notice in placed] == ["d", "b", "e", "c", "a"]


def test_what_can_wait_is_not_shown_while_a_patient_is_worked_up(qtbot: QtBot, dressed: None) -> None:
    notices = Notices()
    qtbot.addWidget(notices)
    notices.show_notice("protection", "note", "Set a passphrase", stays=True, can_wait=True)
    assert not notices.isHidden()
    notices.attend(True)
    assert notices.isHidden()
    notices.show_notice("saving", "critical", "Not saved")
    shown = {matter: not notice.isHidden() for matter, notice in notices._shown.items()}
    assert shown == {"protection": False, "saving": True}
    notices.attend(False)
    assert all(not notice.isHidden() for notice in notices._shown.values())


def test_closing_a_banner_puts_it_away(qtbot: QtBot, dressed: None) -> None:
    notices = Notices()
    qtbot.addWidget(notices)
    notices.show_notice("told", "note", "x")
    notices.findChildren(QPushButton)[0].click()
    assert notices.text_about("told") == ""


def test_a_fault_is_told_saved_and_logged_without_its_text(
    qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    trouble, saved = Trouble(), []
    trouble.save = lambda: bool(saved.append("saved")) or True
    with caplog.at_level(logging.ERROR), qtbot.waitSignal(trouble.happened) as told:
        try:
            raise ValueError("ZZQXSECRET")
        except ValueError as error:
            trouble.caught(type(error), error, error.__traceback__)
    assert saved == ["saved"]
    words = " ".join(str(arg) for arg in told.args)
    assert "Your answers are saved" in words
    assert "ValueError at test_notices.py" in words
    assert "ZZQXSECRET" not in words + caplog.text
    assert "ValueError at test_notices.py" in caplog.text


def test_a_fault_while_a_fault_is_told_does_not_go_round(qtbot: QtBot) -> None:
    trouble = Trouble()

    def worse() -> bool:
        trouble.caught(KeyError, KeyError("x"), None)
        return False

    trouble.save = worse
    with qtbot.waitSignal(trouble.happened) as told:
        trouble.caught(ValueError, ValueError("x"), None)
    assert told.args is not None
    assert told.args[0] == sentence(False)


def test_the_hook_is_taken_and_given_back() -> None:
    before, trouble = sys.excepthook, Trouble()
    trouble.install()
    assert sys.excepthook == trouble.caught
    trouble.remove()
    assert sys.excepthook is before


def test_an_exception_without_a_trace_has_a_name() -> None:
    assert place_of(KeyError, None) == "KeyError at unknown place"
