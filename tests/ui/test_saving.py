"""What the screen says about saving is true of the disk, also when the disk is full or the process is killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from rls_workup.domain.workup import Answer, Patient
from rls_workup.exchange.workup_file import new_workup
from rls_workup.protocols import load_protocol
from rls_workup.store import Store, Summary, open_store
from rls_workup.store.unlocking import open_unlocked
from rls_workup.ui.saving import RETRY_MS, THROTTLE_MS, Saving
from rls_workup.ui.session import Session

SMALL = Path(__file__).parent.parent / "small_protocol"
TODAY = date(2026, 11, 22)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = open_store(tmp_path / "s" / "w.db")
    yield store
    store.close()


@pytest.fixture
def saving(qtbot: QtBot, store: Store) -> Iterator[Saving]:
    saving = Saving(store)
    yield saving
    saving.close()


@pytest.fixture
def session(qtbot: QtBot) -> Session:
    protocol = load_protocol(SMALL)
    workup = new_workup(protocol, Patient("Brown", "Margaret", "1961-07-14", "female", "999"), TODAY)
    return Session(protocol, workup, lambda: TODAY)


def first_text(session: Session) -> str:
    return next(item.id for item in session.protocol.items.values() if item.kind == "text")


def document(store: Store, session: Session) -> dict[str, object]:
    found: dict[str, object] = json.loads(store.read(session.workup.id).document)
    return found


def states(saving: Saving) -> list[tuple[str, str]]:
    told: list[tuple[str, str]] = []
    saving.state.connect(lambda kind, text: told.append((kind, text)))
    return told


def test_a_new_work_up_is_on_disk_at_once(
    qtbot: QtBot, store: Store, saving: Saving, session: Session
) -> None:
    told = states(saving)
    saving.watch(session, 0)
    qtbot.waitUntil(lambda: bool(told) and told[-1][0] == "saved")
    row = store.page().rows[0]
    assert (row.family_name, row.version, row.identifier) == ("Brown", 1, "999")
    assert saving.version == 1
    assert len(saving.head) == 64


def test_saved_is_said_only_of_what_is_on_disk(
    qtbot: QtBot, store: Store, saving: Saving, session: Session
) -> None:
    saving.watch(session, 0)
    item, seen = first_text(session), []

    def look(kind: str, _text: str) -> None:
        if kind == "saved":
            answers = document(store, session)["answers"]
            seen.append(answers[item]["value"] == session.workup.answers[item].value)  # type: ignore[index]

    qtbot.waitUntil(lambda: saving.version == 1)
    saving.state.connect(look)
    for number in range(30):
        session.answer(item, Answer(f"word {number}"))
        qtbot.wait(10)
    qtbot.waitUntil(lambda: bool(seen) and saving.flush() and saving.version > 1)
    qtbot.waitUntil(lambda: document(store, session)["answers"][item]["value"] == "word 29")  # type: ignore[index]
    assert all(seen)


def test_a_steady_typist_is_saved_while_typing(
    qtbot: QtBot, store: Store, saving: Saving, session: Session
) -> None:
    saving.watch(session, 0)
    item, landed = first_text(session), []
    saving.landed.connect(landed.append)
    began = time.monotonic()
    text = ""
    while time.monotonic() - began < 3.5 * THROTTLE_MS / 1000:
        text += "x"
        session.keep_typing(item, text)
        qtbot.wait(20)
    assert 3 <= len(landed) <= 8
    saving.flush()
    assert document(store, session)["answers"][item]["typed"] == text  # type: ignore[index]


def test_a_failed_write_is_said_stays_said_and_recovers(
    qtbot: QtBot, store: Store, saving: Saving, session: Session
) -> None:
    saving.watch(session, 0)
    qtbot.waitUntil(lambda: saving.version == 1)
    told = states(saving)
    blocked = open_store(store.path)
    blocked._connection.execute("BEGIN IMMEDIATE")
    blocked._connection.execute("PRAGMA busy_timeout = 0")
    session.answer(first_text(session), Answer("kept"))
    qtbot.waitUntil(lambda: told[-1][0] == "trouble", timeout=12_000)
    assert told[-1][1].startswith("NOT SAVED – Another program is using the store")
    assert not saving.flush(0.1)
    assert saving.last_word().startswith("NOT SAVED")
    blocked._connection.execute("ROLLBACK")
    blocked.close()
    qtbot.waitUntil(lambda: told[-1][0] == "saved", timeout=RETRY_MS + 12_000)
    assert document(store, session)["answers"][first_text(session)]["value"] == "kept"  # type: ignore[index]
    assert "NOT SAVED" not in saving.last_word()


def test_a_conflict_is_told_and_overwrites_nothing(
    qtbot: QtBot, store: Store, saving: Saving, session: Session
) -> None:
    saving.watch(session, 0)
    qtbot.waitUntil(lambda: saving.version == 1)
    kept = store.read(session.workup.id)
    elsewhere = kept.document.replace("Margaret", "Elsewhere")
    store.save(session.workup.id, 1, elsewhere, Summary("in-progress"), "b", "t")
    with qtbot.waitSignal(saving.conflicted):
        session.answer(first_text(session), Answer("mine"))
    assert store.read(session.workup.id).document == elsewhere
    assert session.workup.answers[first_text(session)].value == "mine"
    saving.give_up()
    assert saving.flush()


def test_leaving_flushes_and_hears_no_more(
    qtbot: QtBot, store: Store, saving: Saving, session: Session
) -> None:
    saving.watch(session, 0)
    item = first_text(session)
    session.answer(item, Answer("last"))
    assert saving.leave()
    assert document(store, session)["answers"][item]["value"] == "last"  # type: ignore[index]
    session.answer(item, Answer("after"))
    assert saving.flush()
    assert document(store, session)["answers"][item]["value"] == "last"  # type: ignore[index]


def test_closing_twice_does_no_harm(saving: Saving, session: Session) -> None:
    saving.watch(session, 0)
    assert saving.close()
    assert saving.close()
    assert saving.flush()


TYPIST = Path(__file__).with_name("typist.py")


@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGTERM])
def test_nothing_that_was_called_saved_is_lost(tmp_path: Path, ending: signal.Signals) -> None:
    where, told = tmp_path / "store" / "w.db", {"typed": "", "saved": ""}
    command = [sys.executable, str(TYPIST), str(where), str(SMALL)]
    found_at = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=found_at) as typist:
        assert typist.stdout is not None
        for line in typist.stdout:
            hear(told, line)
            if len(told["saved"]) >= 60:
                break
        typist.send_signal(ending)
        for line in typist.stdout:
            hear(told, line)
    store = open_unlocked(where)
    answers = json.loads(store.read(store.page().rows[0].id).document)["answers"]
    store.close()
    found = "".join(answer.get("typed", "") for answer in answers.values())
    assert len(told["saved"]) >= 60
    assert found.startswith(told["saved"])
    if ending == signal.SIGTERM:
        assert typist.returncode == 0
        assert found == told["typed"]


def hear(told: dict[str, str], line: str) -> None:
    word, _, text = line.strip().partition(" ")
    if word in told:
        told[word] = text
