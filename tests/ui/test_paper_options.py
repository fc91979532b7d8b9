"""A saved PDF carries the work-up unless that is chosen otherwise, and is locked where a password is given."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from rls_workup.domain.workup import Answer, Patient
from rls_workup.errors import NeedsPassword, UnreadableFile
from rls_workup.exchange.carried import carried
from rls_workup.exchange.workup_file import new_workup, read_workup
from rls_workup.ui.casework import Casework
from rls_workup.ui.preview import Preview
from rls_workup.ui.program import Program


@pytest.fixture
def casework(program: Program) -> Casework:
    casework = program.window.casework
    assert casework is not None
    workup = new_workup(casework.protocol, Patient("Brown"), program.window.today())
    casework.show_workup(workup.answered("urge", Answer("yes")), 0)
    casework.perform("preview")
    return casework


def shown(qtbot: QtBot, casework: Casework) -> Preview:
    preview = casework.paper.preview
    before = preview._sheet
    preview.make()
    qtbot.waitUntil(lambda: preview._sheet is not before, timeout=20_000)
    return preview


def test_the_sheet_carries_its_work_up(qtbot: QtBot, casework: Casework, tmp_path: Path) -> None:
    shown(qtbot, casework).write(tmp_path / "a.pdf")
    assert casework.session is not None
    assert read_workup(tmp_path / "a.pdf", casework.protocol).answers == casework.session.workup.answers


def test_without_the_tick_it_does_not_and_that_is_kept(
    qtbot: QtBot, casework: Casework, tmp_path: Path
) -> None:
    casework.paper.preview.bar.options.carries.click()
    shown(qtbot, casework).write(tmp_path / "a.pdf")
    with pytest.raises(UnreadableFile, match="carries no work-up"):
        carried((tmp_path / "a.pdf").read_bytes())
    assert casework.window.settings.carries_data is False


def test_a_password_locks_what_is_saved_and_is_not_left_behind(
    qtbot: QtBot, casework: Casework, tmp_path: Path
) -> None:
    preview = shown(qtbot, casework)
    preview.bar.options.password.setText("open sesame")
    preview.write(tmp_path / "a.pdf")
    with pytest.raises(NeedsPassword):
        carried((tmp_path / "a.pdf").read_bytes())
    assert carried((tmp_path / "a.pdf").read_bytes(), "open sesame")
    casework.perform("back")
    assert preview.bar.options.password.text() == ""


@pytest.mark.parametrize(
    ("kind", "offered"), [("workup", (True, True)), ("handout", (True, False)), ("note", (False, False))]
)
def test_only_what_a_kind_can_have_is_offered(
    qtbot: QtBot, casework: Casework, kind: str, offered: tuple[bool, bool]
) -> None:
    preview = casework.paper.preview
    preview.bar.kind.setCurrentIndex(preview.bar.kind.findData(kind))
    options = shown(qtbot, casework).bar.options
    assert (options.isVisible(), options.carries.isVisible()) == offered
