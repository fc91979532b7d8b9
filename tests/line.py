"""A line to the tests' server that can be cut or held up at the worst moment."""

from __future__ import annotations

import contextlib
import socket
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

from tests.cluster import OWNER, Cluster

BEFORE, AFTER = "before", "after"


class Line:
    """Passes bytes between programs and the server, until told otherwise.

    `cut = (BEFORE, b"COMMIT")` hangs up instead of passing that word on, `(AFTER, …)` once the server has
    answered it, which the program then never hears. It is done once; with `stays_broken`, nobody gets
    through after it.
    """

    def __init__(self, cluster: Cluster) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="ln", dir="/tmp"))
        self._cluster = cluster
        self._there = str(cluster.folder / f".s.PGSQL.{cluster.port}")
        self._here = self.folder / f".s.PGSQL.{cluster.port}"
        self._open: list[socket.socket] = []
        self.cut: tuple[str, bytes] | None = None
        self.cuts = 0
        self._muted: dict[socket.socket, threading.Event] = {}
        self.stays_broken = False
        self.passing = threading.Event()
        self._door: socket.socket | None = None
        self.restore()

    def address(self, database: str, user: str = OWNER) -> str:
        """The address of a database, over this line."""
        return f"postgresql://{user}@/{database}?host={self.folder}&port={self._cluster.port}"

    def restore(self) -> None:
        """The server can be reached from now on."""
        self.passing.set()
        if self._door is None:
            self._door = socket.socket(socket.AF_UNIX)
            self._door.bind(str(self._here))
            self._door.listen()
            threading.Thread(target=self._welcome, args=(self._door,), daemon=True).start()

    def break_(self) -> None:
        """The server cannot be reached from now on; what is open is cut."""
        self._shut()
        for end in self._open:
            _hang_up(end)
        self._open.clear()

    def _shut(self) -> None:
        if self._door is not None:
            _hang_up(self._door)
            self._door = None
            self._here.unlink()

    def hold(self) -> None:
        """Nothing comes through from now on, though the line stands."""
        self.passing.clear()

    def close(self) -> None:
        self.break_()
        self.passing.set()
        self.folder.rmdir()

    def _welcome(self, door: socket.socket) -> None:
        while True:
            try:
                near, _ = door.accept()
            except OSError:
                return
            far = socket.socket(socket.AF_UNIX)
            far.connect(self._there)
            self._open += [near, far]
            for one, other, asks in ((near, far, True), (far, near, False)):
                threading.Thread(target=self._pass, args=(one, other, asks), daemon=True).start()

    def _pass(self, one: socket.socket, other: socket.socket, asks: bool) -> None:
        with contextlib.suppress(OSError):
            while some := one.recv(65536):
                self.passing.wait()
                if asks and self.cut is not None and self.cut[1] in some:
                    self._cut(some, one, other)
                    return
                if one in self._muted:
                    self._muted[one].set()
                else:
                    other.sendall(some)
        _hang_up(one)
        _hang_up(other)

    def _cut(self, some: bytes, near: socket.socket, far: socket.socket) -> None:
        assert self.cut is not None
        when, self.cut = self.cut[0], None
        self.cuts += 1
        if self.stays_broken:
            self._shut()
        if when == AFTER:
            self._muted[far] = answered = threading.Event()
            far.sendall(some)
            answered.wait(10)
        _hang_up(near)
        _hang_up(far)


def _hang_up(end: socket.socket) -> None:
    with contextlib.suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()


@contextlib.contextmanager
def line_to(cluster: Cluster) -> Iterator[Line]:
    """A line for one test."""
    line = Line(cluster)
    try:
        yield line
    finally:
        line.close()
