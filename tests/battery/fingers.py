"""Somebody typing into a work-up, without a window: the session, its saving, the writer and the store."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEvent

from rls_workup.domain.protocol import Protocol
from rls_workup.domain.workup import Answer, State, Workup
from rls_workup.errors import StoreTrouble
from rls_workup.exchange.workup_file import read_workup, workup_from_text, workup_text
from rls_workup.protocols import load_protocol
from rls_workup.resources import folder
from rls_workup.store import Store
from rls_workup.store.revisions import sha
from rls_workup.ui.saving import Saving
from rls_workup.ui.session import Session

SAID = ("worms in both calves", "Ameisenlaufen – nachts", "like soda water; λ ≤ 7.50", "蟻が歩く")
Acknowledge = Callable[[str, int, str], object]
"""Told the id, the version and SHA-256 of the document each time the window would say “Saved”."""


def shipped() -> tuple[Protocol, Workup]:
    """The whole protocol, and the sample patient."""
    protocol = load_protocol()
    return protocol, read_workup(folder("sample", "brown-margaret.rlsworkup"), protocol)


class Fingers:
    """One person at one work-up after another."""

    def __init__(self, where: Store, protocol: Protocol, sample: Workup, chance: random.Random) -> None:
        self.app = QCoreApplication.instance() or QCoreApplication([])
        self.store, self.protocol, self.sample, self.chance = where, protocol, sample, chance
        self.saving = Saving(where)
        self.session: Session | None = None
        self.acknowledge: Acknowledge = lambda *_: None
        self.saving.state.connect(self._hear)
        items = protocol.items.values()
        self._yes_no = [item.id for item in items if item.kind == "yes_no"]
        self._texts = [item.id for item in items if item.kind == "text"]
        self._amounts = [(item.id, tuple(item.units)) for item in items if item.units]

    def take_up(self, workup_id: str) -> None:
        """Open a work-up, or begin it."""
        before = self.session
        try:
            kept = self.store.read(workup_id)
            workup, version = workup_from_text(kept.document, self.protocol), kept.version
        except StoreTrouble:
            workup, version = replace(self.sample, id=workup_id, sample=False), 0
        self.session = Session(self.protocol, workup, lambda: date(2026, 11, 22))
        self.saving.watch(self.session, version)
        if before is not None:
            before.deleteLater()
            # Without an event loop that runs, nobody else would do it.
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def edit(self) -> None:
        """One edit, as likely as people make them."""
        session, chance = self.session, self.chance
        assert session is not None
        match chance.randrange(10):
            case 0 | 1:
                session.keep_typing(chance.choice(self._texts), chance.choice(SAID)[: chance.randint(0, 30)])
            case 2 | 3 | 4:
                item, units = chance.choice(self._amounts)
                session.answer(item, Answer(str(chance.randint(1, 900)), unit=chance.choice(units)))
            case 5:
                item, _units = chance.choice(self._amounts)
                session.answer(item, Answer(state=State.ORDERED, since="2026-11-20"))
            case 6:
                session.undo_stack.undo()
            case _:
                session.answer(chance.choice(self._yes_no), Answer(chance.choice(("yes", "no"))))
        if chance.random() < 0.7:
            self.saving.flush()
        self.app.processEvents()

    def _hear(self, state: str, _sentence: str) -> None:
        if state == "saved" and self.session is not None and self.saving.saved is not None:
            document = workup_text(self.session.workup)
            self.acknowledge(self.session.workup.id, self.saving.saved.version, sha(document).hex())


def store_at(path: Path) -> Store:
    """The encrypted store there, made when there is none."""
    from rls_workup.store.unlocking import open_unlocked

    return open_unlocked(path)
