"""A work-up stays with its own protocol until a person moves it; the move is one step that can be undone."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog, QLabel
from pytestqt.qtbot import QtBot
from smallprotocol import small

from rls_workup.domain.workup import Answer, Patient, State
from rls_workup.exchange.workup_file import new_workup
from rls_workup.protocols import load_protocol
from rls_workup.store import Store, open_store
from rls_workup.ui.casework import Casework
from rls_workup.ui.editions import Editions, keep_text
from rls_workup.ui.moving_dialog import MovingDialog
from rls_workup.ui.program import Program

SMALL = Path(__file__).parent.parent / "small_protocol"
NEWER = (
    ("protocol.toml", 'version = "2026.11"', 'version = "2026.12"'),
    ("protocol.toml", 'completeness = ["note"]', "completeness = []"),
    ("questions.toml", '[[items]]\nid = "note"\nkind = "text"\nasks = "Note"\n', ""),
    ("tests.toml", "ferritin <= 75 ng/mL", "ferritin <= 50 ng/mL"),
    ("tests.toml", "accepts = { from = 0, to = 1000 }", "accepts = { from = 0, to = 100 }"),
)
Begin = Callable[..., Program]


def folder_with(place: Path, *changes: tuple[str, str, str]) -> Path:
    shutil.copytree(SMALL, place)
    for file, old, new in changes:
        text = (place / file).read_text()
        assert old in text
        (place / file).write_text(text.replace(old, new, 1))
    return place


@pytest.fixture
def old_workup(qtbot: QtBot, begin_program: Begin, tmp_path: Path) -> str:
    """The id of a work-up that was filled in under the small protocol, in the store of this test."""
    program = begin_program(tmp_path / "workups.db", SMALL, tmp_path / "window.json")
    qtbot.waitUntil(lambda: program.window.casework is not None)
    casework = program.window.casework
    assert casework is not None
    patient = Patient("Brown", "Ann", "1961-07-14", "female")
    casework.show_workup(new_workup(casework.protocol, patient, date(2026, 11, 20)), 0)
    assert casework.session is not None
    for item, answer in (
        ("ferritin", Answer("60", unit="ng/mL")),
        ("crp", Answer("500", unit="mg/L")),
        ("note", Answer("seen <b>twice</b>")),
    ):
        casework.session.answer(item, answer)
    workup_id = casework.session.workup.id
    assert casework.saving.flush()
    casework.perform("worklist")
    return workup_id


@pytest.fixture
def newer(qtbot: QtBot, begin_program: Begin, old_workup: str, tmp_path: Path) -> Casework:
    """A program with the newer protocol on the same store, with the old work-up open."""
    folder = folder_with(tmp_path / "newer", *NEWER)
    program = begin_program(tmp_path / "workups.db", folder, tmp_path / "window.json")
    qtbot.waitUntil(lambda: program.window.casework is not None)
    casework = program.window.casework
    assert casework is not None
    casework.open_stored(old_workup)
    return casework


def banner(casework: Casework) -> str:
    return casework.window.notices.text_about("version")


def answer_dialog(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, *, move: bool) -> list[str]:
    """Answers the next dialog of differences; what it said is put into the list."""
    said: list[str] = []

    def answered(dialog: MovingDialog) -> int:
        qtbot.addWidget(dialog)
        said.extend(label.text() for label in dialog.findChildren(QLabel))
        return int(QDialog.DialogCode.Accepted if move else QDialog.DialogCode.Rejected)

    monkeypatch.setattr(MovingDialog, "exec", answered)
    return said


def test_a_work_up_opens_under_its_own_protocol_and_says_that_a_newer_one_is_there(newer: Casework) -> None:
    assert newer.session is not None
    assert newer.session.protocol.about.version == "2026.11"
    assert [f.id for f in newer.session.assessment.findings if f.id == "low"] == ["low"]
    assert banner(newer) == "Filled in under protocol 2026.11. Protocol 2026.12 is there now."
    assert "2026.11" in newer.window.status.protocol.text()
    newer.perform("worklist")
    assert banner(newer) == ""
    assert "2026.12" in newer.window.status.protocol.text()


def test_looking_and_staying_changes_nothing(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, newer: Casework, old_workup: str
) -> None:
    said = answer_dialog(qtbot, monkeypatch, move=False)
    newer.moving.review()
    text = "\n".join(said)
    assert "No longer: caution: Low 60 ng/mL" in text
    assert "Item CRP, limits: 0 to 1000 → 0 to 100" in text
    assert "Note: the answer is kept and shown, and counts no more." in text
    assert "Rule Low {ferritin}, condition" in text
    assert newer.session is not None
    assert newer.session.protocol.about.version == "2026.11"
    assert len({revision.kind for revision in newer.window.store.revisions(old_workup)}) == 1


def test_moving_is_one_recorded_step_that_undo_takes_back(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, newer: Casework, old_workup: str
) -> None:
    answer_dialog(qtbot, monkeypatch, move=True)
    assert newer.session is not None
    before = newer.session.workup
    newer.moving.review()
    after = newer.session.workup
    assert (after.protocol_version, after.protocol_mark) == ("2026.12", newer.protocol.mark)
    assert {name: answer.value for name, answer in after.answers.items()} == {
        name: answer.value for name, answer in before.answers.items()
    }
    assert after.answers["crp"].state is State.REJECTED
    assert banner(newer) == ""
    assert newer.workup_screen.kept.words.text() == "note: seen <b>twice</b>"
    assert not newer.workup_screen.kept.isHidden()
    assert newer.window.store.revisions(old_workup)[-1].kind == "moved"
    assert "move to protocol 2026.12" in newer.window.commands.actions["undo"].text()

    newer.session.answer("urge", Answer("yes"))
    newer.perform("undo")
    newer.perform("undo")
    qtbot.waitUntil(lambda: newer.session is not None and newer.session.protocol.about.version == "2026.11")
    assert newer.session.workup == before
    assert newer.saving.flush()
    kept = json.loads(newer.window.store.read(old_workup).document)
    assert kept["protocol"]["version"] == "2026.11"
    assert newer.window.store.revisions(old_workup)[-1].kind == "moved"
    assert banner(newer)


def test_a_text_that_changed_under_the_same_version_is_another_protocol_too(
    qtbot: QtBot, begin_program: Begin, old_workup: str, tmp_path: Path
) -> None:
    changed = folder_with(tmp_path / "changed", NEWER[3])
    program = begin_program(tmp_path / "workups.db", changed, tmp_path / "window.json")
    qtbot.waitUntil(lambda: program.window.casework is not None)
    casework = program.window.casework
    assert casework is not None
    casework.open_stored(old_workup)
    assert casework.session is not None
    assert casework.session.protocol.mark == small().mark
    assert banner(casework).startswith("Filled in under an earlier text of protocol 2026.11")


def test_nothing_is_said_where_the_same_protocol_is_at_hand(newer: Casework, old_workup: str) -> None:
    newer.editions.current = newer.reading.protocol = small()
    newer.open_stored(old_workup)
    assert banner(newer) == ""


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(tmp_path / "editions.db")


def document(version: str, mark: str = "") -> dict[str, object]:
    return {"protocol": {"id": "small", "version": version, **({"mark": mark} if mark else {})}}


def test_each_text_is_kept_once_and_found_by_its_mark(tmp_path: Path, store: Store) -> None:
    other = load_protocol(folder_with(tmp_path / "other", NEWER[3]))
    newest = load_protocol(folder_with(tmp_path / "newest", *NEWER))
    for protocol in (small(), other, small(), other, newest):
        keep_text(store, protocol)
    editions = Editions(lambda: store, newest)
    assert editions.of(document("2026.11", small().mark)).mark == small().mark
    assert editions.of(document("2026.11", other.mark)).mark == other.mark
    assert editions.of(document("2026.11")).mark == small().mark
    assert editions.of(document("2026.11", other.mark)) is editions.of(document("2026.11", other.mark))
    assert editions.of(document("2026.12")) is newest
    assert editions.of({}) is newest


def test_a_text_that_is_not_kept_or_cannot_be_read_leaves_the_protocol_at_hand(store: Store) -> None:
    store.keep_protocol("small", "2026.09", "no protocol any more")
    editions = Editions(lambda: store, small())
    assert editions.of(document("2026.09")) is small()
    assert editions.of(document("2026.08")) is small()
    assert editions.of(document("2026.11", "0123456789ab")) is small()
    store.close()
