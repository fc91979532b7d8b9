"""Banners over the worklist that tell of several work-ups: an older protocol, results in; and of the store itself."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from rls_workup.domain.signing import Act, Signing
from rls_workup.domain.workup import Patient
from rls_workup.errors import Cancelled
from rls_workup.exchange.workup_file import new_workup
from rls_workup.store.progress import Progress
from rls_workup.ui.casework import Casework
from rls_workup.ui.main_window import MainWindow
from rls_workup.ui.notices import Notices
from rls_workup.ui.older_protocol import MATTER, MOST, Older, older_in, older_words
from rls_workup.ui.program import Program
from rls_workup.ui.told_rows import Arrived, tell_results
from tests.ui.conftest import SMALL

Begin = Callable[..., Program]
VISIT = date(2026, 11, 20)


def press(notices: Notices, words: str) -> None:
    next(button for button in notices.findChildren(QPushButton) if button.text() == words).click()


def shown(window: MainWindow) -> list[str]:
    return [
        window.worklist.model.row_at(line).family_name for line in range(window.worklist.model.rowCount())
    ]


def put(casework: Casework, *names: str) -> dict[str, str]:
    """Begin a work-up for each; their ids by name."""
    ids = {}
    for name in names:
        workup = new_workup(casework.protocol, Patient(name), VISIT)
        casework.show_workup(workup, 0)
        ids[name] = workup.id
    casework.perform("worklist")
    return ids


def newer_protocol(place: Path, *changes: tuple[str, str, str]) -> Path:
    shutil.copytree(SMALL, place)
    for file, old, new in (("protocol.toml", 'version = "2026.11"', 'version = "2026.12"'), *changes):
        text = (place / file).read_text()
        assert old in text
        (place / file).write_text(text.replace(old, new, 1))
    return place


def begun(qtbot: QtBot, begin_program: Begin, tmp_path: Path, protocol: Path) -> Casework:
    window = begin_program(tmp_path / "workups.db", protocol, tmp_path / "window.json").window
    qtbot.waitUntil(lambda: window.casework is not None, timeout=20_000)
    assert window.casework is not None
    return window.casework


def look(qtbot: QtBot, casework: Casework) -> str:
    """What the banner says once it has been looked."""
    qtbot.waitUntil(lambda: casework.older._work is None, timeout=20_000)
    return casework.window.notices.text_about(MATTER)


def test_an_update_of_the_protocol_is_told_with_the_work_ups_that_rest_on_the_former_one(
    qtbot: QtBot, begin_program: Begin, tmp_path: Path
) -> None:
    before = begun(qtbot, begin_program, tmp_path, SMALL)
    assert look(qtbot, before) == ""
    ids = put(before, "Old", "Older", "Sample", "Closed")
    before.open_stored(ids["Sample"])
    before.show_under(before.protocol, lambda workup: replace(workup, sample=True))
    before.open_stored(ids["Closed"])
    entry = Signing(Act.SIGNED, "Dr A", "2026-11-20T10:00:00+00:00")
    before.show_under(before.protocol, lambda workup: workup.with_signing(entry), "sign")
    before.perform("worklist")

    rule = ("tests.toml", "ferritin <= 75 ng/mL", "ferritin <= 50 ng/mL")
    after = begun(qtbot, begin_program, tmp_path, newer_protocol(tmp_path / "newer", rule))
    assert "2 work-ups in progress rest on protocol 2026.11, and 2026.12 is there now." in look(qtbot, after)
    after.open_stored(ids["Old"])
    press(after.window.notices, "Show them")
    assert sorted(shown(after.window)) == ["Old", "Older"]
    assert after.session is None

    after.open_stored(ids["Old"])
    assert after.session is not None
    after.moving.move(after.session.protocol, after.protocol)
    assert look(qtbot, after).startswith("1 work-up in progress rests on protocol 2026.11")
    press(after.window.notices, "Leave them so")
    assert after.window.notices.text_about(MATTER) == ""
    after.older.begin()
    assert look(qtbot, after) == "", "nobody is asked twice"


def test_a_protocol_that_says_the_same_is_no_reason_for_a_banner(
    qtbot: QtBot, begin_program: Begin, tmp_path: Path
) -> None:
    put(begun(qtbot, begin_program, tmp_path, SMALL), "Old")
    after = begun(qtbot, begin_program, tmp_path, newer_protocol(tmp_path / "newer"))
    assert look(qtbot, after) == ""


def test_looking_stops_when_asked(program: Program, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: program.window.casework is not None)
    casework = program.window.casework
    assert casework is not None
    casework.older.begin()
    casework.older.stop()
    assert casework.older._work is None
    put(casework, "Old")
    program.store.keep_protocol(casework.protocol.about.id, "2020.01", "another")
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        older_in(program.store.another, casework.protocol, progress)


def test_very_many_are_not_counted() -> None:
    words = older_words(Older(("x",) * MOST, ("2026.10", "2026.11")), "2026.12")
    assert words.startswith(
        f"{MOST} or more work-ups in progress rest on protocol 2026.10, 2026.11, and 2026.12"
    )


def test_results_in_are_told_and_listed(program: Program, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: program.window.casework is not None)
    window = program.window
    assert window.casework is not None
    ids = put(window.casework, "A", "B", "C", "D", "E")
    tell_results(window, [])
    assert window.notices.text_about("results") == ""
    tell_results(window, [Arrived(ids[name], name, 4, 6) for name in "ABCD"])
    assert window.notices.text_about("results") == (
        "Results in: A (4 of 6 awaited); B (4 of 6 awaited); C (4 of 6 awaited); and 1 more."
    )
    press(window.notices, "Show them")
    assert sorted(shown(window)) == ["A", "B", "C", "D"]


def test_a_store_that_cannot_be_read_is_told_until_it_can(program: Program) -> None:
    window = program.window
    program.store.lock()
    window.worklist.reload()
    assert "locked" in window.notices.text_about("store")
    press(window.notices, "Try again")
    assert window.notices.text_about("store")
    program.store.unlock(program.access.key)
    press(window.notices, "Try again")
    assert window.notices.text_about("store") == ""
