"""A large store of an earlier version is brought to this one while a dialog says so; it can be stopped."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlcipher3 import dbapi2 as sqlite

from rls_workup.errors import Cancelled
from rls_workup.store import open_store, opening
from rls_workup.store.backups import folder_for
from rls_workup.store.progress import ENDLESS, Progress
from rls_workup.store.unlocking import Opening
from rls_workup.ui import renewing
from rls_workup.ui.access import Access
from rls_workup.ui.entrance import Turned, entered
from rls_workup.ui.store_work import WaitDialog, waited_for
from tests.store.sample import SAMPLES


@pytest.fixture
def old(tmp_path: Path, dressed: None) -> Path:
    return Path(shutil.copy(SAMPLES / "store-schema-3.db", tmp_path / "workups.db"))


@pytest.fixture
def every_store_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(renewing, "LARGE", 0)


def dialogs() -> list[WaitDialog]:
    return [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, WaitDialog)]


@pytest.mark.usefixtures("every_store_is_large")
def test_it_is_said_what_is_done(old: Path) -> None:
    seen: list[str] = []
    QTimer.singleShot(0, lambda: seen.extend(dialog.bar.accessibleName() for dialog in dialogs()))
    access = Access(old, Opening(None))
    assert [words.partition(".")[0] for words in seen] == [
        "The work-ups here were kept by an earlier version of the program"
    ]
    assert access.store.count() == 1
    access.lock()


def test_a_small_one_is_done_without_a_word(old: Path) -> None:
    seen: list[WaitDialog] = []
    QTimer.singleShot(0, lambda: seen.extend(dialogs()))
    Access(old, Opening(None)).lock()
    assert seen == []


@pytest.mark.usefixtures("every_store_is_large")
def test_stopped_it_is_as_it_was_and_the_program_ends(old: Path) -> None:
    before = old.read_bytes()
    QTimer.singleShot(0, lambda: [dialog.reject() for dialog in dialogs()])
    with pytest.raises(Turned, match=r"Stopped\. Nothing was changed\."):
        entered(old)
    assert old.read_bytes() == before
    assert [path.name for path in folder_for(old).iterdir()] == []


def test_stopped_after_the_backup_the_work_ups_are_as_they_were(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "LOOK_EVERY", 1)

    def stopped(_path: Path, work: Callable[[Progress], object]) -> None:
        def tell(part: float) -> None:
            if part == ENDLESS:
                progress.cancel()

        progress = Progress(tell)
        work(progress)

    with pytest.raises(Cancelled):
        open_store(old, renew=stopped)
    with closing(sqlite.connect(old)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (3,)
    assert [path.suffix for path in folder_for(old).iterdir()] == [".rlsbackup"]
    open_store(old).close()


def test_what_may_not_be_stopped_goes_on(qtbot: QtBot, dressed: None) -> None:
    told: list[bool] = []

    def work(_progress: Progress) -> None:
        told.append(True)

    def escape() -> None:
        for dialog in dialogs():
            assert not dialog.buttons.isVisible()
            dialog.reject()
            told.append(dialog.isVisible())

    QTimer.singleShot(0, escape)
    waited_for(None, "Working…", work, may_stop=False)
    assert told == [True, True]
