"""The window while the practice's server is away: it says so, keeps all, and never merges silently."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from rls_workup.domain.workup import Answer, Patient
from rls_workup.exchange.workup_file import new_workup
from rls_workup.store import Store, Summary, open_store
from rls_workup.store.leases import release, take
from rls_workup.ui.main_window import MainWindow
from rls_workup.ui.program import Program
from rls_workup.ui.server_password import ServerPassword
from tests.cluster import Cluster
from tests.line import Line, line_to
from tests.ui.conftest import SMALL, Begin


@pytest.fixture
def line(cluster: Cluster, address: str) -> Iterator[Line]:
    with line_to(cluster) as opened:
        yield opened


@pytest.fixture
def near(address: str) -> Iterator[Store]:
    """The same store, over a line that is never cut."""
    with closing(open_store(address)) as opened:
        yield opened


@pytest.fixture
def start(
    qtbot: QtBot,
    begin_program: Begin,
    cluster: Cluster,
    line: Line,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Begin:
    (tmp_path / "data").mkdir()
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setattr("rls_workup.ui.saving.RETRY_MS", 50)

    def go() -> Program:
        program = begin_program(
            line.address(cluster.emptied_name), SMALL, tmp_path / "settings" / "window.json"
        )
        qtbot.waitUntil(lambda: program.window.casework is not None, timeout=30_000)
        return program

    return go


def begin_work(program: Program) -> tuple[str, str]:
    """Show a new work-up; its id, and an item that takes words."""
    casework = program.window.casework
    assert casework is not None
    workup = new_workup(casework.protocol, Patient("Brown", "Margaret"), date(2026, 11, 22))
    casework.show_workup(workup, 0)
    return workup.id, next(item.id for item in casework.protocol.items.values() if item.kind == "text")


def answer(program: Program, item: str, words: str) -> None:
    casework = program.window.casework
    assert casework is not None
    assert casework.session is not None
    casework.session.answer(item, Answer(words))


def told(window: MainWindow, matter: str) -> str:
    return window.notices.text_about(matter)


def press(window: MainWindow, label: str) -> None:
    (button,) = [found for found in window.notices.findChildren(QPushButton) if found.text() == label]
    button.click()


def test_what_is_typed_while_the_server_is_away_is_kept_said_and_sent(
    qtbot: QtBot, start: Begin, line: Line, near: Store
) -> None:
    program = start()
    window = program.window
    workup_id, item = begin_work(program)
    qtbot.waitUntil(lambda: window.status.state.text().startswith("Saved "), timeout=30_000)
    line.break_()
    answer(program, item, "kept")
    qtbot.waitUntil(
        lambda: window.status.state.text().startswith("Saved on this computer only"), timeout=30_000
    )
    assert "server does not answer" in told(window, "away")
    casework = window.casework
    assert casework is not None
    assert "kept on this computer" in casework.saving.last_word()
    assert window.flush(), "nobody is asked about what is safe"
    window.show_screen("worklist")
    casework.open_stored(workup_id)
    assert casework.session is not None
    assert casework.session.workup.answers[item].value == "kept", "an older version was opened over it"
    line.restore()
    qtbot.waitUntil(lambda: told(window, "away") == "", timeout=30_000)
    qtbot.waitUntil(lambda: "kept" in near.read(workup_id).document, timeout=30_000)
    assert near.read(workup_id).version == 2
    assert "has what was kept" in told(window, "told")


def test_what_an_ended_program_kept_and_the_server_refuses_is_shown_beside_the_other(
    qtbot: QtBot, start: Begin, line: Line, near: Store
) -> None:
    first = start()
    workup_id, item = begin_work(first)
    qtbot.waitUntil(
        lambda: near.count() > 0 and first.window.status.state.text().startswith("Saved "), timeout=30_000
    )
    theirs = near.read(workup_id)
    line.break_()
    answer(first, item, "mine")
    qtbot.waitUntil(
        lambda: first.window.status.state.text().startswith("Saved on this computer only"), timeout=30_000
    )
    assert first.window.end()
    line.restore()
    (row,) = [row for row in near.page().rows if row.id == workup_id]
    near.save(workup_id, row.version, theirs.document, Summary("in-progress", "Brown"), "Dr No", "Room 2")
    second = start()
    window = second.window
    matters = window.notices._shown
    qtbot.waitUntil(lambda: any(matter.startswith("left-") for matter in matters), timeout=30_000)
    (matter,) = [matter for matter in matters if matter.startswith("left-")]
    assert "Brown, Margaret" in told(window, matter)
    assert "Nothing was overwritten" in told(window, matter)
    assert near.read(workup_id).document == theirs.document
    press(window, "Keep mine as a copy")
    assert told(window, matter) == ""
    casework = window.casework
    assert casework is not None
    assert casework.session is not None
    assert casework.session.workup.id != workup_id
    assert casework.session.workup.answers[item].value == "mine"
    assert near.read(workup_id).document == theirs.document


def test_a_work_up_that_another_has_open_is_looked_at_until_it_is_taken_over(
    qtbot: QtBot, start: Begin, near: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rls_workup.ui.courtesy.RENEWED_EVERY_SECONDS", 0.05)
    program = start()
    window, casework = program.window, program.window.casework
    assert casework is not None
    workup_id, _ = begin_work(program)
    form = casework.workup_screen.form
    assert form.viewport().isEnabled()
    casework.perform("worklist")
    qtbot.waitUntil(lambda: take(near, workup_id, "other", "Dr No", "Room 2") is None, timeout=30_000)
    casework.open_stored(workup_id)
    qtbot.waitUntil(lambda: "Open on Room 2 since" in told(window, "lease"), timeout=30_000)
    assert "by Dr No" in told(window, "lease")
    assert not form.viewport().isEnabled()
    text = near.read(workup_id).document.replace("Margaret", "Elsewhere")
    near.save(workup_id, 1, text, Summary("in-progress", "Brown"), "Dr No", "Room 2")
    press(window, "Take over")
    qtbot.waitUntil(lambda: told(window, "lease") == "You can change this work-up now.", timeout=30_000)
    assert form.viewport().isEnabled()
    assert casework.session is not None
    assert casework.session.workup.patient.given_name == "Elsewhere", "what they had saved was not read"
    qtbot.waitUntil(lambda: casework.courtesy.holds, timeout=30_000)
    assert take(near, workup_id, "other", "Dr No", "Room 2", over=True) is None
    qtbot.waitUntil(lambda: "took this work-up over" in told(window, "lease"), timeout=30_000)
    assert not form.viewport().isEnabled()
    release(near, workup_id, "other")
    qtbot.waitUntil(lambda: told(window, "lease") == "You can change this work-up now.", timeout=30_000)
    assert form.viewport().isEnabled()


def test_the_window_for_the_servers_password_shows_no_secret(qtbot: QtBot, dressed: None) -> None:
    dialog = ServerPassword("postgresql://anna@server.example/rls")
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.keyClicks(dialog.line, "open sesame")
    assert dialog.line.text() == "open sesame"
    assert dialog.line.displayText() != "open sesame"
