"""What every test stands on: no screen, private files, no network."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator

import pytest

# Before Qt is imported anywhere.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(autouse=True)
def _private_files() -> Iterator[None]:
    before = os.umask(0o077)
    yield
    os.umask(before)


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: socket.socket, address: object) -> None:
        raise AssertionError(f"a test tried to reach {address!r}")

    real = socket.socket.connect

    def connect(self: socket.socket, address: object) -> None:
        return (
            real(self, address) if self.family == getattr(socket, "AF_UNIX", None) else refuse(self, address)
        )

    monkeypatch.setattr(socket.socket, "connect", connect)
