"""`python -m tests.battery.refused STORE HOW SAVES`: saves while the disk refuses, then when it is well again.

HOW: full (no file may grow beyond a limit) · elsewhere (the disk fills up from outside; lines on standard input
say that it is full, and that there is room again) · a fault point of libfiu and a share, such
as posix/io/rw/pwrite=0.2 (with libfiu's libraries preloaded).
"""

from __future__ import annotations

import ctypes
import json
import resource
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from rls_workup.store import Outcome, Summary, Writer
from rls_workup.store.revisions import sha
from rls_workup.store.unlocking import open_unlocked

LISTED = Summary("in-progress", "Brown", "Margaret")
DOCUMENTS = "SELECT workup_id, version, document_sha FROM revision"
LIMIT = 512 * 1024
SAVES = int(sys.argv[3])


class Trial:
    """One store, and what became of what was submitted to it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.saved: dict[tuple[str, int], str] = {}
        self.sentences: dict[str, int] = {}
        self.sent: dict[int, str] = {}
        store = open_unlocked(path)
        self.writer = Writer(store.another, self._hear)
        store.close()
        self.save(4)
        self.before = len(self.saved)

    def _hear(self, outcome: Outcome) -> None:
        if outcome.saved is not None:
            self.saved[outcome.workup_id, outcome.saved.version] = self.sent[outcome.ticket]
        elif outcome.trouble is not None:
            said = str(outcome.trouble).replace(str(self.path), "…").split(".")[0]
            assert "fault in this program" not in said, outcome.trouble.__cause__
            self.sentences[said] = self.sentences.get(said, 0) + 1

    def save(self, count: int) -> bool:
        """Submit so many; whether the last of them is on disk."""
        done = False
        for number in range(count):
            text = json.dumps({"number": number, "text": "x" * (number * 131 % 4000)})
            ticket = self.writer.submit(f"w{number % 4}", 0, text, LISTED, "me", "here")
            self.sent[ticket] = sha(text).hex()
            done = self.writer.flush(10)
            if number % 10 == 9:  # the connection is given up, and what is read comes from the disk again
                self.writer.rest(10)
        return done

    def end(self) -> dict[str, object]:
        """What is there afterwards, when the disk is well again."""
        refused = sum(self.sentences.values())
        again = self.save(4)
        self.writer.close()
        store = open_unlocked(self.path)
        found = store.engine.connection.execute(DOCUMENTS).fetchall()
        have = {(workup_id, version): digest.hex() for workup_id, version, digest in found}
        lost = sum(have.get(key) != digest for key, digest in self.saved.items())
        wrong = store.check()
        store.close()
        return {
            "saved": len(self.saved) - self.before,
            "refused": refused,
            "lost": lost,
            "wrong": wrong,
            "again": again,
            "said": self.sentences,
        }


def full(trial: Trial) -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (LIMIT, before[1]))
    trial.save(SAVES)
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


def elsewhere(trial: Trial) -> None:
    print("ready", flush=True)
    sys.stdin.readline()
    trial.save(SAVES)
    print("done", flush=True)
    sys.stdin.readline()


def faulty(point: str, share: float) -> Callable[[Trial], None]:
    def save(trial: Trial) -> None:
        libfiu = ctypes.CDLL("libfiu.so.0", mode=ctypes.RTLD_GLOBAL)
        libfiu.fiu_init(0)
        libfiu.fiu_enable_random.argtypes = [
            ctypes.c_char_p,
            ctypes.c_int,
            ctypes.c_void_p,
            ctypes.c_uint,
            ctypes.c_float,
        ]
        libfiu.fiu_enable_random(point.encode(), 1, None, 0, share)
        trial.save(SAVES)
        libfiu.fiu_disable(point.encode())

    return save


def way(how: str) -> Callable[[Trial], None]:
    if "=" in how:
        point, share = how.split("=")
        return faulty(point, float(share))
    return {"full": full, "elsewhere": elsewhere}[how]


if __name__ == "__main__":
    tried = Trial(Path(sys.argv[1]))
    way(sys.argv[2])(tried)
    print(json.dumps(tried.end()))
