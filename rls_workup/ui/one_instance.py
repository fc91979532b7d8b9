"""One window for a user and a store: a second start hands its files to the first one, and ends."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from pathlib import Path
from typing import Final

from PySide6.QtCore import QLockFile, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from rls_workup.store.station import who_and_where

_PATIENCE_MS: Final = 2000
_LONGEST_MESSAGE: Final = 256 * 1024
_LONGEST_SOCKET_NAME: Final = 100  # bytes; a system takes 104 to 108


class OneInstance(QObject):
    """Of the first start. `asked` tells the files of a later one, none where it only wants the window."""

    asked = Signal(list)

    def __init__(self, lock: QLockFile, socket: str) -> None:
        super().__init__()
        self._lock = lock
        self._clients: list[QLocalSocket] = []
        self._server = QLocalServer(self)
        # Nobody else on this computer may connect.
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        QLocalServer.removeServer(socket)  # of a program that was killed: its lock is ours now
        self._server.newConnection.connect(self._connected)
        self._server.listen(socket)

    def _connected(self) -> None:
        while self._server.hasPendingConnections():
            client = self._server.nextPendingConnection()
            self._clients.append(client)
            client.readyRead.connect(self._look)
        self._look()

    def _look(self) -> None:
        """Read what has arrived whole; who is done with is let go."""
        waiting, self._clients = self._clients, []
        for client in waiting:
            if self._is_read(client):
                client.deleteLater()
            else:
                self._clients.append(client)

    def _is_read(self, client: QLocalSocket) -> bool:
        if not client.canReadLine():
            gone = client.state() == QLocalSocket.LocalSocketState.UnconnectedState
            return gone or client.bytesAvailable() > _LONGEST_MESSAGE
        files = _files_in(bytes(client.readLine(_LONGEST_MESSAGE).data()))
        if files is not None:
            client.write(b"taken\n")
            client.waitForBytesWritten(_PATIENCE_MS)
            self.asked.emit(files)
        return True

    def close(self) -> None:
        """Take no more files; the next start is the first one."""
        self._server.close()
        self._lock.unlock()


def first_of(where: str | Path, files: list[Path], place: Path | None = None) -> OneInstance | None:
    """The one instance, or None where another has it and took the files over.

    Where another has it and does not answer, as when it is stopped, this start is on its own: its lock is
    nobody's, and the store itself sees to it that nothing is overwritten.
    """
    folder = place or _private_folder()
    name = hashlib.sha256(f"{who_and_where()[0]}\n{_spelled(where)}".encode()).hexdigest()[:16]
    lock = QLockFile(str(folder / f"rls-workup-{name}.lock"))
    lock.setStaleLockTime(0)  # only the end of its program makes it stale, never its age
    socket = str(folder / f"rls-workup-{name}.socket") if os.name == "posix" else f"rls-workup-{name}"
    if not lock.tryLock(0) and _handed_over(socket, files):
        return None
    return OneInstance(lock, socket if lock.isLocked() else f"{socket}-{os.getpid()}")


def _spelled(where: str | Path) -> str:
    return str(where) if "://" in str(where) else str(Path(where).resolve())


def _private_folder() -> Path:
    """A folder of this user alone, with a name short enough for a socket."""
    from platformdirs import user_data_path, user_runtime_path

    for folder in (user_runtime_path("rls-workup"), user_data_path("rls-workup", appauthor=False)):
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if len(os.fsencode(folder)) + 36 <= _LONGEST_SOCKET_NAME and os.access(folder, os.W_OK):
                return folder
        except OSError:
            continue
    return Path(tempfile.mkdtemp(prefix="rls-workup-"))


def _handed_over(socket: str, files: list[Path]) -> bool:
    client = QLocalSocket()
    client.connectToServer(socket)
    if not client.waitForConnected(_PATIENCE_MS):
        return False
    client.write(json.dumps([str(file.resolve()) for file in files]).encode() + b"\n")
    client.flush()
    return client.waitForReadyRead(_PATIENCE_MS) and bytes(client.readAll().data()) == b"taken\n"


def _files_in(message: bytes) -> list[Path] | None:
    """The files that a message names; None where it is none of ours."""
    try:
        given = json.loads(message)
    except (ValueError, RecursionError):
        return None
    if not isinstance(given, list) or not all(isinstance(name, str) for name in given):
        return None
    return [Path(name) for name in given]
