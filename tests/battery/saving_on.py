"""`python -m tests.battery.saving_on FOLDER SAVES SYNCHRONOUS`: saves through the writer, and says each commit.

What it says goes into the file “acks” of the folder, so that it stands in order among the writes.
"""

from __future__ import annotations

import os
import random
import sys
from pathlib import Path

from rls_workup.store import Outcome, Store, Summary, Writer
from rls_workup.store.unlocking import open_unlocked

WORKUPS = 8
REOPENED_EVERY = 60
LISTED = Summary("in-progress", "Brown", "Margaret", awaited=1)


def document(number: int, chance: random.Random) -> str:
    """A work-up's document of some kilobytes, of which little changes from one to the next."""
    answers = ",".join(f'"item_{place}":{{"value":"{place * 7}"}}' for place in range(60))
    return f'{{"answers":{{{answers},"own_words":{{"value":"{"x" * chance.randrange(900)} {number}"}}}}}}'


class Saver:
    """Saves one document after another, and acknowledges each commit."""

    def __init__(self, folder: Path, synchronous: str) -> None:
        self.path, self.synchronous = folder / "workups.db", synchronous
        self.acks = os.open(folder / "acks", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self.chance = random.Random(20261122)
        self.sent: dict[int, str] = {}

    def save(self, count: int) -> None:
        """So many saves; the store is closed and opened again now and then."""
        for first in range(0, count, REOPENED_EVERY):
            store = open_unlocked(self.path)
            writer = Writer(lambda store=store: self._set(store.another()), self._acknowledge)
            for number in range(first, min(count, first + REOPENED_EVERY)):
                workup_id = f"w{number % WORKUPS}"
                text = document(number, self.chance)
                base = number // WORKUPS
                self.sent[writer.submit(workup_id, base, text, LISTED, "me", "here")] = text
                assert writer.flush(30), workup_id
            assert writer.close(30)
            self.sent.clear()
            store.close()

    def _set(self, store: Store) -> Store:
        if self.synchronous != "FULL":  # to see that the simulated disk does lose what is not synced
            store.engine.connection.execute(f"PRAGMA synchronous = {self.synchronous}")
        return store

    def _acknowledge(self, outcome: Outcome) -> None:
        from rls_workup.store.revisions import sha

        assert outcome.saved is not None, outcome.trouble
        digest = sha(self.sent[outcome.ticket]).hex()
        os.write(self.acks, f"{outcome.workup_id} {outcome.saved.version} {digest}\n".encode())


if __name__ == "__main__":
    Saver(Path(sys.argv[1]), sys.argv[3]).save(int(sys.argv[2]))
    print("{}")
