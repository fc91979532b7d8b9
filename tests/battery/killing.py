"""`python -m tests.battery.killing FOLDER ROUNDS ACKNOWLEDGED`: kills a typing program at any moment, and counts.

It goes on until there were so many rounds, and so many acknowledged edits in them.
Qt is loaded once and each victim is a fork, made while no store is open here.
"""

from __future__ import annotations

import json
import os
import random
import select
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests.battery.fingers import Fingers, shipped, store_at

SEED = 20261122
WORKUPS = 8
DOCUMENTS = "SELECT workup_id, version, document_sha FROM revision"
Acks = list[tuple[str, int, str]]


class Kennel:
    """One store, one victim after another."""

    def __init__(self, place: Path, seed: int) -> None:
        self.place, self.chance = place, random.Random(seed)
        self.protocol, self.sample = shipped()
        self.path = place / "workups.db"
        self.acknowledged = self.unheard = self.lost = self.corrupt = self.at_start = 0
        self._known = self.rounds = 0

    def round(self, number: int) -> None:
        """One victim; every tenth is killed while it starts on a store of its own."""
        if number % 10 == 9:
            path = self.place / f"start-{number}.db"
            self._killed(path, number, lambda _read: time.sleep(self.chance.random() * 0.08))
            self.at_start += 1
            self._look(path, [])
        else:
            self._look(self.path, self._killed(self.path, number, self._after_first_word))
        self.rounds += 1

    def _after_first_word(self, read: int) -> None:
        assert select.select([read], [], [], 30)[0], "the victim said nothing"
        time.sleep(self.chance.random() * 0.6)

    def _killed(self, path: Path, number: int, wait: Callable[[int], object]) -> Acks:
        read, write = os.pipe()
        victim = os.fork()
        if victim == 0:
            os.close(read)
            self._type_on(path, number, write)
        os.close(write)
        wait(read)
        assert os.waitpid(victim, os.WNOHANG)[0] == 0, "the victim was dead already"
        os.kill(victim, signal.SIGKILL)
        os.waitpid(victim, 0)
        with os.fdopen(read) as said:
            return [_ack(line) for line in said if line.endswith("\n")]

    def _type_on(self, path: Path, number: int, write: int) -> None:
        try:
            fingers = Fingers(store_at(path), self.protocol, self.sample, random.Random(number))
            # One write to the pipe, whole or not at all.
            fingers.acknowledge = lambda *said: os.write(write, " ".join(map(str, said)).encode() + b"\n")
            fingers.take_up(f"w{number % WORKUPS}")
            while True:
                fingers.edit()
        except BaseException:  # noqa: BLE001  told here, since nobody outside would hear it
            sys.excepthook(*sys.exc_info())
        finally:
            os._exit(1)

    def _look(self, path: Path, acks: Acks) -> None:
        store = store_at(path)
        found = store.engine.connection.execute(DOCUMENTS).fetchall()
        have = {(workup_id, version): document_sha.hex() for workup_id, version, document_sha in found}
        self.lost += sum(have.get((workup_id, version)) != digest for workup_id, version, digest in acks)
        self.corrupt += bool(list(store.engine.faults()))
        if path == self.path:
            self.acknowledged += len(acks)
            self.unheard += len(found) - self._known - len({ack[:2] for ack in acks})
            self._known = len(found)
        store.close()

    def last_word(self) -> dict[str, int | list[str]]:
        """The figures; every version of every work-up is rebuilt."""
        store = store_at(self.path)
        wrong = store.check()
        store.close()
        return {
            "rounds": self.rounds,
            "acknowledged": self.acknowledged,
            "lost": self.lost,
            "corrupt": self.corrupt + len(wrong),
            "unheard": self.unheard,
            "at_start": self.at_start,
            "versions": self._known,
        }


def _ack(line: str) -> tuple[str, int, str]:
    workup_id, version, digest = line.split()
    return workup_id, int(version), digest


def main() -> int:
    kennel = Kennel(Path(sys.argv[1]), SEED)
    rounds, least = map(int, sys.argv[2:])
    while kennel.rounds < rounds or kennel.acknowledged < least:
        kennel.round(kennel.rounds)
    print(json.dumps(kennel.last_word()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
